package blockkit

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

const button = `{"type":"button","action_id":"a","value":"v","text":{"type":"plain_text","text":"A"}}`

func many(n int, one func(i int) string) string {
	var list []string
	for i := range n {
		list = append(list, one(i))
	}
	return "[" + strings.Join(list, ",") + "]"
}

func section(text string) string {
	b, _ := json.Marshal(text)
	return `{"type":"section","text":{"type":"mrkdwn","verbatim":true,"text":` + string(b) + `}}`
}

func option(i int) string {
	return fmt.Sprintf(`{"text":{"type":"plain_text","text":"O"},"value":"v%d"}`, i)
}

func overflow(n int) string {
	return `{"type":"actions","elements":[{"type":"overflow","action_id":"more","options":` + many(n, option) + `}]}`
}

func selects(n int, more string) string {
	return `{"type":"actions","elements":[{"type":"static_select","action_id":"s","options":` + many(n, option) + more + `}]}`
}

func input(more string) string {
	return `{"type":"input","block_id":"i","label":{"type":"plain_text","text":"L"},"element":{"type":"plain_text_input","action_id":"t"` + more + `}}`
}

func TestCheckMessage(t *testing.T) {
	for _, tt := range []struct {
		name, text, blocks, wrong string // wrong is a part of what is said
	}{
		{"text alone", "hello", "", ""},
		{"no text", " ", "", "0"},
		{"long text", strings.Repeat("x", MaxText+1), "", "allowed"},
		{"a section", "x", "[" + section("hello") + "]", ""},
		{"an empty section", "x", "[" + section(" ") + "]", "allowed"},
		{"a long section", "x", "[" + section(strings.Repeat("x", MaxSection+1)) + "]", "allowed"},
		{"characters beyond the first plane count twice", "x", "[" + section(strings.Repeat("💥", MaxSection/2+1)) + "]", "allowed"},
		{"not verbatim", "x", `[{"type":"section","text":{"type":"mrkdwn","text":"a"}}]`, "verbatim"},
		{"most blocks", "x", many(MaxBlocks, func(int) string { return section("a") }), ""},
		{"one block more", "x", many(MaxBlocks+1, func(int) string { return section("a") }), "blocks"},
		{"too much in all", "x", many(5, func(int) string { return section(strings.Repeat("x", 2900)) }), "all blocks"},
		{"a link", "<https://example.com/?a=1&amp;b=2|page>", "", ""},
		{"a person", "asked by <@U012AB>", "", ""},
		{"the channel", "<!channel>", "", "not escaped"},
		{"a bracket", "a > b", "", "not escaped"},
		{"an ampersand", "a & b", "", "not escaped"},
		{"a control character", "a\x1b[31m", "", "none"},
		{"a button", "x", `[{"type":"actions","elements":[` + button + `]}]`, ""},
		{"two buttons of one name", "x", `[{"type":"actions","elements":[` + button + `,` + button + `]}]`, "twice"},
		{"no button", "x", `[{"type":"actions","elements":[]}]`, "elements"},
		{"a menu", "x", "[" + overflow(MaxOverflow) + "]", ""},
		{"a long menu", "x", "[" + overflow(MaxOverflow+1) + "]", "options"},
		{"an input", "x", "[" + input("") + "]", "input in a message"},
		{"a block of tomorrow", "x", `[{"type":"hologram"}]`, "does not use"},
		{"no JSON", "x", `{`, "blocks"},
	} {
		t.Run(tt.name, func(t *testing.T) { check(t, CheckMessage(tt.text, []byte(tt.blocks)), tt.wrong) })
	}
}

func TestCheckView(t *testing.T) {
	title := func(s string) string { return `,"title":{"type":"plain_text","text":"` + s + `"}` }
	submit := `,"submit":{"type":"plain_text","text":"Go"}`
	view := func(kind, more string, blocks ...string) string {
		return `{"type":"` + kind + `"` + more + `,"blocks":[` + strings.Join(blocks, ",") + `]}`
	}
	for _, tt := range []struct{ name, view, wrong string }{
		{"a modal", view("modal", title("SMTP"), section("a")), ""},
		{"without title", view("modal", "", section("a")), "title"},
		{"long title", view("modal", title(strings.Repeat("x", MaxViewTitle+1)), section("a")), "allowed"},
		{"without blocks", view("modal", title("SMTP")), "0 blocks"},
		{"input without submit", view("modal", title("SMTP"), input("")), "submit"},
		{"input with submit", view("modal", title("SMTP")+submit, input("")), ""},
		{"input for too much", view("modal", title("SMTP")+submit, input(`,"max_length":3001`)), "3001"},
		{"long metadata", view("modal", title("SMTP")+`,"private_metadata":"`+strings.Repeat("x", MaxMetadata+1)+`"`, section("a")), "metadata"},
		{"two blocks of one name", view("modal", title("SMTP")+submit, input(""), input("")), "twice"},
		{"a Home", view("home", "", section("a")), ""},
		{"a Home with a title", view("home", title("SMTP"), section("a")), "Home"},
		{"a select", view("home", "", selects(MaxOptions, "")), ""},
		{"a long select", view("home", "", selects(MaxOptions+1, "")), "options"},
		{"a select that begins with its option", view("home", "", selects(2, `,"initial_option":`+option(1))), ""},
		{"a select that begins with another", view("home", "", selects(2, `,"initial_option":`+option(7))), "none of its options"},
		{"neither", view("workflow_step", "", section("a")), "type"},
		{"no JSON", "[]", "view"},
	} {
		t.Run(tt.name, func(t *testing.T) { check(t, CheckView([]byte(tt.view)), tt.wrong) })
	}
}

func check(t *testing.T, err error, wrong string) {
	t.Helper()
	switch {
	case wrong == "" && err != nil:
		t.Error(err)
	case wrong != "" && (err == nil || !strings.Contains(err.Error(), wrong)):
		t.Errorf("found %v, want %q", err, wrong)
	}
}
