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
		asked      bool
	}{
		{"no file", "hello", nil, "hello", true},
		{"nothing but a file with nothing", " ", []string{"good morning"}, " ", false},
		{"and that is a question", " ", []string{"good morning"}, "explain …", true},
		{"no file and an error", line, nil, line, false},
		{"nothing in them", "hello", []string{"good morning", ""}, "hello", false},
		{"a question above a mail", "what does this want?", []string{mail}, mail, false},
		{"one of two", "hello", []string{"good morning", mail}, mail, false},
		{"an error above a file without", line, []string{"good morning"}, line, false},
		{"two, of which one is a mail", "hello", []string{line, mail}, line + "\n\n<jo@dest.example>: host mx.dest.example[192.0.2.7] said: 550 5.1.1 User unknown\n", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, logs := b.WithFiles(t.Context(), tt.text, tt.files, tt.asked); logs != nil || strings.TrimSpace(got) != strings.TrimSpace(tt.want) {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestFileText(t *testing.T) {
	for _, tt := range []struct{ name, content, want string }{
		{"plain", "550 nope", "550 nope"},
		{"UTF-8 with a mark", "\xef\xbb\xbfgrüß", "grüß"},
		{"UTF-16 of Windows", "\xff\xfe5\x005\x000\x00", "550"},
		{"UTF-16, the other way", "\xfe\xff\x005\x005\x000", "550"},
		{"an old code page", "gr\xfc\xdfe", "gr\ufffde"},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := bot.FileText([]byte(tt.content)); got != tt.want || (err != nil) != (tt.want == "") {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestReadsFile(t *testing.T) {
	for name, want := range map[string]bool{"bounce.eml": true, "MAIL.LOG": true, "message.txt": true, "a.pdf": false, "log": false, "": false} {
		if bot.ReadsFile(name, "application/octet-stream") != want {
			t.Errorf("%q: want %t", name, want)
		}
	}
	if !bot.ReadsFile("bounce", "message/rfc822; charset=utf-8") {
		t.Error("a mail without a name's ending is not read")
	}
}
