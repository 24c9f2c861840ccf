package discordtest

import "slices"

// What people do with messages.

// Post posts a message as somebody does. What is left out is made up: a
// person, a channel in the first guild. A message for a conversation with the
// bot has the guild "-".
func (s *Server) Post(m Message) *Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m.ID == "" {
		m.ID = s.id()
	}
	if c := s.channels[m.ChannelID]; c != nil && m.GuildID == "" && c.Guild != "" {
		m.GuildID = c.Guild
	}
	switch m.GuildID {
	case "":
		m.GuildID = s.guilds[0].ID
	case "-":
		m.GuildID = ""
	}
	if m.ChannelID == "" {
		m.ChannelID = s.id()
	}
	if m.Author == "" {
		m.Author = s.id()
	}
	s.channel(m.ChannelID, m.GuildID)
	for _, f := range m.Files {
		m.attachments = append(m.attachments, s.attach(m.ChannelID, f))
	}
	s.messages[m.ID] = &m
	s.order = append(s.order, m.ID)
	s.tellMessage("MESSAGE_CREATE", &m)
	return m.copy()
}

// Repeat dispatches a message once more.
func (s *Server) Repeat(m *Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tellMessage("MESSAGE_CREATE", m)
}

// Edit changes a message. Without an editor it is Discord that changes it: it
// adds the preview of a link.
func (s *Server) Edit(m *Message, content string, byPerson bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	there := s.messages[m.ID]
	if there == nil {
		s.t.Errorf("there is no message %s to edit", m.ID)
		return
	}
	there.Content = content
	if byPerson {
		there.edited = s.Now()
	}
	s.tellMessage("MESSAGE_UPDATE", there)
}

// Delete takes a message away, as its writer or a moderator does.
func (s *Server) Delete(m *Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(m.ID)
}

// remove takes a message away and says so. The lock is held.
func (s *Server) remove(id string) {
	m := s.messages[id]
	if m == nil {
		return
	}
	delete(s.messages, id)
	s.order = slices.DeleteFunc(s.order, func(o string) bool { return o == id })
	s.tell(m.GuildID, pick(m.GuildID == "", IntentDirectMessages, IntentGuildMessages), "MESSAGE_DELETE", about(m, "id", id))
}

// BulkDelete takes messages of one channel away at once, as a moderating bot does.
func (s *Server) BulkDelete(list ...*Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var gone []string
	for _, m := range list {
		delete(s.messages, m.ID)
		gone = append(gone, m.ID)
	}
	s.order = slices.DeleteFunc(s.order, func(o string) bool { return slices.Contains(gone, o) })
	s.tell(list[0].GuildID, IntentGuildMessages, "MESSAGE_DELETE_BULK", about(list[0], "ids", gone))
}

// about is what every event about a message says of its place.
func about(m *Message, key string, value any) map[string]any {
	w := map[string]any{key: value, "channel_id": m.ChannelID}
	if m.GuildID != "" {
		w["guild_id"] = m.GuildID
	}
	return w
}

// React lets somebody click an emoji below a message.
func (s *Server) React(m *Message, user, emoji string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.react(m.ID, user, emoji, true)
}

// Unreact takes somebody's click back.
func (s *Server) Unreact(m *Message, user, emoji string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.react(m.ID, user, emoji, false)
}

// react reports whether there is such a message. The lock is held.
func (s *Server) react(id, user, emoji string, on bool) bool {
	m := s.messages[id]
	if m == nil {
		return false
	}
	if slices.Contains(m.Reactions[emoji], user) == on {
		return true
	}
	kind := "MESSAGE_REACTION_ADD"
	if m.Reactions == nil {
		m.Reactions = map[string][]string{}
	}
	if on {
		m.Reactions[emoji] = append(m.Reactions[emoji], user)
	} else {
		kind = "MESSAGE_REACTION_REMOVE"
		m.Reactions[emoji] = slices.DeleteFunc(m.Reactions[emoji], func(u string) bool { return u == user })
	}
	w := about(m, "message_id", m.ID)
	w["user_id"], w["emoji"], w["burst"], w["type"] = user, map[string]any{"id": nil, "name": emoji}, false, 0
	if on {
		w["message_author_id"] = m.Author
	}
	if on && m.GuildID != "" {
		w["member"] = map[string]any{
			"user":  map[string]any{"id": user, "username": s.Name(user), "bot": user == s.BotID},
			"roles": []any{}, "joined_at": "2026-01-01T00:00:00Z", "deaf": false, "mute": false, "flags": 0,
		}
	}
	s.tell(m.GuildID, pick(m.GuildID == "", IntentDirectReactions, IntentGuildReactions), kind, w)
	return true
}

// Message gives a message as it stands now, or nil.
func (s *Server) Message(id string) *Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.messages[id]; m != nil {
		return m.copy()
	}
	return nil
}

// Sent gives what stands of the bot's in a channel, "" for all channels.
func (s *Server) Sent(channel string) []*Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []*Message
	for _, id := range s.order {
		if m := s.messages[id]; m.Author == s.BotID && (channel == "" || m.ChannelID == channel) {
			list = append(list, m.copy())
		}
	}
	return list
}

// AwaitSent waits until the bot has posted n messages in a channel.
func (s *Server) AwaitSent(channel string, n int) []*Message {
	s.t.Helper()
	s.Await("messages of the bot", func() bool { return len(s.Sent(channel)) >= n })
	return s.Sent(channel)
}
