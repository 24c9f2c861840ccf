package discord

import (
	"context"
	"encoding/json"

	"github.com/bwmarrin/discordgo"
)

// happened takes one event of the gateway. It does what is quick and keeps the
// order, and leaves the rest to the lanes: while it runs, nothing is read.
func (a *Adapter) happened(s *shard, e event) {
	later := false // handled is told when it is done
	a.guarded(e.Type, func() { later = a.dispatch(s, e) })
	if !later {
		a.handled(e.Type)
	}
}

func (a *Adapter) dispatch(s *shard, e event) (later bool) {
	switch e.Type {
	case "READY":
		a.onReady(s, e)
	case "GUILD_CREATE":
		var g guild
		if a.decode(e, &g) && g.ID != "" && !g.Unavailable {
			a.onGuild(s, &g)
		}
	case "GUILD_UPDATE":
		var g guild
		if a.decode(e, &g) && g.ID != "" {
			a.places.changed(&g)
		}
	case "GUILD_DELETE":
		var g guild
		if a.decode(e, &g) && g.ID != "" {
			a.onGuildGone(&g)
		}
	case "THREAD_CREATE", "THREAD_UPDATE":
		var c channel
		if a.decode(e, &c) {
			a.places.seen(c.GuildID, c)
			a.welcome(c.ID)
		}
	case "THREAD_LIST_SYNC":
		var list struct {
			GuildID string    `json:"guild_id"`
			Threads []channel `json:"threads"`
		}
		if a.decode(e, &list) {
			a.places.seen(list.GuildID, list.Threads...)
		}
	case "CHANNEL_CREATE", "CHANNEL_UPDATE": // what the bot may do there can have changed
		var c channel
		if a.decode(e, &c) {
			a.welcome(c.ID)
		}
	case "CHANNEL_DELETE", "THREAD_DELETE":
		var c channel
		if a.decode(e, &c) && c.ID != "" {
			a.onChannelGone(e.Type, &c)
			return true
		}
	case "MESSAGE_CREATE", "MESSAGE_UPDATE":
		var m message
		if a.decode(e, &m) && a.concerns(&m, e.Type == "MESSAGE_UPDATE") {
			return a.onMessage(e.Type, &m)
		}
	case "MESSAGE_DELETE", "MESSAGE_DELETE_BULK":
		var d deletion
		if a.decode(e, &d) && d.ChannelID != "" {
			return a.onDeleted(e.Type, &d)
		}
	case "MESSAGE_REACTION_ADD":
		var r reaction
		if a.decode(e, &r) && a.clicked(&r) {
			return a.onReaction(e.Type, &r)
		}
	case "INTERACTION_CREATE":
		var i interaction
		if a.decode(e, &i) {
			a.background(func(ctx context.Context) {
				defer a.handled(e.Type)
				a.answerInteraction(ctx, &i)
			})
			return true
		}
	}
	return false
}

func (a *Adapter) decode(e event, into any) bool {
	if err := json.Unmarshal(e.Data, into); err != nil {
		a.log.Warn("discord sent an event that cannot be read", "event", e.Type)
		return false
	}
	return true
}

// onReady notes who the bot is, and which servers it is in. What was written
// there while no session stood has been missed, and is read when Discord has
// described each of them.
func (a *Adapter) onReady(s *shard, e event) {
	var ready struct {
		User        user    `json:"user"`
		Guilds      []guild `json:"guilds"`
		Application struct {
			ID string `json:"id"`
		} `json:"application"`
	}
	if !a.decode(e, &ready) {
		return
	}
	a.me.Store(ready.User.ID)
	a.app.Store(ready.Application.ID)
	var ids []string
	for _, g := range ready.Guilds {
		ids = append(ids, g.ID)
	}
	a.places.expect(ids)
	a.read.hold(ids...)
	a.catchUpDirect(s, ids)
	if len(ids) == 0 && s.total == 1 {
		a.log.Info("the bot is in no server yet; invite it", "url", invitation(ready.Application.ID))
	}
}

// onGuild notes what Discord says of a server, at the beginning of a session,
// when an outage is over, or when the bot is added to it.
func (a *Adapter) onGuild(s *shard, g *guild) {
	if before := a.places.met(g); !before { // nothing before now is the bot's to read
		a.read.release(g.ID, a.lastIn(g))
		return
	}
	a.catchUp(s, g)
}

// onGuildGone drops everything of a server that the bot was removed from. One
// that Discord cannot serve for now is not gone.
func (a *Adapter) onGuildGone(g *guild) {
	if g.Unavailable {
		a.places.away(g.ID)
		a.read.hold(g.ID)
		return
	}
	a.forgetGuild(g.ID)
}

// forgetGuild drops everything of a server.
func (a *Adapter) forgetGuild(id string) {
	a.places.left(id)
	a.read.forget(id)
	a.background(func(ctx context.Context) {
		if err := a.again(ctx, func() error { return a.bot.Uninstall(ctx, name, id) }); err != nil {
			a.log.Error("what was kept of a server was not dropped", "guild", id, "problem", err.Error())
			return
		}
		a.log.Info("the bot was removed from a server; everything of it was dropped", "guild", id)
	})
}

// onChannelGone drops everything of a channel or a thread that was deleted.
func (a *Adapter) onChannelGone(kind string, c *channel) {
	a.places.gone(c.GuildID, c.ID)
	a.welcome(c.ID)
	ok := a.judgeLater(c.ID, func(ctx context.Context) { // behind what is judged there
		defer a.handled(kind)
		if err := a.again(ctx, func() error { return a.bot.Vacated(ctx, a.place(c.GuildID, c.ID)) }); err != nil {
			a.log.Error("what was kept of a channel was not dropped", "channel", c.ID, "problem", err.Error())
		}
	})
	if !ok {
		a.handled(kind)
	}
}

// concerns reports whether a person wrote the message. An edit without a time
// of editing is Discord's own: it added the preview of a link.
func (a *Adapter) concerns(m *message, edited bool) bool {
	switch {
	case m.ID == "" || m.ChannelID == "" || m.Author == nil: // also how an event looks that could not be read
		return false
	case m.Author.Bot || m.WebhookID != "" || m.Author.ID == a.self():
		return false
	case m.Type != discordgo.MessageTypeDefault && m.Type != discordgo.MessageTypeReply:
		return false // somebody joined, a message was pinned
	case edited && (m.Edited == nil || *m.Edited == ""):
		return false
	}
	return true
}
