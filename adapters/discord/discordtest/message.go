package discordtest

import (
	"encoding/json"
	"regexp"
	"slices"
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
	Flags                  int
	Content                string
	Embeds                 []Embed
	Parts                  []string // texts of Components v2
	Buttons                []Button
	Selects                []Select
	ReplyTo                string
	Forwarded              string // content of a message that is forwarded
	Ephemeral              bool
	Pinged                 []string // who is notified
	Files                  []File   // that are attached, when it is posted
	Reactions              map[string][]string
	Raw                    json.RawMessage // as the bot sent it last

	edited      time.Time
	attachments []map[string]any
	parts       wireParts // embeds and components, as the bot sent them
}

// wireParts are the parts of a message that are kept as they came.
type wireParts struct{ embeds, components json.RawMessage }

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

// Select is a list to choose from.
type Select struct {
	CustomID string
	Options  []Choice
}

// Choice is one of a list.
type Choice struct {
	Label string `json:"label"`
	Name  string `json:"name"` // in the place of Label, in a completion
	Value any    `json:"value"`
}

// Text is everything that can be read.
func (m *Message) Text() string {
	parts := append([]string{m.Content}, m.Parts...)
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

// copy is the message as it stands now. The lock is held.
func (m *Message) copy() *Message {
	c := *m
	c.Reactions = map[string][]string{}
	for emoji, users := range m.Reactions {
		c.Reactions[emoji] = slices.Clone(users)
	}
	return &c
}

var mentioned = regexp.MustCompile(`<@!?(\d+)>`)

// wire is the message as Discord sends it.
func (m *Message) wire(name func(string) string) map[string]any {
	author := map[string]any{"id": m.Author, "username": name(m.Author), "discriminator": "0", "avatar": nil}
	if m.Bot {
		author["bot"] = true
	}
	mentions := []any{}
	for _, found := range mentioned.FindAllStringSubmatch(m.Content, -1) {
		mentions = append(mentions, map[string]any{"id": found[1], "username": name(found[1]), "discriminator": "0", "avatar": nil})
	}
	w := map[string]any{
		"id": m.ID, "channel_id": m.ChannelID, "author": author, "content": m.Content, "type": m.Type,
		"timestamp": made(m.ID).UTC().Format(time.RFC3339Nano), "edited_timestamp": nil, "tts": false, "pinned": false,
		"mention_everyone": false, "mentions": mentions, "mention_roles": []any{}, "attachments": []any{}, "embeds": []any{},
		"components": []any{}, "flags": m.Flags,
	}
	if m.Embeds != nil {
		w["embeds"] = m.Embeds
	}
	if m.parts.embeds != nil {
		w["embeds"] = m.parts.embeds
	}
	if m.parts.components != nil {
		w["components"] = m.parts.components
	}
	if m.attachments != nil {
		w["attachments"] = m.attachments
	}
	if m.GuildID != "" {
		w["guild_id"] = m.GuildID
		w["member"] = map[string]any{"roles": []any{}, "joined_at": "2026-01-01T00:00:00Z", "deaf": false, "mute": false, "flags": 0}
	}
	if m.Webhook != "" {
		w["webhook_id"] = m.Webhook
	}
	if !m.edited.IsZero() {
		w["edited_timestamp"] = m.edited.UTC().Format(time.RFC3339Nano)
	}
	if m.Forwarded != "" {
		w["message_reference"] = map[string]any{"type": 1, "message_id": "1", "channel_id": "1"}
		// Of a kind of component that discordgo v0.29.0 does not know.
		w["message_snapshots"] = []any{map[string]any{"message": map[string]any{
			"content": m.Forwarded, "type": 0, "embeds": []any{}, "components": []any{map[string]any{"type": 99}},
		}}}
	}
	return w
}

// shown is a message as a bot with these intents gets it: what stands in it is
// blank without Message Content, except in conversations with the bot, in its
// own messages, and where it is mentioned.
//
// https://discord.com/developers/docs/events/gateway#message-content-intent
func (s *Server) shown(intents int, m *Message) map[string]any {
	w := m.wire(s.Name)
	mentions := strings.Contains(m.Content, "<@"+s.BotID+">") || strings.Contains(m.Content, "<@!"+s.BotID+">")
	if intents&IntentMessageContent == 0 && m.GuildID != "" && m.Author != s.BotID && !mentions {
		w["content"], w["embeds"], w["components"], w["attachments"] = "", []any{}, []any{}, []any{}
		delete(w, "message_snapshots")
	}
	if parent := s.messages[m.ReplyTo]; parent != nil {
		w["type"] = 19
		w["message_reference"] = map[string]any{"type": 0, "message_id": parent.ID, "channel_id": parent.ChannelID}
		w["referenced_message"] = s.shown(intents, parent)
	}
	return w
}

// pushMessage sends a message to a session, as far as its intents allow.
func (s *Server) pushMessage(x *session, kind string, m *Message) {
	if x.sees(m.GuildID) && x.intents&pick(m.GuildID == "", IntentDirectMessages, IntentGuildMessages) != 0 {
		s.push(x, kind, s.shown(x.intents, m))
	}
}

func (s *Server) tellMessage(kind string, m *Message) {
	for _, x := range s.live() {
		s.pushMessage(x, kind, m)
	}
	s.note()
}

func pick(first bool, a, b int) int {
	if first {
		return a
	}
	return b
}
