package bot_test

import (
	"slices"
	"strings"
	"testing"
	"testing/quick"

	"smtpbot/bot"
)

func TestSuggest(t *testing.T) {
	b := newBot(t, nil, bot.Options{})
	for name, row := range map[string]struct {
		lang, typed string
		first       string   // the entry that stands first, or its beginning
		has         []string // are among them
	}{
		"nothing":             {"en", "", "550", []string{"421", "5.7.1"}},
		"a digit":             {"en", "4", "4", []string{"421", "450", "4xx"}},
		"two digits":          {"en", "55", "550", []string{"551", "552", "553", "554"}},
		"a code":              {"en", "421", "421", nil},
		"an enhanced code":    {"en", "5.7.2", "5.7.2", []string{"5.7.20", "5.7.26"}},
		"a passing one":       {"en", "4.2", "4.2.", []string{"4.2.2"}},
		"a pair":              {"en", "550 5.1.1", "", []string{"5.1.1"}},
		"half a pair":         {"en", "550 5.7.2", "", []string{"5.7.26"}},
		"a letter for zero":   {"en", "5o3", "503", nil},
		"a title":             {"en", "mailbox is full", "mailbox-full", nil},
		"a cause":             {"en", "greylisted", "greylisted", nil},
		"a slip":              {"en", "greylsted", "greylisted", nil},
		"half a word":         {"en", "reverse d", "reverse-dns-missing", nil},
		"two letters":         {"en", "sp", "spam", nil},
		"a provider":          {"en", "google", "google/", nil},
		"French":              {"fr", "boite pleine", "mailbox-full", nil},
		"French in English":   {"en", "boîte pleine", "mailbox-full", nil},
		"a comparison":        {"en", "450 vs 55", "450 vs 550", []string{"450 vs 554"}},
		"an open comparison":  {"en", "550 vs ", "550 vs 421", nil},
		"a French comparison": {"fr", "450 contre gris", "450 vs greylisted", nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, h := range b.Suggest(row.lang, row.typed, 25) {
				got = append(got, h.Entry)
			}
			if len(got) == 0 || !strings.HasPrefix(got[0], row.first) {
				t.Errorf("%q begins with %q, want %q", row.typed, got[:min(len(got), 3)], row.first)
			}
			for _, want := range row.has {
				if !slices.Contains(got, want) {
					t.Errorf("%q lacks %q: %q", row.typed, want, got)
				}
			}
		})
	}
}

// Every suggestion can be asked for, and none stands there twice.
func TestSuggestionsCanBeAsked(t *testing.T) {
	b := newBot(t, nil, bot.Options{})
	e := b.Catalog().Edition("en")
	for _, typed := range []string{"", "4", "5.7", "mail", "spam", "gmail", "quota", "tls"} {
		seen := map[string]bool{}
		for _, h := range b.Suggest("en", typed, 25) {
			if l, ok := b.Lookup(e, h.Entry); !ok || l.Entry != h.Entry || h.Title == "" || seen[h.Entry] {
				t.Errorf("%q suggests %+v, which is %q, %t", typed, h, l.Entry, ok)
			}
			seen[h.Entry] = true
		}
	}
}

func TestSuggestSurvives(t *testing.T) {
	b := newBot(t, nil, bot.Options{})
	for _, typed := range []string{"-", "2-", ".", "5.", "5..", "3 -", " vs ", "vs", "\x00", "2 ", "4.\xff"} {
		b.Suggest("en", typed, 25)
	}
	if err := quick.Check(func(typed string) bool { return len(b.Suggest("fr", typed, 25)) <= 25 }, &quick.Config{MaxCount: 60}); err != nil {
		t.Error(err)
	}
}
