package bot_test

import (
	"context"
	"strings"
	"testing"

	"smtpbot/bot"
	"smtpbot/bot/store/memory"
)

func TestGreet(t *testing.T) {
	ctx := context.Background()
	place := bot.Place{Platform: "slack", Team: "T1", Channel: "C1"}
	for _, tt := range []struct {
		level bot.Level
		lang  string // of who invited it
		want  string // stands in the line
	}{
		{"", "", "each in its thread"},
		{"", "fr-FR", "chacune dans son fil"},
		{bot.LevelQuiet, "", "to whoever pasted them"},
		{bot.LevelReact, "", "one emoji"},
		{bot.LevelOff, "", ""},
	} {
		t.Run(string(tt.level)+" "+tt.lang, func(t *testing.T) {
			b := newBot(t, memory.New(), bot.Options{})
			if tt.level != "" {
				if _, err := b.ChangeSettings(ctx, place, bot.Settings{Level: tt.level}); err != nil {
					t.Fatal(err)
				}
			}
			answer, err := b.Greet(ctx, place, tt.lang)
			if err != nil || (answer != nil) != (tt.want != "") {
				t.Fatalf("%v, %v", answer, err)
			}
			if answer == nil {
				return
			}
			line := answer.Card.Body[0].Text
			if !strings.Contains(line, tt.want) || strings.Contains(line, "\n") || !strings.Contains(line, "`/smtp off`") {
				t.Errorf("says %q", line)
			}
			if again, err := b.Greet(ctx, place, tt.lang); again != nil || err != nil {
				t.Errorf("says it again: %v, %v", again, err)
			}
			if late, err := b.Overdue(ctx, "slack"); len(late) > 0 || err != nil {
				t.Errorf("somebody says it later: %v, %v", late, err)
			}
		})
	}
}
