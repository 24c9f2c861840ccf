package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"smtpbot/catalog"
)

// bob is an admin where a test says so.
const bob = "U02BOB"

// ui does things in local Slack's page: what /_control has no name for.
func (s *localSlack) ui(frame map[string]any) {
	s.t.Helper()
	page, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(s.url, "http")+"/ui", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { page.Close() })
	if err := page.WriteJSON(frame); err != nil {
		s.t.Fatal(err)
	}
}

// pressAtHome uses something in somebody's Home. picked is what stands in its
// inputs.
func (s *localSlack) pressAtHome(user, action, value string, picked map[string]string) {
	s.t.Helper()
	values := map[string]any{}
	for block, option := range picked {
		values[block] = map[string]any{block: map[string]any{"type": "static_select", "selected_option": map[string]string{"value": option}}}
	}
	s.proxy.mu.Lock()
	s.proxy.picked = values
	s.proxy.mu.Unlock()
	s.ui(map[string]any{"t": "block_action", "channel": "", "messageTs": "", "user": user, "appId": "A01APP",
		"action": map[string]string{"type": "button", "action_id": action, "block_id": action, "value": value}})
}

// submit sends the modal that stands, with what was typed into one of its fields
// or picked there.
func (s *localSlack) submit(user, block string, element map[string]any) {
	s.t.Helper()
	s.ui(map[string]any{"t": "view_submit", "user": user, "values": map[string]any{block: map[string]any{block: element}}})
}

func typed(text string) map[string]any {
	return map[string]any{"type": "plain_text_input", "value": text}
}

func picked(value string) map[string]any {
	return map[string]any{"type": "static_select", "selected_option": map[string]any{"value": value, "text": map[string]string{"type": "plain_text", "text": value}}}
}

// press uses a button of an answer, or an option of its menu, by what it does.
func (s *localSlack) press(m slackMessage, user, does string) {
	s.t.Helper()
	for _, raw := range m.Blocks {
		var block struct {
			Elements []struct {
				Type    string
				ID      string `json:"action_id"`
				Value   string
				Options []struct {
					Text  any    `json:"text"`
					Value string `json:"value"`
				}
			}
		}
		_ = json.Unmarshal(raw, &block) // others have texts there
		for _, e := range block.Elements {
			action := map[string]any{"type": e.Type, "action_id": e.ID, "value": e.Value}
			found := e.ID == does
			for _, o := range e.Options {
				if strings.HasPrefix(o.Value, does+" ") {
					action["selected_option"], found = o, true
				}
			}
			if found {
				s.control("interact", map[string]any{"channel": general, "messageTs": m.TS, "user": user, "action": action})
				return
			}
		}
	}
	s.t.Fatalf("nothing in the answer does %q: %s", does, m.Blocks)
}

// words are those of a language.
func words(t *testing.T, lang string) *catalog.Edition {
	t.Helper()
	c, err := catalog.Load(catalog.Files())
	if err != nil {
		t.Fatal(err)
	}
	return c.Edition(lang)
}

// The forms that an answer leads to, and the one for a long bounce.
func TestSlackForms(t *testing.T) {
	e := words(t, "en")
	for name, start := range slackTransports(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, p := start(t)
			x := s.proxy
			p.ready()
			paste := s.say(pastedUnknown)
			s.answered(paste, "550 5.1.1")
			answer := s.answers(paste)[0]

			from := x.count()
			s.press(answer, bob, "compare")
			x.says(from, "views.open", `"callback_id":"compare"`)
			from = x.count()
			s.submit(bob, "other", typed("no such thing"))
			x.says(from, "acknowledgement", `"response_action":"errors"`, e.Label("beside.none"))
			s.submit(bob, "other", typed("450"))
			x.says(from, "acknowledgement", `"response_action":"update"`, "450", "5.1.1")
			s.ui(map[string]any{"t": "view_close", "user": bob})

			from = x.count()
			s.press(answer, bob, "wrong")
			x.says(from, "views.open", `"callback_id":"wrong"`)
			from = x.count()
			s.submit(bob, "cause", picked("mailbox-full"))
			x.says(from, "acknowledgement", `"response_action":"update"`, e.Label("cause.mailbox-full"))
			s.ui(map[string]any{"t": "view_close", "user": bob})

			from = x.count()
			s.control("command", map[string]any{"channel": general, "user": alice, "command": "/smtp", "text": "explain"})
			x.says(from, "views.open", `"callback_id":"paste"`)
			from = x.count()
			s.submit(alice, "text", typed("it says 452 4.2.2 The recipient's inbox is out of storage space"))
			x.says(from, "acknowledgement", `"response_action":"update"`, "452 4.2.2")
			p.stop()
		})
	}
}

// People who read French: an admin, a member, and a guest.
func TestSlackForAnAdminAndForOthers(t *testing.T) {
	e := words(t, "fr")
	for name, start := range slackTransports(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, p := start(t)
			x := s.proxy
			x.person(alice, map[string]any{"locale": "fr-FR"})
			x.person(bob, map[string]any{"locale": "fr-FR", "is_admin": true})
			p.ready()

			guest := person(0)
			x.person(guest, map[string]any{"locale": "fr-FR", "is_restricted": true})
			command := func(user, text, how string, words ...string) {
				t.Helper()
				from := x.count()
				s.control("command", map[string]any{"channel": general, "user": user, "command": "/smtp", "text": text})
				x.says(from, how, words...)
			}
			command(alice, "450 vs 550", "acknowledgement", "450", e.Label("heading.differences"))
			command(guest, "off", "response", e.Label("settings.denied"))
			before := s.say(pastedUnknown, "user", person(1))
			s.answered(before)
			command(bob, "off", "response", e.Label("settings.level.off"))
			after := s.say(pastedFull, "user", person(2))

			from := x.count()
			s.control("open-home", map[string]any{"user": alice})
			if home := x.says(from, "views.publish", alice, e.Label("home.title")); strings.Contains(home.words(), e.Label("home.settings")) {
				t.Error("who is no admin sees the settings")
			}
			s.control("open-home", map[string]any{"user": bob})
			x.says(from, "views.publish", bob, e.Label("home.settings"))

			from = x.count()
			s.pressAtHome(alice, "home_search", "552", nil)
			x.says(from, "views.publish", alice, "`552`")
			from = x.count()
			s.pressAtHome(alice, "home_save", "save", map[string]string{"home_level": "off"}) // a form that she does not have
			if home := x.says(from, "views.publish", alice); strings.Contains(home.words(), e.Label("home.saved")) {
				t.Error("who is no admin changes the settings")
			}
			s.pressAtHome(bob, "home_save", "save", map[string]string{"home_level": "react", "home_lang": "fr"})
			x.says(from, "views.publish", bob, e.Label("home.saved"))
			from = x.count()
			s.pressAtHome(alice, "home_optout", "out", nil)
			x.says(from, "views.publish", alice, e.Label("home.optedout"))
			from = x.count()
			s.pressAtHome(alice, "home_optin", "in", nil)
			x.says(from, "views.publish", alice, e.Label("home.optout"))

			// The channel is off; another one follows the workspace, which bob set.
			marked := s.say(pastedFull, "user", person(3), "channel", rooms[0])
			eventually(t, "a mark", func() bool { return x.called("reactions.add") == 1 })
			s.settled()
			p.stop()
			if n := len(s.answers(after)); n != 0 {
				t.Errorf("%d answers in a channel that is off", n)
			}
			if n := s.inThreads()[marked]; n != 0 {
				t.Errorf("%d answers where a mark is wanted", n)
			}
		})
	}
}
