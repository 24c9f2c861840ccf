package discord

import (
	"strconv"
	"sync"

	"github.com/bwmarrin/discordgo"

	"smtpbot/bot"
)

// places knows of the servers what the bot needs: their languages, and in which
// channel each thread hangs. Discord tells both at the beginning of a session
// and at every change; it is lost with the process.
type places struct {
	mu        sync.Mutex
	languages map[string]string            // by server
	parents   map[string]map[string]string // by server: thread → channel
	there     map[string]bool              // servers that Discord has described
	missing   map[string]bool              // servers that Discord has named and not described yet
}

func newPlaces() *places {
	return &places{languages: map[string]string{}, parents: map[string]map[string]string{}, there: map[string]bool{}, missing: map[string]bool{}}
}

// guild is what is read of GUILD_CREATE, GUILD_UPDATE and GUILD_DELETE.
type guild struct {
	ID          string    `json:"id"`
	Owner       string    `json:"owner_id"`
	Locale      string    `json:"preferred_locale"`
	Unavailable bool      `json:"unavailable"`
	Channels    []channel `json:"channels"`
	Threads     []channel `json:"threads"` // that the bot can see
	Roles       []struct {
		ID          string `json:"id"`
		Permissions string `json:"permissions"`
	} `json:"roles"`
	Members []struct {
		User  user     `json:"user"`
		Roles []string `json:"roles"`
	} `json:"members"`
}

// channel is a channel or a thread.
type channel struct {
	ID       string                `json:"id"`
	GuildID  string                `json:"guild_id"`
	Parent   string                `json:"parent_id"`
	Type     discordgo.ChannelType `json:"type"`
	Last     string                `json:"last_message_id"`
	Metadata *struct {
		Archived bool `json:"archived"`
	} `json:"thread_metadata"`
	Overwrites []struct {
		ID    string `json:"id"`
		Allow string `json:"allow"`
		Deny  string `json:"deny"`
	} `json:"permission_overwrites"`
}

func (c *channel) isThread() bool {
	switch c.Type {
	case discordgo.ChannelTypeGuildNewsThread, discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread:
		return true
	}
	return false
}

// expect notes the servers of a new session, which Discord describes one by one.
func (p *places) expect(guilds []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, id := range guilds {
		p.missing[id] = true
	}
}

// met notes a server that Discord describes, and reports whether the bot was in
// it before: it is not one that it has just been added to.
func (p *places) met(g *guild) (before bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.language(g)
	delete(p.parents, g.ID)
	for i := range g.Threads {
		p.thread(g.ID, &g.Threads[i])
	}
	before = p.missing[g.ID]
	delete(p.missing, g.ID)
	p.there[g.ID] = true
	return before
}

// changed notes the language that a server set for itself.
func (p *places) changed(g *guild) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.language(g)
}

// language keeps a server's language. English is what Discord enters where
// nobody chose, so it says nothing. The lock is held.
func (p *places) language(g *guild) {
	if g.Locale == "" || g.Locale == string(discordgo.EnglishUS) {
		delete(p.languages, g.ID)
		return
	}
	p.languages[g.ID] = g.Locale
}

// seen notes a thread, and gone that there is none any more.
func (p *places) seen(guild string, threads ...channel) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range threads {
		p.thread(guild, &threads[i])
	}
}

func (p *places) gone(guild, thread string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.parents[guild], thread)
}

// thread notes one thread. One that is archived says so anew before somebody
// writes in it. The lock is held.
func (p *places) thread(guild string, c *channel) {
	if c.ID == "" || c.Parent == "" || !c.isThread() {
		return
	}
	if c.Metadata != nil && c.Metadata.Archived {
		delete(p.parents[guild], c.ID)
		return
	}
	if p.parents[guild] == nil {
		p.parents[guild] = map[string]string{}
	}
	p.parents[guild][c.ID] = c.Parent
}

// knows reports whether the bot is in a server, as far as Discord has said.
func (p *places) knows(guild string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.there[guild] || p.missing[guild]
}

// left forgets a server; away notes that Discord cannot serve it now.
func (p *places) left(guild string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.languages, guild)
	delete(p.parents, guild)
	delete(p.there, guild)
	delete(p.missing, guild)
}

func (p *places) away(guild string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.missing[guild] = true
}

// place says where a message stands. A thread is a conversation of its own: its
// messages share one answer for each cause, and it has the settings of its
// channel. So has a post in a forum, which is a thread.
func (a *Adapter) place(guild, channel string) bot.Place {
	p := bot.Place{Platform: name, Team: guild, Channel: channel}
	a.places.mu.Lock()
	defer a.places.mu.Unlock()
	if parent := a.places.parents[guild][channel]; parent != "" {
		p.Thread, p.Parent = channel, parent
	}
	return p
}

// language is the one that a server set for itself.
func (a *Adapter) language(guild string) string {
	a.places.mu.Lock()
	defer a.places.mu.Unlock()
	return a.places.languages[guild]
}

// readable lists the channels of a server whose messages the bot may read, as
// Discord works it out. Of threads Discord names only those.
//
// https://discord.com/developers/docs/topics/permissions#permission-hierarchy
func (g *guild) readable(self string) []channel {
	const need = discordgo.PermissionViewChannel | discordgo.PermissionReadMessageHistory
	bits := func(s string) int64 { n, _ := strconv.ParseInt(s, 10, 64); return n }
	mine := map[string]bool{g.ID: true} // the role of all has the server's id
	for _, m := range g.Members {
		if m.User.ID == self {
			for _, r := range m.Roles {
				mine[r] = true
			}
		}
	}
	var base int64
	for _, r := range g.Roles {
		if mine[r.ID] {
			base |= bits(r.Permissions)
		}
	}
	all := base&discordgo.PermissionAdministrator != 0 || self == g.Owner
	if len(g.Roles) == 0 { // nothing is known
		base = need
	}
	var list []channel
	for _, c := range g.Channels {
		granted := base
		var allow, deny int64
		for _, o := range c.Overwrites {
			if o.ID == g.ID {
				granted = granted&^bits(o.Deny) | bits(o.Allow)
			} else if mine[o.ID] {
				allow, deny = allow|bits(o.Allow), deny|bits(o.Deny)
			}
		}
		granted = granted&^deny | allow
		for _, o := range c.Overwrites {
			if o.ID == self {
				granted = granted&^bits(o.Deny) | bits(o.Allow)
			}
		}
		if all || granted&need == need {
			list = append(list, c)
		}
	}
	return append(list, g.Threads...)
}
