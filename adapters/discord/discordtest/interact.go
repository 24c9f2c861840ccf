package discordtest

import (
	"fmt"
	"slices"
	"strings"
)

// Kinds of interactions.
//
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-type
const (
	askPing     = 1
	askCommand  = 2
	askPress    = 3
	askComplete = 4
	askForm     = 5
)

// Interaction is one as Discord sends it, without the parts that every one has.
// What is left out is made up: a person, a channel of the first guild.
type Interaction struct {
	Type           int
	Locale         string
	Direct         bool // in a conversation with the bot
	Private        bool // in a conversation of people, where somebody carried the app to
	Carried        bool // the person installed the app, the guild did not
	Guild, Channel string
	User           string
	Permissions    int64    // of the person in the channel
	On             *Message // the message whose button was pressed
	Data           any
}

// PermissionManageChannels and PermissionManageMessages are what the bot looks for.
//
// https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags
const (
	PermissionManageChannels = 1 << 4
	PermissionManageMessages = 1 << 13
)

// Slash calls a command with options; it has to be registered.
func (s *Server) Slash(command, locale string, options map[string]string) Interaction {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.known(command, 1)
	if c == nil {
		s.t.Errorf("no command %q is registered", command)
		return Interaction{}
	}
	var values []map[string]any
	for name, value := range options {
		s.mayBe(c, name, value)
		values = append(values, map[string]any{"name": name, "type": 3, "value": value})
	}
	return Interaction{Type: askCommand, Locale: locale, Data: map[string]any{"id": c["id"], "name": command, "type": 1, "options": values}}
}

// mayBe fails the test where a command has no such option, or the option no such value.
func (s *Server) mayBe(command map[string]any, name, value string) {
	s.t.Helper()
	known, _ := command["options"].([]any)
	i := slices.IndexFunc(known, func(o any) bool { return o.(map[string]any)["name"] == name })
	if i < 0 {
		s.t.Errorf("/%s has no option %q", command["name"], name)
		return
	}
	choices, _ := known[i].(map[string]any)["choices"].([]any)
	if len(choices) > 0 && !slices.ContainsFunc(choices, func(c any) bool { return c.(map[string]any)["value"] == value }) {
		s.t.Errorf("/%s %s cannot be %q", command["name"], name, value)
	}
}

// Complete asks what an option could be, of which somebody typed the beginning.
func (s *Server) Complete(command, option, typed, locale string) Interaction {
	s.t.Helper()
	i := s.Slash(command, locale, map[string]string{option: typed})
	i.Type = askComplete
	if d, ok := i.Data.(map[string]any); ok {
		d["options"].([]map[string]any)[0]["focused"] = true
	}
	return i
}

// Menu calls a command of the message menu on a message.
func (s *Server) Menu(command, locale string, m *Message) Interaction {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.known(command, 3)
	if c == nil {
		s.t.Errorf("no command %q is registered for messages", command)
		return Interaction{}
	}
	target := m.wire(s.Name)                                 // with all that stands in it, whatever the intents
	target["components"] = []any{map[string]any{"type": 99}} // of a kind that discordgo does not know
	return Interaction{Type: askCommand, Locale: locale, Channel: m.ChannelID, Data: map[string]any{
		"id": c["id"], "name": command, "type": 3, "target_id": m.ID,
		"resolved": map[string]any{"messages": map[string]any{m.ID: target}},
	}}
}

// Press presses a button of a message.
func (s *Server) Press(m *Message, label, locale string) Interaction {
	s.t.Helper()
	for _, b := range m.Buttons {
		if b.Label == label {
			return Interaction{Type: askPress, Locale: locale, Channel: m.ChannelID, On: m, Data: map[string]any{"custom_id": b.CustomID, "component_type": kindButton}}
		}
	}
	s.t.Errorf("there is no button %q, only %v", label, m.Buttons)
	return Interaction{}
}

// Choose chooses from a list of a message.
func (s *Server) Choose(m *Message, customID, value, locale string) Interaction {
	s.t.Helper()
	for _, l := range m.Selects {
		if l.CustomID == customID && slices.ContainsFunc(l.Options, func(c Choice) bool { return c.Value == value }) {
			return Interaction{Type: askPress, Locale: locale, Channel: m.ChannelID, On: m,
				Data: map[string]any{"custom_id": customID, "component_type": kindSelect, "values": []string{value}}}
		}
	}
	s.t.Errorf("there is no list %q with %q, only %v", customID, value, m.Selects)
	return Interaction{}
}

// Submit sends a form back, filled in by the ids of its fields.
func (s *Server) Submit(f *Form, locale string, values map[string]string) Interaction {
	s.t.Helper()
	var parts []any
	for _, in := range f.Inputs {
		value, ok := values[in.CustomID]
		if !ok {
			value = in.Value
		}
		if in.Required && value == "" || units(value) > in.Max {
			s.t.Errorf("%q does not take %d characters", in.CustomID, units(value))
		}
		part := map[string]any{"type": kindInput, "id": 2, "custom_id": in.CustomID, "value": value}
		if in.Options != nil {
			part = map[string]any{"type": kindSelect, "id": 2, "custom_id": in.CustomID, "values": []string{value}}
		}
		if in.labelled {
			parts = append(parts, map[string]any{"type": kindLabel, "id": 1, "component": part})
		} else {
			parts = append(parts, map[string]any{"type": kindRow, "id": 1, "components": []any{part}})
		}
	}
	for id := range values {
		if !slices.ContainsFunc(f.Inputs, func(in Input) bool { return in.CustomID == id }) {
			s.t.Errorf("the form has no field %q, only %v", id, f.Inputs)
		}
	}
	return Interaction{Type: askForm, Locale: locale, Data: map[string]any{"custom_id": f.CustomID, "components": parts}}
}

// begin gives an interaction its id, its token and its surroundings.
func (s *Server) begin(i Interaction) (*pending, map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.id()
	p := &pending{
		id: id, token: "interaction-token-" + id, kind: i.Type, began: s.Now(), carried: i.Carried || i.Private,
		guild: i.Guild, channel: i.Channel, own: map[string]*Message{},
	}
	if c := s.channels[p.channel]; c != nil {
		p.guild = c.Guild
	} else if p.guild == "" && !i.Direct && !i.Private {
		p.guild = s.guilds[0].ID
	}
	if p.channel == "" {
		p.channel = s.id()
	}
	s.channel(p.channel, p.guild)
	if i.User == "" {
		i.User = s.id()
	}
	if i.On != nil {
		p.on = i.On.ID
		for _, o := range s.interactions { // what one person alone was shown
			if m := o.own[p.on]; m != nil {
				p.own[p.on] = m
			}
		}
	}
	s.interactions[id] = p
	return p, s.interactionWire(p, i)
}

func (s *Server) interactionWire(p *pending, i Interaction) map[string]any {
	person := map[string]any{"id": i.User, "username": s.Name(i.User), "discriminator": "0", "avatar": nil}
	w := map[string]any{
		"id": p.id, "application_id": s.AppID, "type": i.Type, "token": p.token, "version": 1, "locale": i.Locale,
		"channel_id": p.channel, "channel": s.channels[p.channel].wire(), "data": i.Data, "entitlements": []any{}, "app_permissions": "2147483647",
		"attachment_size_limit": 10 << 20,
	}
	if i.On != nil {
		w["message"] = i.On.wire(s.Name)
	}
	owners := map[string]any{}
	if p.carried {
		owners["1"] = i.User
	} else {
		owners["0"] = p.guild
	}
	switch {
	case i.Direct || p.guild == "" && !i.Private:
		w["user"], w["context"] = person, 1
		if !p.carried {
			owners["0"] = "0"
		}
	case i.Private:
		w["user"], w["context"] = person, 2
	default:
		locale := "en-US"
		for _, g := range s.guilds {
			if g.ID == p.guild {
				locale = g.Locale
			}
		}
		w["guild_id"], w["guild_locale"], w["context"] = p.guild, locale, 0
		w["guild"] = map[string]any{"id": p.guild, "locale": locale, "features": []any{}}
		w["member"] = map[string]any{
			"user": person, "roles": []any{}, "permissions": fmt.Sprint(i.Permissions), "joined_at": "2026-01-01T00:00:00Z",
			"deaf": false, "mute": false, "flags": 0,
		}
	}
	w["authorizing_integration_owners"] = owners
	return w
}

// asked tells an interaction from the token in an address.
func (s *Server) asked(token string) *pending {
	return s.interactions[strings.TrimPrefix(token, "interaction-token-")]
}
