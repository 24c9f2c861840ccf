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
	ID         string                `json:"id"`
	ChannelID  string                `json:"channel_id"`
	GuildID    string                `json:"guild_id"`
	Type       discordgo.MessageType `json:"type"`
	Author     *user                 `json:"author"`
	WebhookID  string                `json:"webhook_id"`
	Content    string                `json:"content"`
	Edited     *string               `json:"edited_timestamp"`
	Embeds     []embed               `json:"embeds"`
	Referenced *message              `json:"referenced_message"` // of a reply
	Snapshots  []struct {
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
	return time.UnixMilli(int64(id>>22) + 1420070400000)
}

type interaction struct {
	ID        string                    `json:"id"`
	Type      discordgo.InteractionType `json:"type"`
	Token     string                    `json:"token"`
	GuildID   string                    `json:"guild_id"`
	ChannelID string                    `json:"channel_id"`
	Locale    string                    `json:"locale"`
	Data      *interactionData          `json:"data"`
}

type interactionData struct {
	Name     string                           `json:"name"`
	Type     discordgo.ApplicationCommandType `json:"type"`
	Options  []optionValue                    `json:"options"`
	TargetID string                           `json:"target_id"`
	CustomID string                           `json:"custom_id"`
	Resolved struct {
		Messages map[string]*message `json:"messages"`
	} `json:"resolved"`
}

type optionValue struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
}

// option gives the text of an option, "" where it was left out.
func (d *interactionData) option(name string) string {
	for _, o := range d.Options {
		if text, ok := o.Value.(string); ok && o.Name == name {
			return strings.TrimSpace(text)
		}
	}
	return ""
}

// guild is what is read of GUILD_CREATE and GUILD_UPDATE.
type guild struct {
	ID     string `json:"id"`
	Locale string `json:"preferred_locale"`
}
