// Package storetest is the suite that every store passes.
package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smtpbot/bot"
)

// Run runs the suite; open makes an empty store for each test.
func Run(t *testing.T, open func(*testing.T) bot.Store) {
	for name, test := range map[string]func(*testing.T, bot.Store){
		"one of many claimants wins": oneWins, "cool-down holds the same cause back": coolDown,
		"an answered message is not overdue": settled, "a lost claim is taken over once": takenOver,
		"a taken-over row is whole": whole, "old rows are forgotten": forgets, "an ended context ends the call": ended,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

var (
	ctx   = context.Background()
	start = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
)

func row(channel, message string) bot.Row {
	return bot.Row{
		Place: bot.Place{Platform: "slack", Team: "T1", Channel: channel, Thread: "th"}, Message: message, Lang: "fr",
		Found: []bot.Found{{Entry: "5.1.1", Reply: "550", Enhanced: "5.1.1", Cause: "mailbox-unknown", Count: 2}},
	}
}

// claim takes a message at a minute after start, leased for one minute, with no cool-down.
func claim(t *testing.T, s bot.Store, r bot.Row, minute int) bot.Claim {
	t.Helper()
	return claimSince(t, s, r, minute, minute+1)
}

func claimSince(t *testing.T, s bot.Store, r bot.Row, minute, since int) bot.Claim {
	t.Helper()
	now := start.Add(time.Duration(minute) * time.Minute)
	got, err := s.Claim(ctx, r, r.Found[0].Cause, now, now.Add(time.Minute), start.Add(time.Duration(since)*time.Minute))
	if err != nil {
		t.Fatalf("claim: %v", err)
	}
	return got
}

func overdue(t *testing.T, s bot.Store, minute int) []bot.Row {
	t.Helper()
	now := start.Add(time.Duration(minute) * time.Minute)
	rows, err := s.Overdue(ctx, "slack", now, now.Add(time.Minute), 10)
	if err != nil {
		t.Fatalf("overdue: %v", err)
	}
	return rows
}

func oneWins(t *testing.T, s bot.Store) {
	const claimants = 16
	var wg sync.WaitGroup
	got := make([]bot.Claim, claimants)
	for i := range claimants {
		wg.Go(func() {
			r := row("C1", "1")
			r.Team = fmt.Sprint("T", i) // a shared channel: each company's workspace delivers the message
			got[i], _ = s.Claim(ctx, r, "spam", start, start.Add(time.Minute), start.Add(time.Hour))
		})
	}
	wg.Wait()
	won := 0
	for _, c := range got {
		if c == bot.Won {
			won++
		} else if c != bot.Taken {
			t.Errorf("a loser got %v", c)
		}
	}
	if won != 1 {
		t.Errorf("%d claimants won; want 1", won)
	}
	if c := claim(t, s, row("C2", "1"), 0); c != bot.Won {
		t.Errorf("the same id in another channel: %v; want won", c)
	}
}

func coolDown(t *testing.T, s bot.Store) {
	claim(t, s, row("C1", "1"), 0)
	if c := claimSince(t, s, row("C1", "2"), 5, -5); c != bot.Cooling {
		t.Errorf("five minutes later: %v; want cooling", c)
	}
	if c := claimSince(t, s, row("C1", "2"), 6, 100); c != bot.Taken {
		t.Errorf("a message that was held back, again: %v; want taken", c)
	}
	if c := claimSince(t, s, row("C2", "3"), 5, -5); c != bot.Won {
		t.Errorf("in another channel: %v; want won", c)
	}
	other := row("C1", "4")
	other.Found[0].Cause = "spam"
	if c := claimSince(t, s, other, 5, -5); c != bot.Won {
		t.Errorf("another cause: %v; want won", c)
	}
	// A held-back message does not prolong the cool-down.
	if c := claimSince(t, s, row("C1", "5"), 11, 1); c != bot.Won {
		t.Errorf("after the cool-down: %v; want won", c)
	}
}

func settled(t *testing.T, s bot.Store) {
	answered, dropped := row("C1", "1"), row("C1", "2")
	claim(t, s, answered, 0)
	claim(t, s, dropped, 0)
	if err := s.Answered(ctx, answered, "a1"); err != nil {
		t.Fatal(err)
	}
	if err := s.Dropped(ctx, dropped); err != nil {
		t.Fatal(err)
	}
	if rows := overdue(t, s, 60); len(rows) != 0 {
		t.Errorf("%d settled rows came back", len(rows))
	}
	if c := claim(t, s, answered, 60); c != bot.Taken {
		t.Errorf("a redelivery of an answered message: %v; want taken", c)
	}
	if err := s.Answered(ctx, row("C1", "unknown"), "a2"); err != nil {
		t.Errorf("a message without a row: %v", err)
	}
}

func takenOver(t *testing.T, s bot.Store) {
	claim(t, s, row("C1", "1"), 0)
	if rows := overdue(t, s, 0); len(rows) != 0 {
		t.Error("a row was taken over within its lease")
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	taken := 0
	for range 8 {
		wg.Go(func() {
			now := start.Add(5 * time.Minute)
			rows, err := s.Overdue(ctx, "slack", now, now.Add(time.Minute), 10)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			taken += len(rows)
			mu.Unlock()
		})
	}
	wg.Wait()
	if taken != 1 {
		t.Errorf("the row was taken over %d times; want once", taken)
	}
	if rows := overdue(t, s, 10); len(rows) != 1 {
		t.Errorf("after the second lease: %d rows; want 1", len(rows))
	}
}

func whole(t *testing.T, s bot.Store) {
	want := row("C1", "1")
	claim(t, s, want, 0)
	rows := overdue(t, s, 5)
	if len(rows) != 1 {
		t.Fatalf("%d rows; want 1", len(rows))
	}
	if diff := cmp.Diff(want, rows[0]); diff != "" {
		t.Errorf("the row changed (-stored +read):\n%s", diff)
	}
	elsewhere, err := s.Overdue(ctx, "discord", start.Add(time.Hour), start.Add(2*time.Hour), 10)
	if err != nil || len(elsewhere) != 0 {
		t.Errorf("another platform got %d rows, %v", len(elsewhere), err)
	}
}

func forgets(t *testing.T, s bot.Store) {
	claim(t, s, row("C1", "old"), 0)
	claim(t, s, row("C1", "new"), 30)
	n, err := s.Forget(ctx, start.Add(10*time.Minute))
	if err != nil || n != 1 {
		t.Fatalf("forgot %d rows, %v; want 1", n, err)
	}
	if c := claim(t, s, row("C1", "new"), 31); c != bot.Taken {
		t.Errorf("a young row is gone: %v", c)
	}
	if c := claim(t, s, row("C1", "old"), 31); c != bot.Won {
		t.Errorf("an old row is still there: %v", c)
	}
}

func ended(t *testing.T, s bot.Store) {
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Claim(gone, row("C1", "1"), "spam", start, start, start); err == nil {
		t.Error("Claim took no notice of the ended context")
	}
	if _, err := s.Overdue(gone, "slack", start, start, 1); err == nil {
		t.Error("Overdue took no notice of the ended context")
	}
	if err := s.Ping(gone); err == nil {
		t.Error("Ping took no notice of the ended context")
	}
}
