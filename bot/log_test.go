package bot_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"smtpbot/bot"
	"smtpbot/bot/card"
)

const logLine = "Mar  3 09:12:44 mail postfix/smtp[99]: 550AA5511: to=<jo@dest.example>, relay=mx.dest.example[192.0.2.10]:25, dsn=5.1.1, status=bounced (host mx.dest.example[192.0.2.10] said: 550 5.1.1 <jo@dest.example>: Recipient address rejected: User unknown)\n"

// TestSummaryCard sums up a log with more kinds than are listed.
func TestSummaryCard(t *testing.T) {
	b := newBot(t, nil, bot.Options{})
	var log strings.Builder
	for i := range 22 {
		log.WriteString(strings.Repeat(strings.ReplaceAll(logLine, "mx.dest", fmt.Sprintf("mx%d.dest", i)), 23-i))
	}
	for _, row := range []struct{ lang, title, cause, more string }{
		{"en", "Mail log: 275 of 275 lines hold an error", "mailbox unknown", "and 2 more kinds"},
		{"fr", "Journal de courrier\u00a0: 275 des 275 lignes contiennent une erreur", "adresse inconnue", "et 2 autres sortes"},
	} {
		e := b.Catalog().Edition(row.lang)
		x, err := b.Sum(context.Background(), e, strings.NewReader(log.String()), nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(x.Findings) != 20 || len(x.Summary.Kinds) != 20 || x.Summary.More != 2 || x.Summary.Kinds[0].Count != 23 || x.Summary.Kinds[1].Line != 24 {
			t.Errorf("%s: %d findings, %+v", row.lang, len(x.Findings), x.Summary)
		}
		text := card.Text(b.SummaryCard(e, x))
		for _, want := range []string{row.title, row.cause, row.more, "mx19.dest.example", "23×  550 5.1.1"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in\n%s", row.lang, want, text)
			}
		}
		if strings.Contains(text, "jo@") || strings.Contains(text, "192.0.2.10") || strings.Contains(text, "550AA5511") || strings.Contains(text, "mx20.") {
			t.Errorf("%s: it tells too much:\n%s", row.lang, text)
		}
	}
}

func TestSummaryOfALogWithoutErrors(t *testing.T) {
	b := newBot(t, nil, bot.Options{})
	e := b.Catalog().Edition("en")
	x, err := b.Sum(context.Background(), e, strings.NewReader(strings.Repeat("Mar  3 09:12:44 mail postfix/qmgr[99]: 550AA5511: removed\n", 12)), nil)
	if err != nil || len(x.Findings) != 0 || x.Summary.Lines != 12 {
		t.Fatalf("%v: %+v", err, x)
	}
	if got := card.Text(b.SummaryCard(e, x)); got != "No mail error in the 12 lines of this log\n" {
		t.Errorf("%q", got)
	}
}
