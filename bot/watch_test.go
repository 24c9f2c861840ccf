package bot_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/bot/store/memory"
)

const (
	unknown = "550 5.1.1 <secret.name@dest.example>: Recipient address rejected: User unknown"
	full    = "452 4.2.2 Mailbox full, over quota"
)

func message(id, text string) bot.Message {
	return bot.Message{Place: bot.Place{Platform: "slack", Team: "T1", Channel: "C1"}, ID: id, Text: text}
}

func observe(t *testing.T, b *bot.Bot, m bot.Message) *bot.Answer {
	t.Helper()
	a, err := b.Observe(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestObserveSpeaksOnce(t *testing.T) {
	b := newBot(t, memory.New(), bot.Options{})
	first := observe(t, b, message("1", unknown))
	if first == nil {
		t.Fatal("a pasted error gets no answer")
	}
	if text := card.Text(first.Card); !strings.Contains(text, "550 5.1.1") || strings.Contains(text, "secret.name") {
		t.Errorf("the answer has to name the code and must not repeat the address:\n%s", text)
	}
	redelivered := message("1", unknown)
	redelivered.Team = "T2" // the same message, seen by the other company of a shared channel
	if observe(t, b, redelivered) != nil {
		t.Error("a redelivered message is answered again")
	}
}

func TestObserveKeepsSilent(t *testing.T) {
	now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	b := newBot(t, memory.New(), bot.Options{Now: func() time.Time { return now }})
	for name, change := range map[string]func(*bot.Message){
		"no error":       func(m *bot.Message) { m.Text = "shall we meet at 5.50 in room 550?" },
		"a question":     func(m *bot.Message) { m.Text = "what does 550 mean?" },
		"a success":      func(m *bot.Message) { m.Text = "250 2.1.5 Ok" },
		"own message":    func(m *bot.Message) { m.FromUs = true },
		"another bot":    func(m *bot.Message) { m.Bot = true },
		"an old edit":    func(m *bot.Message) { m.Edited, m.Posted = true, now.Add(-bot.Late-time.Second) },
		"an empty paste": func(m *bot.Message) { m.Text = "" },
	} {
		m := message(name, unknown)
		change(&m)
		if a := observe(t, b, m); a != nil {
			t.Errorf("%s is answered: %s", name, a.Card.Title)
		}
	}
	young := message("young edit", unknown)
	young.Edited, young.Posted = true, now.Add(-time.Minute)
	if observe(t, b, young) == nil {
		t.Error("an edit that adds an error a minute later gets no answer")
	}
}

func TestCooldown(t *testing.T) {
	now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	b := newBot(t, memory.New(), bot.Options{Cooldown: 10 * time.Minute, Now: func() time.Time { return now }})
	if observe(t, b, message("1", unknown)) == nil {
		t.Fatal("the first paste gets no answer")
	}
	now = now.Add(9 * time.Minute)
	if a := observe(t, b, message("2", unknown)); a == nil || a.How != bot.LevelReact {
		t.Errorf("the same cause within the cool-down gets %+v; want a mark", a)
	}
	if a := observe(t, b, message("3", full)); a == nil || a.How != bot.LevelReply {
		t.Error("another cause is held back")
	}
	direct := message("4", unknown)
	direct.Direct, direct.Channel = true, "D1"
	observe(t, b, direct)
	direct.ID = "4b"
	if observe(t, b, direct) == nil {
		t.Error("a direct message is held back")
	}
	now = now.Add(2 * time.Minute)
	if a := observe(t, b, message("5", unknown)); a == nil || a.How != bot.LevelReply {
		t.Error("after the cool-down the cause gets no answer")
	}
}

// TestLostAnswerIsSentByAnother claims, does not send, and lets the lease run
// out. The answer is then built from keys and codes alone.
func TestLostAnswerIsSentByAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := memory.New()
		b := newBot(t, store, bot.Options{})
		lost := observe(t, b, message("1", unknown))
		if lost == nil {
			t.Fatal("no answer")
		}
		ctx, cancel := context.WithCancel(context.Background())
		var mu sync.Mutex
		var sent []bot.Answer
		fails := true
		send := func(_ context.Context, a bot.Answer) (string, error) {
			mu.Lock()
			defer mu.Unlock()
			if fails {
				fails = false
				return "", errors.New("the platform is away")
			}
			sent = append(sent, a)
			return "answer-id", nil
		}
		var done sync.WaitGroup
		for range 2 { // two replicas
			done.Go(func() {
				for ; ctx.Err() == nil; time.Sleep(time.Second) {
					b.TakeOver(ctx, "slack", func(a bot.Answer) { b.Deliver(ctx, a, send) }, func(bot.Change) {})
				}
			})
		}
		time.Sleep(bot.Lease - time.Second) // the bubble's clock
		mu.Lock()
		if len(sent) > 0 || !fails {
			t.Error("an answer was taken over within its lease")
		}
		mu.Unlock()
		time.Sleep(3 * bot.Lease)
		cancel()
		done.Wait()
		if len(sent) != 1 {
			t.Fatalf("sent %d times; want once, after one failure", len(sent))
		}
		if sent[0].Row.Message != "1" || !strings.Contains(sent[0].Card.Title, "550 5.1.1") {
			t.Errorf("another answer was sent: %q", sent[0].Card.Title)
		}
	})
}

func TestRefusedAnswerIsNotTriedAgain(t *testing.T) {
	now := time.Now()
	b := newBot(t, memory.New(), bot.Options{Now: func() time.Time { return now }})
	a := observe(t, b, message("1", unknown))
	err := b.Deliver(context.Background(), *a, func(context.Context, bot.Answer) (string, error) { return "", bot.ErrRefused })
	if !errors.Is(err, bot.ErrRefused) {
		t.Errorf("the refusal is lost: %v", err)
	}
	now = now.Add(2 * bot.Lease)
	again, err := b.Overdue(context.Background(), "slack")
	if err != nil || len(again) != 0 {
		t.Errorf("a refused answer comes back: %d, %v", len(again), err)
	}
}

// away is a store whose notes fail a number of times.
type away struct {
	bot.Store
	fails int
}

func (s *away) Update(ctx context.Context, platform, channel, message string, step func(bot.Row) (bot.Row, bool)) (bot.Row, bool, error) {
	if s.fails--; s.fails >= 0 {
		return bot.Row{}, false, errors.New("the store is away")
	}
	return s.Store.Update(ctx, platform, channel, message, step)
}

// TestNoteIsWrittenOnceTheStoreIsBack sends while the store is away. A note
// that was lost would have the answer sent again.
func TestNoteIsWrittenOnceTheStoreIsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBot(t, &away{memory.New(), 3}, bot.Options{})
		a := observe(t, b, message("1", unknown))
		if err := b.Deliver(context.Background(), *a, func(context.Context, bot.Answer) (string, error) { return "id", nil }); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * bot.Lease)
		if again, err := b.Overdue(context.Background(), "slack"); err != nil || len(again) != 0 {
			t.Errorf("an answer that was sent comes back: %d, %v", len(again), err)
		}
	})
}
