// Package storetest is the suite that every store passes.
package storetest

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"smtpbot/bot"
)

// Run runs the suite; open makes an empty store for each test.
func Run(t *testing.T, open func(*testing.T) bot.Store) {
	for name, test := range map[string]func(*testing.T, bot.Store){
		"one of many claimants wins": oneWins, "a claim sees what stands near": near, "claims in a channel take turns": turns,
		"a claim changes others, too": changesOthers,
		"a step is taken once":        stepOnce, "a step that is not taken": noStep, "a row is found by its answer": byAnswer,
		"a lost claim is taken over once": takenOver, "an old claim is dropped": tooOld, "a row is whole": whole,
		"what was folded is read with its head": folds, "a channel is vacated": vacates,
		"old rows are forgotten": forgets, "an ended context ends the call": ended,
		"settings are changed one by one": settings, "settings of a shared channel": sharedSettings, "people opt out": optOut,
		"complaints are counted": complaints, "what was asked, the newest first": recents,
		"an installation is found by team, else by enterprise": installations, "a ticket is taken once": tickets,
		"uninstalling leaves nothing of a team": uninstalls, "bookmarks": bookmarks,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

var (
	ctx   = context.Background()
	start = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
)

func minute(n int) time.Time { return start.Add(time.Duration(n) * time.Minute) }

// row is a pending row of a message, claimed at a minute after start for one minute.
func row(channel, message string, at int) bot.Row {
	return bot.Row{
		Place: bot.Place{Platform: "slack", Team: "T1", Channel: channel, Thread: "th"}, Message: message, User: "U1", Lang: "fr",
		Found: []bot.Found{{Entry: "5.1.1", Reply: "550", Enhanced: "5.1.1", Cause: "mailbox-unknown", Count: 2, Log: bot.Log{Lines: 90, Errors: 9, More: 1}}},
		Cause: "mailbox-unknown", How: bot.LevelReply, State: bot.Pending, Version: 3,
		Revised: minute(at), Leased: minute(at + 1), Due: minute(at), Created: minute(at),
	}
}

// onlyOne has so many try something at once, and fails unless one of them did it.
func onlyOne(t *testing.T, tries int, did string, try func(i int) (bool, error)) {
	t.Helper()
	var wg sync.WaitGroup
	var done atomic.Int32
	for i := range tries {
		wg.Go(func() {
			ok, err := try(i)
			if err != nil {
				t.Error(err)
			}
			if ok {
				done.Add(1)
			}
		})
	}
	wg.Wait()
	if n := done.Load(); n != 1 {
		t.Errorf("%d of %d %s; want 1", n, tries, did)
	}
}

// claim stores rows, and reports whether it did.
func claim(t *testing.T, s bot.Store, rows ...bot.Row) bool {
	t.Helper()
	ok, err := s.Claim(ctx, rows[0], start, func([]bot.Row) []bot.Row { return rows })
	if err != nil {
		t.Fatalf("claim: %v", err)
	}
	return ok
}

func find(t *testing.T, s bot.Store, channel, message string) (bot.Row, bool) {
	t.Helper()
	r, ok, err := s.Remembered(ctx, "slack", channel, message)
	if err != nil {
		t.Fatalf("remembered: %v", err)
	}
	return r, ok
}

func update(t *testing.T, s bot.Store, channel, message string, step func(*bot.Row)) bool {
	t.Helper()
	_, ok, err := s.Update(ctx, "slack", channel, message, func(r bot.Row) (bot.Row, bool) { step(&r); return r, true })
	if err != nil {
		t.Fatalf("update: %v", err)
	}
	return ok
}

func overdue(t *testing.T, s bot.Store, at int) []string {
	t.Helper()
	rows, err := s.Overdue(ctx, "slack", [2]bot.State{bot.Pending, bot.Changing}, minute(at), minute(at+1), minute(-1000), 10)
	if err != nil {
		t.Fatalf("overdue: %v", err)
	}
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.Message)
	}
	slices.Sort(ids)
	return ids
}

func ended(t *testing.T, s bot.Store) {
	gone, cancel := context.WithCancel(ctx)
	cancel()
	keep := func(r bot.Row) (bot.Row, bool) { return r, true }
	_, claimed := s.Claim(gone, row("C1", "1", 0), start, func([]bot.Row) []bot.Row { return nil })
	_, _, updated := s.Update(gone, "slack", "C1", "1", keep)
	_, _, remembered := s.Remembered(gone, "slack", "C1", "1")
	_, due := s.Overdue(gone, "slack", [2]bot.State{bot.Pending, bot.Pending}, start, start, start, 1)
	_, set := s.SettingsAt(gone, bot.Place{})
	_, out := s.OptedOut(gone, "slack", "U1")
	for name, err := range map[string]error{
		"Claim": claimed, "Update": updated, "Remembered": remembered, "Overdue": due, "SettingsAt": set, "OptedOut": out,
		"Uninstall": s.Uninstall(gone, "slack", "T1"), "Ping": s.Ping(gone),
	} {
		if err == nil {
			t.Errorf("%s took no notice of the ended context", name)
		}
	}
}

func forgets(t *testing.T, s bot.Store) {
	claim(t, s, row("C1", "old", 0))
	claim(t, s, row("C1", "new", 30))
	if err := s.AddAsked(ctx, "slack", "T1", "U1", "550", start); err != nil {
		t.Fatal(err)
	}
	n, err := s.Forget(ctx, minute(10))
	if err != nil || n != 1 {
		t.Fatalf("forgot %d rows, %v; want 1", n, err)
	}
	if claim(t, s, row("C1", "new", 31)) {
		t.Error("a young row is gone")
	}
	if !claim(t, s, row("C1", "old", 31)) {
		t.Error("an old row is still there")
	}
	if asked, err := s.Recent(ctx, "slack", "T1", "U1", 5); err != nil || len(asked) != 0 {
		t.Errorf("an old question is still there: %v, %v", asked, err)
	}
}
