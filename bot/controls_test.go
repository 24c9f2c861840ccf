package bot_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/catalog"
)

func realBot(t *testing.T) *bot.Bot {
	t.Helper()
	c, err := catalog.Load(catalog.Files())
	if err != nil {
		t.Fatal(err)
	}
	return bot.New(c, nil, bot.Options{})
}

// What a card is asked by gives the same card again, in any language.
func TestAgain(t *testing.T) {
	b := realBot(t)
	for _, tt := range []struct{ question, again, entry string }{
		{"503", "short 503", "503"},
		{"550 5.1.1", "short 550 5.1.1 as 5.1.1", "5.1.1"},
		{"mailbox-full", "short mailbox-full", "mailbox-full"},
		{"5xx", "short 5xx", "5xx"},
		{"lookup 503", "lookup 503", "503"},
		{"what does 421 mean?", "short 421", "421"},
		{"550 vs 450", "compare 450 vs 550", ""},
		{"<bob@dest.example>: host mx.dest.example[192.0.2.9] said: 550 5.1.1 User unknown (in reply to RCPT TO command)", "answer 550,5.1.1,mailbox-unknown", "mailbox-unknown"},
		{"help", "", ""},
		{"no such thing at all", "", ""},
	} {
		t.Run(tt.question, func(t *testing.T) {
			first := b.Command(t.Context(), bot.Request{Text: tt.question})
			if first.Again != tt.again {
				t.Fatalf("asked by %q, want %q", first.Again, tt.again)
			}
			if entry, ok := b.EntryOf(first.Again); entry != tt.entry || ok != (tt.entry != "") {
				t.Errorf("explains %q", entry)
			}
			again, ok := b.Again("", first.Again)
			if ok != (tt.again != "") || ok && again.Again != tt.again {
				t.Errorf("again: %t, %q", ok, again.Again)
			}
			if _, title, _ := strings.Cut(first.Title, " · "); ok && !strings.Contains(again.Title, title) && !strings.Contains(first.Title, "dest.example") {
				t.Errorf("again: %q, first: %q", again.Title, first.Title)
			}
			if french, ok := b.Again("fr", first.Again); ok && tt.entry != "" && french.Title == again.Title {
				t.Errorf("in French: %q", french.Title)
			}
		})
	}
	for _, nonsense := range []string{"", "lookup", "answer", "answer x,y", "answer 1,2,3,4,5", "compare 450", "delete 550", "answer ;;", "lookup <!channel>"} {
		if c, ok := b.Again("", nonsense); ok {
			t.Errorf("%q gives %q", nonsense, c.Title)
		}
	}
}

func TestControls(t *testing.T) {
	b := realBot(t)
	ids := func(c card.Card) (list []string) {
		for _, a := range b.Controls("", c, "U1").Actions {
			id := a.ID
			if a.More {
				id = "(" + id + ")"
			}
			list = append(list, id)
		}
		return list
	}
	paste, _ := b.Again("", "answer 550,5.1.1,5.1.1")
	both, _ := b.Again("", "compare 450 vs 550")
	for _, tt := range []struct {
		name    string
		card    card.Card
		private bool
		want    string
	}{
		{"in a thread", paste, false, "details compare (language) (wrong) (delete)"},
		{"alone", paste, true, "details compare share (language) (wrong)"},
		{"compared", both, false, "details details (language) (delete)"},
		{"help", b.Command(t.Context(), bot.Request{Text: "help"}), true, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.card.Private = tt.private
			if got := strings.Join(ids(tt.card), " "); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestBeside(t *testing.T) {
	b := realBot(t)
	near := b.Beside("", "550 5.1.1")
	if len(near) == 0 || slices.ContainsFunc(near, func(h bot.Hit) bool { return h.Entry == "550" || h.Entry == "5.1.1" || h.Title == "" }) {
		t.Errorf("beside 550 5.1.1: %v", near)
	}
	for _, h := range near {
		if _, ok := b.CompareWith("", "550 5.1.1", h.Entry); !ok {
			t.Errorf("%s is offered and cannot be compared", h.Entry)
		}
	}
	for _, same := range []string{"550 5.1.1", "", "xyzzy"} {
		if _, ok := b.CompareWith("", "550 5.1.1", same); ok {
			t.Errorf("compared with %q", same)
		}
	}
}

// Whoever asks for a code gets what its answer's buttons ask for again, word for
// word, so that an answer can be kept by that. An answer to a paste cannot.
func TestRepeats(t *testing.T) {
	b := realBot(t)
	questions := []string{"mailbox full", "550-5.7.26", "221 vs 503 vs 450", "55O", "5xx and 4xx", unknown}
	keys := b.Catalog().Keys()
	for i, key := range keys {
		questions = append(questions, key, "what does "+key+" mean?", "compare "+key+" "+keys[(i*7+1)%len(keys)])
	}
	for _, lang := range []string{"", "fr"} {
		for _, q := range questions {
			first := b.Command(t.Context(), bot.Request{Text: q, Lang: lang})
			if !bot.Repeats(first.Again) {
				continue
			}
			again, ok := b.Again(lang, first.Again)
			again.Private = true
			if diff := cmp.Diff(first, again); !ok || diff != "" {
				t.Errorf("%q in %q: %s", q, lang, diff)
			}
		}
	}
	if answer := b.Command(t.Context(), bot.Request{Text: unknown}); bot.Repeats(answer.Again) {
		t.Errorf("%q repeats", answer.Title)
	}
}
