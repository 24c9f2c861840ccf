package discord

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"smtpbot/bot"
)

// noteEvery is how often it is written down how far messages were read, and
// noteWithin how long that may take at the end.
const (
	noteEvery  = 5 * time.Second
	noteWithin = 2 * time.Second
)

// progress knows up to which message everything was judged. Ids of messages
// grow with time in all channels alike (they are snowflakes), so one note is
// enough for a server with all its channels: a row in the store for each, and
// one for each conversation with the bot. What stands behind it is read after
// an absence.
//
// https://discord.com/developers/docs/reference#snowflakes
type progress struct {
	mu     sync.Mutex
	tracks map[track]*reach
	loaded bool          // the store's notes are in it
	first  chan struct{} // something is to be noted of which nothing was
}

// track is a server, or a conversation with the bot, which has no server.
type track struct{ guild, channel string }

func trackOf(guild, channel string) track {
	if guild != "" {
		return track{guild: guild}
	}
	return track{channel: channel}
}

type reach struct {
	newest uint64              // that was judged
	later  uint64              // that was judged while held
	open   map[uint64]struct{} // taken, and not judged yet
	held   bool                // what was missed before is not read yet
	noted  uint64              // in the store
}

func newProgress() *progress {
	return &progress{tracks: map[track]*reach{}, first: make(chan struct{}, 1)}
}

// moved has the first note on something written at once: without one, nothing
// is read after an absence. The lock is held.
func (p *progress) moved(r *reach) {
	if r.noted == 0 {
		select {
		case p.first <- struct{}{}:
		default:
		}
	}
}

// of gives the reach of a track. The lock is held.
func (p *progress) of(t track) *reach {
	r := p.tracks[t]
	if r == nil {
		r = &reach{open: map[uint64]struct{}{}}
		p.tracks[t] = r
	}
	return r
}

// begin notes that a message is taken, and end that it is judged.
func (p *progress) begin(guild, channel, id string) {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.of(trackOf(guild, channel)).open[n] = struct{}{}
}

func (p *progress) end(guild, channel, id string) {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.of(trackOf(guild, channel))
	delete(r.open, n)
	if r.held {
		r.later = max(r.later, n)
	} else {
		r.newest = max(r.newest, n)
		p.moved(r)
	}
}

// hold keeps notes on servers from moving on until release: messages that are
// older than what comes now were missed.
func (p *progress) hold(guilds ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, g := range guilds {
		p.of(track{guild: g}).held = true
	}
}

// release lets the note on a server move on: all before a message was read.
func (p *progress) release(guild string, upTo uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.of(track{guild: guild})
	r.held = false
	r.newest, r.later = max(r.newest, r.later, upTo), 0
	p.moved(r)
}

func (p *progress) forget(guild string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.tracks, track{guild: guild})
}

// upTo is the message up to which all were judged.
func (r *reach) upTo() uint64 {
	n := r.newest
	if r.held {
		return n
	}
	for id := range r.open {
		n = min(n, id-1)
	}
	return n
}

// since gives up to which message a server or a conversation was read, 0 where
// nothing of it was ever read.
func (p *progress) since(t track) uint64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r := p.tracks[t]; r != nil {
		return r.upTo()
	}
	return 0
}

// changed lists what the store does not know yet. What could not be judged for
// so long that no answer belongs to it any more holds nothing up.
func (p *progress) changed(now time.Time) []bot.Bookmark {
	stale := snowflake(now.Add(-bot.Stale))
	p.mu.Lock()
	defer p.mu.Unlock()
	var list []bot.Bookmark
	for t, r := range p.tracks {
		for id := range r.open {
			if id < stale {
				delete(r.open, id)
			}
		}
		if n := r.upTo(); n > r.noted {
			list = append(list, bot.Bookmark{Team: t.guild, Channel: t.channel, Message: strconv.FormatUint(n, 10)})
		}
	}
	return list
}

// noted takes what the store knows now.
func (p *progress) noted(list []bot.Bookmark) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, b := range list {
		n, err := strconv.ParseUint(b.Message, 10, 64)
		if err != nil {
			continue
		}
		r := p.of(track{b.Team, b.Channel})
		r.noted = max(r.noted, n)
		r.newest = max(r.newest, n)
	}
}

// loadNotes takes the store's notes, once.
func (a *Adapter) loadNotes(ctx context.Context) error {
	a.read.mu.Lock()
	loaded := a.read.loaded
	a.read.mu.Unlock()
	if loaded {
		return nil
	}
	list, err := a.bot.Bookmarks(ctx, name)
	if err != nil {
		return err
	}
	a.read.noted(list)
	a.read.mu.Lock()
	a.read.loaded = true
	a.read.mu.Unlock()
	return nil
}

// guilds lists the servers of which something is noted.
func (p *progress) guilds() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var list []string
	for t := range p.tracks {
		if t.guild != "" {
			list = append(list, t.guild)
		}
	}
	return list
}

// conversations lists those with the bot that were read last, the newest first.
func (p *progress) conversations(n int) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var list []track
	for t := range p.tracks {
		if t.guild == "" {
			list = append(list, t)
		}
	}
	slices.SortFunc(list, func(x, y track) int {
		a, b := p.tracks[x].newest, p.tracks[y].newest
		if a > b {
			return -1
		}
		if a < b {
			return 1
		}
		return 0
	})
	var ids []string
	for _, t := range list[:min(n, len(list))] {
		ids = append(ids, t.channel)
	}
	return ids
}

// keepNotes writes down, until the context ends, how far was read.
func (a *Adapter) keepNotes(ctx context.Context) {
	tick := time.NewTicker(a.noteEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			a.noteProgress(ctx)
		case <-a.read.first:
			a.noteProgress(ctx)
		case <-ctx.Done():
			return
		}
	}
}

func (a *Adapter) noteProgress(ctx context.Context) {
	list := a.read.changed(a.now())
	if len(list) == 0 {
		return
	}
	if err := a.bot.SetBookmarks(ctx, name, list); err != nil {
		a.log.Debug("it was not written down how far was read", "problem", err.Error())
		return
	}
	a.read.noted(list)
}
