package slack

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// view is what was shown last in a modal or Home.
func (f *api) view() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := len(f.said) - 1; i >= 0; i-- {
		if strings.HasPrefix(f.said[i].method, "views.") {
			return f.said[i].form.Get("view")
		}
	}
	return ""
}

// methods are the calls that people see something of, in order.
func (f *api) methods() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []string
	for _, c := range f.said {
		list = append(list, c.method)
	}
	return strings.Join(list, " ")
}

// last gives the last call of a method.
func (f *api) last(method string) url.Values {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := len(f.said) - 1; i >= 0; i-- {
		if f.said[i].method == method {
			return f.said[i].form
		}
	}
	return nil
}

// failWith makes one method answer with an error.
func (f *api) failWith(method, code string) {
	f.failing(func(called string, _ int, w http.ResponseWriter) bool {
		if called == method {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprintf(w, `{"ok":false,"error":%q}`, code)
		}
		return called == method
	})
}

// hook is an address that comes with an interaction; it keeps what it is sent.
type hook struct {
	*httptest.Server
	mu  sync.Mutex
	got []string
}

func newHook(t *testing.T) *hook {
	h := &hook{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		h.mu.Lock()
		defer h.mu.Unlock()
		h.got = append(h.got, string(body))
	}))
	t.Cleanup(h.Close)
	return h
}

func (h *hook) all() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string(nil), h.got...)
}

// A gesture is what somebody does; what a test leaves out is made up.
type gesture struct {
	kind, user, action, value, option, metadata, callback, view, root, thread, text, files, url string
	inputs                                                                                      map[string]string
	ephemeral                                                                                   bool
}

// do sends it as Slack does, waits for what follows, and gives what was
// acknowledged.
func (r *rig) do(g gesture) string {
	r.t.Helper()
	if g.kind == "" {
		g.kind = "block_actions"
	}
	if g.user == "" {
		g.user = "U1"
	}
	p := map[string]any{"type": g.kind, "trigger_id": "12.34.ab", "team": map[string]any{"id": "T1", "domain": "example"}, "api_app_id": appID,
		"user": map[string]any{"id": g.user, "username": "somebody", "team_id": "T1"}, "enterprise": nil, "is_enterprise_install": false}
	if g.view != "" {
		values := map[string]any{}
		for block, v := range g.inputs {
			values[block] = map[string]any{block: map[string]any{"type": "plain_text_input", "value": v}}
			if option, ok := strings.CutPrefix(v, "option:"); ok {
				values[block] = map[string]any{block: map[string]any{"type": "static_select", "selected_option": map[string]any{"value": option}}}
			}
		}
		root := g.root
		if root == "" {
			root = "V1"
		}
		p["view"] = map[string]any{"id": "V1", "type": g.view, "root_view_id": root, "callback_id": g.callback, "private_metadata": g.metadata, "hash": "1.a",
			"app_installed_team_id": "T1", "state": map[string]any{"values": values}}
		p["container"] = map[string]any{"type": "view", "view_id": "V1"}
	} else {
		p["channel"], p["response_url"] = map[string]any{"id": "C1", "name": "general"}, g.url
		p["container"] = map[string]any{"type": "message", "message_ts": "1700009999.000001", "thread_ts": g.thread, "channel_id": "C1", "is_ephemeral": g.ephemeral}
		if !g.ephemeral {
			p["message"] = map[string]any{"type": "message", "ts": "1700009999.000001", "thread_ts": g.thread, "text": g.text, "files": json.RawMessage("[" + g.files + "]"), "blocks": []any{map[string]any{"type": "tomorrow"}}}
		}
	}
	if g.kind == "message_action" || g.kind == "shortcut" {
		p["callback_id"] = g.callback
	}
	if g.action != "" {
		action := map[string]any{"action_id": g.action, "block_id": "=Qi", "type": "button", "value": g.value, "action_ts": "1700010000.1"}
		if g.option != "" {
			action["type"], action["selected_option"] = "overflow", map[string]any{"value": g.option}
		}
		p["actions"] = []any{action}
	}
	raw, err := json.Marshal(p)
	if err != nil {
		r.t.Fatal(err)
	}
	w := r.post("/slack/interactions", "application/x-www-form-urlencoded", url.Values{"payload": {string(raw)}}.Encode())
	if w.Code != http.StatusOK {
		r.t.Fatalf("status %d", w.Code)
	}
	r.settle()
	return w.Body.String()
}

// english makes everybody's Slack English.
func english(r *rig) *rig {
	for _, user := range []string{"U1", "U2", "U0ADMIN", "U0GUEST", "U0MAKER"} {
		r.locales.known[user] = locale{name: "en-US", until: time.Now().Add(time.Hour)}
	}
	return r
}

const answered = "answer 550,5.1.1,google/no-such-user"

func metadataOf(t *testing.T, view string) string {
	t.Helper()
	var v struct {
		Metadata string `json:"private_metadata"`
	}
	if err := json.Unmarshal([]byte(view), &v); err != nil {
		t.Fatalf("%v in %.200s", err, view)
	}
	return v.Metadata
}

// updated is the view that an acknowledgement puts in the place of a form.
func updated(t *testing.T, body string) string {
	t.Helper()
	var ack struct {
		Action string          `json:"response_action"`
		View   json.RawMessage `json:"view"`
	}
	if err := json.Unmarshal([]byte(body), &ack); err != nil || ack.Action != "update" {
		t.Fatalf("acknowledged with %.300s", body)
	}
	checkView(t, ack.View)
	if len(body) > 20_000 {
		t.Errorf("%d bytes are too much for Socket Mode", len(body))
	}
	return string(ack.View)
}
