package bot_test

import (
	"strings"
	"testing"

	"smtpbot/bot"
	"smtpbot/bot/card"
)

// FuzzCommand asks anything. There is always an answer, and it holds nothing
// that the asker could have turned into markup.
func FuzzCommand(f *testing.F) {
	for _, s := range []string{"503", "221 vs 503", "550 5.1.1", "compare", "explain 550 x", "5xx", "<!channel>", "\x00", "5,1,1", "#5.1.1-"} {
		f.Add(s)
	}
	b := newBot(f, nil, bot.Options{})
	f.Fuzz(func(t *testing.T, s string) {
		c := ask(b, s, "")
		if c.Title == "" || len(c.Body) == 0 {
			t.Fatalf("%q gets an empty answer", s)
		}
		if text := card.Text(c); strings.ContainsAny(text, "\x00\x1b") {
			t.Errorf("%q comes back with control characters", s)
		}
	})
}
