package discordtest

import (
	"encoding/json"
	"strings"
	"time"
)

// Message is a message in a channel.
type Message struct {
	ID, ChannelID, GuildID string
	Author                 string
	Bot                    bool   // written by a program
	Webhook                string // id of the webhook that wrote it
	Type                   int
	Content                string
	Embeds                 []Embed
	Buttons                []Button
	ReplyTo                string
	Forwarded              string // content of a message that is forwarded
	Ephemeral              bool
	Pinged                 []string // who is notified
	Raw                    json.RawMessage

	edited bool
}

// Embed is an embed of a message.
type Embed struct {
	Title       string  `json:"title,omitempty"`
	Description string  `json:"description,omitempty"`
	Color       int     `json:"color,omitempty"`
	Footer      *Footer `json:"footer,omitempty"`
	Fields      []Field `json:"fields,omitempty"`
}

// Footer is the small line of an embed.
type Footer struct {
	Text string `json:"text"`
}

// Field is a field of an embed.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Button is a button below a message.
type Button struct {
	Label    string `json:"label"`
	CustomID string `json:"custom_id"`
	URL      string `json:"url"`
}

// Text is everything that can be read.
func (m *Message) Text() string {
	parts := []string{m.Content}
	for _, e := range m.Embeds {
		parts = append(parts, e.Title, e.Description)
		for _, f := range e.Fields {
			parts = append(parts, f.Name, f.Value)
		}
		if e.Footer != nil {
			parts = append(parts, e.Footer.Text)
		}
	}
	for _, b := range m.Buttons {
		parts = append(parts, "["+b.Label+"]")
	}
	return strings.TrimSpace(strings.Join(parts, "\n"))
}

// wire is the message as Discord sends it. The kind of component with which
// the list ends is one that discordgo v0.29.0 does not know.
func (m *Message) wire() map[string]any {
	author := map[string]any{"id": m.Author, "username": "somebody", "discriminator": "0", "avatar": nil}
	if m.Bot {
		author["bot"] = true
	}
	w := map[string]any{
		"id": m.ID, "channel_id": m.ChannelID, "author": author, "content": m.Content, "type": m.Type,
		"timestamp": time.Now().UTC().Format(time.RFC3339Nano), "edited_timestamp": nil, "tts": false, "pinned": false,
		"mention_everyone": false, "mentions": []any{}, "mention_roles": []any{}, "attachments": []any{}, "embeds": m.Embeds,
		"components": []any{}, "flags": 0,
	}
	if m.Embeds == nil {
		w["embeds"] = []any{}
	}
	if m.GuildID != "" {
		w["guild_id"] = m.GuildID
		w["member"] = map[string]any{"roles": []any{}, "joined_at": "2026-01-01T00:00:00Z", "deaf": false, "mute": false, "flags": 0}
	}
	if m.Webhook != "" {
		w["webhook_id"] = m.Webhook
	}
	if m.edited {
		w["edited_timestamp"] = time.Now().UTC().Format(time.RFC3339Nano)
	}
	if m.Forwarded != "" {
		w["message_reference"] = map[string]any{"type": 1, "message_id": "1", "channel_id": "1"}
		w["message_snapshots"] = []any{map[string]any{"message": map[string]any{
			"content": m.Forwarded, "type": 0, "embeds": []any{}, "components": []any{map[string]any{"type": 99}},
		}}}
	}
	return w
}

// pushMessage sends a message to a session, as far as its intents allow: what
// stands in it is blank without Message Content, except in conversations with
// the bot, in its own messages, and where it is mentioned.
//
// https://discord.com/developers/docs/events/gateway#message-content-intent
func (s *Server) pushMessage(x *session, kind string, m *Message) {
	need := IntentGuildMessages
	if m.GuildID == "" {
		need = IntentDirectMessages
	}
	if x.intents&need == 0 {
		return
	}
	w := m.wire()
	if parent := s.messages[m.ReplyTo]; parent != nil {
		w["type"] = 19
		w["message_reference"] = map[string]any{"type": 0, "message_id": parent.ID, "channel_id": parent.ChannelID}
		w["referenced_message"] = parent.wire()
	}
	mentioned := strings.Contains(m.Content, "<@"+s.BotID+">") || strings.Contains(m.Content, "<@!"+s.BotID+">")
	if x.intents&IntentMessageContent == 0 && m.GuildID != "" && m.Author != s.BotID && !mentioned {
		w["content"], w["embeds"], w["components"] = "", []any{}, []any{}
	}
	s.push(x, kind, w)
}

// guildOf finds the guild of a channel by the messages in it. The lock is held.
func (s *Server) guildOf(channel string) string {
	for _, id := range s.order {
		if m := s.messages[id]; m.ChannelID == channel && m.GuildID != "" {
			return m.GuildID
		}
	}
	return ""
}

// Post posts a message as somebody does. What is left out is made up: a
// person, a channel in the first guild. A message for a conversation with the
// bot has the guild "-".
func (s *Server) Post(m Message) *Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m.ID == "" {
		m.ID = s.id()
	}
	if m.ChannelID == "" {
		m.ChannelID = s.id()
	}
	switch m.GuildID {
	case "":
		m.GuildID = s.guilds[0].ID
	case "-":
		m.GuildID = ""
	}
	if m.Author == "" {
		m.Author = s.id()
	}
	s.messages[m.ID] = &m
	s.order = append(s.order, m.ID)
	for _, x := range s.live() {
		s.pushMessage(x, "MESSAGE_CREATE", &m)
	}
	s.note()
	return &m
}

// Repeat dispatches a message once more.
func (s *Server) Repeat(m *Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.live() {
		s.pushMessage(x, "MESSAGE_CREATE", m)
	}
}

// Edit changes a message. Without an editor it is Discord that changes it: it
// adds the preview of a link.
func (s *Server) Edit(m *Message, content string, byPerson bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m.Content, m.edited = content, byPerson
	for _, x := range s.live() {
		s.pushMessage(x, "MESSAGE_UPDATE", m)
	}
}

// Delete takes a message away.
func (s *Server) Delete(m *Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.messages, m.ID)
	for i, id := range s.order {
		if id == m.ID {
			s.order = append(s.order[:i:i], s.order[i+1:]...)
		}
	}
}

// Sent gives what the bot posted in a channel, "" for all channels.
func (s *Server) Sent(channel string) []*Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []*Message
	for _, id := range s.order {
		if m := s.messages[id]; m.Author == s.BotID && (channel == "" || m.ChannelID == channel) {
			list = append(list, m)
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
