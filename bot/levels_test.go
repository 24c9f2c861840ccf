package bot_test

import (
	"strings"
	"testing"
	"time"

	"smtpbot/bot"
	"smtpbot/bot/card"
)

func TestLevels(t *testing.T) {
	for level, want := range map[bot.Level]bot.Level{
		bot.LevelOff: "", bot.LevelReact: bot.LevelReact, bot.LevelQuiet: bot.LevelQuiet, bot.LevelReply: bot.LevelReply,
	} {
		c := newChannel(t, level)
		if got := c.post(by("U1", "1", "", unknown)); got != want {
			t.Errorf("%s: answered %q; want %q", level, got, want)
		}
		direct := by("U1", "2", "", unknown)
		direct.Channel, direct.Direct = "D1", true
		if got := c.post(direct); got != bot.LevelReply {
			t.Errorf("%s: a direct message is answered %q", level, got)
		}
	}
}

func TestOptedOut(t *testing.T) {
	c := newChannel(t, bot.LevelReply)
	for _, row := range []struct {
		out  bool
		want bot.Level
	}{{true, ""}, {false, bot.LevelReply}} {
		if err := c.OptOut(t.Context(), "slack", "U1", row.out); err != nil {
			t.Fatal(err)
		}
		if got := c.post(by("U1", "1", "", unknown)); got != row.want {
			t.Errorf("opted out %t: answered %q; want %q", row.out, got, row.want)
		}
	}
	if err := c.OptOut(t.Context(), "slack", "U2", true); err != nil {
		t.Fatal(err)
	}
	if a, err := c.Ask(t.Context(), by("U2", "9", "", unknown)); err != nil || a == nil {
		t.Errorf("a question of somebody who opted out gets no answer: %v", err)
	}
}

// TestAgainInAThread pastes the same cause in one thread and in another.
func TestAgainInAThread(t *testing.T) {
	c := newChannel(t, bot.LevelReply)
	rows := []struct {
		name, id, thread, text string
		after                  time.Duration
		want                   bot.Level
	}{
		{"first", "1", "", unknown, 0, bot.LevelReply},
		{"below it, a day later", "2", "1", unknown, 24 * time.Hour, bot.LevelReact},
		{"another cause there", "3", "1", full, 0, bot.LevelReply},
		{"another thread", "4", "x", unknown, time.Hour, bot.LevelReply},
		{"there again", "5", "x", unknown, time.Hour, bot.LevelReact},
		{"elsewhere within the cool-down of no answer", "6", "y", unknown, 0, bot.LevelReply},
		{"elsewhere within its cool-down", "7", "z", unknown, 0, bot.LevelReact},
	}
	for i, row := range rows {
		c.now = c.now.Add(row.after)
		m := by("U"+row.id, row.id, row.thread, row.text)
		if got := c.post(m); got != row.want {
			t.Errorf("%d. %s: answered %q; want %q", i, row.name, got, row.want)
		}
	}
}

// TestQuietIsToldToOne: who was not shown an answer has not got it.
func TestQuietIsToldToOne(t *testing.T) {
	c := newChannel(t, bot.LevelQuiet)
	c.post(by("U1", "1", "", unknown))
	c.now = c.now.Add(time.Minute)
	if got := c.post(by("U2", "2", "", unknown)); got != bot.LevelQuiet {
		t.Errorf("somebody else: %q; want quiet", got)
	}
	if got := c.post(by("U1", "3", "", unknown)); got != bot.LevelReact {
		t.Errorf("the same person: %q; want a mark", got)
	}
}

func TestBurst(t *testing.T) {
	c := newChannel(t, bot.LevelReply)
	c.post(by("U1", "1", "", unknown))
	c.now = c.now.Add(5 * time.Second)
	rows := []struct {
		name string
		m    bot.Message
		want bot.Level
	}{
		{"more of the same", by("U1", "2", "", unknown), ""},
		{"another error", by("U1", "3", "", full), "fold"},
		{"somebody else", by("U2", "4", "", listed), bot.LevelReply},
		{"in a thread", by("U1", "5", "t", listed), bot.LevelReact}, // U2's answer is a moment old
	}
	for _, row := range rows {
		if got := c.post(row.m); got != row.want {
			t.Errorf("%s: %q; want %q", row.name, got, row.want)
		}
	}
	row, _, err := c.Remembered(t.Context(), "slack", "C1", "1")
	if err != nil {
		t.Fatal(err)
	}
	if text := card.Text(c.FindingsCard("en", row)); !strings.Contains(text, "550 5.1.1") || !strings.Contains(text, "452 4.2.2") || strings.Count(text, "550 5.1.1") > 1 {
		t.Errorf("the answer has to hold each error of the burst once:\n%s", text)
	}
	// One of its messages goes, and what it said with it.
	change, err := c.Deleted(t.Context(), message("", "").Place, "3")
	if err != nil || change == nil {
		t.Fatalf("no change when a folded message is deleted: %v", err)
	}
	if text := c.apply(change); strings.Contains(text, "452") || !strings.Contains(text, "550") {
		t.Errorf("after the second message was deleted:\n%s", text)
	}
	c.now = c.now.Add(bot.BurstFor)
	if got := c.post(by("U1", "6", "", full)); got != bot.LevelReply {
		t.Errorf("after the burst: %q; want an answer of its own", got)
	}
}

// TestBurstBehindAQuestion: the answer to a question is not turned into another.
func TestBurstBehindAQuestion(t *testing.T) {
	c := newChannel(t, bot.LevelReply)
	a, err := c.Ask(t.Context(), by("U1", "1", "", "450 vs 550"))
	if err != nil || a == nil {
		t.Fatal(err)
	}
	c.deliver(a)
	if got := c.post(by("U1", "2", "", unknown)); got != bot.LevelReply {
		t.Errorf("an error behind a question: %q; want an answer of its own", got)
	}
}
