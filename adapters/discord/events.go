package discord

import (
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// What is read of Discord's events. discordgo's own structs are not used for
// it: an unknown component type in a forwarded message is enough to make it
// hand over an empty one, and the paste would be lost.

type user struct {
	ID  string `json:"id"`
	Bot bool   `json:"bot"`
}

type message struct {
	ID          string                `json:"id"`
	ChannelID   string                `json:"channel_id"`
	GuildID     string                `json:"guild_id"`
	Type        discordgo.MessageType `json:"type"`
	Author      *user                 `json:"author"`
	WebhookID   string                `json:"webhook_id"`
	Content     string                `json:"content"`
	Edited      *string               `json:"edited_timestamp"`
	Attachments []attachment          `json:"attachments"`
	Embeds      []embed               `json:"embeds"`
	Referenced  *message              `json:"referenced_message"` // of a reply
	Snapshots   []struct {
		Message *message `json:"message"`
	} `json:"message_snapshots"` // of a forwarded message
}

type embed struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Fields      []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"fields"`
}

// said is what a person put into a message: what they wrote and what they
// forwarded, but not the previews of links.
func (m *message) said() string {
	parts := []string{m.Content}
	for _, s := range m.Snapshots {
		if s.Message != nil {
			parts = append(parts, s.Message.shown())
		}
	}
	return joinLines(parts)
}

// shown is everything that can be read in a message: monitoring systems put
// the error into an embed.
func (m *message) shown() string {
	parts := []string{m.said()}
	for _, e := range m.Embeds {
		parts = append(parts, e.Title, e.Description)
		for _, f := range e.Fields {
			parts = append(parts, f.Name, f.Value)
		}
	}
	return joinLines(parts)
}

func joinLines(parts []string) string {
	var lines []string
	for _, p := range parts {
		if strings.TrimSpace(p) != "" {
			lines = append(lines, p)
		}
	}
	return strings.Join(lines, "\n")
}

// written is when the message was first posted; its id says so.
//
// https://discord.com/developers/docs/reference#snowflakes
func (m *message) written() time.Time {
	id, err := strconv.ParseUint(m.ID, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(int64(id>>22) + epoch)
}

// revised is when the message was last edited, zero where it was not.
func (m *message) revised() time.Time {
	if m.Edited == nil {
		return time.Time{}
	}
	t, _ := time.Parse(time.RFC3339, *m.Edited)
	return t
}
