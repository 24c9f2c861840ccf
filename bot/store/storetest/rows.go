package storetest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smtpbot/bot"
)

func oneWins(t *testing.T, s bot.Store) {
	onlyOne(t, 16, "won the claim", func(i int) (bool, error) {
		r := row("C1", "1", 0)
		r.Team = fmt.Sprint("T", i) // a shared channel: each company's workspace delivers the message
		return s.Claim(ctx, r, start, func([]bot.Row) []bot.Row { return []bot.Row{r} })
	})
	if !claim(t, s, row("C2", "1", 0)) {
		t.Error("the same id in another channel is taken")
	}
}

func near(t *testing.T, s bot.Store) {
	top := row("C1", "top", -60) // begins the thread, long ago
	top.Thread = ""
	threaded := row("C1", "in thread", -50)
	threaded.Thread = "top"
	elsewhere := row("C1", "in another thread", -50)
	elsewhere.Thread = "x"
	late := row("C1", "answered late", -50)
	late.Thread, late.Due = "y", minute(1)
	young := row("C1", "young", 2)
	for _, r := range []bot.Row{top, threaded, elsewhere, late, young, row("C2", "another channel", 2)} {
		claim(t, s, r)
	}
	r := row("C1", "new", 5)
	r.Thread = "top"
	var got []string
	if _, err := s.Claim(ctx, r, start, func(near []bot.Row) []bot.Row {
		for _, o := range near {
			got = append(got, o.Message)
		}
		return []bot.Row{r}
	}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"young", "in thread", "answered late", "top"}, got); diff != "" {
		t.Errorf("near (-want +got):\n%s", diff)
	}
}

// turns claims different messages of one channel at once. Whoever judges sees
// all that was decided before, so that one finds the channel empty.
func turns(t *testing.T, s bot.Store) {
	onlyOne(t, 16, "believed to be the first", func(i int) (first bool, err error) {
		r := row("C1", fmt.Sprint(i), 0)
		_, err = s.Claim(ctx, r, start, func(near []bot.Row) []bot.Row {
			first = first || len(near) == 0
			return []bot.Row{r}
		})
		return first, err
	})
}

func changesOthers(t *testing.T, s bot.Store) {
	claim(t, s, row("C1", "1", 0))
	head := row("C1", "1", 0)
	head.State = bot.Changing
	claim(t, s, row("C1", "2", 0), head)
	if r, _ := find(t, s, "C1", "1"); r.State != bot.Changing {
		t.Errorf("the other row is %q", r.State)
	}
	head.State = bot.Gone
	claim(t, s, row("C1", "2", 0), head)
	if r, _ := find(t, s, "C1", "1"); r.State != bot.Changing {
		t.Errorf("who lost a claim changed another row: %q", r.State)
	}
}

func stepOnce(t *testing.T, s bot.Store) {
	claim(t, s, row("C1", "1", 0))
	onlyOne(t, 16, "took the step", func(int) (bool, error) {
		_, ok, err := s.Update(ctx, "slack", "C1", "1", func(r bot.Row) (bot.Row, bool) {
			taken := r.State == bot.Pending
			r.State = bot.Answered
			return r, taken
		})
		return ok, err
	})
}

func noStep(t *testing.T, s bot.Store) {
	claim(t, s, row("C1", "1", 0))
	if _, ok, err := s.Update(ctx, "slack", "C1", "1", func(r bot.Row) (bot.Row, bool) { r.State = bot.Gone; return r, false }); ok || err != nil {
		t.Errorf("a step that was not taken: %t, %v", ok, err)
	}
	if r, _ := find(t, s, "C1", "1"); r.State != bot.Pending {
		t.Errorf("the row is %q", r.State)
	}
	if update(t, s, "C1", "unknown", func(*bot.Row) { t.Error("a step with a message that has no row") }) {
		t.Error("a message without a row was changed")
	}
}

func byAnswer(t *testing.T, s bot.Store) {
	claim(t, s, row("C1", "1", 0))
	claim(t, s, row("C1", "2", 0))
	update(t, s, "C1", "1", func(r *bot.Row) { r.Answer = "2" }) // an answer's id, and another message's
	update(t, s, "C1", "2", func(r *bot.Row) { r.Answer = "a2" })
	for id, want := range map[string]string{"1": "1", "2": "2", "a2": "2", "": "", "3": ""} {
		if r, ok := find(t, s, "C1", id); r.Message != want || ok != (want != "") {
			t.Errorf("%q finds %q", id, r.Message)
		}
	}
	if _, ok := find(t, s, "C2", "a2"); ok {
		t.Error("an answer is found in another channel")
	}
}

func takenOver(t *testing.T, s bot.Store) {
	claim(t, s, row("C1", "1", 0))
	settled := row("C1", "2", 0)
	settled.State = bot.Answered
	claim(t, s, settled)
	if rows := overdue(t, s, 0); len(rows) != 0 {
		t.Error("a row was taken over within its lease")
	}
	onlyOne(t, 8, "took the row over", func(int) (bool, error) {
		rows, err := s.Overdue(ctx, "slack", [2]bot.State{bot.Pending, bot.Changing}, minute(5), minute(6), start, 10)
		if len(rows) > 1 {
			t.Errorf("%d rows were taken over; there is one", len(rows))
		}
		return len(rows) > 0, err
	})
	if rows := overdue(t, s, 10); !slices.Equal(rows, []string{"1"}) {
		t.Errorf("after the second lease: %v; want the row again", rows)
	}
	other, err := s.Overdue(ctx, "discord", [2]bot.State{bot.Pending, bot.Pending}, minute(60), minute(61), start, 10)
	if err != nil || len(other) != 0 {
		t.Errorf("another platform got %d rows, %v", len(other), err)
	}
	update(t, s, "C1", "1", func(r *bot.Row) { r.State = bot.Changing })
	if rows := overdue(t, s, 20); !slices.Equal(rows, []string{"1"}) {
		t.Errorf("the second state: %v; want the row", rows)
	}
}

func tooOld(t *testing.T, s bot.Store) {
	claim(t, s, row("C1", "old", 0))
	claim(t, s, row("C1", "young", 20))
	rows, err := s.Overdue(ctx, "slack", [2]bot.State{bot.Pending, bot.Pending}, minute(30), minute(31), minute(10), 10)
	if err != nil || len(rows) != 1 || rows[0].Message != "young" {
		t.Errorf("%d rows, %v; want the young one", len(rows), err)
	}
	if r, _ := find(t, s, "C1", "old"); r.State != bot.Dropped {
		t.Errorf("the old one is %q", r.State)
	}
}

func whole(t *testing.T, s bot.Store) {
	want := row("C1", "1", 0)
	want.Answer, want.Head = "a", "h"
	claim(t, s, want)
	got, _ := find(t, s, "C1", "1")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the row changed (-stored +read):\n%s", diff)
	}
	changed := row("C1", "1", 7)
	changed.Lang, changed.How, changed.State, changed.Cause, changed.Answer, changed.Head = "en", bot.LevelQuiet, bot.Folded, "spam", "b", "i"
	changed.Found, changed.Version, changed.Created = nil, 4, want.Created
	update(t, s, "C1", "1", func(r *bot.Row) { *r = changed })
	got, _ = find(t, s, "C1", "1")
	if diff := cmp.Diff(changed, got); diff != "" {
		t.Errorf("the update was not whole (-stored +read):\n%s", diff)
	}
	bare := bot.Row{Place: bot.Place{Platform: "slack", Channel: "C1"}, Message: "2"}
	claim(t, s, bare)
	if got, _ = find(t, s, "C1", "2"); !got.Revised.IsZero() {
		t.Errorf("a time that is not known becomes %v", got.Revised)
	}
}

func folds(t *testing.T, s bot.Store) {
	head := row("C1", "1", 0)
	head.Leased = minute(0)
	claim(t, s, head)
	for i, entry := range []string{"5.7.1", "4.2.2"} {
		r := row("C1", fmt.Sprint(2+i), 1+i)
		r.State, r.Head, r.Found = bot.Folded, "1", []bot.Found{{Entry: entry}}
		claim(t, s, r)
	}
	want := []bot.Found{{Entry: "5.7.1"}, {Entry: "4.2.2"}}
	got, _ := find(t, s, "C1", "1")
	if diff := cmp.Diff(want, got.Folded); diff != "" {
		t.Errorf("remembered (-want +got):\n%s", diff)
	}
	update(t, s, "C1", "1", func(r *bot.Row) {
		if diff := cmp.Diff(want, r.Folded); diff != "" {
			t.Errorf("in a step (-want +got):\n%s", diff)
		}
	})
	rows, err := s.Overdue(ctx, "slack", [2]bot.State{bot.Pending, bot.Pending}, minute(5), minute(6), start, 10)
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if diff := cmp.Diff(want, rows[0].Folded); diff != "" {
		t.Errorf("taken over (-want +got):\n%s", diff)
	}
	update(t, s, "C1", "2", func(r *bot.Row) { r.State = bot.Gone })
	got, _ = find(t, s, "C1", "1")
	if diff := cmp.Diff(want[1:], got.Folded); diff != "" {
		t.Errorf("without what is gone (-want +got):\n%s", diff)
	}
}

func vacates(t *testing.T, s bot.Store) {
	claim(t, s, row("C1", "1", 0))
	claim(t, s, row("C2", "1", 0))
	for _, c := range []string{"C1", "C2"} {
		if err := s.Set(ctx, bot.Setting{Platform: "slack", Team: "T1", Channel: c, Settings: bot.Settings{Level: bot.LevelOff}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Vacate(ctx, "slack", "C1"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []string{"C1", "C2"} {
		_, kept := find(t, s, c, "1")
		set, err := s.SettingsAt(ctx, bot.Place{Platform: "slack", Team: "T1", Channel: c})
		if want := c == "C2"; err != nil || kept != want || (len(set) > 0) != want {
			t.Errorf("%s: row %t, settings %d, %v; want %t", c, kept, len(set), err, want)
		}
	}
}
