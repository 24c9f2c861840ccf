package discord

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"smtpbot/bot"
)

// After an absence the bot reads what was written meanwhile: Discord delivers
// again only what a session that is resumed has missed. What it reads is judged
// like what it is told, and the claims keep it from being answered twice.

const (
	pages    = 4   // channels that are read at a time; most of what Discord takes is left for answers
	perPage  = 100 // https://discord.com/developers/docs/resources/message#get-channel-messages
	maxPages = 10  // of a channel

	maxConversations = 100 // with the bot, that are looked into: Discord does not say where something was written

	// overlap is how far before the note reading begins: messages of different
	// channels can come in another order than that of their ids.
	overlap = 5 * time.Second
)

// snowflake is the id that a message of a time would have at the least.
//
// https://discord.com/developers/docs/reference#snowflakes
func snowflake(t time.Time) uint64 {
	return uint64(max(0, t.UnixMilli()-epoch)) << 22
}

const epoch = 1420070400000

// lastIn is the last message in a server; where it has none, the id that one
// would have had a little while ago, by whosever clock.
func (a *Adapter) lastIn(g *guild) uint64 {
	var last uint64
	for _, c := range append(slices.Clone(g.Channels), g.Threads...) {
		n, _ := strconv.ParseUint(c.Last, 10, 64)
		last = max(last, n)
	}
	if last == 0 {
		last = snowflake(a.now().Add(-overlap))
	}
	return last
}

// from is the id after which a track has to be read, 0 for not at all: nothing
// older than an answer to it may be, and nothing where nothing was ever read.
func (a *Adapter) from(t track) uint64 {
	since := a.read.since(t)
	if since == 0 {
		return 0
	}
	return max(since-min(since, uint64(overlap.Milliseconds())<<22), snowflake(a.now().Add(-bot.Stale)))
}

// catchUp reads what was written in a server while no session stood, in the
// channels that changed since. Which did, Discord has said with the server.
func (a *Adapter) catchUp(s *shard, g *guild) {
	list, upTo, watching := g.readable(a.self()), a.lastIn(g), a.watching.Load()
	id := g.ID
	go a.guarded("catching up", func() {
		if a.notesLoaded(s.ctx) != nil {
			return
		}
		after := a.from(track{guild: id})
		var reading sync.WaitGroup
		for _, c := range list {
			last, err := strconv.ParseUint(c.Last, 10, 64)
			if err != nil || after == 0 || last <= after || !watching || c.Type == discordgo.ChannelTypeGuildForum || c.Type == discordgo.ChannelTypeGuildMedia {
				continue // of a forum, each post is a thread
			}
			reading.Go(func() { a.guarded("catching up", func() { a.readOn(s.ctx, id, c.ID, after) }) })
		}
		reading.Wait()
		if s.ctx.Err() == nil {
			a.read.release(id, upTo)
		}
	})
}

// catchUpDirect does so in the conversations with the bot. Discord says nothing
// of them, so the last ones are looked into. They all belong to the first shard.
// It also drops what is kept of servers that the bot was removed from meanwhile.
func (a *Adapter) catchUpDirect(s *shard, guilds []string) {
	go a.guarded("catching up", func() {
		if a.notesLoaded(s.ctx) != nil {
			return
		}
		for _, id := range a.read.guilds() {
			if n, err := strconv.ParseUint(id, 10, 64); err == nil && s.serves(n) && !slices.Contains(guilds, id) && !a.places.knows(id) {
				a.forgetGuild(id)
			}
		}
		if s.id != 0 {
			return
		}
		for _, channel := range a.read.conversations(maxConversations) {
			if after := a.from(track{channel: channel}); after > 0 {
				a.readOn(s.ctx, "", channel, after)
			}
		}
	})
}

// serves reports whether a server belongs to this shard.
//
// https://discord.com/developers/docs/events/gateway#sharding-sharding-formula
func (s *shard) serves(guild uint64) bool { return int(guild>>22%uint64(s.total)) == s.id }

// notesLoaded waits until the store has said how far was read.
func (a *Adapter) notesLoaded(ctx context.Context) error {
	return a.againUntil(ctx, a.now().Add(bot.Stale), func() error { return a.loadNotes(ctx) })
}

// readOn reads a channel after a message, and has judged what it finds. It
// returns when that is judged.
func (a *Adapter) readOn(ctx context.Context, guild, channel string, after uint64) {
	if !a.pages.Enter(ctx) {
		return
	}
	defer a.pages.Leave()
	if a.refusals.Alone(demand{channel, looks}) || a.refusals.Alone(demand{channel, posts}) {
		return
	}
	var judging sync.WaitGroup
	defer judging.Wait()
	for range maxPages {
		var page []message
		err := a.rest.do(ctx, call{
			method: "GET", url: fmt.Sprintf("%s?limit=%d&after=%d", discordgo.EndpointChannelMessages(channel), perPage, after),
			bucket: "history " + channel, into: &page,
		})
		if err != nil {
			if closed(err) && a.refusals.LeaveAlone(demand{channel, looks}) || !closed(err) && ctx.Err() == nil {
				a.log.Warn("what was written meanwhile was not read", "channel", channel, "problem", described(err))
			}
			return
		}
		slices.SortFunc(page, func(x, y message) int { return x.written().Compare(y.written()) }) // Discord gives the newest first
		for i := range page {
			m := &page[i]
			if n, err := strconv.ParseUint(m.ID, 10, 64); err == nil {
				after = max(after, n)
			}
			m.GuildID = guild // Discord leaves it out here
			if !a.concerns(m, false) {
				continue
			}
			judging.Add(1)
			if !a.judgeLater(channel, func(ctx context.Context) {
				defer judging.Done()
				a.judgeMissed(ctx, m)
			}) {
				judging.Done()
				a.overflown(channel)
			}
		}
		if len(page) < perPage {
			return
		}
	}
}

// judgeMissed judges a message that was written during an absence. What was
// answered before it, and edited meanwhile, is followed.
func (a *Adapter) judgeMissed(ctx context.Context, m *message) {
	if m.GuildID != "" && !a.places.knows(m.GuildID) {
		return // the bot was removed meanwhile
	}
	o, err := a.judge(ctx, m, false)
	if err == nil && o == (bot.Outcome{}) && m.Edited != nil && *m.Edited != "" {
		o, err = a.judge(ctx, m, true)
	}
	if err != nil {
		return // it was logged
	}
	a.carryOut(o, nil)
}
