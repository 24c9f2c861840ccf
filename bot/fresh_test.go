package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"smtpbot/bot"
	"smtpbot/bot/store/memory"
)

// What a paste names stays in its answer while it is young, whatever is added
// to it, and nowhere else: another process, and this one later, say it by keys
// and codes.
func TestYoungAnswersNameWhatThePasteNames(t *testing.T) {
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	options := bot.Options{Now: func() time.Time { return now }}
	store := memory.New()
	b, other := newBot(t, store, options), newBot(t, store, options)
	by := func(id, text string) bot.Message {
		m := message(id, text)
		m.User = "U1"
		return m
	}
	names := func(title string) bool { return strings.Contains(title, "dest.example") }

	first := observe(t, b, by("1", refusal))
	if first == nil || !names(first.Card.Title) {
		t.Fatal("the answer names no domain")
	}
	if err := b.Deliver(t.Context(), *first, said); err != nil {
		t.Fatal(err)
	}
	now = now.Add(bot.BurstFor)
	second := observe(t, b, by("2", full))
	if second == nil || second.Change == nil || !names(second.Change.Card.Title) {
		t.Fatalf("folded: %+v", second)
	}
	if err := b.Apply(t.Context(), *second.Change, func(_ context.Context, c bot.Change) error {
		if !names(c.Card.Title) {
			t.Errorf("edited to %q", c.Card.Title)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	row, _, err := other.Remembered(t.Context(), "slack", first.Row.Channel, "1")
	if err != nil || names(other.FindingsCard("en", row).Title) {
		t.Errorf("another process says %q, %v", other.FindingsCard("en", row).Title, err)
	}
	now = now.Add(bot.Late)
	observe(t, b, by("3", full)) // at which what is old is forgotten
	if title := b.FindingsCard("en", row).Title; names(title) {
		t.Errorf("after %s: %q", bot.Late, title)
	}

	edit := by("4", refusal)
	edit.Channel = "C4"
	observe(t, b, edit)
	edit.Edited, edit.Text = true, strings.ReplaceAll(refusal, "dest.example", "moved.example")+"\n"+full
	_, change, err := b.Edited(t.Context(), edit)
	if row, _, _ := b.Remembered(t.Context(), "slack", "C4", "4"); err != nil || change != nil || !strings.Contains(b.FindingsCard("en", row).Title, "moved.example") {
		t.Errorf("edited: %+v, %v; %q", change, err, b.FindingsCard("en", row).Title)
	}
}
