package discordtest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
)

// Flags of a message.
//
// https://discord.com/developers/docs/resources/message#message-object-message-flags
const (
	flagSuppressEmbeds = 1 << 2
	flagEphemeral      = 1 << 6
	flagLoading        = 1 << 7
	flagV2             = 1 << 15
)

// body is a message as a client sends it.
type body struct {
	Content         string           `json:"content"`
	Embeds          []embedBody      `json:"embeds"`
	Components      []componentBody  `json:"components"`
	AllowedMentions *allowedMentions `json:"allowed_mentions"`
	Flags           int              `json:"flags"`
	Nonce           string           `json:"nonce"`
	EnforceNonce    bool             `json:"enforce_nonce"`
	Reference       *struct {
		MessageID       string `json:"message_id"`
		ChannelID       string `json:"channel_id"`
		GuildID         string `json:"guild_id"`
		FailIfNotExists *bool  `json:"fail_if_not_exists"`
	} `json:"message_reference"`
}

type embedBody struct {
	Embed
	URL    string `json:"url"`
	Author *struct {
		Name string `json:"name"`
	} `json:"author"`
}

type allowedMentions struct {
	Parse       *[]string `json:"parse"`
	Users       []string  `json:"users"`
	Roles       []string  `json:"roles"`
	RepliedUser bool      `json:"replied_user"`
}

// checkedMessage is a message that was read and judged.
type checkedMessage struct {
	Message
	body
}

// Message reads a message that is to be posted, and says what is wrong with it.
func (v *Validator) Message(raw []byte) (checkedMessage, []string) {
	m, problems := v.read("message", raw)
	if m.Flags()&flagEphemeral != 0 {
		problems = append(problems, "a channel knows no ephemeral messages")
	}
	return m, problems
}

// read reads a message of a kind that is described.
func (v *Validator) read(name string, raw []byte) (checkedMessage, []string) {
	problems := v.described(name, raw)
	var b body
	if err := json.Unmarshal(raw, &b); err != nil {
		return checkedMessage{}, append(problems, "not a message: "+err.Error())
	}
	return checkedMessage{b.message(raw), b}, append(problems, b.check()...)
}

// Flags are the flags as they were sent.
func (m checkedMessage) Flags() int { return m.body.Flags }

func (b *body) message(raw json.RawMessage) Message {
	m := Message{Content: b.Content, Ephemeral: b.Flags&flagEphemeral != 0, Flags: b.Flags, Raw: raw}
	for _, e := range b.Embeds {
		m.Embeds = append(m.Embeds, e.Embed)
	}
	each(b.Components, func(c componentBody) {
		switch c.Type {
		case kindButton:
			m.Buttons = append(m.Buttons, Button{c.Label, c.CustomID, c.URL})
		case kindSelect:
			m.Selects = append(m.Selects, Select{c.CustomID, c.Options})
		case kindText:
			m.Parts = append(m.Parts, c.Content)
		}
	})
	var parts struct {
		Embeds     json.RawMessage `json:"embeds"`
		Components json.RawMessage `json:"components"`
	}
	json.Unmarshal(raw, &parts)
	m.parts = wireParts{given(parts.Embeds), given(parts.Components)}
	return m
}

// given is nil where there is nothing, which Discord shows as an empty list.
func given(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	return raw
}

var mention = regexp.MustCompile(`@everyone|@here|<@[!&]?\d+>`)

// pings says whom a message notifies. Embeds notify nobody.
func (b *body) pings(reply bool) (list []string) {
	a := b.AllowedMentions
	parse := []string{"everyone", "users", "roles"}
	if a != nil {
		parse = nil
		if a.Parse != nil {
			parse = *a.Parse
		}
	}
	text := b.Content
	each(b.Components, func(c componentBody) { text += "\n" + c.Content }) // texts of version 2 notify, embeds do not
	for _, m := range mention.FindAllString(text, -1) {
		kind := "users"
		switch {
		case m[0] == '@':
			kind = "everyone"
		case m[2] == '&':
			kind = "roles"
		}
		if slices.Contains(parse, kind) {
			list = append(list, m)
		}
	}
	if reply && (a == nil || a.RepliedUser) {
		list = append(list, "the author")
	}
	return list
}

// check judges what the description leaves out.
func (b *body) check() (problems []string) {
	bad := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	// https://discord.com/developers/docs/resources/message#create-message
	if units(b.Content) > 2000 {
		bad("content of %d characters", units(b.Content))
	}
	if b.Flags&flagV2 != 0 && (b.Content != "" || len(b.Embeds) > 0) {
		bad("content or embeds beside components of version 2")
	}
	if empty(b.Content) && len(b.Embeds) == 0 && (b.Flags&flagV2 == 0 || len(b.Components) == 0) {
		bad("an empty message") // 50006
	}
	if len(b.Embeds) > 10 {
		bad("%d embeds", len(b.Embeds))
	}
	if b.EnforceNonce && b.Nonce == "" {
		bad("enforce_nonce without a nonce")
	}
	// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
	total := 0
	for _, e := range b.Embeds {
		n := units(e.Title) + units(e.Description)
		if e.Footer != nil {
			n += units(e.Footer.Text)
			if empty(e.Footer.Text) || units(e.Footer.Text) > 2048 {
				bad("footer of %d characters", units(e.Footer.Text))
			}
		}
		if e.Author != nil {
			n += units(e.Author.Name)
		}
		for _, f := range e.Fields {
			n += units(f.Name) + units(f.Value)
			if empty(f.Name) || empty(f.Value) || units(f.Name) > 256 || units(f.Value) > 1024 {
				bad("field %q of %d characters", f.Name, units(f.Value))
			}
		}
		if empty(e.Title) && empty(e.Description) && len(e.Fields) == 0 {
			bad("an embed without text")
		}
		if units(e.Title) > 256 || units(e.Description) > 4096 || len(e.Fields) > 25 {
			bad("title of %d, description of %d characters, %d fields", units(e.Title), units(e.Description), len(e.Fields))
		}
		if e.Color < 0 || e.Color > 0xffffff {
			bad("color %#x", e.Color)
		}
		if e.URL != "" && !web(e.URL) {
			bad("URL %q", e.URL)
		}
		total += n
	}
	if total > 6000 {
		bad("embeds of %d characters together", total)
	}
	problems = append(problems, checkComponents(b.Components, b.Flags&flagV2 != 0)...)
	// https://discord.com/developers/docs/resources/message#allowed-mentions-object
	switch a := b.AllowedMentions; {
	case a == nil:
		bad("no allowed_mentions: everybody can be mentioned")
	case a.Parse == nil:
		bad("allowed_mentions without parse")
	case len(*a.Parse) > 0 || len(a.Users) > 0 || len(a.Roles) > 0 || a.RepliedUser:
		bad("allowed_mentions allows somebody: %+v", *a)
	}
	if !validText(b) {
		bad("control characters or broken UTF-8 in a text")
	}
	return problems
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }

// empty reports whether nothing can be seen: Discord trims.
func empty(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cc, unicode.Cf) }) < 0
}

func web(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// validText reports whether no text holds what a client could not show.
func validText(b *body) bool {
	texts := []string{b.Content}
	each(b.Components, func(c componentBody) { texts = append(texts, c.Content, c.Label, c.Placeholder) })
	for _, e := range b.Embeds {
		texts = append(texts, e.Title, e.Description)
		if e.Footer != nil {
			texts = append(texts, e.Footer.Text)
		}
		for _, f := range e.Fields {
			texts = append(texts, f.Name, f.Value)
		}
	}
	for _, t := range texts {
		if strings.ContainsFunc(t, func(r rune) bool {
			return r == unicode.ReplacementChar || unicode.IsControl(r) && r != '\n' && r != '\t'
		}) {
			return false
		}
	}
	return true
}
