// Package cardtest holds cards that no bot would make on purpose: hostile,
// endless, empty, broken. Every renderer must turn each of them into something
// that its platform takes, and let nothing in them become markup, a mention or
// a link that was none.
package cardtest

import (
	"fmt"
	"strings"

	"smtpbot/bot/card"
)

// Named is a card and what is difficult about it.
type Named struct {
	Name string
	Card card.Card
}

// Mentions are the forms by which the platforms call people. In what a renderer
// makes none of its own platform's may work.
var Mentions = []string{
	"<!channel>", "<!here>", "<!everyone>", "<!subteam^S012AB|@ops>", "<@U012AB>", "<#C012AB|general>", // Slack
	"@everyone", "@here", "<@123456789012345678>", "<@!123456789012345678>", "<@&123456789012345678>", "<#123456789012345678>", // Discord
}

// Cards gives all of them.
func Cards() []Named {
	long := strings.Repeat("The mailbox is over its quota and takes no mail. ", 200)
	wall := strings.Repeat("x", 20_000)
	hostile := strings.Join(Mentions, " ") + ` <http://evil.example|support.google.com> [bank](http://evil.example) <script>alert(1)</script> &lt;!channel&gt; & "quoted"`
	return []Named{
		{"empty", card.Card{}},
		{"title only", card.Card{Title: "`550` · No such address"}},
		{"no title", card.Card{Body: []card.Block{{Text: "A text alone."}}}},
		{"blank", card.Card{Title: " ", Body: []card.Block{{}, {Heading: " "}, {Text: "\n"}, {List: []string{"", " "}}, {Table: &card.Table{}}},
			Small: []string{"", " "}, Links: []card.Link{{}}, Actions: []card.Action{{}}}},
		{"actions only", card.Card{Actions: []card.Action{{ID: "details", Label: "Details", Value: "lookup 550"}}}},
		{"small only", card.Card{Small: []string{"5xx", "permanent"}}},

		{"mentions", everywhere(hostile)},
		{"marks", everywhere("*a* _b_ ~c~ `d` **e** ***f*** __g__ ~~h~~ ||i|| ```j``` > k # l - m 1. n :tada: \\*o\\* *.example.com _dmarc and _spf_")},
		{"marks without partner", everywhere("`a **b *c _d ~e ``f ***g")},
		{"marks across lines", everywhere("**a\nb** `c\nd` *e\nf*\n> g\n# h\n- i")},
		{"marks within words", everywhere("un**glaub**lich re`try`able **終**わり")},
		{"code in strong", everywhere("**Move: run `dig +short TXT example.org` now** and `**not strong**`")},
		{"control characters", everywhere("a\x00b\x01c\x07d\x1b[31me\x7ff\u0085g\u2028h")},
		{"broken UTF-8", everywhere("a\xffb\xc3(c\xed\xa0\x80d")},
		{"direction", everywhere("\u202eevil\u202c \u2066x\u2069 \u200fمرحبا 550 5.1.1 \u200bzero\ufeffwidth")},
		{"wide characters", everywhere(strings.Repeat("👩‍👩‍👧‍👦", 1500))},
		{"stacked characters", everywhere("z" + strings.Repeat("\u0301\u0323", 3000))},
		{"grows when escaped", everywhere(strings.Repeat("<&>", 2000))},
		{"wall without a space", everywhere(wall)},
		{"megabyte", card.Card{Title: "Long", Body: []card.Block{{Text: strings.Repeat("550 5.1.1 <a@b> & ", 60_000)}}}},

		{"long everywhere", everywhere(long)},
		{"many blocks", card.Card{Title: "Many", Body: repeat(150, func(i int) card.Block {
			return card.Block{Heading: fmt.Sprint("Heading ", i), Text: "One line of text."}
		})}},
		{"long blocks", card.Card{Title: "Long", Body: repeat(20, func(int) card.Block { return card.Block{Heading: "Heading", Text: long} })}},
		{"long list", card.Card{Title: "List", Body: []card.Block{{Heading: "Steps", Ordered: true, List: repeat(400, func(i int) string { return fmt.Sprint("Step ", i, " of many, with some words behind it.") })}}}},
		{"many links", card.Card{Title: "Links", Small: []string{"5xx"}, Links: repeat(80, func(i int) card.Link {
			return card.Link{Title: fmt.Sprint("Source ", i), URL: fmt.Sprint("https://example.org/page/", i)}
		})}},
		{"odd links", card.Card{Title: "Links", Links: []card.Link{
			{Title: "bar|and>bracket<", URL: "https://example.org/a|b>c<d e?x=1&y=2)"},
			{Title: "script", URL: "javascript:alert(1)"}, {Title: "channel", URL: "!channel"}, {Title: "person", URL: "@U012AB"},
			{Title: "relative", URL: "/etc/passwd"}, {Title: "", URL: "https://example.org/untitled"}, {Title: "no address", URL: ""},
			{Title: "two\nlines", URL: "https://example.org/\nx"}, {Title: "]( https://evil.example )", URL: "https://example.org/"},
			{Title: "long", URL: "https://example.org/" + strings.Repeat("a", 5000)},
		}}},
		{"many actions", card.Card{Title: "Buttons", Actions: repeat(60, func(i int) card.Action {
			return card.Action{ID: "details", Label: fmt.Sprint("Details ", i), Value: fmt.Sprint("lookup 5.1.", i)}
		})}},
		{"odd actions", card.Card{Title: "Buttons", Actions: []card.Action{
			{ID: "details", Label: long, Value: "lookup 550"}, {ID: "details", Label: "Same", Value: "lookup 550"}, {ID: "details", Label: "Same", Value: "lookup 550"},
			{ID: strings.Repeat("i", 400), Label: "Long name", Value: "lookup 551"}, {ID: "long", Label: "Long value", Value: "lookup " + wall},
			{ID: "", Label: "No name", Value: "lookup 552"}, {ID: "blank", Label: " ", Value: "lookup 553"}, {ID: "silent", Label: "No value"},
			{ID: "marks", Label: "**Bold** `code` <!channel> @everyone", Value: "lookup 554"}, {ID: "nul", Label: "a\x00b\xff", Value: "lookup \x00 555"},
		}}},

		{"table", card.Card{Title: "`450` vs `550`", Body: []card.Block{{Table: table(2, 3, "word")}}}},
		{"table of one", card.Card{Title: "`450`", Body: []card.Block{{Table: table(1, 1, "word")}}}},
		{"wide table", card.Card{Title: "Wide", Body: []card.Block{{Heading: "Side by side", Table: table(23, 4, "word")}}}},
		{"tall table", card.Card{Title: "Tall", Body: []card.Block{{Table: table(3, 200, "word")}}}},
		{"table of long cells", card.Card{Title: "Cells", Body: []card.Block{{Table: table(4, 6, long)}}}},
		{"table of hostile cells", card.Card{Title: "Cells", Body: []card.Block{{Table: table(4, 4, hostile)}}}},
		{"ragged table", card.Card{Title: "Ragged", Body: []card.Block{{Table: &card.Table{
			Columns: []string{"`450`", "`550`"},
			Rows:    []card.Row{{Name: "none"}, {Name: "one", Values: []string{"a"}}, {Name: "three", Values: []string{"a", "b", "c"}}, {Values: []string{"a", "b"}}},
		}}}}},
		{"table without columns", card.Card{Title: "Rows", Body: []card.Block{{Table: &card.Table{Rows: []card.Row{{Name: "a"}, {Name: "b"}}}}}}},
	}
}

// everywhere puts a text into each place of a card.
func everywhere(s string) card.Card {
	return card.Card{
		Tone:  card.Final,
		Title: s,
		Body: []card.Block{
			{Text: s}, {Heading: s, Text: s}, {Heading: s, List: []string{s, s}}, {List: []string{s}, Ordered: true},
			{Table: &card.Table{Columns: []string{s, s}, Rows: []card.Row{{Name: s, Values: []string{s, s}}}}},
		},
		Small:   []string{s, s},
		Links:   []card.Link{{Title: s, URL: "https://example.org/"}},
		Actions: []card.Action{{ID: "details", Label: s, Value: "lookup 550"}, {ID: "compare", Label: s, Value: "compare 450 vs 550"}},
	}
}

func table(columns, rows int, cell string) *card.Table {
	t := &card.Table{Columns: repeat(columns, func(i int) string { return fmt.Sprintf("`%d`", 400+i) })}
	t.Rows = repeat(rows, func(i int) card.Row {
		return card.Row{Name: fmt.Sprint("Row ", i), Values: repeat(columns, func(int) string { return cell })}
	})
	return t
}

func repeat[T any](n int, make func(i int) T) []T {
	var list []T
	for i := range n {
		list = append(list, make(i))
	}
	return list
}
