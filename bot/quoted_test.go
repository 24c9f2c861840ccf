package bot_test

import (
	"testing"

	"smtpbot/bot"
	"smtpbot/bot/card"
)

// TestQuotedAnswers gives the bot the answers that it puts into channels to
// read, as somebody copies them: about none of them it speaks again.
func TestQuotedAnswers(t *testing.T) {
	b := newBot(t, nil, bot.Options{})
	for _, lang := range b.Catalog().Languages() {
		e := b.Catalog().Edition(lang)
		answers := 0
		for _, code := range b.Catalog().Codes() {
			for _, key := range b.Catalog().Keys() {
				if len(key) < 5 || key[1] != '.' || key[0] != code.String()[0] {
					continue
				}
				found := b.Explain(e, "host mx.dest.example[192.0.2.10] said: "+code.String()+" "+key+" <jo@dest.example>: refused (in reply to RCPT TO command)").Findings
				if len(found) == 0 {
					continue
				}
				answers++
				answer := card.Text(b.Answer(e, found))
				for _, f := range b.Explain(e, answer).Findings {
					t.Errorf("%s: %s %s: speaks about %q", lang, code, key, answer[f.Start:f.End])
				}
			}
		}
		if answers == 0 {
			t.Errorf("%s: no answers", lang)
		}
	}
}
