package storetest

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smtpbot/bot"
)

func set(t *testing.T, s bot.Store, team, channel string, what bot.Settings) {
	t.Helper()
	if err := s.Set(ctx, bot.Setting{Platform: "slack", Team: team, Channel: channel, Settings: what}); err != nil {
		t.Fatal(err)
	}
}

// setAt gives what is set for a channel: a team and a channel to the settings.
func setAt(t *testing.T, s bot.Store, team, channel string) map[string]bot.Settings {
	t.Helper()
	all, err := s.SettingsAt(ctx, bot.Place{Platform: "slack", Team: team, Channel: channel})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bot.Settings{}
	for _, one := range all {
		if one.Platform != "slack" {
			t.Errorf("a setting of platform %q", one.Platform)
		}
		got[one.Team+"/"+one.Channel] = one.Settings
	}
	return got
}

func settings(t *testing.T, s bot.Store) {
	set(t, s, "T1", "C1", bot.Settings{Level: bot.LevelQuiet})
	set(t, s, "T1", "C1", bot.Settings{Lang: "fr"})
	set(t, s, "T1", "C2", bot.Settings{Lang: "en"})
	set(t, s, "T1", "C2", bot.Settings{Lang: "fr"})
	want := map[string]bot.Settings{"T1/C1": {Level: bot.LevelQuiet, Lang: "fr"}}
	if diff := cmp.Diff(want, setAt(t, s, "T1", "C1")); diff != "" {
		t.Errorf("what is not given has to stay (-want +got):\n%s", diff)
	}
	want = map[string]bot.Settings{"T1/C2": {Lang: "fr"}}
	if diff := cmp.Diff(want, setAt(t, s, "T1", "C2")); diff != "" {
		t.Errorf("what is given has to change (-want +got):\n%s", diff)
	}
}

func sharedSettings(t *testing.T, s bot.Store) {
	set(t, s, "T1", "", bot.Settings{Level: bot.LevelQuiet})
	set(t, s, "T2", "", bot.Settings{Level: bot.LevelOff})
	set(t, s, "T2", "C1", bot.Settings{Level: bot.LevelReact})
	want := map[string]bot.Settings{"T1/": {Level: bot.LevelQuiet}, "T2/C1": {Level: bot.LevelReact}}
	if diff := cmp.Diff(want, setAt(t, s, "T1", "C1")); diff != "" {
		t.Errorf("one team's view (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]bot.Settings{"T1/": {Level: bot.LevelQuiet}}, setAt(t, s, "T1", "")); diff != "" {
		t.Errorf("without a channel (-want +got):\n%s", diff)
	}
}

func optOut(t *testing.T, s bot.Store) {
	for _, out := range []bool{false, true, true, false} {
		if err := s.SetOptOut(ctx, "slack", "U1", out); err != nil {
			t.Fatal(err)
		}
		got, err := s.OptedOut(ctx, "slack", "U1")
		other, _ := s.OptedOut(ctx, "discord", "U1")
		if err != nil || got != out || other {
			t.Errorf("opted out %t, on another platform %t, %v; want %t", got, other, err, out)
		}
	}
}

func complaints(t *testing.T, s bot.Store) {
	for _, c := range []bot.Complaint{{Entry: "5.7.1", Cause: "policy"}, {Entry: "5.1.1", Cause: "spam"}, {Entry: "5.1.1", Cause: "spam"}} {
		if err := s.AddFeedback(ctx, "slack", "T1", c.Entry, c.Cause, start); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Feedback(ctx, "slack", "T1")
	if diff := cmp.Diff([]bot.Complaint{{Entry: "5.1.1", Cause: "spam", Times: 2}, {Entry: "5.7.1", Cause: "policy", Times: 1}}, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if got, err := s.Feedback(ctx, "slack", "T2"); err != nil || len(got) != 0 {
		t.Errorf("another team sees %v, %v", got, err)
	}
}

func recents(t *testing.T, s bot.Store) {
	for i, entry := range []string{"550", "421", "550", "5.7.1"} {
		if err := s.AddAsked(ctx, "slack", "T1", "U1", entry, minute(i)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Recent(ctx, "slack", "T1", "U1", 2)
	if want := []string{"5.7.1", "550"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
	if got, _ := s.Recent(ctx, "slack", "T1", "U1", 9); len(got) != 3 {
		t.Errorf("each once: %v", got)
	}
	for _, who := range [][2]string{{"T2", "U1"}, {"T1", "U2"}} {
		if got, _ := s.Recent(ctx, "slack", who[0], who[1], 9); len(got) != 0 {
			t.Errorf("%v sees %v", who, got)
		}
	}
}

func installations(t *testing.T, s bot.Store) {
	for _, i := range []bot.Installation{
		{Platform: "slack", Team: "T1", Enterprise: "E1", Sealed: []byte("old")},
		{Platform: "slack", Team: "T1", Enterprise: "E1", Sealed: []byte{0, 1, 255}},
		{Platform: "slack", Enterprise: "E1", Sealed: []byte("org")},
	} {
		if err := s.Install(ctx, i, start); err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range []struct{ team, enterprise, want string }{
		{"T1", "", "\x00\x01\xff"}, {"T1", "E1", "\x00\x01\xff"}, {"T2", "E1", "org"}, {"", "E1", "org"}, {"T2", "", ""}, {"", "", ""}, {"E1", "", "org"},
	} {
		i, ok, err := s.Installation(ctx, "slack", row.team, row.enterprise)
		if err != nil || string(i.Sealed) != row.want || ok != (row.want != "") {
			t.Errorf("%q of %q: %q, %t, %v; want %q", row.team, row.enterprise, i.Sealed, ok, err, row.want)
		}
	}
	all, err := s.Installed(ctx, "slack")
	if err != nil || len(all) != 2 {
		t.Errorf("%d installations, %v; want 2", len(all), err)
	}
	if other, _ := s.Installed(ctx, "discord"); len(other) != 0 {
		t.Errorf("another platform has %d", len(other))
	}
}

func tickets(t *testing.T, s bot.Store) {
	if err := s.PutTicket(ctx, "state", "x", minute(10)); err != nil {
		t.Fatal(err)
	}
	if ok, _ := s.TakeTicket(ctx, "other", "x", start); ok {
		t.Error("a ticket of another kind is taken")
	}
	onlyOne(t, 8, "took the ticket", func(int) (bool, error) { return s.TakeTicket(ctx, "state", "x", start) })
	if err := s.PutTicket(ctx, "state", "late", minute(10)); err != nil {
		t.Fatal(err)
	}
	if ok, _ := s.TakeTicket(ctx, "state", "late", minute(10)); ok {
		t.Error("a ticket is taken after its time")
	}
}

func uninstalls(t *testing.T, s bot.Store) {
	for _, team := range []string{"T1", "T2"} {
		r := row("C"+team, "1", 0)
		r.Team = team
		claim(t, s, r)
		set(t, s, team, "C"+team, bot.Settings{Level: bot.LevelOff})
		set(t, s, team, "", bot.Settings{Level: bot.LevelOff})
		for _, err := range []error{
			s.AddFeedback(ctx, "slack", team, "550", "spam", start), s.AddAsked(ctx, "slack", team, "U1", "550", start),
			s.Install(ctx, bot.Installation{Platform: "slack", Team: team, Sealed: []byte("x")}, start),
			s.SetBookmarks(ctx, "slack", []bot.Bookmark{{Team: team, Message: "1"}}, start),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := s.Uninstall(ctx, "slack", "T1"); err != nil {
		t.Fatal(err)
	}
	marks, err := s.Bookmarks(ctx, "slack")
	if err != nil || len(marks) != 1 || marks[0].Team != "T2" {
		t.Errorf("bookmarks %v, %v; want those of T2", marks, err)
	}
	for _, team := range []string{"T1", "T2"} {
		_, rows := find(t, s, "C"+team, "1")
		complaints, _ := s.Feedback(ctx, "slack", team)
		asked, _ := s.Recent(ctx, "slack", team, "U1", 9)
		_, installed, _ := s.Installation(ctx, "slack", team, "")
		for what, kept := range map[string]bool{
			"rows": rows, "settings": len(setAt(t, s, team, "C"+team)) > 0, "feedback": len(complaints) > 0, "questions": len(asked) > 0, "installation": installed,
		} {
			if kept != (team == "T2") {
				t.Errorf("%s: %s kept: %t", team, what, kept)
			}
		}
	}
}

func bookmarks(t *testing.T, s bot.Store) {
	for _, list := range [][]bot.Bookmark{{{Team: "G1", Message: "1"}, {Channel: "D1", Message: "2"}}, {{Team: "G1", Message: "3"}}, nil} {
		if err := s.SetBookmarks(ctx, "discord", list, start); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Bookmarks(ctx, "discord")
	if diff := cmp.Diff([]bot.Bookmark{{Channel: "D1", Message: "2"}, {Team: "G1", Message: "3"}}, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if got, _ := s.Bookmarks(ctx, "slack"); len(got) != 0 {
		t.Errorf("another platform has %v", got)
	}
}
