package detect

import "testing"

func TestUnwrap(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"plain", "550 5.1.1 no such user", "550 5.1.1 no such user"},
		{"quotes", "> > 550 a\n> 550 b", "550 a\n550 b"},
		{"a client's prompt stays", ">>> RCPT TO:<jo@dest.example>", ">>> RCPT TO:<jo@dest.example>"},
		{"fence with a language", "```text\n550 a\n```", "\n550 a\n"},
		{"fence inside a line", "see ```550 a```", "see \n550 a\n"},
		{"entities", "&lt;jo@dest.example&gt; &amp; &quot;x&quot;", `<jo@dest.example> & "x"`},
		{"mail link", "<mailto:jo@dest.example|jo@dest.example>: unknown", "jo@dest.example: unknown"},
		{"mail link without a label", "<mailto:jo@dest.example>", "jo@dest.example"},
		{"link", "see <https://dest.example/x|dest.example>", "see dest.example"},
		{"JSON", `{"error":"550 a\r\n550 b \u003cjo@dest.example\u003e"}`, "{\"error\":\"550 a\n550 b <jo@dest.example>\"}"},
		{"a path is no escape", `C:\mail\550`, `C:\mail\550`},
		{"carriage returns", "550-a\r\n550 b\rc", "550-a\n550 b\nc"},
		{"soft line break", "no such us=\ner", "no such user"},
		{"colours", "\x1b[1;31m550 a\x1b[0m", "550 a"},
		{"odd characters", "550\u00a0a\u200b\u2019s", "550 a's"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := unwrap(row.text).text; got != row.want {
				t.Errorf("%q became %q, want %q", row.text, got, row.want)
			}
		})
	}
}

// What is found is shown where it stood in the original.
func TestSpan(t *testing.T) {
	for _, row := range []struct{ text, part, want string }{
		{"> 550 &lt;jo&gt; x", "<jo>", "&lt;jo&gt;"},
		{"a\u200b550\u00a05.1.1", "550 5.1.1", "550\u00a05.1.1"},
		{`"550 a\r\n550 b"`, "a\n550", `a\r\n550`},
	} {
		v := unwrap(row.text)
		start := indexFold(v.text, row.part)
		if start < 0 {
			t.Fatalf("%q is not in %q", row.part, v.text)
		}
		from, to := v.span(start, start+len(row.part))
		if got := row.text[from:to]; got != row.want {
			t.Errorf("%q stands for %q, want %q", row.part, got, row.want)
		}
	}
}

func TestUnwrapLeavesPlainTextAlone(t *testing.T) {
	text := "host mx.dest.example[192.0.2.10] said: 550 5.1.1 <jo@dest.example>: User unknown"
	if n := testing.AllocsPerRun(100, func() { unwrap(text) }); n != 0 {
		t.Errorf("%v allocations where nothing changes", n)
	}
}
