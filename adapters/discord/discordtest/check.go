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

type componentBody struct {
	Type       int             `json:"type"`
	Components []componentBody `json:"components"`
	Style      int             `json:"style"`
	Label      string          `json:"label"`
	CustomID   string          `json:"custom_id"`
	URL        string          `json:"url"`
	Emoji      any             `json:"emoji"`
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
	problems := v.described("message", raw)
	var b body
	if err := json.Unmarshal(raw, &b); err != nil {
		return checkedMessage{}, append(problems, "not a message: "+err.Error())
	}
	if b.Flags&64 != 0 {
		problems = append(problems, "a channel knows no ephemeral messages")
	}
	return checkedMessage{b.message(raw), b}, append(problems, b.check()...)
}

// Callback reads the answer to an interaction, and says what is wrong with it.
func (v *Validator) Callback(raw []byte) (*Answer, []string) {
	problems := v.described("callback", raw)
	var c struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		return &Answer{}, append(problems, "not an answer: "+err.Error())
	}
	a := &Answer{Type: c.Type}
	switch c.Type {
	case 1: // pong
	case 4, 7:
		var b body
		if err := json.Unmarshal(c.Data, &b); err != nil {
			return a, append(problems, "not a message: "+err.Error())
		}
		if b.Nonce != "" || b.Reference != nil {
			problems = append(problems, "an answer has neither nonce nor reference")
		}
		a.Message = b.message(c.Data)
		problems = append(problems, b.check()...)
	case 8:
		var d struct {
			Choices *[]any `json:"choices"`
		}
		if json.Unmarshal(c.Data, &d) != nil || d.Choices == nil || len(*d.Choices) > 25 {
			problems = append(problems, "completion without a list of at most 25 choices")
		}
	default:
		problems = append(problems, fmt.Sprintf("answer of type %d", c.Type))
	}
	return a, problems
}

func (b *body) message(raw json.RawMessage) Message {
	m := Message{Content: b.Content, Ephemeral: b.Flags&64 != 0, Raw: raw}
	for _, e := range b.Embeds {
		m.Embeds = append(m.Embeds, e.Embed)
	}
	for _, row := range b.Components {
		for _, c := range row.Components {
			m.Buttons = append(m.Buttons, Button{c.Label, c.CustomID, c.URL})
		}
	}
	return m
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
	for _, m := range mention.FindAllString(b.Content, -1) {
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
	if empty(b.Content) && len(b.Embeds) == 0 {
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
	problems = append(problems, checkComponents(b.Components)...)
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

// https://discord.com/developers/docs/components/reference
func checkComponents(rows []componentBody) (problems []string) {
	bad := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	if len(rows) > 5 {
		bad("%d rows of buttons", len(rows))
	}
	seen := map[string]bool{}
	for _, row := range rows {
		if row.Type != 1 || len(row.Components) == 0 || len(row.Components) > 5 {
			bad("a row of type %d with %d buttons", row.Type, len(row.Components))
		}
		for _, c := range row.Components {
			if c.Type != 2 {
				bad("component of type %d", c.Type)
				continue
			}
			if empty(c.Label) && c.Emoji == nil || units(c.Label) > 80 {
				bad("label of %d characters", units(c.Label))
			}
			switch {
			case c.Style == 5 && (c.CustomID != "" || !web(c.URL) || len(c.URL) > 512):
				bad("a link button with id %q and URL %q", c.CustomID, c.URL)
			case c.Style >= 1 && c.Style <= 4 && (c.CustomID == "" || c.URL != "" || units(c.CustomID) > 100):
				bad("a button with id %q and URL %q", c.CustomID, c.URL)
			case c.Style < 1 || c.Style > 5:
				bad("a button of style %d", c.Style)
			case c.CustomID != "" && seen[c.CustomID]:
				bad("two buttons with the id %q", c.CustomID)
			}
			seen[c.CustomID] = true
		}
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
	for _, e := range b.Embeds {
		texts = append(texts, e.Title, e.Description)
		if e.Footer != nil {
			texts = append(texts, e.Footer.Text)
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
