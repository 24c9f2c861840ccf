package adaptertest

import (
	"strings"

	"smtpbot/bot"
)

// Levels, and what becomes of an answer when its message changes.

func levelOff(w *world) {
	w.set(w.Post(Message{Text: "hello"}), bot.Settings{Level: bot.LevelOff})
	id := w.Post(Message{Text: pasteUnknown})
	w.unanswered(id)
	w.unmarked(id)
	w.answered(w.Post(Message{Text: "503", Mention: true}), "503")                  // who asks is answered
	w.answered(w.Post(Message{Text: pasteUnknown, Channel: "random"}), codeUnknown) // another channel
}

func levelReact(w *world) {
	w.set(w.Post(Message{Text: "hello"}), bot.Settings{Level: bot.LevelReact})
	id, chat := w.Post(Message{Text: pasteUnknown}), w.Post(Message{Text: "lunch?"})
	w.unanswered(id, chat)
	w.unmarked(chat)
	if !w.Marked(id) {
		w.t.Fatalf("no mark; log:\n%s", w.Log())
	}
	w.Mark(chat, bob)
	w.unanswered(chat)
	w.Mark(id, bob)
	w.answered(id, codeUnknown)
	w.Mark(id, carol)
	w.answered(id)
}

func levelQuiet(w *world) {
	w.set(w.Post(Message{Text: "hello"}), bot.Settings{Level: bot.LevelQuiet})
	id := w.Post(Message{Text: pasteUnknown})
	w.unanswered(id)
	if got := w.Whispered(id); !strings.Contains(got, codeUnknown) {
		w.t.Errorf("the writer can read %q; log:\n%s", got, w.Log())
	}
	w.unanswered(id)
}

func editChanges(w *world) {
	id := w.Post(Message{Text: pasteUnknown})
	before := w.answered(id, codeUnknown)
	w.Edit(id, pasteFull)
	after := w.answered(id, codeFull)
	if after.ID != before.ID || strings.Contains(after.Text, codeUnknown) {
		w.t.Errorf("not the same answer, edited: %s", after.Text)
	}
}

func editRemoves(w *world) {
	id := w.Post(Message{Text: pasteUnknown})
	w.answered(id, codeUnknown)
	w.Edit(id, "solved, thanks")
	w.unanswered(id)
}

func editAdds(w *world) {
	id := w.Post(Message{Text: "it says"})
	w.unanswered(id)
	w.Edit(id, "it says "+pasteUnknown)
	w.answered(id, codeUnknown)
	w.Edit(id, "it says:\n"+pasteUnknown)
	w.answered(id, codeUnknown)
}

func editLate(w *world) {
	id := w.Post(Message{Text: "it says"})
	w.unanswered(id)
	w.clock.Advance(2 * bot.Late)
	w.Edit(id, pasteUnknown)
	w.unanswered(id)
}

func deleted(w *world) {
	id := w.Post(Message{Text: pasteUnknown})
	w.answered(id, codeUnknown)
	w.Delete(id)
	w.unanswered(id)
	w.clock.Advance(2 * bot.Lease)
	w.unanswered(id)
}
