package blockkit

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// CheckMessage says what Slack would refuse of a message, or show as something
// else than was meant. Blocks is a JSON array, or empty.
func CheckMessage(text string, blocks []byte) error {
	c := &checker{where: "message", surface: message}
	if n := size(text); strings.TrimSpace(text) == "" || n > MaxText {
		c.wrong("a text of %d characters, allowed are 1 to %d", n, MaxText)
	}
	c.markup(text)
	var list []map[string]any
	if len(blocks) > 0 {
		if err := json.Unmarshal(blocks, &list); err != nil {
			return errors.Join(append(c.problems, fmt.Errorf("blocks: %w", err))...)
		}
	}
	if len(list) > MaxBlocks {
		c.wrong("%d blocks", len(list))
	}
	c.blocks(list)
	if c.total > MaxMessage {
		c.wrong("%d characters in all blocks", c.total)
	}
	return errors.Join(c.problems...)
}

// CheckView says the same of a modal or a Home tab, as JSON.
func CheckView(view []byte) error {
	var v struct {
		Type     string           `json:"type"`
		Title    map[string]any   `json:"title"`
		Close    map[string]any   `json:"close"`
		Submit   map[string]any   `json:"submit"`
		Metadata string           `json:"private_metadata"`
		Callback string           `json:"callback_id"`
		External string           `json:"external_id"`
		Blocks   []map[string]any `json:"blocks"`
	}
	if err := json.Unmarshal(view, &v); err != nil {
		return fmt.Errorf("view: %w", err)
	}
	c := &checker{where: v.Type, surface: modal}
	switch v.Type {
	case "modal":
		c.plain("title", v.Title, MaxViewTitle)
		for name, foot := range map[string]map[string]any{"close": v.Close, "submit": v.Submit} {
			if foot != nil {
				c.plain(name, foot, MaxViewTitle)
			}
		}
	case "home":
		c.surface = home
		if v.Title != nil || v.Close != nil || v.Submit != nil {
			c.wrong("a Home tab has no title and no buttons at its foot")
		}
	default:
		c.wrong("a view of type %q", v.Type)
	}
	if n := size(v.Metadata); n > MaxMetadata {
		c.wrong("private_metadata of %d characters", n)
	}
	if size(v.Callback) > MaxCallbackID || size(v.External) > MaxExternalID {
		c.wrong("an id is too long")
	}
	if len(v.Blocks) == 0 || len(v.Blocks) > MaxViewBlocks {
		c.wrong("%d blocks", len(v.Blocks))
	}
	if len(view) > MaxView {
		c.wrong("%d bytes", len(view))
	}
	c.blocks(v.Blocks)
	if c.inputs && c.surface == modal && v.Submit == nil {
		c.wrong("an input without a submit button")
	}
	return errors.Join(c.problems...)
}

type surface int

const (
	message surface = iota
	modal
	home
)

type checker struct {
	where    string
	surface  surface
	problems []error
	total    int  // characters in all blocks
	inputs   bool // a block waits for the submit button
	focused  int  // elements that want the focus
}

func (c *checker) wrong(format string, args ...any) {
	c.problems = append(c.problems, fmt.Errorf(c.where+": "+format, args...))
}

func (c *checker) blocks(list []map[string]any) {
	outer := c.where
	ids := map[string]bool{}
	for i, block := range list {
		kind, _ := block["type"].(string)
		c.where = fmt.Sprintf("%s: block %d (%s)", outer, i, kind)
		if id, _ := block["block_id"].(string); id != "" {
			if ids[id] || size(id) > MaxBlockID {
				c.wrong("block_id %.40q is too long or there twice", id)
			}
			ids[id] = true
		}
		c.block(kind, block)
	}
	c.where = outer
	if c.focused > 1 {
		c.wrong("%d elements want the focus", c.focused)
	}
}

func (c *checker) block(kind string, block map[string]any) {
	elements := objects(block["elements"])
	switch kind {
	case "section":
		fields := objects(block["fields"])
		if block["text"] == nil && len(fields) == 0 || len(fields) > MaxFields {
			c.wrong("no text, and %d fields", len(fields))
		}
		if block["text"] != nil {
			c.text(object(block["text"]), MaxSection)
		}
		for _, f := range fields {
			c.text(f, MaxField)
		}
		if block["accessory"] != nil {
			c.element(object(block["accessory"]), map[string]bool{})
		}
	case "header":
		c.plain("text", object(block["text"]), MaxHeader)
	case "context":
		if len(elements) == 0 || len(elements) > MaxContextElements {
			c.wrong("%d elements", len(elements))
		}
		for _, e := range elements {
			c.text(e, MaxContext)
		}
	case "actions":
		if len(elements) == 0 || len(elements) > MaxActions {
			c.wrong("%d elements", len(elements))
		}
		ids := map[string]bool{}
		for _, e := range elements {
			c.element(e, ids)
		}
	case "input":
		c.plain("label", object(block["label"]), MaxInputLabel)
		if block["hint"] != nil {
			c.plain("hint", object(block["hint"]), MaxInputHint)
		}
		if c.surface == message {
			c.wrong("an input in a message")
		}
		if block["dispatch_action"] != true || c.surface == modal {
			c.inputs = true
		}
		c.element(object(block["element"]), map[string]bool{})
	case "divider":
	default:
		c.wrong("a kind of block that the bot does not use")
	}
}

func (c *checker) plain(name string, o map[string]any, limit int) {
	if o["type"] != "plain_text" {
		c.wrong("%s is no plain text", name)
	}
	c.text(o, limit)
}

// text wants a text object within a limit. What is marked up is verbatim, so
// that Slack looks for no names and addresses in it.
// https://docs.slack.dev/reference/block-kit/composition-objects/text-object
func (c *checker) text(o map[string]any, limit int) {
	content, _ := o["text"].(string)
	n := size(content)
	if strings.TrimSpace(content) == "" || n > limit {
		c.wrong("a text of %d characters, allowed are 1 to %d: %.40q", n, limit, content)
	}
	c.total += n
	switch o["type"] {
	case "mrkdwn":
		if o["verbatim"] != true {
			c.wrong("a text is not verbatim: %.40q", content)
		}
		c.markup(content)
	case "plain_text":
		if strings.ContainsAny(content, "<>") {
			c.wrong("angle brackets in plain text: %.40q", content)
		}
		c.characters(content)
	default:
		c.wrong("a text of type %v", o["type"])
	}
}

var (
	webLink = regexp.MustCompile(`<https?://[^<>|\s]+\|[^<>|\n]+>`)
	person  = regexp.MustCompile(`^<@[UW][A-Z0-9]+>`)
)

// markup wants every angle bracket to belong to a link or to the mention of one
// person, and every ampersand to an entity.
// https://docs.slack.dev/messaging/formatting-message-text#escaping
func (c *checker) markup(s string) {
	rest := webLink.ReplaceAllString(s, "")
	for i := 0; i < len(rest); i++ {
		switch {
		case rest[i] == '<' && person.MatchString(rest[i:]):
			i += strings.IndexByte(rest[i:], '>')
		case rest[i] == '<' || rest[i] == '>':
			c.wrong("not escaped: %.60q", rest[i:])
			return
		case rest[i] == '&' && !strings.HasPrefix(rest[i:], "&amp;") && !strings.HasPrefix(rest[i:], "&lt;") && !strings.HasPrefix(rest[i:], "&gt;"):
			c.wrong("not escaped: %.60q", rest[i:])
			return
		}
	}
	c.characters(s)
}

func (c *checker) characters(s string) {
	if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\x1b\ufffd\u202e") {
		c.wrong("characters that are none: %.40q", s)
	}
}

func object(v any) map[string]any {
	o, _ := v.(map[string]any)
	return o
}

func objects(v any) (list []map[string]any) {
	all, _ := v.([]any)
	for _, one := range all {
		list = append(list, object(one))
	}
	return list
}

// size counts a text as the limits are read.
func size(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}
