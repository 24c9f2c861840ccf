package bot_test

import (
	"strings"
	"testing"

	"smtpbot/bot"
)

func TestWithFiles(t *testing.T) {
	b := newBot(t, nil, bot.Options{})
	const mail = "From: MAILER-DAEMON@mx.example.com\nTo: ann@example.com\nSubject: Undelivered Mail Returned to Sender\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n" +
		"<jo@dest.example>: host mx.dest.example[192.0.2.7] said: 550 5.1.1 User=20unknown\n"
	const line = "452 4.2.2 The recipient's inbox is out of storage space"
	for _, tt := range []struct {
		name, text string
		files      []string
		want       string // what is judged
		telling    bool
	}{
		{"no file", "hello", nil, "hello", false},
		{"no file and an error", line, nil, line, true},
		{"nothing in them", "hello", []string{"good morning", ""}, "hello", false},
		{"a question above a mail", "what does this want?", []string{mail}, mail, true},
		{"one of two", "hello", []string{"good morning", mail}, mail, true},
		{"an error above a file without", line, []string{"good morning"}, line, true},
		{"two, of which one is a mail", "hello", []string{line, mail}, line + "\n\n<jo@dest.example>: host mx.dest.example[192.0.2.7] said: 550 5.1.1 User unknown\n", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, telling := b.WithFiles(tt.text, tt.files)
			if strings.TrimSpace(got) != strings.TrimSpace(tt.want) || telling != tt.telling {
				t.Errorf("got %q, %v", got, telling)
			}
		})
	}
}
