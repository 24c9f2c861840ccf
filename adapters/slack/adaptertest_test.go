package slack

import (
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"smtpbot/adapters/adaptertest"
	"smtpbot/bot"
)

// TestAsOnEveryPlatform holds Slack to what all platforms have in common.
func TestAsOnEveryPlatform(t *testing.T) {
	adaptertest.Run(t, func(t *testing.T) adaptertest.Platform { return &stage{t: t, plaza: newPlaza(t), logs: &logs{}} })
}

// stage drives an adapter by signed requests, on a Slack that keeps what is said.
type stage struct {
	*plaza
	t    *testing.T
	a    *Adapter
	mux  *http.ServeMux
	stop func()
	logs *logs
}

func (s *stage) Start(b *bot.Bot) {
	s.t.Helper()
	cfg := Config{BotToken: "xoxb-test-token", SigningSecret: testSecret, APIURL: s.URL + "/api/"}
	s.a, s.mux = New(cfg, b, slog.New(slog.NewJSONHandler(s.logs, nil))), http.NewServeMux()
	s.a.takeOver = 5 * time.Millisecond
	s.a.pause = func(ctx context.Context, d time.Duration) error {
		switch {
		case d >= time.Minute: // between two looks whether the token is good
			return pause(ctx, d)
		case s.refuses():
			return context.DeadlineExceeded
		}
		return pause(ctx, time.Millisecond)
	}
	s.a.Routes(s.mux)
	r := &rig{Adapter: s.a, t: s.t}
	s.stop = r.run()
	r.ready()
}

func (s *stage) Stop() { s.stop() }

// Settle waits until nothing waits to be said: an event is judged before it is
// acknowledged.
func (s *stage) Settle() {
	s.t.Helper()
	s.await("rest", s.a.tasks.Idle)
}

func (s *stage) await(what string, holds func() bool) {
	s.t.Helper()
	adaptertest.Await(s.t, what, holds, s.logs.String)
}

func (s *stage) request(path, kind, body string) []byte {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header = sign(body, time.Now())
	r.Header.Set("Content-Type", kind)
	w := httptest.NewRecorder()
	s.mux.ServeHTTP(w, r)
	return w.Body.Bytes()
}

// tell sends an event; what is not acknowledged, Slack would send again.
func (s *stage) tell(inner map[string]any) {
	s.t.Helper()
	raw, _ := json.Marshal(inner)
	s.request("/slack/events", "application/json", wrap("T1", "Ev"+s.ts(), string(raw)))
}

func (s *stage) Post(m adaptertest.Message) string {
	s.t.Helper()
	p := s.write(m)
	s.tellOf(p)
	return p.id()
}

func (s *stage) Repeat(id string) { s.tellOf(s.written(id)) }

func (s *stage) tellOf(p *spoken) {
	s.t.Helper()
	s.tell(p.event())
	if strings.HasPrefix(p.text, "<@"+botUser+">") { // a mention is told of twice
		mention := p.event()
		mention["type"] = "app_mention"
		delete(mention, "channel_type")
		s.tell(mention)
	}
}

func (s *stage) Edit(id, text string) {
	s.t.Helper()
	p := s.written(id)
	before := p.event()
	s.change(p, text)
	after := p.event()
	after["edited"] = map[string]any{"user": p.user, "ts": s.ts()}
	s.tell(map[string]any{"type": "message", "subtype": "message_changed", "hidden": true, "channel": p.channel, "ts": s.ts(), "message": after, "previous_message": before})
}

func (s *stage) Delete(id string) {
	s.t.Helper()
	p := s.written(id)
	s.tell(map[string]any{"type": "message", "subtype": "message_deleted", "hidden": true, "channel": p.channel, "ts": s.ts(), "deleted_ts": p.ts, "previous_message": p.event()})
}

func (s *stage) Mark(id, user string) {
	s.t.Helper()
	p := s.written(id)
	s.tell(map[string]any{"type": "reaction_added", "user": s.User(user), "reaction": emoji, "item_user": p.user, "event_ts": s.ts(),
		"item": map[string]any{"type": "message", "channel": p.channel, "ts": p.ts}})
}

func (s *stage) Command(text string) string {
	s.t.Helper()
	form := url.Values{"team_id": {"T1"}, "channel_id": {"C0GENERAL"}, "user_id": {s.User("alice")}, "command": {"/smtp"}, "text": {encoded(text)},
		"api_app_id": {appID}, "response_url": {s.URL + "/hook"}, "trigger_id": {"1.2.3"}}
	body := s.request("/slack/commands", "application/x-www-form-urlencoded", form.Encode())
	if len(body) > 0 {
		checkWebhook(s.t, body)
	}
	return words(body)
}

func (s *stage) Press(a adaptertest.Answer, label string) string {
	s.t.Helper()
	p := s.answer(a.ID)
	button := p.button(label)
	if button == nil {
		s.t.Fatalf("there is no button %q", label)
	}
	payload, _ := json.Marshal(map[string]any{
		"type": "block_actions", "team": map[string]any{"id": "T1"}, "user": map[string]any{"id": s.User("bob")}, "api_app_id": appID,
		"channel": map[string]any{"id": p.channel}, "trigger_id": "1.2.3", "response_url": s.URL + "/hook",
		"container": map[string]any{"type": "message", "message_ts": p.ts, "thread_ts": p.thread, "channel_id": p.channel},
		"message":   map[string]any{"ts": p.ts, "thread_ts": p.thread, "text": p.text},
		"actions":   []any{map[string]any{"type": "button", "action_id": button["action_id"], "value": button["value"]}},
	})
	s.request("/slack/interactions", "application/x-www-form-urlencoded", url.Values{"payload": {string(payload)}}.Encode())
	s.await("a form", func() bool { return s.shown() != "" })
	return s.shown()
}

func (s *stage) Place(id string) bot.Place {
	p := s.written(id)
	return bot.Place{Platform: Name, Team: "T1", Channel: p.channel, Thread: p.thread}
}

func (s *stage) User(name string) string { return "U0" + strings.ToUpper(name) }
func (s *stage) Log() string             { return s.logs.String() }

// encoded is a text as Slack sends it.
// https://docs.slack.dev/messaging/formatting-message-text#escaping
func encoded(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

// words are all that can be read in what was sent to Slack.
func words(raw []byte) string {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return ""
	}
	var list []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				walk(one)
			}
		case map[string]any:
			if text, ok := v["text"].(string); ok {
				list = append(list, text)
			}
			for _, key := range slices.Sorted(maps.Keys(v)) {
				walk(v[key])
			}
		}
	}
	walk(v)
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(strings.Join(list, "\n"))
}
