package discordtest

import (
	"slices"
	"strconv"
	"strings"
)

// Guild is a server, in Discord's words a guild.
type Guild struct {
	ID     string
	Locale string
	away   bool // unavailable for now
}

// Kinds of channels.
//
// https://discord.com/developers/docs/resources/channel#channel-object-channel-types
const (
	KindText   = 0
	KindDirect = 1
	KindThread = 11
	KindForum  = 15
)

// Channel is a channel, a thread or a conversation.
type Channel struct {
	ID, Guild string
	Kind      int
	Parent    string // of a thread
	denied    int    // the code with which every write is refused
}

func (c *Channel) wire() map[string]any {
	w := map[string]any{"id": c.ID, "type": c.Kind, "name": "general", "permission_overwrites": []any{}}
	if c.Guild != "" {
		w["guild_id"] = c.Guild
	}
	if c.Parent != "" {
		w["parent_id"] = c.Parent
	}
	if c.Kind == KindThread {
		w["thread_metadata"] = map[string]any{"archived": false, "auto_archive_duration": 1440, "archive_timestamp": "2026-01-01T00:00:00Z", "locked": false}
	}
	return w
}

// Guild is the first guild.
func (s *Server) Guild() string { return s.guilds[0].ID }

// AddGuild adds a guild, as if somebody invited the bot.
func (s *Server) AddGuild(locale string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := &Guild{ID: s.id(), Locale: locale}
	s.guilds = append(s.guilds, g)
	s.tellOfGuild(g)
	return g.ID
}

// tellOfGuild dispatches GUILD_CREATE. The lock is held.
func (s *Server) tellOfGuild(g *Guild) {
	for _, x := range s.live() {
		if x.sees(g.ID) && x.intents&IntentGuilds != 0 {
			s.push(x, "GUILD_CREATE", s.guildWire(g))
		}
	}
	s.note()
}

func (s *Server) guildWire(g *Guild) map[string]any {
	channels, threads := []any{}, []any{}
	for _, c := range s.channels {
		w := c.wire()
		w["last_message_id"] = s.lastIn(c.ID)
		switch {
		case c.Guild != g.ID:
		case c.Kind == KindThread:
			threads = append(threads, w)
		default:
			channels = append(channels, w)
		}
	}
	return map[string]any{
		"id": g.ID, "name": "A guild", "preferred_locale": g.Locale, "channels": channels, "threads": threads, "members": []any{},
		"roles": []any{}, "joined_at": "2026-01-01T00:00:00Z", "unavailable": false, "owner_id": "1",
	}
}

// lastIn is the id of the last message in a channel, nil for none. The lock is held.
func (s *Server) lastIn(channel string) any {
	for _, id := range slices.Backward(s.order) {
		if s.messages[id].ChannelID == channel {
			return id
		}
	}
	return nil
}

// RemoveGuild takes a guild away: the bot was removed, or the guild is gone.
func (s *Server) RemoveGuild(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.guilds = slices.DeleteFunc(s.guilds, func(g *Guild) bool { return g.ID == id })
	s.tell(id, IntentGuilds, "GUILD_DELETE", map[string]any{"id": id})
}

// Outage makes a guild unavailable, or available again.
//
// https://discord.com/developers/docs/resources/guild#unavailable-guild-object
func (s *Server) Outage(id string, away bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, g := range s.guilds {
		if g.ID != id {
			continue
		}
		g.away = away
		if away {
			s.tell(id, IntentGuilds, "GUILD_DELETE", map[string]any{"id": id, "unavailable": true})
		} else {
			s.tellOfGuild(g)
		}
	}
}

// AddChannel adds a channel to a guild, "" for the first; a thread or a post in
// a forum has a parent.
func (s *Server) AddChannel(guild string, kind int, parent string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if guild == "" {
		guild = s.guilds[0].ID
	}
	c := &Channel{ID: s.id(), Guild: guild, Kind: kind, Parent: parent}
	s.channels[c.ID] = c
	if kind == KindThread {
		w := c.wire()
		w["newly_created"] = true
		s.tell(guild, IntentGuilds, "THREAD_CREATE", w)
	} else {
		s.tell(guild, IntentGuilds, "CHANNEL_CREATE", c.wire())
	}
	return c.ID
}

// RemoveChannel takes a channel or a thread away, with what stands in it.
func (s *Server) RemoveChannel(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[id]
	if c == nil {
		s.t.Errorf("there is no channel %s", id)
		return
	}
	delete(s.channels, id)
	s.order = slices.DeleteFunc(s.order, func(m string) bool { return s.messages[m].ChannelID == id })
	for m := range s.messages {
		if s.messages[m].ChannelID == id {
			delete(s.messages, m)
		}
	}
	kind := "CHANNEL_DELETE"
	if c.Kind == KindThread {
		kind = "THREAD_DELETE"
	}
	s.tell(c.Guild, IntentGuilds, kind, c.wire())
}

// Deny refuses every write in a channel with 403 and a code, such as 50001
// (Missing Access) or 50013 (Missing Permissions); 0 allows them again.
//
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
func (s *Server) Deny(channel string, code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channel(channel, s.guilds[0].ID).denied = code
}

// channel finds a channel, or makes it up. The lock is held.
func (s *Server) channel(id, guild string) *Channel {
	c := s.channels[id]
	if c == nil {
		kind := KindText
		if guild == "" {
			kind = KindDirect
		}
		c = &Channel{ID: id, Guild: guild, Kind: kind}
		s.channels[id] = c
	}
	return c
}

// tell dispatches an event of a guild to the sessions that asked for its kind,
// and serve the guild. The lock is held.
func (s *Server) tell(guild string, intent int, kind string, data any) {
	for _, x := range s.live() {
		if x.sees(guild) && (intent == 0 || x.intents&intent != 0) {
			s.push(x, kind, data)
		}
	}
	s.note()
}

// shardOf is the shard that serves a guild; conversations are the first one's.
//
// https://discord.com/developers/docs/events/gateway#sharding
func shardOf(guild string, shards int) int {
	id, _ := strconv.ParseUint(guild, 10, 64)
	return int((id >> 22) % uint64(max(1, shards)))
}

// File is what stands behind an attachment.
type File struct {
	Name, Type string
	Body       []byte
	Size       int    // that the message claims; 0 for the true one
	URL        string // another place than the CDN; "" for that
}

// attach puts a file on the CDN and gives what a message says of it.
//
// https://discord.com/developers/docs/resources/message#attachment-object
func (s *Server) attach(channel string, f File) map[string]any {
	id := s.id()
	path := strings.Join([]string{"/attachments", channel, id, f.Name}, "/")
	s.files[path] = f
	size := f.Size
	if size == 0 {
		size = len(f.Body)
	}
	address := s.http.URL + path + "?ex=1&is=1&hm=1"
	if f.URL != "" {
		address = f.URL
	}
	w := map[string]any{"id": id, "filename": f.Name, "size": size, "url": address, "proxy_url": address}
	if f.Type != "" {
		w["content_type"] = f.Type
	}
	return w
}
