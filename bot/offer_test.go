package bot_test

import (
	"context"
	"errors"
	"testing"

	"smtpbot/bot"
	"smtpbot/bot/store/memory"
	"smtpbot/catalog"
)

// spot is where these tests speak.
var spot = bot.Place{Platform: "discord", Team: "G1", Channel: "C1"}

const refusal = "host mx.dest.example said: 550 5.1.1 <bob@dest.example>: Recipient address rejected: User unknown"

func offering(t *testing.T) *bot.Bot {
	t.Helper()
	c, err := catalog.Load(catalog.Files())
	if err != nil {
		t.Fatal(err)
	}
	return bot.New(c, memory.New(), bot.Options{})
}

func said(context.Context, bot.Answer) (string, error) { return "A1", nil }

// What was to be shown to one person is offered once, to whoever clicks first,
// and the offer goes with the error.
func TestOffer(t *testing.T) {
	b := offering(t)
	ctx := t.Context()
	if _, err := b.ChangeSettings(ctx, spot, bot.Settings{Level: bot.LevelQuiet}); err != nil {
		t.Fatal(err)
	}
	m := bot.Message{Place: spot, ID: "M1", User: "U1", Text: refusal}
	a, err := b.Observe(ctx, m)
	if err != nil || a == nil || a.How != bot.LevelQuiet {
		t.Fatal(a, err)
	}
	if err := b.Deliver(ctx, *a, func(context.Context, bot.Answer) (string, error) { return "", nil }); err != nil {
		t.Fatal(err)
	}
	if a, err := b.Reacted(ctx, spot, "M1", "U2"); a != nil || err != nil {
		t.Errorf("the whole answer for all: %v, %v", a, err)
	}
	offer, err := b.Offer(ctx, spot, "M1")
	if err != nil || offer == nil || offer.How != bot.LevelOffer || offer.Card.Again == "" {
		t.Fatal(offer, err)
	}
	if again, err := b.Offer(ctx, spot, "M1"); again != nil || err != nil {
		t.Errorf("offered twice: %v, %v", again, err)
	}
	if err := b.Deliver(ctx, *offer, said); err != nil {
		t.Fatal(err)
	}
	change, err := b.Deleted(ctx, spot, "M1")
	if err != nil || change == nil || !change.Remove || change.Row.Answer != "A1" {
		t.Errorf("the offer stays: %v, %v", change, err)
	}
}

func TestOfferAfterOptOut(t *testing.T) {
	b := offering(t)
	ctx := t.Context()
	b.ChangeSettings(ctx, spot, bot.Settings{Level: bot.LevelQuiet})
	a, err := b.Observe(ctx, bot.Message{Place: spot, ID: "M1", User: "U1", Text: refusal})
	if err != nil || a == nil {
		t.Fatal(a, err)
	}
	b.OptOut(ctx, "discord", "U1", true)
	if offer, err := b.Offer(ctx, spot, "M1"); offer != nil || err != nil {
		t.Errorf("%v, %v", offer, err)
	}
}

// A thread that is a channel has the settings of the one that it hangs in,
// unless it has its own.
func TestSettingsOfParent(t *testing.T) {
	b := offering(t)
	ctx := t.Context()
	thread := bot.Place{Platform: "discord", Team: "G1", Channel: "T1", Thread: "T1", Parent: "C1"}
	b.ChangeSettings(ctx, bot.Place{Platform: "discord", Team: "G1"}, bot.Settings{Level: bot.LevelReact})
	b.ChangeSettings(ctx, spot, bot.Settings{Level: bot.LevelQuiet, Lang: "fr"})
	if s, err := b.SettingsFor(ctx, thread); s != (bot.Settings{Level: bot.LevelQuiet, Lang: "fr"}) || err != nil {
		t.Errorf("%v, %v", s, err)
	}
	b.ChangeSettings(ctx, thread, bot.Settings{Level: bot.LevelReply})
	if s, err := b.SettingsFor(ctx, thread); s != (bot.Settings{Level: bot.LevelReply, Lang: "fr"}) || err != nil {
		t.Errorf("%v, %v", s, err)
	}
	if s, _ := b.SettingsFor(ctx, spot); s.Level != bot.LevelQuiet {
		t.Errorf("the thread's setting holds outside of it: %v", s)
	}
}

// An error that comes back while its answer is being taken away is answered anew.
func TestBackWhileRemoved(t *testing.T) {
	b := offering(t)
	ctx := t.Context()
	m := bot.Message{Place: spot, ID: "M1", User: "U1", Text: refusal}
	a, err := b.Observe(ctx, m)
	if err != nil || a == nil {
		t.Fatal(a, err)
	}
	if err := b.Deliver(ctx, *a, said); err != nil {
		t.Fatal(err)
	}
	m.Text = "never mind"
	_, change, err := b.Edited(ctx, m)
	if err != nil || change == nil || !change.Remove {
		t.Fatal(change, err)
	}
	err = b.Apply(ctx, *change, func(context.Context, bot.Change) error {
		m.Text = refusal // the platform has taken it away, and that is not noted yet
		_, back, err := b.Edited(ctx, m)
		return errors.Join(err, nilChange(back))
	})
	if err != nil {
		t.Fatal(err)
	}
	row, _, err := b.Remembered(ctx, "discord", "C1", "M1")
	if err != nil || row.State != bot.Pending || row.Answer != "" {
		t.Errorf("%s with the answer %q, %v", row.State, row.Answer, err)
	}
}

func nilChange(c *bot.Change) error {
	if c == nil {
		return errors.New("the edit changed nothing")
	}
	return nil
}
