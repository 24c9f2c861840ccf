package discordtest

import (
	"fmt"
	"strings"
	"testing"
)

const nobody = `"allowed_mentions": {"parse": []}`

// The stand-in refuses what Discord refuses; the first row of each list is fine.
func TestMessageChecks(t *testing.T) {
	t.Parallel()
	long := func(n int) string { return strings.Repeat("x", n) }
	button := func(id, label string) string {
		return fmt.Sprintf(`{"type": 2, "style": 2, "custom_id": %q, "label": %q}`, id, label)
	}
	row := func(buttons ...string) string {
		return `{"type": 1, "components": [` + strings.Join(buttons, ",") + `]}`
	}
	for i, body := range []string{
		`{"content": "x", "embeds": [{"title": "t", "footer": {"text": "f"}}], "components": [` + row(button("a", "A"), button("b", "B")) + `], ` + nobody + `}`,
		`{"content": "x"}`,
		`{"content": "x", "allowed_mentions": {}}`,
		`{"content": "x", "allowed_mentions": {"parse": ["everyone"]}}`,
		`{"content": "x", "allowed_mentions": {"parse": [], "replied_user": true}}`,
		`{"content": "", ` + nobody + `}`,
		`{"content": " \u200b", ` + nobody + `}`,
		`{"content": "` + long(2001) + `", ` + nobody + `}`,
		`{"content": "x", "flags": 64, ` + nobody + `}`,
		`{"content": "x", "enforce_nonce": true, ` + nobody + `}`,
		`{"content": "\u0000x", ` + nobody + `}`,
		`{"embeds": [{}], ` + nobody + `}`,
		`{"embeds": [{"title": "` + long(257) + `"}], ` + nobody + `}`,
		`{"embeds": [{"description": "` + long(4097) + `"}], ` + nobody + `}`,
		`{"embeds": [{"description": "` + long(4000) + `"}, {"description": "` + long(2001) + `"}], ` + nobody + `}`,
		`{"embeds": [{"title": "t", "fields": [{"name": "n", "value": " "}]}], ` + nobody + `}`,
		`{"embeds": [{"title": "t", "footer": {"text": ""}}], ` + nobody + `}`,
		`{"embeds": [{"title": "t", "url": "javascript:x"}], ` + nobody + `}`,
		`{"content": "x", "components": [` + row() + `], ` + nobody + `}`,
		`{"content": "x", "components": [` + button("a", "A") + `], ` + nobody + `}`,
		`{"content": "x", "components": [` + row(button("a", "A"), button("a", "B")) + `], ` + nobody + `}`,
		`{"content": "x", "components": [` + row(button("", "A")) + `], ` + nobody + `}`,
		`{"content": "x", "components": [` + row(button("a", "")) + `], ` + nobody + `}`,
		`{"content": "x", "components": [` + row(button(long(101), "A")) + `], ` + nobody + `}`,
		`{"content": "x", "components": [` + row(button("a", long(81))) + `], ` + nobody + `}`,
		`{"content": "x", "components": [` + row(button("a", "A"), button("b", "A"), button("c", "A"), button("d", "A"), button("e", "A"), button("f", "A")) + `], ` + nobody + `}`,
		`{"content": "x", "components": [` + row(`{"type": 2, "style": 5, "label": "L", "url": "https://x.example", "custom_id": "a"}`) + `], ` + nobody + `}`,
		`{"content": "x", "components": [` + row(`{"type": 2, "style": 5, "label": "L", "url": "javascript:x"}`) + `], ` + nobody + `}`,
	} {
		_, problems := LoadValidator(t).Message([]byte(body))
		if (len(problems) == 0) != (i == 0) {
			t.Errorf("%.200s: %v", body, problems)
		}
	}
}

func TestCommandChecks(t *testing.T) {
	t.Parallel()
	option := func(name, more string) string {
		return fmt.Sprintf(`{"type": 3, "name": %q, "description": "d"%s}`, name, more)
	}
	for i, list := range []string{
		`[{"name": "a", "description": "d", "options": [` + option("b", `, "required": true`) + `,` + option("c", "") + `]}, {"name": "Menu item", "type": 3}]`,
		`[{"name": "A", "description": "d"}]`,
		`[{"name": "a b", "description": "d"}]`,
		`[{"name": "a"}]`,
		`[{"name": "a", "description": "d"}, {"name": "a", "description": "d"}]`,
		`[{"name": "a", "description": "d", "name_localizations": {"fr": "É"}}]`,
		`[{"name": "a", "description": "d", "name_localizations": {"tlh": "e"}}]`,
		`[{"name": "a", "description": "` + strings.Repeat("x", 101) + `"}]`,
		`[{"name": "a", "description": "d", "options": [` + option("c", "") + `,` + option("b", `, "required": true`) + `]}]`,
		`[{"name": "a", "description": "d", "options": [` + option("c", "") + `,` + option("c", "") + `]}]`,
		`[{"name": "a", "description": "d", "options": [` + option("c", `, "autocomplete": true, "choices": [{"name": "x", "value": "x"}]`) + `]}]`,
		`[{"name": "Menu", "type": 3, "description": "d"}]`,
	} {
		if problems := LoadValidator(t).Commands([]byte(list)); (len(problems) == 0) != (i == 0) {
			t.Errorf("%s: %v", list, problems)
		}
	}
}

func TestCallbackChecks(t *testing.T) {
	t.Parallel()
	for body, good := range map[string]bool{
		`{"type": 1}`: true,
		`{"type": 4, "data": {"content": "x", ` + nobody + `}}`:               true,
		`{"type": 8, "data": {"choices": []}}`:                                true,
		`{"type": 8, "data": {}}`:                                             false,
		`{"type": 4, "data": {"content": "x"}}`:                               false,
		`{"type": 4, "data": {"content": "x", "nonce": "1", ` + nobody + `}}`: false,
		`{"type": 4}`:  false,
		`{"type": 99}`: false,
		`{}`:           false,
	} {
		if _, problems := LoadValidator(t).Callback([]byte(body)); (len(problems) == 0) != good {
			t.Errorf("%s: %v", body, problems)
		}
	}
}
