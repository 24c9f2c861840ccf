package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/bot/store/memory"
)

const listed = "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org"

// channel is a bot in a channel, with its own clock, that sends at once.
type channel struct {
	*bot.Bot
	t   *testing.T
	now time.Time
}

func newChannel(t *testing.T, level bot.Level) *channel {
	c := &channel{t: t, now: time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)}
	c.Bot = newBot(t, memory.New(), bot.Options{Cooldown: 10 * time.Minute, Now: func() time.Time { return c.now }})
	if _, err := c.ChangeSettings(t.Context(), message("", "").Place, bot.Settings{Level: level}); err != nil {
		t.Fatal(err)
	}
	return c
}

// by is a message of a person, in a thread or at the top of the channel.
func by(user, id, thread, text string) bot.Message {
	m := message(id, text)
	m.User, m.Thread = user, thread
	return m
}

// post has a message judged, and what comes of it sent. It gives how it was
// answered: "" for silence, "fold" for a change of an answer that stands.
func (c *channel) post(m bot.Message) bot.Level {
	c.t.Helper()
	m.Posted = c.now
	a := observe(c.t, c.Bot, m)
	switch {
	case a == nil:
		return ""
	case a.Change != nil:
		c.apply(a.Change)
		return "fold"
	}
	c.deliver(a)
	return a.How
}

func (c *channel) deliver(a *bot.Answer) {
	c.t.Helper()
	if err := c.Deliver(c.t.Context(), *a, func(_ context.Context, a bot.Answer) (string, error) { return "to-" + a.Row.Message, nil }); err != nil {
		c.t.Fatal(err)
	}
}

func (c *channel) apply(change *bot.Change) (text string) {
	c.t.Helper()
	if err := c.Apply(c.t.Context(), *change, func(_ context.Context, change bot.Change) error {
		text = card.Text(change.Card)
		return nil
	}); err != nil {
		c.t.Fatal(err)
	}
	return text
}

func (c *channel) edit(m bot.Message, text string) (*bot.Answer, *bot.Change) {
	c.t.Helper()
	m.Text, m.Edited, m.Revised = text, true, c.now
	a, change, err := c.Edited(c.t.Context(), m)
	if err != nil {
		c.t.Fatal(err)
	}
	return a, change
}

func (c *channel) state(message string) bot.State {
	c.t.Helper()
	r, _, err := c.Remembered(c.t.Context(), "slack", "C1", message)
	if err != nil {
		c.t.Fatal(err)
	}
	return r.State
}

func TestEdits(t *testing.T) {
	hello := "good morning"
	rows := []struct {
		name           string
		level          bot.Level
		before, after  string
		later          time.Duration
		answer, change bool
		remove         bool
	}{
		{"adds an error", bot.LevelReply, hello, unknown, time.Minute, true, false, false},
		{"adds an error too late", bot.LevelReply, hello, unknown, bot.Late + time.Second, false, false, false},
		{"changes it", bot.LevelReply, unknown, full, time.Minute, false, true, false},
		{"changes it late", bot.LevelReply, unknown, full, time.Hour, false, true, false},
		{"adds a word", bot.LevelReply, unknown, unknown + "\nany idea?", time.Minute, false, false, false},
		{"removes it", bot.LevelReply, unknown, hello, time.Minute, false, true, true},
		{"removes it below a mark", bot.LevelReact, unknown, hello, time.Minute, false, true, true},
		{"changes it below a mark", bot.LevelReact, unknown, full, time.Minute, false, false, false},
		{"changes what one was shown", bot.LevelQuiet, unknown, full, time.Minute, false, true, false},
		{"removes what one was shown", bot.LevelQuiet, unknown, hello, time.Minute, false, false, false},
	}
	for _, row := range rows {
		c := newChannel(t, row.level)
		m := by("U1", "1", "", row.before)
		m.Posted = c.now
		c.post(m)
		c.now = c.now.Add(row.later)
		answer, change := c.edit(m, row.after)
		if (answer != nil) != row.answer || (change != nil) != row.change || change != nil && change.Remove != row.remove {
			t.Errorf("%s: answer %+v, change %+v", row.name, answer, change)
		}
		if again, changed := c.edit(m, row.after); again != nil || changed != nil {
			t.Errorf("%s: the same edit, delivered again, has a result", row.name)
		}
	}
}

// TestEditedAwayAndBack takes the error out, puts it in again, and out of order.
func TestEditedAwayAndBack(t *testing.T) {
	c := newChannel(t, bot.LevelReply)
	m := by("U1", "1", "", unknown)
	m.Posted = c.now
	c.post(m)
	c.now = c.now.Add(time.Minute)
	_, change := c.edit(m, "never mind")
	c.apply(change)
	if got := c.state("1"); got != bot.Removed {
		t.Fatalf("the row is %s; want removed", got)
	}
	c.now = c.now.Add(time.Minute)
	answer, _ := c.edit(m, unknown)
	if answer == nil {
		t.Fatal("an error that comes back gets no answer")
	}
	c.deliver(answer)
	c.now = c.now.Add(-time.Minute)
	if _, stale := c.edit(m, "never mind"); stale != nil {
		t.Error("an older edit that comes late takes the answer away")
	}
}

func TestDeletedWhileBeingAnswered(t *testing.T) {
	c := newChannel(t, bot.LevelReply)
	early, late := observe(t, c.Bot, by("U1", "1", "", unknown)), observe(t, c.Bot, by("U2", "2", "", full))
	place := message("", "").Place
	c.Deleted(t.Context(), place, "1")
	if err := c.Deliver(t.Context(), *early, func(context.Context, bot.Answer) (string, error) {
		t.Error("the answer to a message that is gone is sent")
		return "", nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := c.Deliver(t.Context(), *late, func(context.Context, bot.Answer) (string, error) {
		_, err := c.Deleted(t.Context(), place, "2") // while it is on its way
		return "a2", err
	}); err != nil {
		t.Fatal(err)
	}
	c.now = c.now.Add(time.Second)
	changes, err := c.OverdueChanges(t.Context(), "slack")
	if err != nil || len(changes) != 1 || !changes[0].Remove || changes[0].Row.Answer != "a2" {
		t.Errorf("%+v, %v; want the removal of a2, at once", changes, err)
	}
}

// TestMarkIsClicked asks for the answer to a message that bears a mark.
func TestMarkIsClicked(t *testing.T) {
	c := newChannel(t, bot.LevelReact)
	c.post(by("U1", "1", "", unknown))
	place := message("", "").Place
	for _, row := range []struct {
		name, message, user string
		want                bool
	}{
		{"who wrote it", "1", "U1", false}, {"nobody", "1", "", false}, {"another message", "2", "U2", false},
		{"somebody else", "1", "U2", true}, {"somebody else, again", "1", "U3", false},
	} {
		a, err := c.Reacted(t.Context(), place, row.message, row.user)
		if err != nil || (a != nil) != row.want {
			t.Fatalf("%s: %+v, %v; want an answer %t", row.name, a, err, row.want)
		}
		if a != nil && (a.How != bot.LevelReply || !strings.Contains(a.Card.Title, "550 5.1.1")) {
			t.Errorf("%s: %s, %q", row.name, a.How, a.Card.Title)
		}
	}
}

func TestDismissed(t *testing.T) {
	for _, id := range []string{"1", "to-1"} { // by the message's id, and by the answer's
		c := newChannel(t, bot.LevelReply)
		m := by("U1", "1", "", unknown)
		c.post(m)
		if err := c.Dismiss(t.Context(), m.Place, id); err != nil {
			t.Fatal(err)
		}
		c.now = c.now.Add(time.Minute)
		if a, change := c.edit(m, full); a != nil || change != nil {
			t.Errorf("%s: an answer that was deleted by hand comes back", id)
		}
		if got := c.post(m); got != "" {
			t.Errorf("%s: the message is answered again: %s", id, got)
		}
	}
}

// TestStaleAnswerIsDropped leaves an answer lying for as long as nobody waits.
func TestStaleAnswerIsDropped(t *testing.T) {
	c := newChannel(t, bot.LevelReply)
	observe(t, c.Bot, by("U1", "1", "", unknown))
	c.now = c.now.Add(bot.Stale - time.Minute)
	if a, err := c.Overdue(t.Context(), "slack"); err != nil || len(a) != 1 {
		t.Fatalf("a young one: %d, %v; want it taken over", len(a), err)
	}
	c.now = c.now.Add(2 * bot.Lease)
	if a, err := c.Overdue(t.Context(), "slack"); err != nil || len(a) != 0 || c.state("1") != bot.Dropped {
		t.Errorf("an old one: %d, %v, %s; want it dropped", len(a), err, c.state("1"))
	}
}
