package detect

import (
	"strings"
	"testing"
)

func BenchmarkScan(b *testing.B) {
	const mega = 1 << 20
	fill := func(piece string) string { return strings.Repeat(piece, mega/len(piece)) }
	for _, row := range []struct{ name, text string }{
		{"chat", "I moved the mailboxes over the weekend, all of them, and nobody has complained so far. Shall we close the ticket?"},
		{"number", "I moved 450 mailboxes over the weekend, and nobody has complained so far. Shall we close the ticket?"},
		{"error", "host mx.dest.example[192.0.2.10] said: 550 5.1.1 <jo@dest.example>: Recipient address rejected: User unknown (in reply to RCPT TO command)"},
		{"digits", fill("5")},
		{"prefixes", fill("550-")},
		{"prefix-lines", fill("550-\n")},
		{"enhanced", fill("5.5.5.5.")},
		{"codes", fill("550 a 551 b ")},
		{"code-lines", fill("550 5.1.1 no\n551 5.1.1 no\n")},
		{"pairs", fill("550 5.1.1 ")},
		{"quotes", fill("> ")},
		{"spaces", "user" + fill(" ")},
		{"words", fill("user unknown ")},
		{"speaks", fill("relay access denied\n")},
		{"nested quotes", strings.Repeat(strings.Repeat("> ", 500)+"550 5.1.1 User unknown\n", mega/1023)},
		{"prefixes in words", "550-" + fill("550-5.1.1 user ")},
		{"dots", "5" + fill(".5")},
		{"entities", fill("&lt;")},
		{"status", fill("Status: 5.1.1\n\n")},
		{"bounces", fill("returned mail: ")},
		{"log", fill("Mar  3 09:12:44 mail postfix/smtp[2211]: 4F1A2B: to=<jo@dest.example>, relay=mx.dest.example[192.0.2.10]:25, dsn=5.1.1, status=bounced (host mx.dest.example[192.0.2.10] said: 550 5.1.1 <jo@dest.example>: User unknown (in reply to RCPT TO command))\n")},
	} {
		b.Run(row.name, func(b *testing.B) {
			d := detector()
			b.SetBytes(int64(len(row.text)))
			b.ReportAllocs()
			for b.Loop() {
				d.Scan(row.text)
			}
		})
	}
}

// BenchmarkNew measures what the detector costs at the start.
func BenchmarkNew(b *testing.B) {
	cat := detector().cat
	for b.Loop() {
		New(cat)
	}
}
