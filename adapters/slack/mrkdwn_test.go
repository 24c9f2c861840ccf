package slack

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLine(t *testing.T) {
	for _, tt := range []struct {
		name, prose string
		bold        bool
		want        string
	}{
		{"prose", "It is full.", false, "It is full."},
		{"strong", "Final. **The sender's move.** Now.", false, "Final. *The sender's move.* Now."},
		{"code", "Run `dig +short TXT a.example`.", false, "Run `dig +short TXT a.example`."},
		{"title", "`550 5.1.1` · No such address", true, "`550 5.1.1` · *No such address*"},
		{"title of two", "`450` vs `550`", true, "`450` *vs* `550`"},
		{"code in strong", "**Run `dig` now**", false, "*Run* `dig` *now*"},
		{"entities", "a < b & c > d `<x>` **<y>**", false, "a &lt; b &amp; c &gt; d `&lt;x&gt;` *&lt;y&gt;*"},
		{"mention", "<!channel> `<!channel>`", false, "&lt;!channel&gt; `&lt;!channel&gt;`"},
		{"stars", "*.a.example and *b*", false, "∗.a.example and ∗b∗"},
		{"underscores in names", "smtp_helo_timeout and _dmarc.a.example", false, "smtp_helo_timeout and _dmarc.a.example"},
		{"underscores in pairs", "_really_ so", false, "ˍreally_ so"},
		{"tildes", "~1 hour, ~gone~", false, "∼1 hour, ∼gone~"},
		{"underscores in code stay", "`_dmarc` `*` `~`", false, "`_dmarc` `*` `~`"},
		{"backtick alone", "a ` b", false, "a ˋ b"},
		{"within a word", "un**glaub**lich", false, "un\u200b*glaub*\u200blich"},
		{"between signs that are no boundary", "最终**结果**是", false, "最终\u200b*结果*\u200b是"},
		{"side by side", "`a``b`**c**", false, "`a`\u200b`b`\u200b*c*"},
		{"strong spaces", "a** b **c", false, "a *b* c"},
		{"lines are folded", "a\n\tb\r\nc", false, "a  b  c"},
		{"controls", "a\x00b\x1b[0m\xffc\u202ed", false, "ab[0mcd"},
		{"nothing", "\x00 \n", false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := line(tt.prose, tt.bold, 1000); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestLineIsCutAtAMark(t *testing.T) {
	for _, prose := range []string{strings.Repeat("word ", 100), strings.Repeat("<", 100), strings.Repeat("👩‍👩‍👧‍👦", 50), strings.Repeat("`code` **strong** ", 40), "**" + strings.Repeat("x", 200) + "**"} {
		for limit := 1; limit < 90; limit++ {
			got := line(prose, limit%2 == 0, limit)
			if n := units(got); n > limit || !strings.HasSuffix(got, mark) || !utf8.ValidString(got) {
				t.Fatalf("%d units in %q, allowed are %d", n, got, limit)
			}
			if strings.Count(got, "`")%2 != 0 || strings.Count(got, "*")%2 != 0 {
				t.Fatalf("an open mark in %q", got)
			}
		}
	}
}
