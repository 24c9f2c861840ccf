package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/bot/store/memory"
)

// refusals are lines of a log, each of another kind; the host is filled in.
var refusals = []string{
	"Mar  3 09:12:44 mail postfix/smtp[99]: 1AA5511: to=<jo@dest.example>, relay=%[1]s[192.0.2.10]:25, dsn=4.2.2, status=deferred (host %[1]s[192.0.2.10] said: 452 4.2.2 <jo@dest.example>: Mailbox full)\n",
	"Mar  3 09:12:44 mail postfix/smtp[99]: 2AA5511: to=<di@dest.example>, relay=%[1]s[192.0.2.10]:25, dsn=5.1.1, status=bounced (host %[1]s[192.0.2.10] said: 550 5.1.1 <di@dest.example>: Recipient address rejected: User unknown)\n",
	"Mar  3 09:12:44 mail postfix/smtp[99]: 3AA5511: to=<al@dest.example>, relay=none, dsn=4.4.1, status=deferred (connect to %[1]s[192.0.2.10]:25: Connection timed out)\n",
	"Mar  3 09:12:44 mail postfix/smtp[99]: 4AA5511: to=<bo@dest.example>, relay=%[1]s[192.0.2.10]:25, dsn=5.7.1, status=bounced (host %[1]s[192.0.2.10] said: 554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org)\n",
	"Mar  3 09:12:44 mail postfix/smtp[99]: 5AA5511: to=<cy@dest.example>, relay=%[1]s[192.0.2.10]:25, dsn=4.7.1, status=deferred (host %[1]s[192.0.2.10] said: 451 4.7.1 Greylisted, please try again in 300 seconds)\n",
	"Mar  3 09:12:44 mail postfix/smtp[99]: 6AA5511: to=<ed@dest.example>, relay=%[1]s[192.0.2.10]:25, dsn=5.3.4, status=bounced (host %[1]s[192.0.2.10] said: 552 5.3.4 Message size exceeds fixed limit)\n",
	"Mar  3 09:12:44 mail postfix/smtp[99]: 7AA5511: to=<fi@dest.example>, relay=%[1]s[192.0.2.10]:25, dsn=5.7.1, status=bounced (host %[1]s[192.0.2.10] said: 554 5.7.1 <fi@dest.example>: Relay access denied)\n",
}

const calmLine = "Mar  3 09:12:44 mail postfix/qmgr[99]: 8AA5511: removed\n"

// aLog is a mail log with some of each kind, the first one at several hosts.
func aLog(times ...int) string {
	var log strings.Builder
	log.WriteString(strings.Repeat(calmLine, 20))
	for kind, n := range times {
		for i := range n {
			host := "mx.dest.example"
			if kind == 0 {
				host = fmt.Sprintf("mx%d.dest.example", []int{1, 1, 2, 3}[i%4])
			}
			fmt.Fprintf(&log, refusals[kind], host)
		}
	}
	return log.String()
}

// uploaded is a message with a file, as an adapter makes it.
func uploaded(t *testing.T, b *bot.Bot, m bot.Message, asked bool, files ...string) bot.Message {
	t.Helper()
	m.Text, m.Logs = b.WithFiles(t.Context(), m.Text, files, asked)
	return m
}

// TestLogCards keeps the answers to a log, as they are given first and as
// another process builds them from the row, when the hosts are gone.
func TestLogCards(t *testing.T) {
	for _, row := range []struct{ name, log string }{
		{"log", aLog(40, 31, 12, 7, 3, 2, 1)},
		{"log-one", aLog(0, 1)},
	} {
		for _, lang := range []string{"en", "fr"} {
			t.Run(row.name+"/"+lang, func(t *testing.T) {
				store := memory.New()
				b := newBot(t, store, bot.Options{})
				a := observe(t, b, uploaded(t, b, inLang(message("1", "what is going wrong?"), lang), false, row.log))
				if a == nil || a.How != bot.LevelReply {
					t.Fatalf("answered by %+v", a)
				}
				golden(t, row.name+"."+lang+".golden.txt", card.Text(a.Card))
				another := newBot(t, store, bot.Options{})
				golden(t, row.name+"-anew."+lang+".golden.txt", card.Text(another.FindingsCard(lang, a.Row)))
				again, ok := another.Again(lang, a.Card.Again)
				if !ok || len(a.Card.Again) > 88 {
					t.Errorf("asked by %d characters: %q", len(a.Card.Again), a.Card.Again)
				}
				golden(t, row.name+"-again."+lang+".golden.txt", card.Text(again))
				said := card.Text(a.Card) + a.Card.Again + fmt.Sprint(a.Row.Found)
				for _, person := range []string{"jo@", "di@", "192.0.2", "AA5511"} {
					if strings.Contains(said, person) {
						t.Errorf("it tells too much: %q", person)
					}
				}
				if stored := fmt.Sprint(a.Row.Found); strings.Contains(stored, "dest.example") || len(a.Row.Found) > 5 {
					t.Errorf("stored: %s", stored)
				}
			})
		}
	}
}

func inLang(m bot.Message, lang string) bot.Message {
	m.Lang = lang
	return m
}

// What a log came with decides what is explained first, and whether there is a
// summary at all.
func TestWithLogs(t *testing.T) {
	b := newBot(t, memory.New(), bot.Options{})
	log, calm := aLog(4, 9), strings.Repeat(calmLine, 12)
	const mail = "From: MAILER-DAEMON@mx.example.com\nSubject: Undelivered\nContent-Type: text/plain\n\n<jo@dest.example>: host mx.dest.example[192.0.2.7] said: 552 5.3.4 Message size exceeds fixed limit\n"
	wrapped := strings.Repeat(calmLine, 12) + "Mar  3 09:12:45 mail app[1]: the server said\n  550-5.1.1\n  550 5.1.1 User unknown\n"
	for i, tt := range []struct {
		name, text string
		files      []string
		want       []string // of the answer to a question
		not        string
	}{
		{"a log", "", []string{log}, []string{"13 of 33 lines", "9×", "4×", "`550 5.1.1` · "}, "`452 4.2.2` · "},
		{"two logs", "", []string{log, strings.TrimSpace(log)}, []string{"26 of 66 lines", "18×", "8×"}, ""},
		{"a question above", "what is going wrong?", []string{log}, []string{"13 of 33 lines"}, ""},
		{"an error above that the log holds", "why 452 4.2.2 Mailbox full?", []string{log}, []string{"13 of 33 lines", "9×", "4×", "`452 4.2.2` · "}, "`550 5.1.1` · "},
		{"a mail beside it", "", []string{log, mail}, []string{"13 of 33 lines", "9×", "1× `552 5.3.4`", "`552 5.3.4` · "}, "`550 5.1.1` · "},
		{"a paste of lines is none", aLog(12), nil, []string{"452 4.2.2"}, "lines"},
		{"too few lines are none", "", []string{logLine}, []string{"550 5.1.1"}, "lines"},
		{"without an error", "", []string{calm}, []string{"No mail error in the 12 lines"}, ""},
		{"without an error, and a question", "what is going wrong?", []string{calm}, []string{"No mail error in the 12 lines"}, ""},
		{"without an error, and a code", "503", []string{calm}, []string{"`503` · "}, ""},
		{"without an error, beside one", "", []string{calm, logLine}, []string{"`550 5.1.1` · "}, "lines"},
		{"without an error, beside a mail", "", []string{calm, mail}, []string{"`552 5.3.4` · "}, "lines"},
		{"an error over two lines", "", []string{wrapped}, []string{"550 5.1.1"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := uploaded(t, b, message(fmt.Sprint(i), tt.text), true, tt.files...)
			m.Direct = true
			a, err := b.Ask(t.Context(), m)
			if err != nil || a == nil {
				t.Fatal(a, err)
			}
			text := card.Text(a.Card)
			for _, want := range tt.want {
				if !strings.Contains(text, strings.ReplaceAll(want, "`", "")) && !strings.Contains(text, want) {
					t.Errorf("%q is not in\n%s", want, text)
				}
			}
			if not := strings.ReplaceAll(tt.not, "`", ""); not != "" && strings.Contains(text, not) {
				t.Errorf("%q is in\n%s", not, text)
			}
		})
	}
	if a := observe(t, b, uploaded(t, b, message("calm", ""), false, calm)); a != nil {
		t.Errorf("a log without an error in a channel is answered: %s", card.Text(a.Card))
	}
}

// What all lines of a kind name is named, and what differs is not.
func TestLogNamesWhatAllShare(t *testing.T) {
	b := newBot(t, memory.New(), bot.Options{})
	line := func(domain string) string {
		return strings.ReplaceAll(fmt.Sprintf(refusals[1], "mx.dest.example"), "di@dest.example", "di@"+domain)
	}
	same := observe(t, b, uploaded(t, b, message("1", ""), false, strings.Repeat(line("one.example"), 12)))
	if text := card.Text(same.Card); !strings.Contains(text, "one.example") {
		t.Errorf("the domain is missing:\n%s", text)
	}
	m := message("2", "")
	m.Channel = "C2"
	mixed := observe(t, b, uploaded(t, b, m, false, strings.Repeat(line("one.example")+line("two.example"), 6)))
	if text := card.Text(mixed.Card); strings.Contains(text, "one.example") || strings.Contains(text, "two.example") || !strings.Contains(text, "mx.dest.example") {
		t.Errorf("one of two domains is named, or the host is not:\n%s", text)
	}
}

// Beyond what is told apart, hosts are not counted.
func TestLogOfManyHosts(t *testing.T) {
	b := newBot(t, memory.New(), bot.Options{})
	var log strings.Builder
	for i := range 4200 {
		fmt.Fprintf(&log, refusals[1], fmt.Sprintf("mx%d.dest.example", i))
	}
	a := observe(t, b, uploaded(t, b, message("1", ""), false, log.String()))
	if text := card.Text(a.Card); !strings.Contains(text, "4200×") || !strings.Contains(text, ".dest.example and others") {
		t.Errorf("got\n%s", text)
	}
}

// A log is judged among other messages by its most frequent kind.
func TestLogsAmongMessages(t *testing.T) {
	c := newChannel(t, bot.LevelReply)
	log := func(id, user string, times ...int) bot.Message {
		return uploaded(t, c.Bot, by(user, id, "", ""), false, aLog(times...))
	}
	text := func(id string) string {
		row, _, err := c.Remembered(t.Context(), "slack", "C1", id)
		if err != nil {
			t.Fatal(err)
		}
		return card.Text(c.FindingsCard("en", row))
	}
	if got := c.post(log("1", "U1", 2, 12)); got != bot.LevelReply {
		t.Fatalf("a log: %q", got)
	}
	c.now = c.now.Add(bot.BurstFor + time.Second)
	if got := c.post(by("U2", "2", "", unknown)); got != bot.LevelReact {
		t.Errorf("its most frequent error, pasted: %q; want a mark", got)
	}
	if got := c.post(by("U3", "3", "", full)); got != bot.LevelReply {
		t.Errorf("another of its errors, pasted: %q; want an answer", got)
	}
	if got := c.post(log("4", "U3", 2, 0, 12)); got != "fold" {
		t.Errorf("a log right behind a paste: %q; want a change", got)
	}
	if got := text("3"); !strings.Contains(got, "14 of 34 lines") || !strings.Contains(got, "12×") || !strings.Contains(got, "\n452 4.2.2 · ") {
		t.Errorf("the answer to both:\n%s", got)
	}
	if got := c.post(log("5", "U3", 1, 0, 12)); got != "fold" {
		t.Errorf("a second log of the same kinds: %q; want a change", got)
	}
	if got := text("3"); !strings.Contains(got, "27 of 67 lines") || !strings.Contains(got, "24×") {
		t.Errorf("the answer to all:\n%s", got)
	}

	first := log("1", "U1", 2, 12)
	if a, change := c.edit(first, "now with words"); a != nil || change != nil {
		t.Errorf("an edit of the words above a log changes the answer: %+v, %+v", a, change)
	}
	first.Logs = nil
	if _, change := c.edit(first, full); change == nil || strings.Contains(c.apply(change), "lines") {
		t.Error("a log that gave way to a paste leaves the summary")
	}
}

// Whatever the log, its answer can be asked for again within what a button holds.
func TestAgainForLogs(t *testing.T) {
	b := newBot(t, memory.New(), bot.Options{})
	for _, key := range b.Catalog().Keys() {
		again := "log 9999999/999999/4000 999999*550,5.7.520," + key
		c, ok := b.Again("fr", again)
		if !ok {
			t.Errorf("%s cannot be asked for", key)
			continue
		}
		if len(c.Again) > 88 {
			t.Errorf("%d characters: %s", len(c.Again), c.Again)
		}
		if entry, ok := b.EntryOf(c.Again); !ok || entry != key {
			t.Errorf("%s explains %q", c.Again, entry)
		}
		if strings.HasPrefix(c.Again, "log ") && c.Again != again || bot.Repeats(c.Again) {
			t.Errorf("%s is asked by %s", again, c.Again)
		}
	}
	for _, nonsense := range []string{"log", "log ", "log 1/2/3", "log x 1*550,,550", "log 1/0/0 1*550,,550", "log 1/1/1 -1*550,,550", "log 1/1/1 550", "log 1/1/1/1 ;"} {
		if c, ok := b.Again("", nonsense); ok {
			t.Errorf("%q gives %q", nonsense, c.Title)
		}
	}
	c, _ := b.Again("", "log 99/20/1 12*452,4.2.2,mailbox-full;7*550,5.1.1,5.1.1")
	want := "details compare (language) (wrong) (delete)"
	var got []string
	for _, a := range b.Controls("", c, "U1").Actions {
		if a.More {
			a.ID = "(" + a.ID + ")"
		}
		got = append(got, a.ID)
	}
	if strings.Join(got, " ") != want {
		t.Errorf("controls: %v", got)
	}
}
