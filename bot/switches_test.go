package bot_test

import (
	"strings"
	"testing"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/bot/store/memory"
)

// Settings are said in the words of the platform, and levels only where
// others read along.
func TestWordsOfThePlatform(t *testing.T) {
	t.Parallel()
	slack := bot.Place{Platform: "slack", Team: "T1", Channel: "C1"}
	discord := bot.Place{Platform: "discord", Team: "1", Channel: "2"}
	for _, row := range []struct {
		name       string
		place      bot.Place
		question   string
		direct     bool
		has, lacks string
	}{
		{"a level on Slack", slack, "on", false, "thread", "reply,"},
		{"a level on Discord", discord, "on", false, "a reply", "thread"},
		{"a mark on Slack", slack, "react", false, "one emoji", "🔍"},
		{"a mark on Discord", discord, "react", false, "🔍", "emoji"},
		{"the help on Slack", slack, "help", false, "in their thread", "Apps"},
		{"the help on Discord", discord, "help", false, "Apps", "in their thread"},
		{"all of it, alone with the bot", discord, "settings", true, "every message is answered", "/smtp off"},
		{"a level, alone with the bot", slack, "off", true, "every message is answered", "Nothing is read"},
		{"the help, alone with the bot", slack, "help", true, "`/smtp lang fr`", "/smtp quiet"},
		{"a language, alone with the bot", slack, "lang fr", true, "Français", "every message"},
		{"which languages, in one's own", discord, "lang xx", false, "the language of their Discord", "whoever asks"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			b := newBot(t, memory.New(), bot.Options{})
			c := b.Command(t.Context(), bot.Request{Place: row.place, User: "U1", Admin: true, Direct: row.direct, Text: row.question})
			got := card.Spoken(c)
			if !strings.Contains(got, row.has) || strings.Contains(got, row.lacks) {
				t.Errorf("%q has to be, and %q must not be, in\n%s", row.has, row.lacks, got)
			}
		})
	}
}
