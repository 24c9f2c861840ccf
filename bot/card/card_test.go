package card_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"smtpbot/bot/card"
)

func TestSpans(t *testing.T) {
	for _, row := range []struct {
		prose string
		want  []card.Span
	}{
		{"", nil},
		{"plain", []card.Span{{Text: "plain"}}},
		{"a `b` **c** d", []card.Span{{Text: "a "}, {Text: "b", Style: card.Code}, {Text: " "}, {Text: "c", Style: card.Strong}, {Text: " d"}}},
		{"`**not strong**`", []card.Span{{Text: "**not strong**", Style: card.Code}}},
		{"a ` b", []card.Span{{Text: "a ` b"}}},
		{"`` empty", []card.Span{{Text: "`` empty"}}},
		{"2 * 3", []card.Span{{Text: "2 * 3"}}},
	} {
		if diff := cmp.Diff(row.want, card.Spans(row.prose)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", row.prose, diff)
		}
	}
}

// FuzzSpans holds Spans to keeping every character but the marks, and Plain to
// letting nothing through that could be a mark.
func FuzzSpans(f *testing.F) {
	for _, s := range []string{"a `b` **c**", "`", "****", "\x00\xff", "\u202ex"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var b strings.Builder
		for _, span := range card.Spans(s) {
			if span.Text == "" {
				t.Errorf("%q has an empty span", s)
			}
			b.WriteString(span.Text)
		}
		strip := strings.NewReplacer("`", "", "*", "")
		if strip.Replace(b.String()) != strip.Replace(s) {
			t.Errorf("%q lost text: %q", s, b.String())
		}
		plain := card.Plain(s, 50)
		if !utf8.ValidString(plain) || strings.ContainsAny(plain, "`*\n\t\x00") || utf8.RuneCountInString(plain) > 51 {
			t.Errorf("%q is made into %q", s, plain)
		}
		if strings.IndexFunc(plain, func(r rune) bool { return unicode.Is(unicode.Cf, r) }) >= 0 {
			t.Errorf("%q keeps a format character: %q", s, plain)
		}
	})
}

func TestText(t *testing.T) {
	c := card.Card{
		Title: "`550` · A title",
		Body: []card.Block{
			{Text: "**Strong** words and a `command --flag`."},
			{Heading: "Steps", List: []string{"One", strings.Repeat("long ", 20)}, Ordered: true},
			{Table: &card.Table{Columns: []string{"`450`", "`550`"}, Rows: []card.Row{{Name: "Class", Values: []string{"passing", "final"}}}}},
		},
		Small: []string{"5xx", "final"},
		Links: []card.Link{{Title: "RFC", URL: "https://example.com/"}},
	}
	const want = `550 · A title
Strong words and a ` + "`command --flag`" + `.

Steps
1. One
2. long long long long long long long long long long long long long long long
   long long long long long

       450      550
Class  passing  final

5xx · final
RFC: https://example.com/
`
	if diff := cmp.Diff(want, card.Text(c)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestSpoken holds that words for a screen reader are not cut into lines, and
// that a value stands beside what it is the value of.
func TestSpoken(t *testing.T) {
	long := strings.Repeat("word ", 40) + "end."
	got := card.Spoken(card.Card{
		Title: "`450` vs `550`",
		Body: []card.Block{
			{Text: long},
			{Table: &card.Table{Columns: []string{"`450`", "`550`"}, Rows: []card.Row{{Name: "Class", Values: []string{"4xx", "5xx"}}, {Name: "Send again", Values: []string{"yes", "no"}}}}},
		},
		Links: []card.Link{{Title: "RFC 5321", URL: "https://www.rfc-editor.org/rfc/rfc5321"}},
	})
	want := "450 vs 550\n" + long + "\n\n450: Class 4xx; Send again yes\n550: Class 5xx; Send again no\n\nRFC 5321\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
