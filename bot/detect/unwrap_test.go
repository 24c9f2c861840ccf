package detect

import (
	"slices"
	"strings"
	"testing"
)

// wrapped are texts as they are pasted and as the scanner reads them.
var wrapped = []struct{ name, text, want string }{
	{"plain", "550 5.1.1 no such user", "550 5.1.1 no such user"},

	{"quotes", "> > 550 a\n> 550 b", "550 a\n550 b"},
	{"quotes without blanks", ">>550 a\n>>\n>>550 b", "550 a\n\n550 b"},
	{"indented quotes", "\t> 550 a\n  > > 550 b", "550 a\n550 b"},
	{"Slack's quote", "&gt; 550 a\n&gt; 550 b", "550 a\n550 b"},
	{"Discord's quote", ">>> see\n550 a", "see\n550 a"},
	{"mail's third level", ">>> 550 a\n>>> 550 b", "550 a\n550 b"},
	{"a client's prompt stays", ">>> RCPT TO:<jo@dest.example>", ">>> RCPT TO:<jo@dest.example>"},
	{"a client's prompt above its answer stays", ">>> jo@dest.example\n<<< 550 a", ">>> jo@dest.example\n<<< 550 a"},
	{"a prompt that is quoted stays", "> >>> DATA\n> <<< 550 a", ">>> DATA\n<<< 550 a"},
	{"an arrow is no quote", "<- 550 a\n -> QUIT", "<- 550 a\n -> QUIT"},
	{"bars", "| 550-a\n| 550 b", "550-a\n550 b"},
	{"a table's row is no quote", "| 550 | a |\n| 551 | b |", "| 550 | a |\n| 551 | b |"},

	{"fence with a language", "```text\n550 a\n```", "\n550 a\n"},
	{"fence inside a line", "see ```550 a```", "see \n550 a\n"},
	{"fence in a quote", "> ```\n> 550 a\n> ```", "\n550 a\n"},
	{"fence of tildes", "~~~log\n550 a\n~~~", "\n550 a\n"},

	{"entities", "&lt;jo@dest.example&gt; &amp; &quot;x&quot;", `<jo@dest.example> & "x"`},
	{"entities by number", "&#60;jo@dest.example&#x3E;&#10;b", "<jo@dest.example>\nb"},
	{"entities without width", "550&nbsp;5.1.1&zwnj;&shy; a&rsquo;s", "550 5.1.1 a's"},
	{"entities twice", "&amp;lt;jo@dest.example&amp;gt; &amp;amp; R&amp;D; &amp;", "<jo@dest.example> & R&D; &"},
	{"no entities", "?a=1&lt=2&copy & &; &#; &#x; &nosuch; AT&T;", "?a=1&lt=2&copy & &; &#; &#x; &nosuch; AT&T;"},

	{"mail link", "<mailto:jo@dest.example|jo@dest.example>: unknown", "jo@dest.example: unknown"},
	{"mail link without a label", "<mailto:jo@dest.example>", "jo@dest.example"},
	{"mail link in brackets", "&lt;<mailto:jo@dest.example|jo@dest.example>&gt;", "<jo@dest.example>"},
	{"link", "see <https://dest.example/x|dest.example>", "see dest.example"},
	{"link without a label", "see <https://dest.example/x>", "see https://dest.example/x"},
	{"link with a label of words", "<https://dest.example/x|how to &amp; why>.", "how to & why."},
	{"telephone", "call <tel:5501234|550-1234>", "call 550-1234"},
	{"channel", "in <#C0AB12CD3|mail> and <#C0AB12CD3|>", "in #mail and "},
	{"person", "<@U0AB12CD3> 550 a <@U0AB12CD3|jo>", "550 a @jo"},
	{"group and all", "<!subteam^S0AB12CD3|@ops> <!here>: 550 a", "@ops : 550 a"},
	{"date", "<!date^1690000000^{date} at {time}|Monday, 9 am>: 550 a", "Monday, 9 am: 550 a"},
	{"Discord's links", "<@123456789012345678> <:mail:123456789012345678>550 a <t:1690000000:R>", "550 a "},
	{"no links", "<jo@dest.example> <#550> <:> <t> <@> <http <!x> <mailto:a b> <<<", "<jo@dest.example> <#550> <:> <t> <@> <http <!x> <mailto:a b> <<<"},

	{"JSON", `{"error":"550 a\r\n550 b \u003cjo@dest.example\u003e"}`, "{\"error\":\"550 a\n550 b <jo@dest.example>\"}"},
	{"JSON in JSON", `"{\"error\":\"550 a\\r\\n550 b\\\"c\\\" \\u003cd\\u003e\"}"`, `"{"error":"550 a` + "\n" + `550 b"c" <d>"}"`},
	{"JSON beyond ASCII", `"bo\u00eete \ud83d\ude00 \u00a0x \ud83d!"`, `"boîte 😀  x \ud83d!"`},
	{"Python's bytes", `(550, b'5.1.1 bo\xc3\xaete\n5.1.1 <x>')`, "(550, b'5.1.1 boîte\n5.1.1 <x>')"},
	{"Python's Latin-1", `'bo\xeete\xa0x\''`, "'boîte x''"},
	{"Go's %q", `"550 5.1.1 a\n\tb\x1b[0m"`, "\"550 5.1.1 a\n b\""},
	{"rsyslog", "said: 550-5.1.1 a#015#012550 5.1.1 b#011c", "said: 550-5.1.1 a\n550 5.1.1 b c"},
	{"a ticket's number is no escape", "ticket #012 and (#011)", "ticket #012 and (#011)"},
	{"a path is no escape", `C:\mail\550 C:\new\report`, `C:\mail\550 C:\new\report`},
	{"a path in JSON", `{"path":"C:\\new\\report","error":"a\"b"}`, `{"path":"C:\\new\\report","error":"a"b"}`},

	{"carriage returns", "550-a\r\n550 b\rc", "550-a\n550 b\nc"},
	{"soft line break", "no such us=\ner", "no such user"},
	{"soft line break in a quote", "> no such us=\n> er", "no such user"},
	{"a line of equals signs", "====\n550 a", "====\n550 a"},
	{"quoted-printable", "a=3Db=20\nBo=C3=AEte=2E =3Cjo=40dest.example=3E", "a=b \nBoîte. <jo@dest.example>"},
	{"quoted-printable in Latin-1", "Bo=EEte pleine", "Boîte pleine"},
	{"no quoted-printable", "SIZE=20088 id=20022 limit=20\ntimeout=30", "SIZE=20088 id=20022 limit=20\ntimeout=30"},
	{"a size beside quoted-printable", "x=3D\"y\" SIZE=20088 port=25", "x=\"y\" SIZE=20088 port=25"},
	{"encoded words", "=?utf-8?Q?Bo=C3=AEte_?= =?ISO-8859-1?q?pleine_=E0?= x", "Boîte pleine à x"},
	{"encoded word in base64", "a: =?UTF-8?B?VXNlciB1bmtub3du?=", "a: User unknown"},
	{"encoded word in Japanese", "=?iso-2022-jp?B?GyRCJSglaSE8GyhC?=", "エラー"},
	{"no encoded words", "=?utf-8?B?x =?? =?x?Q?a?= =?utf-8?X?a?=", "=?utf-8?B?x =?? =?x?Q?a?= =?utf-8?X?a?="},

	{"HTML", "<p class=\"x\">550 <b>5.1.1</b> <span>no</span> user<br>\n550 a</p><P>b</P>", "550 5.1.1 no user\n\n550 a\nb\n"},
	{"HTML in Slack", "&lt;div&gt;550 &amp;lt;jo@dest.example&amp;gt;&lt;/div&gt;", "550 <jo@dest.example>\n"},
	{"a page", "<!DOCTYPE html>\n<html><head><title>550 x</title></head><body><!-- 550 y --><style>z</style><table><tr><td>550\n5.1.1</td><td>a</td></tr></table></body></html>\n550 b", "\n550 5.1.1 | a\n\n550 b"},
	{"no HTML", "<jo@dest.example> <CRLF> <<< 550 <b> <p> <user>", "<jo@dest.example> <CRLF> <<< 550 <b> <p> <user>"},
	{"an address beside HTML", "<br><jo@dest.example><br/>", "<jo@dest.example>\n"},

	{"colours", "\x1b[1;31m550 a\x1b[0m\x1b[K", "550 a"},
	{"colours as cat shows them", "^[[31m550 a^[[0m", "550 a"},
	{"colours without their escape", "[31m550 a[0m", "550 a"},
	{"a stretch of time is no colour", "rate(smtp[5m]) x[30m] mx[192.0.2.1]", "rate(smtp[5m]) x[30m] mx[192.0.2.1]"},
	{"a terminal's link", "\x1b]8;;https://dest.example\x1b\\550 a\x1b]8;;\x07", "550 a"},
	{"odd characters", "550\u00a0a\u200b\u2019s\u2026", "550 a's..."},
	{"full-width forms", "５５０　５．１．１＜jo＠dest.example＞：", "550 5.1.1<jo@dest.example>:"},
	{"marks of direction", "\u200e550\u202c \u20665.1.1\u2069\u061c", "550 5.1.1"},
	{"letters beyond ASCII", "Boîte pleine, почта, メール", "Boîte pleine, почта, メール"},

	{"bold", "**550** **5.1.1** user *unknown*", "550 5.1.1 user unknown"},
	{"bold line", "*550 5.1.1 user unknown*", "550 5.1.1 user unknown"},
	{"slanted, struck, hidden", "_550 5.1.1_ __a__ ~b~ ~~c~~ ||d||", "550 5.1.1 a b c d"},
	{"a code alone keeps its marks", "**550** means that, `450` this, *5.1.1* too", "**550** means that, `450` this, *5.1.1* too"},
	{"masks, globs and names", "***@dest.example, ***@b.example *.example.com* ** a_b_c __ x || y ~550", "***@dest.example, ***@b.example *.example.com* ** a_b_c __ x || y ~550"},
	{"code", "`550 5.1.1 a`", "550 5.1.1 a"},
	{"code behind a colon, in pieces", "error: `550` `5.1.1` user `jo` ``unknown``", "error: 550 5.1.1 user jo unknown"},
	{"code in a sentence keeps its marks", "they say `550 a *b*` then", "they say `550 a *b*` then"},
	{"labelled link", "[550 5.1.1](https://dest.example/x) [a](<mailto:jo@dest.example>) mx[192.0.2.1](b)", "550 5.1.1 a mx[192.0.2.1](b)"},
	{"backslashes", `550 \#5.1.1 \<jo\_b@dest.example\> \*a\*`, `550 #5.1.1 <jo_b@dest.example> *a*`},
	{"a pattern keeps its backslashes", `^5\.1\.1 \<a\>`, `^5\.1\.1 \<a\>`},

	{"qmail's log", "failure: 192.0.2.1_said:_550_no_such_user/\nuser_name", "failure: 192.0.2.1 said: 550 no such user/\nuser_name"},
}

func TestUnwrap(t *testing.T) {
	for _, row := range wrapped {
		t.Run(row.name, func(t *testing.T) {
			if got := unwrap(row.text).text; got != row.want {
				t.Errorf("%q became\n%q, want\n%q", row.text, got, row.want)
			}
		})
	}
}

// What is found is shown where it stood in the original.
func TestSpan(t *testing.T) {
	for _, row := range []struct{ text, part, want string }{
		{"plain 550 x", "550", "550"},
		{"> 550 &lt;jo&gt; x", "<jo>", "&lt;jo&gt;"},
		{"> 550 &amp;lt;jo&amp;gt; x", "<jo>", "&amp;lt;jo&amp;gt;"},
		{"a\u200b550\u00a05.1.1", "550 5.1.1", "550\u00a05.1.1"},
		{`"550 a\r\n550 b"`, "a\n550", `a\r\n550`},
		{"&gt; **550** **5.1.1** `a` b", "550 5.1.1 a", "550** **5.1.1** `a"},
		{"<p>550 <b>5.1.1</b> user un=\nknown=20</p>", "550 5.1.1 user unknown", "550 <b>5.1.1</b> user un=\nknown"},
		{"&lt;p&gt;550&amp;nbsp;5.1.1 a&lt;/p&gt;", "550 5.1.1 a", "550&amp;nbsp;5.1.1 a"},
		{"５５０　５．１．１ x", "550 5.1.1", "５５０　５．１．１"},
		{"s: =?utf-8?B?VXNlciB1bmtub3du?= x", "unknown", "=?utf-8?B?VXNlciB1bmtub3du?="},
		{"550 see <https://dest.example/x|the page> now", "the page now", "the page> now"},
		{"550 wait\u2026", "wait...", "wait\u2026"},
	} {
		v := unwrap(row.text)
		start := indexFold(v.text, row.part)
		if start < 0 {
			t.Errorf("%q is not in %q", row.part, v.text)
			continue
		}
		from, to := v.span(start, start+len(row.part))
		if got := row.text[from:to]; got != row.want {
			t.Errorf("%q stands for %q, want %q", row.part, got, row.want)
		}
	}
}

// Layers can be put on in turn: what is found in a text is found in the text
// as a platform, a program or a mail wraps it, and there it stands in place.
func TestUnwrapLayers(t *testing.T) {
	const reply = "550-5.1.1 <jo@dest.example>: no such user here\n550 5.1.1 see https://dest.example/help?a=1&b=2"
	lines := func(before string) func(string) string {
		return func(s string) string { return before + strings.ReplaceAll(s, "\n", "\n"+before) }
	}
	replacer := func(pairs ...string) func(string) string { return strings.NewReplacer(pairs...).Replace }
	wraps := []struct {
		name string
		wrap func(string) string
	}{
		{"Slack", replacer("&", "&amp;", "<", "&lt;", ">", "&gt;")},
		{"quote", lines("> ")},
		{"JSON", replacer("\n", `\r\n`, "<", `\u003c`, ">", `\u003e`, `"`, `\"`)},
		{"CRLF", replacer("\n", "\r\n")},
		{"quoted-printable", replacer("=", "=3D", "such", "su=\nch")},
		{"colours", func(s string) string { return "\x1b[31m" + s + "\x1b[0m" }},
		{"wide", replacer("5", "５", "1", "１")},
		{"page", func(s string) string {
			s = replacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\n", "<br>")(s)
			return "<div>" + s + "</div>"
		}},
	}
	for _, outer := range wraps {
		for _, inner := range wraps {
			if outer.name == "quoted-printable" || outer.name == "colours" && inner.name != "quote" && inner.name != "wide" || outer.name == "wide" && inner.name != "CRLF" || inner.name == "quoted-printable" && outer.name == "page" {
				continue // made by a mail program or a terminal, of plain text
			}
			if inner.name == outer.name && inner.name != "quote" || inner.name == "page" && outer.name == "quote" {
				continue
			}
			text := outer.wrap(inner.wrap(reply))
			v := unwrap(text)
			if got := strings.TrimSpace(v.text); got != reply {
				t.Errorf("%s in %s: %q became\n%q", inner.name, outer.name, text, got)
			}
			for _, f := range detector().Scan(text) {
				if f.Start < 0 || f.End > len(text) || !strings.Contains(text[f.Start:f.End], "dest.example") {
					t.Errorf("%s in %s: evidence %q", inner.name, outer.name, text[f.Start:f.End])
				}
			}
		}
	}
}

func TestUnwrapLeavesPlainTextAlone(t *testing.T) {
	for _, text := range []string{
		"host mx.dest.example[192.0.2.10] said: 550 5.1.1 <jo@dest.example>: User unknown",
		"we moved_on & left #5.1.1 a=b | c > d *e `f [g] (h) ~i C:\\j 100 % 550?",
	} {
		if n := testing.AllocsPerRun(100, func() { unwrap(text) }); n != 0 {
			t.Errorf("%v allocations where nothing changes: %q", n, text)
		}
	}
}

// hostile are the pieces of texts that make a careless reader look again and
// again at what it has seen.
var hostile = []struct{ name, piece string }{
	{"quotes", "> "}, {"quotes-tight", ">"}, {"quoted-lines", "> > > a\n"}, {"bars", "| a\n"}, {"prompts", ">>> a\n"}, {"fences", "```"}, {"fence-lines", "```a\n"},
	{"lt", "&lt;"}, {"amp", "&amp;"}, {"amps", "amp;&"}, {"amp-chain", "&amp;amp;amp;amp;"}, {"ampersand", "&"}, {"entity-open", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
	{"word-open", "=?"}, {"word-half", "=?utf-8?B?"}, {"words", "=?utf-8?B?YQ==?= "}, {"equals", "="}, {"soft", "=\n"}, {"soft-quoted", "> a=\n"}, {"bytes", "=C3=A9"}, {"blanks", "=3D=20\n"},
	{"angle", "<"}, {"link-open", "<http://"}, {"mention-open", "<@U0AB12CD3|"}, {"date-open", "<!date^"}, {"tag-open", "<b "}, {"tags", "<b></b>"}, {"comment-open", "<br><!--"}, {"style-open", "<style></b>"}, {"body-open", "<body><br>"}, {"pages", "<body>\n</body>"},
	{"backslash", "\\"}, {"escape", `\n5`}, {"escape-deep", `\\\\n5`}, {"bytes-hex", `\xc3`}, {"surrogates", `\ud83d`}, {"rsyslog", "#012"},
	{"backquote", "`"}, {"backquotes", "`a "}, {"code", "`a` "}, {"code-550", "550 `a` "}, {"double-code", "``a` "}, {"stars", "*"}, {"stars-open", "*a "}, {"stars-pairs", "*a* "}, {"under", "_a_ "}, {"spoiler", "||"}, {"spoilers", "||a|| "},
	{"bracket", "["}, {"link-empty", "[]("}, {"link-half", "[a](http://"}, {"links", "[a](http://b) "}, {"escape-character", "\x1b["}, {"osc", "\x1b]"}, {"carriage", "\r"}, {"zero-width", "\u200b"}, {"wide", "５"},
}

// BenchmarkUnwrap shows that time goes with the length, whatever the text: a
// megabyte costs no row more than some tens of milliseconds.
func BenchmarkUnwrap(b *testing.B) {
	const mega = 1 << 20
	rows := append([]struct{ name, piece string }{
		{"plain", "host mx.dest.example[192.0.2.10] said: 550 5.1.1 <jo@dest.example>: User unknown\n"},
	}, hostile...)
	for _, row := range rows {
		text := strings.Repeat(row.piece, mega/len(row.piece))
		b.Run(row.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				unwrap(text)
			}
		})
	}
}

// A view is plain: read again it does not change.
func TestUnwrapIsDone(t *testing.T) {
	again := []string{"backslashes"} // the signs that they protected
	for _, row := range wrapped {
		if slices.Contains(again, row.name) {
			continue
		}
		if got := unwrap(row.want).text; got != row.want {
			t.Errorf("%s: %q became %q the second time", row.name, row.want, got)
		}
	}
}
