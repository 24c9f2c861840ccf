package discordtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
)

// writable finds a channel that takes what the bot writes, or refuses. The
// lock is held.
func (s *Server) writable(w http.ResponseWriter, channel string) *Channel {
	c := s.channels[channel]
	switch {
	case c == nil:
		refuse(w, 404, 10003, "Unknown Channel")
		return nil
	case c.denied != 0:
		refuse(w, 403, c.denied, "Missing Access")
		return nil
	}
	return c
}

// maxNonce is Discord's limit for a nonce.
//
// https://discord.com/developers/docs/resources/message#create-message
const maxNonce = 25

func (s *Server) createMessage(w http.ResponseWriter, channel string, body []byte) {
	m, problems := s.Validator.Message(body)
	if len(m.Nonce) > maxNonce {
		problems = append(problems, "a nonce of more than 25 characters")
	}
	if len(problems) > 0 {
		s.refuseForm(w, "message", problems, body)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.writable(w, channel)
	if c == nil {
		return
	}
	if m.Nonce != "" && m.EnforceNonce {
		if there := s.messages[s.nonces[m.Nonce]]; there != nil {
			reply(w, 200, there.wire(s.Name))
			return
		}
	}
	reference := ""
	if m.Reference != nil {
		reference = m.Reference.MessageID
		if s.messages[reference] == nil {
			if m.Reference.FailIfNotExists == nil || *m.Reference.FailIfNotExists {
				refuse(w, 400, 50035, "Unknown message")
				return
			}
			reference = ""
		}
		if c.Guild != "" && m.Reference.GuildID != "" && m.Reference.GuildID != c.Guild {
			s.t.Errorf("the reference names guild %s, the channel is in %q", m.Reference.GuildID, c.Guild)
		}
	}
	sent := m.Message
	sent.ID, sent.ChannelID, sent.GuildID, sent.ReplyTo, sent.Author, sent.Bot = s.id(), channel, c.Guild, reference, s.BotID, true
	sent.Pinged = m.pings(reference != "")
	s.keep(&sent)
	if m.Nonce != "" {
		s.nonces[m.Nonce] = sent.ID
	}
	reply(w, 200, sent.wire(s.Name))
}

// keep puts a message of the bot into its channel; the bot sees it too. The
// lock is held.
func (s *Server) keep(m *Message) {
	s.messages[m.ID] = m
	s.order = append(s.order, m.ID)
	s.tellMessage("MESSAGE_CREATE", m)
}

// editMessage changes one of the bot's messages.
func (s *Server) editMessage(w http.ResponseWriter, channel, id string, body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.writable(w, channel) == nil {
		return
	}
	m := s.messages[id]
	switch {
	case m == nil || m.ChannelID != channel:
		refuse(w, 404, 10008, "Unknown Message")
	case m.Author != s.BotID:
		s.t.Errorf("the bot edits somebody's message %s", id)
		refuse(w, 403, 50005, "Cannot edit a message authored by another user")
	default:
		if problems := s.Validator.edit("edit", m, body); len(problems) > 0 {
			s.refuseForm(w, "edit", problems, body)
			return
		}
		m.edited = s.Now()
		s.tellMessage("MESSAGE_UPDATE", m)
		reply(w, 200, m.wire(s.Name))
	}
}

func (s *Server) deleteMessage(w http.ResponseWriter, channel, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.messages[id]
	switch {
	case s.writable(w, channel) == nil:
	case m == nil || m.ChannelID != channel:
		refuse(w, 404, 10008, "Unknown Message")
	case m.Author != s.BotID:
		s.t.Errorf("the bot deletes somebody's message %s", id)
		refuse(w, 403, 50013, "Missing Permissions")
	default:
		s.remove(id)
		w.WriteHeader(http.StatusNoContent)
	}
}

func (s *Server) getMessage(w http.ResponseWriter, channel, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.messages[id]
	if m == nil || m.ChannelID != channel {
		refuse(w, 404, 10008, "Unknown Message")
		return
	}
	reply(w, 200, s.fetched(m))
}

// fetched is a message as the HTTP interface gives it: it does not say again
// where the message stands.
func (s *Server) fetched(m *Message) map[string]any {
	w := s.shown(s.granted(), m)
	delete(w, "guild_id")
	delete(w, "member")
	return w
}

// granted is what the HTTP interface shows: it goes by the portal, not by what
// the gateway was asked for.
func (s *Server) granted() int {
	if s.AllowsContent {
		return IntentMessageContent
	}
	return 0
}

// history lists messages of a channel, the newest first.
//
// https://discord.com/developers/docs/resources/message#get-channel-messages
func (s *Server) history(w http.ResponseWriter, r *http.Request, channel string) {
	q := r.URL.Query()
	limit := 50
	if v := q.Get("limit"); v != "" {
		limit, _ = strconv.Atoi(v)
	}
	if limit < 1 || limit > 100 || q.Has("before") || q.Has("around") {
		s.t.Errorf("messages of a channel: query %q", r.URL.RawQuery)
		refuse(w, 400, 50035, "Invalid Form Body")
		return
	}
	after := q.Get("after")
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.writable(w, channel) == nil {
		return
	}
	var list []any
	pickFrom := func(id string) bool {
		m := s.messages[id]
		if m.ChannelID == channel && (after == "" || later(id, after)) {
			list = append(list, s.fetched(m))
		}
		return len(list) < limit
	}
	if after == "" { // the newest
		for _, id := range slices.Backward(s.order) {
			if !pickFrom(id) {
				break
			}
		}
	} else { // the oldest of those after it, and these the newest first
		for _, id := range s.order {
			if !pickFrom(id) {
				break
			}
		}
		slices.Reverse(list)
	}
	if list == nil {
		list = []any{}
	}
	reply(w, 200, list)
}

// later reports whether one id was made after another.
func later(a, b string) bool { return len(a) > len(b) || len(a) == len(b) && a > b }

func (s *Server) putReaction(w http.ResponseWriter, channel, id, emoji string, on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.writable(w, channel) == nil {
		return
	}
	if m := s.messages[id]; m == nil || m.ChannelID != channel || !s.react(id, s.BotID, emoji, on) {
		refuse(w, 404, 10008, "Unknown Message")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// edit puts what a body names into the place of what a message says.
func (v *Validator) edit(name string, m *Message, raw []byte) []string {
	problems := v.described(name, raw)
	var keys map[string]json.RawMessage
	var b body
	if json.Unmarshal(raw, &keys) != nil || json.Unmarshal(raw, &b) != nil {
		return append(problems, "not a message")
	}
	// What is not named stays, and has to fit what is.
	was := body{Content: m.Content, AllowedMentions: b.AllowedMentions, Flags: m.Flags &^ flagLoading}
	json.Unmarshal(orNull(m.parts.embeds), &was.Embeds)
	json.Unmarshal(orNull(m.parts.components), &was.Components)
	parts := m.parts
	if _, ok := keys["content"]; ok {
		was.Content = b.Content
	}
	if at, ok := keys["embeds"]; ok {
		was.Embeds, parts.embeds = b.Embeds, at
	}
	if at, ok := keys["components"]; ok {
		was.Components, parts.components = b.Components, at
	}
	if _, ok := keys["flags"]; ok { // https://discord.com/developers/docs/resources/message#edit-message
		was.Flags = was.Flags&^(flagSuppressEmbeds|flagV2) | b.Flags&(flagSuppressEmbeds|flagV2)
	}
	if was.AllowedMentions == nil && was.Content == "" {
		was.AllowedMentions = &allowedMentions{Parse: &[]string{}} // an embed mentions nobody
	}
	problems = append(problems, was.check()...)
	if len(problems) > 0 {
		return problems
	}
	now := was.message(raw)
	now.ID, now.ChannelID, now.GuildID, now.Author, now.Bot, now.ReplyTo = m.ID, m.ChannelID, m.GuildID, m.Author, m.Bot, m.ReplyTo
	now.Type, now.Ephemeral, now.Reactions, now.Pinged, now.edited, now.parts = m.Type, m.Ephemeral, m.Reactions, m.Pinged, m.edited, parts
	*m = now
	return nil
}

func orNull(raw json.RawMessage) json.RawMessage {
	if raw == nil {
		return json.RawMessage("null")
	}
	return raw
}
