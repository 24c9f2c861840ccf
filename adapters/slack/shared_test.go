package slack

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wrapShared is the frame of an event in a channel that companies share: the
// frame's own team may be the author's, the authorization names the receiver.
// https://docs.slack.dev/apis/slack-connect
func wrapShared(outer, receiver, inner string) string {
	return fmt.Sprintf(`{"token":"XXYYZZ","team_id":%q,"context_team_id":%q,"context_enterprise_id":null,"api_app_id":%q,"event":%s,"type":"event_callback",`+
		`"event_id":"Ev%s","event_time":1700000000,"authorizations":[{"enterprise_id":null,"team_id":%q,"user_id":"UBOT%s","is_bot":true,"is_enterprise_install":false}],`+
		`"is_ext_shared_channel":true,"event_context":"4-ctx"}`, outer, outer, appID, inner, receiver, receiver, receiver)
}

func TestSharedChannelIsAnsweredOnce(t *testing.T) {
	paste := said("1700000001.000100", unknownUser, "team", "T1", "user_team", "T1", "source_team", "T1")
	for _, tt := range []struct {
		name    string
		events  []string
		refuse  map[string]string
		visible []string
		want    []string
	}{
		{"both get it", []string{wrapShared("T1", "T1", paste), wrapShared("T1", "T2", paste)}, nil, nil, []string{"T1"}},
		{"the receiver's token is used, not the author's", []string{wrapShared("T1", "T2", paste)}, nil, nil, []string{"T2"}},
		{"the author's company has not installed it", []string{wrapShared("T9", "T2", said("1700000001.000100", unknownUser, "team", "T9", "user_team", "T9", "source_team", "T9"))}, nil, nil, []string{"T2"}},
		{"the first may not write there", []string{wrapShared("T1", "T2", said("1700000000.000100", "hello")), wrapShared("T1", "T1", paste)}, map[string]string{"T1": "not_in_channel"}, nil, []string{"T2"}},
		{"slack tells who else may", []string{wrapShared("T1", "T1", paste)}, map[string]string{"T1": "channel_not_found"}, []string{"T1", "T2"}, []string{"T2"}},
		{"nobody may", []string{wrapShared("T1", "T2", paste), wrapShared("T1", "T1", paste)}, map[string]string{"T1": "not_in_channel", "T2": "not_in_channel"}, nil, nil},
		{"the other company left", []string{wrapShared("T1", "T2", said("1700000000.000100", "hello")),
			wrapShared("T1", "T1", `{"type":"channel_unshared","previously_connected_team_id":"T2","channel":"C1","is_ext_shared":false,"event_ts":"1561064063.001100"}`),
			wrapShared("T1", "T1", paste)}, map[string]string{"T1": "not_in_channel"}, nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newInAll(t, newManySlack(t), nil, func(c *Config) { c.AppToken = "xapp-test-token" })
			m.install(consent{team: "T1", user: "UBOTT1"})
			m.install(consent{team: "T2", user: "UBOTT2"})
			m.slack.change(func() { m.slack.visible = tt.visible; m.slack.refuse = tt.refuse })
			for _, e := range tt.events {
				m.event(e)
				m.settle()
			}
			var got []string
			for _, p := range m.slack.posted() {
				got = append(got, p.team)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s\n%s", diff, m.logs)
			}
		})
	}
}

// What the bot says or clicks as one company's app is its own in the other, too.
func TestSharedChannelKnowsItself(t *testing.T) {
	s := newManySlack(t)
	one := newInAll(t, s, nil)
	one.install(consent{team: "T1", user: "UBOTT1"})
	one.install(consent{team: "T2", user: "UBOTT2"})
	two := newInAll(t, s, one.store) // another process, which has seen neither
	outer := outerEvent{TeamID: "T1", IsExtShared: true}
	outer.Authorizations = append(outer.Authorizations, struct {
		TeamID              string `json:"team_id"`
		EnterpriseID        string `json:"enterprise_id"`
		UserID              string `json:"user_id"`
		IsBot               bool   `json:"is_bot"`
		IsEnterpriseInstall bool   `json:"is_enterprise_install"`
	}{TeamID: "T1", UserID: "UBOTT1", IsBot: true})
	for user, want := range map[string]bool{"UBOTT1": true, "UBOTT2": true, "U1": false, "": false} {
		if got := two.ours(t.Context(), outer, user); got != want {
			t.Errorf("%q is the bot: %t", user, got)
		}
	}
	outer.IsExtShared = false
	if two.ours(t.Context(), outer, "UBOTT2") {
		t.Error("another workspace's bot is known in a channel that is not shared")
	}
}

func TestSharedForgets(t *testing.T) {
	s := newShared()
	for i := range maxShared + 10 {
		s.saw(outerEvent{TeamID: "T1", IsExtShared: true, Event: []byte(fmt.Sprintf(`{"channel":"C%d"}`, i))})
	}
	if len(s.channels) > maxShared {
		t.Errorf("%d channels", len(s.channels))
	}
	for i := range 3 * maxSharedTeams {
		s.saw(outerEvent{TeamID: fmt.Sprint("T", i), IsExtShared: true, EventContext: "4-x", Event: []byte(`{"channel":"CX"}`)})
	}
	s.saw(outerEvent{TeamID: "T1", IsExtShared: true, Event: []byte(`{"channel":{"id":"CX"}}`)}) // of another shape
	teams, context := s.in("CX")
	if len(teams) != maxSharedTeams || context != "4-x" || strings.Join(teams[:2], " ") != "T0 T1" {
		t.Errorf("%q in context %q", teams, context)
	}
	s.gone("T0")
	if teams, _ := s.in("CX"); teams[0] != "T1" {
		t.Errorf("%q", teams)
	}
}
