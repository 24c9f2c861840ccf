package discord

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot/card"
	"smtpbot/bot/card/cardtest"
	"smtpbot/catalog"
)

var update = flag.Bool("update", false, "write the golden files anew")

// samples are the cards whose rendering is kept, so that a change of it is seen.
func samples() []cardtest.Named {
	return []cardtest.Named{
		{Name: "answer", Card: card.Card{
			Tone:  card.Passing,
			Title: "`452 4.2.2` · The recipient's mailbox is full",
			Body: []card.Block{
				{Text: "Passing: your server keeps trying by itself. **The recipient's move.**"},
				{Text: "Tell them by another way. `dig +short MX dest_one.example` shows who runs *their* mail."},
			},
			Small:   []string{"4xx · passing", "mailbox full"},
			Links:   []card.Link{{Title: "RFC 3463, section 3.3", URL: "https://www.rfc-editor.org/rfc/rfc3463#section-3.3"}},
			Actions: []card.Action{{ID: "details", Label: "Details", Value: "lookup 452 4.2.2"}, {ID: "compare", Label: "Compare with 552", Value: "compare 452 vs 552"}},
		}},
		{Name: "compare", Card: card.Card{
			Tone:  card.Note,
			Title: "`450` and `550`",
			Body: []card.Block{
				{Text: "`450` means: later. **`550`** means: never."},
				{Table: &card.Table{Columns: []string{"`450`", "`550`"}, Rows: []card.Row{
					{Name: "Class", Values: []string{"passing", "final"}}, {Name: "Who", Values: []string{"nobody", "the sender"}},
				}}},
				{Heading: "Steps", List: []string{"Wait.", "Look at the queue."}, Ordered: true},
				{Heading: "Notes", List: []string{"1. is no list", "# is no heading", "see https://example.org/a_b_c."}},
			},
			Private: true,
		}},
		{Name: "log", Card: cardtest.Log()},
		{Name: "mentions", Card: card.Card{
			Tone: card.Final, Title: strings.Join(cardtest.Mentions, " "),
			Body: []card.Block{{Text: strings.Join(cardtest.Mentions, " ") + " [bank](http://evil.example) ||spoiler|| ~~gone~~ _so_"}},
		}},
		{Name: "empty"},
	}
}

// edition is the built-in catalogue in a language.
func edition(t testing.TB, lang string) *catalog.Edition {
	t.Helper()
	c, err := known()
	if err != nil {
		t.Fatal(err)
	}
	return c.Edition(lang)
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, s := range samples() {
		for kind, m := range map[string]outgoing{"embed": render(tongue{Edition: edition(t, "en")}, s.Card), "plain": renderPlain(tongue{Edition: edition(t, "en")}, s.Card)} {
			raw, err := json.MarshalIndent(m, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", s.Name+"."+kind+".golden.json")
			if *update {
				if err := os.WriteFile(file, append(raw, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(raw)+"\n"); diff != "" {
				t.Errorf("%s changed; if it should, run go test ./adapters/discord -update:\n%s", file, diff)
			}
		}
	}
}

// check judges every rendering of a card.
func check(t *testing.T, v *discordtest.Validator, c card.Card) {
	t.Helper()
	public := c
	public.Private = false
	for kind, m := range map[string]outgoing{"embed": render(tongue{Edition: edition(t, "fr")}, public), "plain": renderPlain(tongue{Edition: edition(t, "fr")}, public)} {
		raw, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if _, problems := v.Message(raw); len(problems) > 0 {
			t.Errorf("%s: %s", kind, strings.Join(problems, "; "))
		}
		for _, text := range formatted(m) {
			if found := live(text); found != "" {
				t.Errorf("%s: %q is alive in %.300q", kind, found, text)
			}
		}
	}
	checkAnswer(t, v, c)
}

// checkAnswer judges a card as the answer to a command.
func checkAnswer(t *testing.T, v *discordtest.Validator, c card.Card) {
	t.Helper()
	c.Private = true
	raw, err := json.Marshal(response{discordgo.InteractionResponseChannelMessageWithSource, render(tongue{Edition: edition(t, "en")}, c)})
	if err != nil {
		t.Fatal(err)
	}
	if answer, problems := v.Callback(raw); len(problems) > 0 || !answer.Ephemeral {
		t.Errorf("callback: %s", strings.Join(problems, "; "))
	}
}

// formatted are the texts of a message in which Discord reads markdown.
func formatted(m outgoing) []string {
	texts := []string{m.Content}
	for _, e := range m.Embeds {
		texts = append(texts, e.Title, e.Description)
	}
	return texts
}

var (
	inert     = regexp.MustCompile("\\\\[^A-Za-z0-9\\s]|`[^`\n]+`") // escaped, or code: whichever begins first
	ourLink   = regexp.MustCompile(`\[[^\[\]\n]*\]\(https?://[^\s()]+\)`)
	working   = regexp.MustCompile(`@everyone|@here|<[@#:/a-z]|\|\||~~|\[[^\]]*\]\(|(?m)^(#{1,3}|-#|>|>>>) `)
	emphasis  = regexp.MustCompile(`_[^_\s][^_]*_|(^|[^*])\*[^*\s][^*]*\*([^*]|$)`)
	ourStrong = regexp.MustCompile(`(?s)\*\*.+?\*\*`)
	anyLink   = regexp.MustCompile(`https?://[^\s<]+`)
)

// live gives what Discord would act on although no mark of ours made it.
func live(text string) string {
	text = strings.Replace("\n"+text, "\n-# ", "\n", 1) // our own small print
	text = inert.ReplaceAllString(text, "x")
	text = ourLink.ReplaceAllString(text, "x")
	if found := working.FindString(text); found != "" {
		return found
	}
	text = anyLink.ReplaceAllString(text, "x")
	return emphasis.FindString(ourStrong.ReplaceAllString(text, ""))
}

func TestHostileCards(t *testing.T) {
	t.Parallel()
	v := discordtest.LoadValidator(t)
	for _, c := range append(cardtest.Cards(), samples()...) {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			check(t, v, c.Card)
		})
	}
}

// What is cut ends with a sign of it, and marks are closed.
func TestCut(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		prose string
		limit int
		want  string
	}{
		{"short", 10, "short"},
		{"a `long code here` b", 12, "a `long c…`"},
		{"a **strong words** b", 14, "a **strong…**"},
		{"*****", 6, "\\*\\*…"},
		{"`a``b`", 20, "`a`\u200b`b`"},
		{"**a****b**", 20, "**a**\u200b**b**"},
		{"👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 12, "👩‍👩‍👧‍…"},
	} {
		got := cutProse(row.prose, row.limit)
		if length(got) > row.limit {
			t.Errorf("%q: %d long, limit %d", row.prose, length(got), row.limit)
		}
		if got != row.want {
			t.Errorf("cutProse(%q, %d) = %q, want %q", row.prose, row.limit, got, row.want)
		}
	}
}

func TestEscape(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a_b *c* ~d~ |e|":                `a\_b \*c\* \~d\~ \|e\|`,
		"<@123> <#4> <:x:5>":             `\<@123\> \<#4\> \<:x:5\>`,
		"@everyone and @here":            "@\u200beveryone and @\u200bhere",
		"# head\n- item\n12. step":       "\\# head\n\\- item\n12\\. step",
		"a # b - c 12. d":                "a # b - c 12. d",
		"  # indented":                   "  \\# indented",
		"see https://x.example/a_b_(c).": "see https://x.example/a_b_(c).",
		"[t](http://x.example)":          `\[t\](http://x.example)`,
		`back\slash`:                     `back\\slash`,
	} {
		if got := styled(text); got != want {
			t.Errorf("styled(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzStyled(f *testing.F) {
	for _, c := range cardtest.Cards() {
		f.Add(cut(c.Card.Title, 300))
	}
	f.Fuzz(func(t *testing.T, prose string) {
		for limit := 2; limit < 40; limit += 7 {
			if got := cutProse(prose, limit); length(got) > limit {
				t.Fatalf("cutProse(%q, %d) = %q", prose, limit, got)
			}
		}
		if found := live(styled(prose)); found != "" {
			t.Fatalf("%q is alive in %q", found, styled(prose))
		}
	})
}
