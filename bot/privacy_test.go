package bot_test

import (
	"os"
	"strings"
	"testing"

	"smtpbot/bot"
	"smtpbot/bot/card"
)

// TestCardsRepeatNobody looks at every answer to the mails of testdata, and to
// questions that name a person, for what tells who wrote to whom.
func TestCardsRepeatNobody(t *testing.T) {
	data, err := os.ReadFile("testdata/mail/eml.txtar")
	if err != nil {
		t.Fatal(err)
	}
	texts := strings.Split(string(data), "\n-- ")
	texts = append(texts, logLine, "search jo@dest.example 192.0.2.7", "jo@dest.example", "explain jo@dest.example", "lookup jo@dest.example", "550 5.7.1 Unauthenticated email from jo@localhost")
	b := newBot(t, nil, bot.Options{})
	for _, text := range texts {
		_, mail, _ := strings.Cut(text, " --\n")
		for _, asked := range []string{text, mail, "explain " + mail} {
			answer := ask(b, asked, "en")
			said := card.Text(answer)
			for _, a := range answer.Actions {
				said += a.Value + a.Label
			}
			for _, person := range []string{"jo@", "di@", "a@", "192.0.2", "550AA5511"} {
				if strings.Contains(said, person) {
					t.Errorf("%q: the answer repeats %q:\n%s", asked, person, said)
				}
			}
		}
	}
}
