package bot_test

import (
	"context"
	"testing"
	"time"

	"smtpbot/bot"
	"smtpbot/bot/store/memory"
)

// counted is a store that counts how often it is asked for settings.
type counted struct {
	bot.Store
	asked int
}

func (c *counted) SettingsAt(ctx context.Context, p bot.Place) ([]bot.Setting, error) {
	c.asked++
	return c.Store.SettingsAt(ctx, p)
}

// Two processes on one store: what one changes, it knows at once, and the other
// a second later. In between the store is not asked.
func TestSettingsAreRecent(t *testing.T) {
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	store := &counted{Store: memory.New()}
	options := bot.Options{Now: func() time.Time { return now }}
	here, there := newBot(t, store, options), newBot(t, store, options)
	p := bot.Place{Platform: "slack", Team: "T1", Channel: "C1"}
	level := func(b *bot.Bot, want bot.Level) {
		t.Helper()
		if s, err := b.SettingsFor(t.Context(), p); err != nil || s.Level != want {
			t.Errorf("%+v, %v; want %s", s, err, want)
		}
	}
	level(here, bot.LevelReply)
	level(there, bot.LevelReply)
	before := store.asked
	for range 100 {
		p.Thread = "1.2" // has its channel's
		level(there, bot.LevelReply)
	}
	if store.asked != before {
		t.Errorf("the store was asked %d times within a second", store.asked-before)
	}
	if _, err := here.ChangeSettings(t.Context(), p, bot.Settings{Level: bot.LevelOff}); err != nil {
		t.Fatal(err)
	}
	level(here, bot.LevelOff)
	now = now.Add(time.Second)
	level(there, bot.LevelOff)

	for name, drop := range map[string]func() error{
		"uninstalled": func() error { return here.Uninstall(t.Context(), "slack", "T1") },
		"vacated":     func() error { return here.Vacated(t.Context(), p) },
	} {
		if _, err := here.ChangeSettings(t.Context(), p, bot.Settings{Level: bot.LevelQuiet}); err != nil {
			t.Fatal(err)
		}
		level(here, bot.LevelQuiet)
		if err := drop(); err != nil {
			t.Fatal(name, err)
		}
		level(here, bot.LevelReply)
	}
}
