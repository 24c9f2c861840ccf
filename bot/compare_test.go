package bot_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/catalog"
)

var (
	doubled  = regexp.MustCompile(`(?i)\b(\p{L}{2,}) (\p{L}{2,})\b`)
	codeSpan = regexp.MustCompile("`[^`]*`")
	label    = regexp.MustCompile(`\b(verdict|move|class|evidence|heading|placeholder|digits|basis)\.[a-z]|\{[a-z]+\}`)
	sentence = regexp.MustCompile(`[.!?] +`)
)

// TestComparePairs compares every pair of reply codes in every language. Both
// orders read the same, no sentence stands twice, no word is doubled, and no
// placeholder or key of a text shows.
func TestComparePairs(t *testing.T) {
	b := newBot(t, nil, bot.Options{})
	codes := b.Catalog().Codes()
	for _, lang := range b.Catalog().Languages() {
		e := b.Catalog().Edition(lang)
		for i, x := range codes {
			if testing.Short() && i%8 > 0 { // nothing here runs beside anything else, which is what the race detector looks for
				continue
			}
			for _, y := range codes[i+1:] {
				pair := x.String() + " " + y.String()
				one, ok := b.Compare(e, pair)
				if !ok {
					t.Fatalf("%s: %s is not compared", lang, pair)
				}
				other, _ := b.Compare(e, y.String()+" vs "+x.String())
				if one.Lead != other.Lead || !cmp.Equal(one.Differences, other.Differences) || !cmp.Equal(one.Guidance, other.Guidance) {
					t.Errorf("%s: %s reads another way round", lang, pair)
				}
				if len(one.Differences) == 0 || len(one.Guidance) == 0 || one.Lead == "" {
					t.Errorf("%s: %s has an empty part", lang, pair)
				}
				seen := map[string]bool{}
				texts := append(append([]string{one.Lead}, one.Differences...), one.Guidance...)
				for _, l := range one.Entries {
					texts = append(texts, l.Meaning, l.When, l.Fix[0])
				}
				for _, text := range texts {
					checkText(t, lang+": "+pair, text)
					for _, s := range sentence.Split(text, -1) {
						s = strings.Trim(s, " .")
						if len(s) > 25 && seen[s] {
							t.Errorf("%s: %s says twice: %q", lang, pair, s)
						}
						seen[s] = true
					}
				}
			}
		}
	}
}

// TestCompareMixed compares codes, causes and providers' texts with each other.
func TestCompareMixed(t *testing.T) {
	b := newBot(t, nil, bot.Options{})
	terms := []string{"250", "450", "550", "4.2.2", "5.2.2", "5.1.1", "550 5.7.26", "471", "5.1.99", "4xx", "google/no-such-user", "yahoo/tss04"}
	for _, cause := range catalog.Causes() {
		terms = append(terms, string(cause))
	}
	for _, lang := range b.Catalog().Languages() {
		e := b.Catalog().Edition(lang)
		for i, x := range terms {
			if testing.Short() && i%8 > 0 {
				continue
			}
			for _, y := range terms[i+1:] {
				c := ask(b, "compare "+x+" vs "+y, lang)
				if other := ask(b, "compare "+y+" vs "+x, lang); !cmp.Equal(c, other) {
					t.Errorf("%s: %s and %s read another way round", lang, x, y)
				}
				if len(c.Body) < 5 || c.Body[1].Table == nil {
					t.Fatalf("%s: %s and %s are not compared: %s", lang, x, y, c.Title)
				}
				for _, block := range c.Body {
					for _, text := range append([]string{block.Text, block.Heading}, block.List...) {
						checkText(t, lang+": "+x+" vs "+y, text)
					}
				}
			}
		}
		if _, ok := b.Compare(e, "550 spam network 5.1.1"); !ok {
			t.Errorf("%s: four of different kinds are not compared", lang)
		}
	}
}

// checkText looks for what a template leaves behind when it goes wrong.
func checkText(t *testing.T, where, text string) {
	t.Helper()
	for _, m := range doubled.FindAllStringSubmatch(text, -1) {
		if strings.EqualFold(m[1], m[2]) && !strings.EqualFold(m[1], "vous") {
			t.Errorf("%s: a doubled word in %q", where, text)
		}
	}
	text = codeSpan.ReplaceAllString(text, "x")
	for _, left := range []string{"{", "}", "compare.", "guide.", "  ", " .", " ,"} {
		if strings.Contains(text, left) {
			t.Errorf("%s: %q stands in %q", where, left, text)
		}
	}
}

// TestEveryEntryReads renders every entry of the catalogue in every language
// and looks for gaps: a missing text, a label's key, a placeholder.
func TestEveryEntryReads(t *testing.T) {
	b := newBot(t, nil, bot.Options{})
	for _, lang := range b.Catalog().Languages() {
		for _, key := range b.Catalog().Keys() {
			c := ask(b, "lookup "+key, lang)
			plain := card.Text(c)
			if len(c.Body) < 3 || c.Title == "" {
				t.Errorf("%s: %s has gaps:\n%s", lang, key, plain)
			}
			if left := label.FindString(plain); left != "" {
				t.Errorf("%s: %s shows %q:\n%s", lang, key, left, plain)
			}
		}
	}
}
