package adaptertest

import (
	"slices"
	"strings"
	"time"

	"smtpbot/bot"
)

// Errors as people paste them, each of another cause, and the codes that the
// answers to them begin with.
const (
	pasteUnknown = "host mx.dest.example[192.0.2.9] said: 550 5.1.1 <bob@dest.example>: Recipient address rejected: User unknown in virtual mailbox table"
	codeUnknown  = "550 5.1.1"
	pasteFull    = "status=deferred (host mx.other.example[192.0.2.8] said: 452 4.2.2 <jo@other.example>: Mailbox full)"
	codeFull     = "452 4.2.2"
	pasteRelay   = "554 5.7.1 <al@third.example>: Relay access denied"
	codeRelay    = "554 5.7.1"
)

const (
	alice = "alice"
	bob   = "bob"
	carol = "carol"
)

// answered wants just one answer below a message, which holds some words.
func (w *world) answered(id string, words ...string) Answer {
	w.t.Helper()
	w.Settle()
	list := w.Answers(id)
	if len(list) != 1 {
		w.t.Fatalf("%d answers, want one; log:\n%s", len(list), w.Log())
	}
	for _, word := range words {
		if !strings.Contains(list[0].Text, word) {
			w.t.Errorf("%q is not in:\n%s", word, list[0].Text)
		}
	}
	if len(list[0].Pings) > 0 {
		w.t.Errorf("the answer notifies %v", list[0].Pings)
	}
	for _, secret := range []string{"bob@", "jo@", "al@", "192.0.2."} {
		if strings.Contains(list[0].Text, secret) {
			w.t.Errorf("the answer repeats %q:\n%s", secret, list[0].Text)
		}
	}
	return list[0]
}

// unanswered wants that nothing is said below messages.
func (w *world) unanswered(list ...string) {
	w.t.Helper()
	w.Settle()
	for _, id := range list {
		if got := w.Answers(id); len(got) > 0 {
			w.t.Errorf("answered: %s", got[0].Text)
		}
	}
}

func (w *world) unmarked(list ...string) {
	w.t.Helper()
	for _, id := range list {
		if w.Marked(id) {
			w.t.Error("a message is marked")
		}
	}
}

// checkLog wants nothing in the log of what people wrote.
func (w *world) checkLog() {
	w.t.Helper()
	for _, secret := range []string{"dest.example", "other.example", "third.example", "virtual mailbox"} {
		if strings.Contains(w.Log(), secret) {
			w.t.Errorf("the log holds %q:\n%s", secret, w.Log())
		}
	}
}

func (w *world) set(id string, s bot.Settings) {
	w.t.Helper()
	if _, err := w.bot().ChangeSettings(w.t.Context(), w.Place(id), s); err != nil {
		w.t.Fatal(err)
	}
}

func silentOnChat(w *world) {
	var list []string
	for _, text := range []string{
		"good morning", "room 550 at 4.30, as ever", "what does 550 mean?", "it took 421 seconds and 2.1.5 is out", "@everyone lunch?", "https://x.example/550",
	} {
		list = append(list, w.Post(Message{Text: text}))
	}
	list = append(list, w.Post(Message{Text: pasteUnknown, ByProgram: true}))
	w.unanswered(list...)
	w.unmarked(list...)
}

func oneAnswer(w *world) {
	id := w.Post(Message{Text: "@everyone <!channel> look: " + pasteUnknown})
	if a := w.answered(id, codeUnknown); strings.Contains(a.Text, "@everyone") || strings.Contains(a.Text, "<!") {
		w.t.Errorf("the answer repeats what was written: %s", a.Text)
	}
}

func redelivered(w *world) {
	id := w.Post(Message{Text: pasteUnknown})
	w.Repeat(id)
	w.answered(id, codeUnknown)
	w.Repeat(id)
	w.answered(id)
}

func inAThread(w *world) {
	root := w.Post(Message{Text: "one more question"})
	first := w.Post(Message{Text: pasteUnknown, In: root})
	w.answered(first, codeUnknown)
	w.clock.Advance(time.Hour) // a thread remembers longer than a channel
	again := w.Post(Message{Text: pasteUnknown, In: root, User: bob})
	w.unanswered(again)
	other := w.Post(Message{Text: pasteFull, In: root, User: bob})
	w.answered(other, codeFull)
}

func cooldown(w *world) {
	first := w.Post(Message{Text: pasteUnknown})
	w.answered(first, codeUnknown)
	again := w.Post(Message{Text: pasteUnknown, User: bob})
	w.unanswered(again)
	if !w.Marked(again) {
		w.t.Error("within the cool-down a message has no mark")
	}
	elsewhere := w.Post(Message{Text: pasteUnknown, User: bob, Channel: "random"})
	w.answered(elsewhere, codeUnknown)
	w.clock.Advance(time.Hour)
	later := w.Post(Message{Text: pasteUnknown, User: bob})
	w.answered(later, codeUnknown)
}

// What one person pastes in several messages right behind each other has one answer.
func burst(w *world) {
	first := w.Post(Message{Text: pasteUnknown})
	w.answered(first, codeUnknown)
	next := w.Post(Message{Text: pasteFull})
	w.answered(first, codeUnknown, codeFull)
	w.unanswered(next)
	somebody := w.Post(Message{Text: pasteRelay, User: bob})
	w.answered(somebody, codeRelay)
}

func optOut(w *world) {
	first := w.Post(Message{Text: "hello", User: bob})
	if err := w.bot().OptOut(w.t.Context(), w.Place(first).Platform, w.User(bob), true); err != nil {
		w.t.Fatal(err)
	}
	id := w.Post(Message{Text: pasteUnknown, User: bob})
	w.unanswered(id)
	w.unmarked(id)
	w.answered(w.Post(Message{Text: pasteUnknown}), codeUnknown)
	w.answered(w.Post(Message{Text: "451", User: bob, Mention: true}), "451")
}

func direct(w *world) {
	w.answered(w.Post(Message{Text: pasteUnknown, Direct: true}), codeUnknown)
	w.answered(w.Post(Message{Text: "450 vs 550", Direct: true}), "450", "550")
	w.answered(w.Post(Message{Text: "good morning", Direct: true})) // who speaks to the bot gets an answer
}

func mention(w *world) {
	w.answered(w.Post(Message{Text: "503", Mention: true}), "503")
	w.answered(w.Post(Message{Text: "503", Mention: true, User: bob}), "503") // no cool-down for who asks
	root := w.Post(Message{Text: "a thread"})
	w.answered(w.Post(Message{Text: "450 vs 550", Mention: true, In: root}), "450", "550")
}

func attachment(w *world) {
	for name, body := range map[string]string{
		"message.txt": "I get this:\n" + pasteUnknown + "\n",
		"bounce.eml":  "From: mailer@mx.dest.example\nTo: al@third.example\nSubject: Undelivered\nContent-Type: text/plain\n\n" + pasteUnknown + "\n",
	} {
		w.answered(w.Post(Message{Channel: name, File: &File{name, body}}), codeUnknown)
	}
	w.unanswered(w.Post(Message{Channel: "pictures", Text: "look", File: &File{"cat.png", pasteUnknown}}))
}

func command(w *world) {
	for text, words := range map[string][]string{
		"503": {"503"}, "221 vs 503": {"221", "503"}, "5.1.1": {"5.1.1"}, "": {"/smtp"}, "mailbox full": {"full"}, pasteFull: {codeFull}, "@everyone **x** <b>": nil,
	} {
		answer := w.Command(text)
		for _, word := range words {
			if !strings.Contains(answer, word) {
				w.t.Errorf("/smtp %s: %q is not in:\n%s", text, word, answer)
			}
		}
		if answer == "" {
			w.t.Errorf("/smtp %s: no answer", text)
		}
	}
}

func button(w *world) {
	a := w.answered(w.Post(Message{Text: pasteUnknown}), codeUnknown)
	if !slices.Contains(a.Buttons, "Details") {
		w.t.Fatalf("the buttons are %v", a.Buttons)
	}
	if got := w.Press(a, "Details"); !strings.Contains(got, "5.1.1") || len(got) < len(a.Text)/2 {
		w.t.Errorf("Details: %s", got)
	}
	w.Settle()
}

func storeAway(w *world) {
	w.store.Away(true)
	id := w.Post(Message{Text: pasteUnknown})
	if answer := w.Command("503"); !strings.Contains(answer, "503") {
		w.t.Errorf("without the store: %s", answer)
	}
	if list := w.Answers(id); len(list) > 0 { // a platform that does not deliver again goes on trying
		w.t.Errorf("answered without the store: %s", list[0].Text)
	}
	w.store.Away(false)
	w.Repeat(id)
	w.answered(id, codeUnknown)
}

// A process ends with an answer that it claimed and could not send.
func restart(w *world) {
	w.Refuse(true)
	id := w.Post(Message{Text: pasteUnknown})
	w.Settle()
	w.Stop()
	w.Refuse(false)
	w.clock.Advance(2 * bot.Lease)
	w.Start(w.bot())
	w.Await("the answer", func() bool { return len(w.Answers(id)) > 0 })
	w.Repeat(id)
	w.answered(id, codeUnknown)
}

// An answer that was sent is known to the next process.
func twice(w *world) {
	id := w.Post(Message{Text: pasteUnknown})
	before := w.answered(id, codeUnknown)
	w.Stop()
	w.Start(w.bot())
	w.Repeat(id)
	w.answered(id, codeUnknown)
	w.Edit(id, pasteFull)
	if after := w.answered(id, codeFull); after.ID != before.ID {
		w.t.Error("another answer")
	}
}

// Await waits for what no event announces.
func (w *world) Await(what string, holds func() bool) {
	w.t.Helper()
	Await(w.t, what, holds, w.Log)
}
