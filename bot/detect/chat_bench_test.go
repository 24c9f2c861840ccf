package detect

import (
	"regexp"
	"strings"
	"testing"
)

// chat is what people write in a channel, and the bot has nothing to say to.
var chat = []struct{ name, text string }{
	{"short", "morning all, is anyone free to look over my change before the stand-up? it is only a dozen lines"},
	{"plan", "I moved the mailboxes over the weekend, all of them, and nobody has complained so far. Shall we close the ticket?"},
	{"thanks", "thanks, that did the trick! I had the wrong branch checked out and never noticed the prompt said so"},
	{"code", "the parser wants io.Reader but we hand it a []byte, so wrap it in bytes.NewReader(data) and drop the extra copy"},
	{"mail", "Can somebody send me the mail with the agenda? I deleted it by accident, and the search only finds the reply from Anna."},
	{"server", "the new mail server is up, DNS points at it, certificates are in place. Next: move the users, then turn the old one off on Friday"},
	{"question", "Why does our newsletter take so long to arrive at some addresses when others have it in seconds? Is there a queue somewhere?"},
	{"link", "the write-up is at https://wiki.example.com/ops/runbooks/restore-a-database?version=12#step-3 and the slides are in the usual folder"},
	{"slack", "<@U02AB7XYZ> could you take <https://tracker.example.com/browse/OPS-1187|OPS-1187>? It waits for a review since Tuesday &amp; blocks the release"},
	{"times", "maintenance is from 22:30 to 23:15, build 1873 goes out first, then 2.14.0 after lunch if the graphs look fine; 96% done on my side"},
	{"list", "shopping list for the offsite: 12 pizzas, 3 crates of water, name tags, the good projector, and somebody has to ask about parking"},
	{"emoji", "deploy went through 🎉 nobody noticed a thing — that’s how I like it. Coffee’s on me tomorrow, café at the corner as usual"},
}

// coded finds what a simple bot would go by: a code, with or without an
// enhanced one. It is the yardstick, no part of the program.
var coded = regexp.MustCompile(`\b[45]\d\d[ -](?:#?[45]\.\d{1,3}\.\d{1,3}\b)?|\b[45]\.\d{1,3}\.\d{1,3}\b`)

func BenchmarkChat(b *testing.B) {
	var all strings.Builder
	for i := 0; all.Len() < 100_000; i++ {
		all.WriteString(chat[i%len(chat)].text)
		all.WriteByte('\n')
	}
	rows := append(chat[:len(chat):len(chat)], struct{ name, text string }{"100KB", all.String()},
		struct{ name, text string }{"number", "I moved 450 mailboxes over the weekend, and nobody has complained so far. Shall we close the ticket?"},
		struct{ name, text string }{"bounced", "the postmaster says most of it was not delivered because the recipient domain's relay refused it, no idea what they use over there"})
	d := detector()
	run := func(name string, texts []string, look func(string)) {
		b.Run(name, func(b *testing.B) {
			size := 0
			for _, text := range texts {
				size += len(text)
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, text := range texts {
					look(text)
				}
			}
		})
	}
	scan := func(text string) { d.Scan(text) }
	match := func(text string) { coded.MatchString(text) }
	var each []string
	for _, row := range chat {
		each = append(each, row.text)
	}
	run("all", each, scan)
	run("all by regexp", each, match)
	for _, row := range rows {
		run(row.name, []string{row.text}, scan)
	}
	run("100KB by regexp", []string{all.String()}, match)
}

// What the benchmark measures is silence, at no allocation.
func TestChatIsSilentForNothing(t *testing.T) {
	d := detector()
	for _, row := range chat {
		if n := testing.AllocsPerRun(10, func() {
			if d.quick.mayHold(row.text) {
				t.Errorf("%s: is read in full", row.name)
			}
		}); n > 0 {
			t.Errorf("%s: %v allocations", row.name, n)
		}
	}
}
