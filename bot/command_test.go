package bot_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/catalog"
)

var update = flag.Bool("update", false, "write the golden files anew")

// known is the built-in catalogue, loaded once for all tests.
var known = sync.OnceValues(func() (*catalog.Catalog, error) { return catalog.Load(catalog.Files()) })

// newBot makes a bot on the built-in catalogue; store may be nil.
func newBot(t testing.TB, store bot.Store, o bot.Options) *bot.Bot {
	t.Helper()
	c, err := known()
	if err != nil {
		t.Fatal(err)
	}
	return bot.New(c, store, o)
}

func ask(b *bot.Bot, text, lang string) card.Card {
	return b.Command(context.Background(), bot.Request{Text: text, Lang: lang})
}

// TestCommandUnderstands asks in the ways that people ask, and looks at the
// title: it names what was understood.
func TestCommandUnderstands(t *testing.T) {
	b := newBot(t, nil, bot.Options{})
	e := b.Catalog().Edition("en")
	titleOf := func(key string) string {
		entry, ok := e.Entry(key)
		if !ok {
			t.Fatalf("no entry %s", key)
		}
		return e.Fill(entry.Title, nil)
	}
	rows := []struct{ text, want string }{
		{"503", "`503` · " + titleOf("503")},
		{"  503 ", "`503` · " + titleOf("503")},
		{"/smtp 503", "`503` · " + titleOf("503")},
		{"lookup 503", "`503` · " + titleOf("503")},
		{"LOOKUP\t503", "`503` · " + titleOf("503")},
		{"5.1.1", "`5.1.1` · " + titleOf("5.1.1")},
		{"4.1.1", "`4.1.1` · " + titleOf("4.1.1")},
		{"550 5.1.1", "`550 5.1.1` · " + titleOf("5.1.1")},
		{"550-5.1.1", "`550 5.1.1` · " + titleOf("5.1.1")},
		{"#5.1.1", "`5.1.1` · " + titleOf("5.1.1")},
		{"5,1,1", "`5.1.1` · " + titleOf("5.1.1")},
		{"5O3", "`503` · " + titleOf("503")},
		{"what does 550 mean?", "`550` · " + titleOf("550")},
		{"5xx", "`5xx` · " + titleOf("5xx")},
		{"4YZ", "`4xx` · " + titleOf("4xx")},
		{"mailbox-full", titleOf("mailbox-full")},
		{"mailbox full", titleOf("mailbox-full")},
		{"221 vs 503", "`221` vs `503`"},
		{"221 VS. 503", "`221` vs `503`"},
		{"503 versus 221", "`221` vs `503`"},
		{"221 503", "`221` vs `503`"},
		{"221,503", "`221` vs `503`"},
		{"221/503", "`221` vs `503`"},
		{"221vs503", "`221` vs `503`"},
		{"5.1.10vs5.1.1", "`5.1.1` vs `5.1.10`"},
		{"550 5.7.26 vs 550 5.7.1", "`550 5.7.1` vs `550 5.7.26`"},
		{"explain File \"mail.py\", line 341, in connect", "No mail error found in this text"},
		{"compare 221 503", "`221` vs `503`"},
		{"Compare 221 with 503", "`221` vs `503`"},
		{"450 4.2.1 vs 550 5.1.1", "`450 4.2.1` vs `550 5.1.1`"},
		{"421 450 451 452", "`421` vs `450` vs `451` vs `452`"},
		{"221 vs 221", "`221` · " + titleOf("221")},
		{"466", "`466` · Not a code that a mail server may send"},
		{"999", "`999` · No mail server answers with this number"},
		{"529", "`529` · A final refusal that no RFC defines under this number"},
		{"compare", "A comparison needs two codes"},
		{"200 211 214 220 221", "Four codes are the most that fit side by side"},
		{"explain", "Paste the error behind `explain`"},
		{"explain the weather", "No mail error found in this text"},
		{"help", "SMTP errors, explained"},
		{"HELP", "SMTP errors, explained"},
		{"", "SMTP errors, explained"},
		{"?", "SMTP errors, explained"},
		{"qwertzuiop", "Nothing here fits “qwertzuiop”"},
		{"`*_~", "Nothing here fits “_~”"},
	}
	for _, row := range rows {
		t.Run(row.text, func(t *testing.T) {
			c := ask(b, row.text, "en")
			if c.Title != row.want {
				t.Errorf("%q is answered %q; want %q", row.text, c.Title, row.want)
			}
			if !c.Private {
				t.Error("an answer to a command is not private")
			}
			if len(c.Body) == 0 {
				t.Error("the answer has no body")
			}
		})
	}
}

// TestCards keeps whole answers as a reader sees them, in both languages.
func TestCards(t *testing.T) {
	b := newBot(t, nil, bot.Options{})
	rows := []struct{ name, text string }{
		{"503", "503"}, {"503-whole", "lookup 503"}, {"221-vs-503", "221 vs 503"}, {"450-vs-550", "450 vs 550"}, {"471", "471"}, {"466", "466"}, {"help", "help"},
		{"nothing", "qwertzuiop"}, {"search", "search tls"}, {"disagree", "550 4.2.2"},
		{"paste-unknown", "host mx.dest.example[192.0.2.1] said: 550 5.1.1 <info@dest.example>: Recipient address rejected: User unknown"},
		{"paste-full", "452 4.2.2 The recipient's inbox is out of storage space"},
		{"paste-listed", "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org"},
		{"paste-order", "503 5.5.1 Error: need RCPT command"},
		{"paste-two", "to=<a@dest.example>, dsn=5.1.1, status=bounced (host mx.dest.example[192.0.2.1] said: 550 5.1.1 User unknown)\nto=<b@other.example>, dsn=4.2.2, status=deferred (host mx.other.example[192.0.2.2] said: 452 4.2.2 Mailbox full)"},
	}
	for _, row := range rows {
		for _, lang := range []string{"en", "fr"} {
			t.Run(row.name+"/"+lang, func(t *testing.T) {
				golden(t, row.name+"."+lang+".golden.txt", card.Text(ask(b, row.text, lang)))
			})
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s changed (-want +got); if it reads better now, run go test ./bot -update:\n%s", file, diff)
	}
}

// TestNothingFromOutsideIsMarkup sends what people send by mistake or on
// purpose. Each gets an answer whose texts hold no control character, and no
// mark that the sender brought along.
func TestNothingFromOutsideIsMarkup(t *testing.T) {
	b := newBot(t, nil, bot.Options{})
	for name, text := range map[string]string{
		"NUL bytes": "550\x005.1.1\x00", "invalid UTF-8": "\xff\xfe550 \xc3", "right to left": "\u202e550 5.1.1\u202c שלום",
		"mentions": "<!channel> @everyone 550", "marks": "**`x`**", "long": strings.Repeat("a ", 1<<19), "digits": strings.Repeat("5", 1<<20),
		"newlines": "\n\n\n", "emoji": "📮📮", "zero width": "5\u200b03",
	} {
		t.Run(name, func(t *testing.T) {
			plain := card.Text(ask(b, text, ""))
			if strings.TrimSpace(plain) == "" {
				t.Fatal("no answer")
			}
			if len(plain) > 20_000 {
				t.Errorf("the answer has %d bytes", len(plain))
			}
			if i := strings.IndexFunc(plain, func(r rune) bool {
				return r < ' ' && r != '\n' || r == '\ufffd' || r == '\u202e' || r == '\u200b'
			}); i >= 0 {
				t.Errorf("the answer holds %q", plain[i])
			}
		})
	}
}
