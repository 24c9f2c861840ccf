package slack

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"smtpbot/adapters/slack/blockkit"
)

var update = flag.Bool("update", false, "rewrite golden files")

const (
	testSecret = "8f742231b10e8888abcd99yyyzzz85a5"
	botUser    = "U0BOT"
	botID      = "B0BOT"
	appID      = "A01APP"
)

// deadline bounds every wait in these tests.
const deadline = 20 * time.Second

// api is a Slack whose Web API records every call, and fails the test where one
// breaks a limit or a rule.
type api struct {
	t *testing.T
	*httptest.Server

	mu    sync.Mutex
	posts []url.Values
	said  []apiCall // all that changes what people see, in order
	calls map[string]int
	fail  func(method string, n int, w http.ResponseWriter) bool // answers in its own way
	lose  func(method string, n int) bool                        // does what it was called for, and the answer gets lost
	stand []*threaded                                            // what stands in threads
	open  func() string                                          // address for Socket Mode
	files map[string]http.HandlerFunc                            // by path
	posed chan struct{}
}

func newAPI(t *testing.T) *api {
	f := &api{t: t, calls: map[string]int{}, posed: make(chan struct{}, 1000)}
	f.Server = httptest.NewUnstartedServer(http.HandlerFunc(f.serve)) // requests read the field: it is set before any can come
	f.Start()
	t.Cleanup(f.Close)
	return f
}

func (f *api) serve(w http.ResponseWriter, r *http.Request) {
	method := strings.TrimPrefix(r.URL.Path, "/api/")
	_ = r.ParseForm()
	f.mu.Lock()
	f.calls[method]++
	n, fail, lose := f.calls[method], f.fail, f.lose
	f.mu.Unlock()
	if fail != nil && fail(method, n, w) {
		return
	}
	if lose != nil && lose(method, n) {
		w = httptest.NewRecorder()
		defer panic(http.ErrAbortHandler)
	}
	if file, ok := f.files[r.URL.Path]; ok {
		file(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	switch {
	case method == "auth.test":
		fmt.Fprintf(w, `{"ok":true,"team_id":"T1","user_id":%q,"bot_id":%q}`, botUser, botID)
	case method == "users.info":
		user := r.PostForm.Get("user")
		fmt.Fprintf(w, `{"ok":true,"user":{"id":%q,"team_id":"T1","locale":"fr-FR","is_admin":%t,"is_restricted":%t}}`, user, user == "U0ADMIN", user == "U0GUEST")
	case method == "apps.connections.open" && f.open != nil:
		fmt.Fprintf(w, `{"ok":true,"url":%q}`, f.open())
	case method == "chat.postMessage":
		checkPost(f.t, r.PostForm)
		f.mu.Lock()
		f.posts = append(f.posts, r.PostForm)
		ts := fmt.Sprintf("1700009999.%06d", len(f.posts))
		f.stand = append(f.stand, &threaded{ts, r.PostForm.Get("channel"), r.PostForm.Get("thread_ts"), r.PostForm.Get("blocks")})
		f.mu.Unlock()
		fmt.Fprintf(w, `{"ok":true,"channel":%q,"ts":%q}`, r.PostForm.Get("channel"), ts)
		f.record(method, r)
	case method == "chat.postEphemeral":
		checkSaid(f.t, r.PostForm)
		if r.PostForm.Get("user") == "" {
			f.t.Error("an ephemeral message to nobody")
		}
		fmt.Fprint(w, `{"ok":true,"message_ts":"1700009998.000001"}`)
		f.record(method, r)
	case method == "chat.update":
		checkSaid(f.t, r.PostForm)
		fmt.Fprintf(w, `{"ok":true,"channel":%q,"ts":%q}`, r.PostForm.Get("channel"), r.PostForm.Get("ts"))
		f.updated(r.PostForm)
		f.record(method, r)
	case method == "conversations.replies":
		fmt.Fprint(w, f.replies(r.PostForm))
	case method == "chat.delete":
		fmt.Fprintf(w, `{"ok":true,"channel":%q,"ts":%q}`, r.PostForm.Get("channel"), r.PostForm.Get("ts"))
		f.record(method, r)
	case strings.HasPrefix(method, "views."):
		var call struct {
			View json.RawMessage `json:"view"`
		}
		if err := json.NewDecoder(r.Body).Decode(&call); err != nil {
			f.t.Errorf("%s: %v", method, err)
		}
		if err := blockkit.CheckView(call.View); err != nil {
			f.t.Errorf("%s: %v", method, err)
		}
		r.PostForm = url.Values{"view": {string(call.View)}}
		fmt.Fprint(w, `{"ok":true,"view":{"id":"V1","hash":"1"}}`)
		f.record(method, r)
	case method == "conversations.info":
		fmt.Fprintf(w, `{"ok":true,"channel":{"id":%q,"creator":"U0MAKER"}}`, r.PostForm.Get("channel"))
	case method == "reactions.add", method == "reactions.remove":
		fmt.Fprint(w, `{"ok":true}`)
		f.record(method, r)
	default:
		fmt.Fprint(w, `{"ok":false,"error":"unknown_method"}`)
	}
}

// threaded is a message of the bot in a thread.
type threaded struct{ ts, channel, thread, blocks string }

func (f *api) updated(form url.Values) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range f.stand {
		if m.ts == form.Get("ts") {
			m.blocks = form.Get("blocks")
		}
	}
}

// replies shows a thread, one page at a time: what the person wrote who began
// it, and what the bot said.
func (f *api) replies(form url.Values) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	messages := []string{fmt.Sprintf(`{"type":"message","user":"U1","ts":%q,"text":"x"}`, form.Get("ts"))}
	for _, m := range f.stand {
		if m.channel == form.Get("channel") && m.thread == form.Get("ts") && seconds(m.ts) > seconds(form.Get("oldest")) {
			messages = append(messages, fmt.Sprintf(`{"type":"message","user":%q,"bot_id":%q,"ts":%q,"text":"x","blocks":%s}`, botUser, botID, m.ts, cmp.Or(m.blocks, "[]")))
		}
	}
	limit, _ := strconv.Atoi(form.Get("limit"))
	from, _ := strconv.Atoi(form.Get("cursor"))
	to, next := min(from+limit, len(messages)), ""
	if to < len(messages) {
		next = strconv.Itoa(to)
	}
	return fmt.Sprintf(`{"ok":true,"messages":[%s],"response_metadata":{"next_cursor":%q}}`, strings.Join(messages[from:to], ","), next)
}

// An apiCall is a call of the Web API.
type apiCall struct {
	method string
	form   url.Values
	token  string
}

// record notes a call, and lets one that waits for it go on.
func (f *api) record(method string, r *http.Request) {
	f.mu.Lock()
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if token == "" {
		token = r.PostForm.Get("token")
	}
	f.said = append(f.said, apiCall{method, r.PostForm, token})
	f.mu.Unlock()
	f.posed <- struct{}{}
}

// saying gives the methods that were called, with the message that each is
// about.
func (f *api) saying() (list []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.said {
		about := c.form.Get("thread_ts")
		for _, name := range []string{"ts", "timestamp", "user"} {
			if v := c.form.Get(name); v != "" {
				about = v
			}
		}
		list = append(list, c.method+" "+about)
	}
	return list
}

func (f *api) posted() []url.Values {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]url.Values(nil), f.posts...)
}

func (f *api) called(method string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[method]
}

func (f *api) failing(fail func(method string, n int, w http.ResponseWriter) bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fail = fail
}

// waitPost waits for the next post.
func (f *api) waitPost() {
	f.t.Helper()
	select {
	case <-f.posed:
	case <-time.After(deadline):
		f.t.Fatal("nothing was posted")
	}
}
