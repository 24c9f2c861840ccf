package bot_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/bot/store/memory"
	"smtpbot/catalog"
)

func TestSettingsFor(t *testing.T) {
	const quiet, react, off, reply = bot.LevelQuiet, bot.LevelReact, bot.LevelOff, bot.LevelReply
	type set struct {
		team, channel string
		bot.Settings
	}
	rows := []struct {
		name string
		sets []set
		at   bot.Place
		want bot.Settings
	}{
		{"nothing", nil, bot.Place{Team: "T1", Channel: "C1"}, bot.Settings{Level: reply}},
		{"the team", []set{{"T1", "", bot.Settings{Level: quiet, Lang: "fr"}}}, bot.Place{Team: "T1", Channel: "C1"}, bot.Settings{Level: quiet, Lang: "fr"}},
		{"the channel over the team", []set{{"T1", "", bot.Settings{Level: quiet, Lang: "fr"}}, {"T1", "C1", bot.Settings{Level: reply, Lang: "en"}}},
			bot.Place{Team: "T1", Channel: "C1"}, bot.Settings{Level: reply, Lang: "en"}},
		{"one by one", []set{{"T1", "", bot.Settings{Lang: "fr"}}, {"T1", "C1", bot.Settings{Level: off}}}, bot.Place{Team: "T1", Channel: "C1"}, bot.Settings{Level: off, Lang: "fr"}},
		{"everybody's own language", []set{{"T1", "", bot.Settings{Lang: "fr"}}, {"T1", "C1", bot.Settings{Lang: bot.LangAuto}}}, bot.Place{Team: "T1", Channel: "C1"}, bot.Settings{Level: reply}},
		{"another channel", []set{{"T1", "C2", bot.Settings{Level: off}}}, bot.Place{Team: "T1", Channel: "C1"}, bot.Settings{Level: reply}},
		{"another team", []set{{"T2", "", bot.Settings{Level: off}}}, bot.Place{Team: "T1", Channel: "C1"}, bot.Settings{Level: reply}},
		{"the quieter of two", []set{{"T1", "C1", bot.Settings{Level: reply}}, {"T2", "C1", bot.Settings{Level: react, Lang: "fr"}}}, bot.Place{Team: "T1", Channel: "C1"}, bot.Settings{Level: react}},
		{"the quieter is our own", []set{{"T1", "C1", bot.Settings{Level: off}}, {"T2", "C1", bot.Settings{Level: react}}}, bot.Place{Team: "T1", Channel: "C1"}, bot.Settings{Level: off}},
		{"a thread has its channel's", []set{{"T1", "C1", bot.Settings{Level: quiet}}}, bot.Place{Team: "T1", Channel: "thread", Parent: "C1"}, bot.Settings{Level: quiet}},
	}
	for _, row := range rows {
		b := newBot(t, memory.New(), bot.Options{})
		for _, s := range row.sets {
			if _, err := b.ChangeSettings(t.Context(), bot.Place{Platform: "slack", Team: s.team, Channel: s.channel}, s.Settings); err != nil {
				t.Fatal(err)
			}
		}
		row.at.Platform = "slack"
		if got, err := b.SettingsFor(t.Context(), row.at); err != nil || got != row.want {
			t.Errorf("%s: %+v, %v; want %+v", row.name, got, err, row.want)
		}
	}
	b := newBot(t, memory.New(), bot.Options{})
	for _, s := range []bot.Settings{{Level: "loud"}, {Lang: "tlh"}} {
		if _, err := b.ChangeSettings(t.Context(), bot.Place{Platform: "slack"}, s); err == nil {
			t.Errorf("%+v can be set", s)
		}
	}
}

// TestSettingsCommands sends one command after the other in one channel.
func TestSettingsCommands(t *testing.T) {
	b := newBot(t, memory.New(), bot.Options{})
	e := b.Catalog().Edition("en")
	place := bot.Place{Platform: "slack", Team: "T1", Channel: "C1"}
	rows := []struct {
		text  string
		admin bool
		title string // of the answer
		says  string // stands in it
		want  bot.Settings
	}{
		{"settings", false, e.Label("settings.title"), "/smtp quiet", bot.Settings{Level: bot.LevelReply}},
		{"quiet", false, e.Label("settings.denied"), "/smtp stop", bot.Settings{Level: bot.LevelReply}},
		{"quiet", true, e.Label("settings.level.quiet"), "/smtp on", bot.Settings{Level: bot.LevelQuiet}},
		{"Quiet", true, e.Label("settings.level.quiet"), e.Label("settings.already"), bot.Settings{Level: bot.LevelQuiet}},
		{"react", true, e.Label("settings.level.react"), "/smtp quiet", bot.Settings{Level: bot.LevelReact}},
		{"off", true, e.Label("settings.level.off"), "/smtp react", bot.Settings{Level: bot.LevelOff}},
		{"on", true, e.Label("settings.level.reply"), "/smtp off", bot.Settings{Level: bot.LevelReply}},
		{"lang", true, e.Label("settings.nolang"), "/smtp lang auto", bot.Settings{Level: bot.LevelReply}},
		{"lang tlh", true, e.Label("settings.nolang"), "/smtp lang fr", bot.Settings{Level: bot.LevelReply}},
		{"lang fr", false, e.Label("settings.denied"), "/smtp lang fr", bot.Settings{Level: bot.LevelReply}},
		{"lang fr-CA", true, b.Catalog().Edition("fr").Label("settings.lang.set", "language", "français"), "/smtp lang auto", bot.Settings{Level: bot.LevelReply, Lang: "fr"}},
		{"lang auto", true, e.Label("settings.lang.auto"), "/smtp lang fr", bot.Settings{Level: bot.LevelReply}},
		{"stop", false, e.Label("settings.stopped"), "/smtp resume", bot.Settings{Level: bot.LevelReply}},
		{"settings", false, e.Label("settings.title"), "because you asked for that", bot.Settings{Level: bot.LevelReply}},
		{"resume", false, e.Label("settings.resumed"), "/smtp stop", bot.Settings{Level: bot.LevelReply}},
	}
	for _, row := range rows {
		c := b.Command(t.Context(), bot.Request{Place: place, Text: row.text, Lang: "en", User: "U1", Admin: row.admin})
		if !strings.EqualFold(c.Title, row.title) {
			t.Errorf("%q is answered %q; want %q", row.text, c.Title, row.title)
		}
		if text := card.Text(c); !strings.Contains(text, row.says) {
			t.Errorf("%q: the answer lacks %q:\n%s", row.text, row.says, text)
		}
		if got, err := b.SettingsFor(t.Context(), place); err != nil || got != row.want {
			t.Errorf("after %q: %+v, %v; want %+v", row.text, got, err, row.want)
		}
	}
}

// TestOrdinaryWordsSetNothing asks things that begin as a command does.
func TestOrdinaryWordsSetNothing(t *testing.T) {
	b := newBot(t, memory.New(), bot.Options{})
	place := bot.Place{Platform: "slack", Team: "T1", Channel: "C1"}
	for _, text := range []string{"off the list, but still 554", "on connect: 421", "stop 550", "quiet mailbox", "react to 4.7.1", "lang fr en"} {
		if b.WantsAdmin(text) {
			t.Errorf("%q is taken for a command", text)
		}
		b.Command(t.Context(), bot.Request{Place: place, Text: text, User: "U1", Admin: true})
		got, err := b.SettingsFor(t.Context(), place)
		out, _ := b.OptedOut(t.Context(), "slack", "U1")
		if err != nil || got != (bot.Settings{Level: bot.LevelReply}) || out {
			t.Errorf("after %q: %+v, opted out %t, %v", text, got, out, err)
		}
	}
	for text, want := range map[string]bool{"off": true, "/smtp off": true, "OFF": true, "lang fr": true, "settings": false, "stop": false, "503": false, "": false} {
		if got := b.WantsAdmin(text); got != want {
			t.Errorf("%q wants an admin: %t; want %t", text, got, want)
		}
	}
}

func TestLanguageOfAnAnswer(t *testing.T) {
	b := newBot(t, memory.New(), bot.Options{})
	place := bot.Place{Platform: "slack", Team: "T1", Channel: "C1"}
	if _, err := b.ChangeSettings(t.Context(), place, bot.Settings{Lang: "fr"}); err != nil {
		t.Fatal(err)
	}
	in := func(lang string) string { return ask(b, "503", lang).Title }
	for _, row := range []struct{ name, own, want string }{{"the person's own", "en", in("en")}, {"the channel's", "", in("fr")}} {
		if got := b.Command(t.Context(), bot.Request{Place: place, Text: "503", Lang: row.own}).Title; got != row.want {
			t.Errorf("%s: %q; want %q", row.name, got, row.want)
		}
	}
	m := message("1", unknown)
	m.Lang = "en"
	if a := observe(t, b, m); a == nil || a.Row.Lang != "fr" {
		t.Errorf("what all read is not in the channel's language: %+v", a)
	}
}

// gone is a store that is away.
type gone struct{ bot.Store }

var errGone = errors.New("the store is away")

func (gone) SettingsAt(context.Context, bot.Place) ([]bot.Setting, error) { return nil, errGone }
func (gone) Set(context.Context, bot.Setting) error                       { return errGone }
func (gone) SetOptOut(context.Context, string, string, bool) error        { return errGone }
func (gone) OptedOut(context.Context, string, string) (bool, error)       { return false, errGone }
func (gone) Remembered(context.Context, string, string, string) (bot.Row, bool, error) {
	return bot.Row{}, false, errGone
}

// TestStoreIsAway asks while nothing can be read or kept.
func TestStoreIsAway(t *testing.T) {
	b := newBot(t, gone{memory.New()}, bot.Options{})
	e := b.Catalog().Edition("en")
	place := bot.Place{Platform: "slack", Team: "T1", Channel: "C1"}
	for _, text := range []string{"settings", "off", "lang fr", "stop"} {
		if c := b.Command(t.Context(), bot.Request{Place: place, Text: text, User: "U1", Admin: true}); c.Title != e.Label("settings.away") {
			t.Errorf("%q is answered %q", text, c.Title)
		}
	}
	if c := b.Command(t.Context(), bot.Request{Place: place, Text: "503"}); c.Title != ask(b, "503", "en").Title {
		t.Errorf("a question is answered %q", c.Title)
	}
	m := message("1", unknown)
	m.User = "U1"
	if a, err := b.Observe(t.Context(), m); err == nil || a != nil {
		t.Errorf("a message is answered all the same: %+v, %v", a, err)
	}
}

// TestNoStore asks a bot that has none, and where there is no channel.
func TestNoStore(t *testing.T) {
	for _, b := range []*bot.Bot{newBot(t, nil, bot.Options{}), newBot(t, memory.New(), bot.Options{})} {
		e := b.Catalog().Edition("en")
		for _, text := range []string{"settings", "off", "lang fr", "stop"} {
			if c := b.Command(t.Context(), bot.Request{Text: text, Admin: true}); c.Title != e.Label("settings.nowhere") {
				t.Errorf("%q is answered %q", text, c.Title)
			}
		}
	}
}

func TestHelpIsForThePlace(t *testing.T) {
	b := newBot(t, memory.New(), bot.Options{})
	for _, row := range []struct {
		channel string
		want    bool
	}{{"", false}, {"C1", true}} {
		text := card.Text(b.Command(t.Context(), bot.Request{Place: bot.Place{Platform: "slack", Channel: row.channel}, Text: "help"}))
		if got := strings.Contains(text, "/smtp quiet"); got != row.want {
			t.Errorf("help in channel %q lists settings: %t", row.channel, got)
		}
	}
}

func TestFeedbackIsKeysAlone(t *testing.T) {
	store := memory.New()
	b := newBot(t, store, bot.Options{})
	place := bot.Place{Platform: "slack", Team: "T1", Channel: "C1"}
	if err := b.Wrong(t.Context(), place, "5.1.1", "spam"); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		entry  string
		choice catalog.Cause
	}{{"jo@dest.example", "spam"}, {"5.1.1", "it is my neighbour"}} {
		if err := b.Wrong(t.Context(), place, row.entry, row.choice); err == nil {
			t.Errorf("%q is kept", row)
		}
	}
	if got, err := store.Feedback(t.Context(), "slack", "T1"); err != nil || len(got) != 1 {
		t.Errorf("%v, %v; want one", got, err)
	}
	for _, entry := range []string{"550", "jo@dest.example", "5.1.1"} {
		if err := b.Asked(t.Context(), "slack", "T1", "U1", entry); err != nil {
			t.Fatal(err)
		}
	}
	got, err := b.Recent(t.Context(), "slack", "T1", "U1", 9)
	if slices.Sort(got); err != nil || !slices.Equal(got, []string{"5.1.1", "550"}) {
		t.Errorf("recent: %v, %v", got, err)
	}
}
