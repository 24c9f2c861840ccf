package slack

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smtpbot/bot"
)

// told is the frame of an event about the app itself, which has no
// authorizations: https://docs.slack.dev/reference/events/tokens_revoked
func told(team, inner string) string {
	id, _ := json.Marshal(team)
	return fmt.Sprintf(`{"token":"XXYYZZ","team_id":%s,"api_app_id":%q,"event":%s,"type":"event_callback","event_id":"EvAPP","event_time":1234567890}`, id, appID, inner)
}

const (
	appUninstalled = `{"type":"app_uninstalled"}`
	tokensRevoked  = `{"type":"tokens_revoked","tokens":{"oauth":["U1"],"bot":["UBOT1"]}}`
)

func TestUninstallDeletesEverything(t *testing.T) {
	for _, tt := range []struct {
		name, event string
		revoked     bool
		kept        bool
	}{
		{"uninstalled", appUninstalled, true, false},
		{"revoked", tokensRevoked, true, false},
		{"a person's token was revoked", `{"type":"tokens_revoked","tokens":{"oauth":["U1"]}}`, true, true},
		{"installed again before it was told", appUninstalled, false, true},
		{"the old token of a renewed pair", tokensRevoked, false, true},
		{"an admin's app tells of ours", fmt.Sprintf(`{"type":"app_uninstalled_team","app_id":%q,"team_id":"T1"}`, appID), true, false},
		{"an admin's app tells of another", `{"type":"app_uninstalled_team","app_id":"A09OTHER","team_id":"T1"}`, true, true},
		{"of another shape", `{"type":"tokens_revoked","tokens":["UBOT1"]}`, true, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newInAll(t, newManySlack(t), nil)
			m.install(consent{team: "T1", user: "UBOT1"})
			m.install(consent{team: "T2", user: "UBOT2"})
			ctx := t.Context()
			place := bot.Place{Platform: Name, Team: "T1", Channel: "C1"}
			if _, err := m.bot.ChangeSettings(ctx, place, bot.Settings{Lang: "fr"}); err != nil {
				t.Fatal(err)
			}
			if _, err := m.bot.ChangeSettings(ctx, bot.Place{Platform: Name, Team: "T2", Channel: "C2"}, bot.Settings{Lang: "fr"}); err != nil {
				t.Fatal(err)
			}
			m.paste("T1", "C1", "1700000001.000100")
			if tt.revoked {
				m.slack.revoke("T1")
			}
			m.event(told("T1", tt.event))
			m.settle()
			if _, ok := m.grantFor("T1", ""); ok != tt.kept {
				t.Errorf("the token is kept: %t", ok)
			}
			if s, err := m.bot.SettingsFor(ctx, place); err != nil || (s.Lang == "fr") != tt.kept {
				t.Errorf("settings %v, %v", s, err)
			}
			if _, ok, err := m.bot.Remembered(ctx, Name, "C1", "1700000001.000100"); err != nil || ok != tt.kept {
				t.Errorf("the row is kept: %t, %v", ok, err)
			}
			if s, err := m.bot.SettingsFor(ctx, bot.Place{Platform: Name, Team: "T2", Channel: "C2"}); err != nil || s.Lang != "fr" {
				t.Errorf("the other workspace's settings %v, %v", s, err)
			}
			if _, ok := m.grantFor("T2", ""); !ok {
				t.Error("the other workspace's token is gone")
			}
			before := len(m.slack.posted())
			m.paste("T1", "C9", "1700000002.000100")
			m.paste("T2", "C8", "1700000002.000100")
			want := before + 1
			if tt.kept && !tt.revoked {
				want++
			}
			if n := len(m.slack.posted()); n != want {
				t.Errorf("%d posts, want %d", n, want)
			}
		})
	}
}

// A token that ran out while nobody wrote says nothing about the app: the
// refresh token does.
func TestRevokedAfterTheTokenRanOut(t *testing.T) {
	for _, kept := range []bool{true, false} {
		m := newInAll(t, newManySlack(t), nil)
		m.install(consent{team: "T1", user: "UBOT1", rotates: true})
		m.pass(13 * time.Hour)
		m.slack.revoke("T1")
		if !kept {
			m.slack.change(func() { clear(m.slack.refresh) })
		}
		m.event(told("T1", tokensRevoked))
		if _, ok := m.grantFor("T1", ""); ok != kept {
			t.Errorf("kept %t, want %t", ok, kept)
		}
	}
}

// Slack being away must neither lose the news nor delete what is in use.
func TestRevokedWhileSlackIsAway(t *testing.T) {
	m := newInAll(t, newManySlack(t), nil)
	m.install(consent{team: "T1", user: "UBOT1"})
	m.slack.Close()
	if w := m.post("/slack/events", "application/json", told("T1", tokensRevoked)); w.Code != http.StatusServiceUnavailable {
		t.Errorf("tokens_revoked: status %d, and slack would not tell again", w.Code)
	}
	if _, ok := m.grantFor("T1", ""); !ok {
		t.Error("deleted without being sure")
	}
	m.event(told("T1", appUninstalled))
	if _, ok := m.grantFor("T1", ""); ok {
		t.Error("kept after app_uninstalled")
	}
}

func TestOneWorkspaceUninstalls(t *testing.T) {
	r := newRig(t, options{})
	place := bot.Place{Platform: Name, Team: "T1", Channel: "C1"}
	if _, err := r.bot.ChangeSettings(t.Context(), place, bot.Settings{Lang: "fr"}); err != nil {
		t.Fatal(err)
	}
	r.event(told("T1", appUninstalled)) // the token works: the news is old
	if s, _ := r.bot.SettingsFor(t.Context(), place); s.Lang != "fr" {
		t.Error("deleted while the token works")
	}
	r.api.failing(func(method string, _ int, w http.ResponseWriter) bool {
		fmt.Fprint(w, `{"ok":false,"error":"account_inactive"}`)
		return true
	})
	r.event(told("T1", appUninstalled))
	if s, _ := r.bot.SettingsFor(t.Context(), place); s.Lang == "fr" {
		t.Error("kept")
	}
}

func TestEnterprise(t *testing.T) {
	m := newInAll(t, newManySlack(t), nil)
	m.slack.change(func() { m.slack.teams["E1"] = []string{"T1", "T2"} })
	m.install(consent{enterprise: "E1", user: "UBOTE", whole: true})
	m.install(consent{team: "T5", enterprise: "E1", user: "UBOT5"}) // by itself, in the same enterprise
	for i, team := range []string{"T1", "T2", "T5", "T9"} {
		m.paste(team, fmt.Sprint("C", i), "1700000001.000100")
	}
	var tokens []string
	for _, p := range m.slack.posted() {
		tokens = append(tokens, p.channel+" "+p.token)
	}
	slices.Sort(tokens)
	if diff := cmp.Diff([]string{"C0 xoxb-given-1-E1", "C1 xoxb-given-1-E1", "C2 xoxb-given-2-T5E1"}, tokens); diff != "" {
		t.Errorf("(-want +got)\n%s\n%s", diff, m.logs)
	}

	set := func(team string) bot.Place {
		t.Helper()
		p := bot.Place{Platform: Name, Team: team, Channel: "C" + team}
		if _, err := m.bot.ChangeSettings(t.Context(), p, bot.Settings{Lang: "fr"}); err != nil {
			t.Fatal(err)
		}
		return p
	}
	one, two, five := set("T1"), set("T2"), set("T5")
	kept := func(p bot.Place) bool {
		s, err := m.bot.SettingsFor(t.Context(), p)
		return err == nil && s.Lang == "fr"
	}
	m.event(told("T1", `{"type":"team_access_revoked","team_ids":["T1"]}`))
	if kept(one) || !kept(two) || !kept(five) {
		t.Errorf("one workspace left: kept %t %t %t", kept(one), kept(two), kept(five))
	}
	m.slack.change(func() {
		for token, c := range m.slack.tokens {
			if c.whole {
				delete(m.slack.tokens, token)
			}
		}
	})
	m.event(fmt.Sprintf(`{"team_id":null,"enterprise_id":"E1","api_app_id":%q,"event":%s,"type":"event_callback","event_id":"EvAPP",`+
		`"authorizations":[{"enterprise_id":"E1","team_id":null,"user_id":"UBOTE","is_bot":true,"is_enterprise_install":true}]}`, appID, appUninstalled))
	if kept(two) || !kept(five) {
		t.Errorf("the enterprise left: kept %t %t", kept(two), kept(five))
	}
	if _, ok := m.grantFor("", "E1"); ok {
		t.Error("the enterprise's token is kept")
	}
	if _, ok := m.grantFor("T5", "E1"); !ok {
		t.Error("the token of a workspace that installed the app by itself is gone")
	}
}

func TestChannelGetsANewID(t *testing.T) {
	m := newInAll(t, newManySlack(t), nil)
	m.install(consent{team: "T1", user: "UBOT1"})
	if _, err := m.bot.ChangeSettings(t.Context(), bot.Place{Platform: Name, Team: "T1", Channel: "G1"}, bot.Settings{Level: bot.LevelQuiet}); err != nil {
		t.Fatal(err)
	}
	m.event(wrap("T1", "Ev1", `{"type":"channel_id_changed","old_channel_id":"G1","new_channel_id":"C1","event_ts":"1612206778.000000"}`))
	if s, err := m.bot.SettingsFor(t.Context(), bot.Place{Platform: Name, Team: "T1", Channel: "C1"}); err != nil || s.Level != bot.LevelQuiet {
		t.Errorf("settings %v, %v", s, err)
	}
	m.event(wrap("T1", "Ev2", `{"type":"channel_shared","connected_team_id":"E163Q94DX","channel":"C1","event_ts":"1561064063.001100"}`))
}
