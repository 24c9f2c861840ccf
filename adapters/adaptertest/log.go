package adaptertest

import (
	"slices"
	"strings"

	"smtpbot/bot"
)

// mailLogFile is a mail log of 30 lines with three kinds of errors.
func mailLogFile() *File {
	const at = "Mar  3 09:12:44 mail postfix/smtp[99]: 4F1A2: "
	return &File{"mail.log", strings.Repeat("Mar  3 09:12:43 mail postfix/qmgr[98]: 4F1A2: removed\n", 9) +
		strings.Repeat(at+pasteUnknown+"\n", 6) + strings.Repeat(at+pasteFull+"\n", 14) + at + pasteRelay + "\n"}
}

// Who uploads a log is told how often what goes wrong, wherever they do it, and
// what to do about what does so most.
func mailLog(w *world) {
	counts := []string{"21", "30", "14×", codeFull, "6×", codeUnknown, "1×", codeRelay}
	for _, m := range []Message{
		{Channel: "uploads"}, {Channel: "asked", Text: "what is going wrong?"}, {Channel: "mentioned", Text: "what is going wrong?", Mention: true}, {Direct: true},
	} {
		m.File = mailLogFile()
		a := w.answered(w.Post(m), append(counts, "mx.other.example")...)
		if strings.LastIndex(a.Text, codeFull) < strings.LastIndex(a.Text, codeUnknown) {
			w.t.Errorf("not what is most frequent is explained:\n%s", a.Text)
		}
		if !slices.Contains(a.Buttons, "Details") {
			w.t.Errorf("the buttons are %v", a.Buttons)
		}
	}
	id := w.Post(Message{Channel: "pressed", File: mailLogFile()})
	if got := w.Press(w.answered(id), "Details"); !strings.Contains(got, "4.2.2") {
		w.t.Errorf("Details: %s", got)
	}
	w.answered(w.Post(Message{Channel: "uploads", Text: pasteUnknown, User: bob}), codeUnknown) // the log's answer explains another cause
	again := w.Post(Message{Channel: "uploads", Text: pasteFull, User: carol})
	w.unanswered(again)
	if !w.Marked(again) {
		w.t.Error("what the answer to a log explained a moment ago has no mark")
	}
	w.unanswered(w.Post(Message{Channel: "calm", File: &File{"mail.log", strings.Repeat("Mar  3 09:12:43 mail postfix/qmgr[98]: 4F1A2: removed\n", 30)}}))
}

// The next process knows the counts, and no hosts any more.
func logRestart(w *world) {
	w.Refuse(true)
	id := w.Post(Message{File: mailLogFile()})
	w.Settle()
	w.Stop()
	w.Refuse(false)
	w.clock.Advance(2 * bot.Lease)
	w.Start(w.bot())
	w.Await("the answer", func() bool { return len(w.Answers(id)) > 0 })
	w.answered(id, "21", "30", "14×", codeFull, "6×", codeUnknown)
}
