package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"smtpbot/bot"
	"smtpbot/bot/store/memory"
)

// opened is the event of somebody who opens Home and sees a view there.
func opened(user, metadata string) string {
	return fmt.Sprintf(`{"type":"app_home_opened","user":%q,"channel":"D1","tab":"home","event_ts":"1.2","view":{"id":"V1","type":"home","private_metadata":%q,"hash":"1.a"}}`, user, metadata)
}

func TestHome(t *testing.T) {
	r := english(newRig(t, options{}))
	r.event(wrap("T1", "Ev1", opened("U1", "")))
	r.settle()
	if got := r.api.methods(); got != "views.publish" {
		t.Fatalf("called %s", got)
	}
	first := r.api.view()
	if strings.Contains(first, homeSave) || !strings.Contains(first, homeSearch) || !strings.Contains(first, "What is kept") {
		t.Errorf("shown %s", first)
	}
	r.event(wrap("T1", "Ev2", opened("U1", metadataOf(t, first))))
	r.event(wrap("T1", "Ev3", strings.Replace(opened("U1", ""), `"home","event_ts"`, `"messages","event_ts"`, 1)))
	r.settle()
	if n := r.api.called("views.publish"); n != 1 {
		t.Errorf("published %d times", n)
	}

	r.do(gesture{action: homeSearch, value: "503", view: "home"})
	if got := r.api.view(); !strings.Contains(got, "`503`") || strings.Contains(got, `"action_id":"share"`) {
		t.Errorf("searched: %s", got)
	}
	r.command("450")
	r.settle()
	r.event(wrap("T1", "Ev4", opened("U1", metadataOf(t, r.api.view()))))
	r.settle()
	got := r.api.view()
	if i, j := strings.Index(got, `"value":"lookup 450"`), strings.Index(got, `"value":"lookup 503"`); i < 0 || j < i {
		t.Errorf("asked before: 450 at %d, 503 at %d in %s", i, j, got)
	}
	r.event(wrap("T1", "Ev5", opened("U2", "")))
	r.settle()
	if strings.Contains(r.api.view(), `"value":"lookup`) {
		t.Error("somebody sees what another one asked")
	}
	r.do(gesture{action: "details#0", value: "lookup 450", view: "home"})
	if r.api.called("views.open") != 1 {
		t.Errorf("called %s", r.api.methods())
	}
}

func TestHomeSettings(t *testing.T) {
	store := memory.New()
	r := english(newRig(t, options{store: store}))
	place := bot.Place{Platform: Name, Team: "T1", Channel: "C1"}
	level := func() bot.Settings {
		s, err := r.bot.SettingsFor(t.Context(), place)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	save := gesture{action: homeSave, value: "save", view: "home", inputs: map[string]string{homeLevel: "option:quiet", homeLang: "option:fr"}}
	r.do(save)
	if got := level(); got.Level != bot.LevelReply {
		t.Errorf("who is no admin set %v", got)
	}
	save.user = "U0ADMIN"
	r.do(save)
	if got := level(); got != (bot.Settings{Level: bot.LevelQuiet, Lang: "fr"}) {
		t.Errorf("an admin set %v", got)
	}
	if got := r.api.view(); !strings.Contains(got, "Saved.") || !strings.Contains(got, `"initial_option":{"text":{"type":"plain_text","text":"quiet`) {
		t.Errorf("shown %s", got)
	}
	r.do(gesture{action: homeOptOut, value: "out", view: "home"})
	if out, _ := r.bot.OptedOut(t.Context(), Name, "U1"); !out || !strings.Contains(r.api.view(), homeOptIn) {
		t.Errorf("opted out: %t; shown %s", out, r.api.view())
	}
	r.do(gesture{action: homeOptIn, value: "in", view: "home"})
	if out, _ := r.bot.OptedOut(t.Context(), Name, "U1"); out {
		t.Error("somebody stays out")
	}
}

// Without the store Home searches, and says what it cannot show.
func TestHomeWithoutStore(t *testing.T) {
	r := english(newRig(t, options{store: awayStore{memory.New()}}))
	r.do(gesture{action: homeSearch, value: "503", view: "home", user: "U0ADMIN"})
	if got := r.api.view(); !strings.Contains(got, "`503`") || !strings.Contains(got, "database is away") {
		t.Errorf("shown %s", got)
	}
}

// A channel's members may set it, guests of the workspace may not.
func TestWhoMaySet(t *testing.T) {
	for _, tt := range []struct {
		user string
		want bot.Level
	}{{"U1", bot.LevelQuiet}, {"U0ADMIN", bot.LevelQuiet}, {"U0GUEST", bot.LevelReply}} {
		t.Run(tt.user, func(t *testing.T) {
			h := newHook(t)
			r := english(newRig(t, options{}))
			w := r.post("/slack/commands", "application/x-www-form-urlencoded", url.Values{"team_id": {"T1"}, "channel_id": {"C1"}, "user_id": {tt.user},
				"command": {"/smtp"}, "text": {"quiet"}, "response_url": {h.URL}}.Encode())
			r.settle()
			got, err := r.bot.SettingsFor(t.Context(), bot.Place{Platform: Name, Team: "T1", Channel: "C1"})
			if err != nil || got.Level != tt.want {
				t.Errorf("set to %v, %v", got, err)
			}
			if all := h.all(); w.Body.Len() > 0 || len(all) != 1 {
				t.Errorf("acknowledged with %s, answered %q", w.Body, all)
			} else {
				checkWebhook(t, []byte(all[0]))
			}
		})
	}
}

// awayStore is a store that is away.
type awayStore struct{ bot.Store }

var errAway = errors.New("no connection")

func (awayStore) SettingsAt(context.Context, bot.Place) ([]bot.Setting, error) { return nil, errAway }

func (awayStore) Recent(context.Context, string, string, string, int) ([]string, error) {
	return nil, errAway
}

// TestGoldenViews has what the bot can show beside messages.
func TestGoldenViews(t *testing.T) {
	b := bot.New(testCatalog(t), nil, bot.Options{})
	a := &Adapter{bot: b}
	o := origin{Channel: "C1", Thread: "1.000100", URL: "https://hooks.slack.com/actions/1/2"}
	again := func(value string) func(string) any {
		return func(lang string) any {
			c, ok := b.Again(lang, value)
			if !ok {
				t.Fatalf("%s gives nothing", value)
			}
			return a.cardModal(lang, c, o)
		}
	}
	searched := func(lang string) any {
		c, _ := b.Again(lang, "lookup 503")
		c.Private = true
		c = without(b.Controls(lang, c, "U1"), bot.ActionShare)
		return homeView(b, home{Lang: lang, Recent: []string{"503", "google/no-such-user"}, Admin: true, Settings: bot.Settings{Level: bot.LevelReply},
			OptedOut: true, Away: true, Version: "v1.2.3", Asked: "503", Result: &c, Saved: true})
	}
	for _, v := range []struct {
		name string
		make func(lang string) any
	}{
		{"details", again("lookup 550 5.1.1 as google/no-such-user")},
		{"compared", again("compare 450 vs 550")},
		{"beside", func(lang string) any { return a.compareModal(lang, "550 5.1.1", o.about("550 5.1.1")) }},
		{"language", func(lang string) any { return a.languageModal(lang, o.about("lookup 450")) }},
		{"wrong", func(lang string) any { return a.wrongModal(lang, o.about("google/no-such-user")) }},
		{"paste", func(lang string) any { return a.pasteModal(lang, o) }},
		{"home", func(lang string) any { return homeView(b, home{Lang: lang, Version: "v1.2.3"}) }},
		{"home-admin", searched},
	} {
		t.Run(v.name, func(t *testing.T) {
			for _, lang := range b.Catalog().Languages() {
				raw := checkView(t, v.make(lang))
				if lang != "en" {
					continue
				}
				var tree any
				if err := json.Unmarshal(raw, &tree); err != nil {
					t.Fatal(err)
				}
				golden(t, "view-"+v.name, indented(t, tree))
			}
		})
	}
}
