package bot_test

import (
	"fmt"
	"strings"
	"testing"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/bot/store/memory"
)

// TestAskInAChannel holds what all read to a few lines: who thanks gets no
// answer, and who asks nothing no list of commands.
func TestAskInAChannel(t *testing.T) {
	b := newBot(t, memory.New(), bot.Options{})
	for i, row := range []struct {
		text   string
		direct bool
		lines  int // at the most; 0 for no answer
		says   string
	}{
		{"thanks!", false, 0, ""},
		{"merci beaucoup", false, 0, ""},
		{"ok, thank you bot", true, 0, ""},
		{"", false, 8, "/smtp help"},
		{"help", false, 8, "/smtp help"},
		{"blorp", false, 17, "/smtp help"},
		{"help", true, 40, "/smtp search"},
		{"503", false, 60, "503"},
	} {
		place := bot.Place{Platform: "test", Team: "T", Channel: "C"}
		answer, err := b.Ask(t.Context(), bot.Message{Place: place, ID: fmt.Sprint("M", i), User: "U", Text: row.text, Direct: row.direct})
		if err != nil {
			t.Fatal(err)
		}
		if answer == nil {
			if row.lines > 0 {
				t.Errorf("%q got no answer", row.text)
			}
			continue
		}
		text := card.Text(answer.Card)
		if n := strings.Count(text, "\n"); n > row.lines || !strings.Contains(text, row.says) {
			t.Errorf("%q got %d lines:\n%s", row.text, n, text)
		}
	}
}
