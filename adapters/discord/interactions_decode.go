package discord

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"smtpbot/bot"
)

// What is read of an interaction. As with events, discordgo's own structs are
// not used: they know neither the label of a form nor its newer fields.
//
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
type interaction struct {
	ID          string                            `json:"id"`
	Application string                            `json:"application_id"`
	Type        discordgo.InteractionType         `json:"type"`
	Token       string                            `json:"token"`
	GuildID     string                            `json:"guild_id"`
	ChannelID   string                            `json:"channel_id"`
	Locale      string                            `json:"locale"`       // of the person
	GuildLocale string                            `json:"guild_locale"` // of the server
	Context     *discordgo.InteractionContextType `json:"context"`
	User        *user                             `json:"user"` // outside of servers
	Message     *message                          `json:"message"`
	Data        *interactionData                  `json:"data"`
	Member      *struct {
		User        *user  `json:"user"`
		Permissions string `json:"permissions"` // in this channel, overwrites included
	} `json:"member"`
	Channel *struct {
		Type   discordgo.ChannelType `json:"type"`
		Parent string                `json:"parent_id"`
	} `json:"channel"`

	// Who installed the app: "0" the server, or the conversation with the bot;
	// "1" the person.
	Owners map[string]json.RawMessage `json:"authorizing_integration_owners"`
}

type interactionData struct {
	Name       string                           `json:"name"`
	Type       discordgo.ApplicationCommandType `json:"type"`
	Options    []optionValue                    `json:"options"`
	TargetID   string                           `json:"target_id"`
	CustomID   string                           `json:"custom_id"`
	Values     []string                         `json:"values"`     // that were selected
	Components []field                          `json:"components"` // of a form
	Resolved   struct {
		Messages map[string]*message `json:"messages"`
	} `json:"resolved"`
}

type optionValue struct {
	Name    string `json:"name"`
	Value   any    `json:"value"`
	Focused bool   `json:"focused"` // the person is typing here
}

// field is a part of a form: a field in a label, or a row that holds fields.
type field struct {
	CustomID   string  `json:"custom_id"`
	Value      string  `json:"value"`
	Component  *field  `json:"component"`
	Components []field `json:"components"`
}

// text of an option, "" where it was left out.
func (o optionValue) text() string {
	text, _ := o.Value.(string)
	return strings.TrimSpace(text)
}

// option gives the text of an option, "" where it was left out.
func (d *interactionData) option(name string) string {
	for _, o := range d.Options {
		if o.Name == name {
			return o.text()
		}
	}
	return ""
}

// typed gives what somebody wrote into a field of a form.
func (d *interactionData) typed(id string) string {
	for _, f := range d.Components {
		if text := f.find(id); text != "" {
			return text
		}
	}
	return ""
}

func (f *field) find(id string) string {
	if f.CustomID == id {
		return strings.TrimSpace(f.Value)
	}
	if f.Component != nil {
		return f.Component.find(id)
	}
	for _, inner := range f.Components {
		if text := inner.find(id); text != "" {
			return text
		}
	}
	return ""
}

// user is who did something, "" where Discord does not say.
func (i *interaction) user() string {
	switch {
	case i.Member != nil && i.Member.User != nil:
		return i.Member.User.ID
	case i.User != nil:
		return i.User.ID
	}
	return ""
}

// may reports whether the person has a permission in the channel. Discord
// computes it, so that no state of ours can be behind.
//
// https://discord.com/developers/docs/topics/permissions
func (i *interaction) may(permission uint64) bool {
	if i.Member == nil {
		return false
	}
	has, err := strconv.ParseUint(i.Member.Permissions, 10, 64)
	return err == nil && has&(permission|discordgo.PermissionAdministrator) != 0
}

// alone reports whether the person is in a conversation with the bot.
func (i *interaction) alone() bool {
	return i.Context != nil && *i.Context == discordgo.InteractionContextBotDM
}

// here reports whether the bot itself is where the interaction took place, and
// not only the person who carries its commands along.
func (i *interaction) here() bool {
	_, installed := i.Owners[strconv.Itoa(int(discordgo.ApplicationIntegrationGuildInstall))]
	return installed
}

// place is where the message stands that somebody acts on.
func (i *interaction) place() bot.Place {
	return bot.Place{Platform: name, Team: i.GuildID, Channel: i.ChannelID}
}

// settingsPlace is the place whose settings hold: of a thread, its channel.
func (i *interaction) settingsPlace() bot.Place {
	p := i.place()
	if c := i.Channel; c != nil && c.Parent != "" && isThread(c.Type) {
		p.Channel = c.Parent
	}
	return p
}

// isThread reports whether a channel is a thread, or a forum's post.
//
// https://discord.com/developers/docs/resources/channel#channel-object-channel-types
func isThread(t discordgo.ChannelType) bool {
	return t == discordgo.ChannelTypeGuildNewsThread || t == discordgo.ChannelTypeGuildPublicThread || t == discordgo.ChannelTypeGuildPrivateThread
}
