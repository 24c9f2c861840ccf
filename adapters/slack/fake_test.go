package slack

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"smtpbot/adapters/slack/blockkit"
	"smtpbot/bot"
	"smtpbot/bot/store/memory"
	"smtpbot/catalog"
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

// checkPost holds a call of chat.postMessage against what Slack allows and what
// the bot promises.
func checkPost(t *testing.T, form url.Values) {
	t.Helper()
	if form.Get("thread_ts") == "" && !strings.Contains(strings.Join(strings.Fields(form.Get("text")), " "), "`/smtp off`") { // the welcome stands at the top
		t.Errorf("channel %q, thread_ts %q", form.Get("channel"), form.Get("thread_ts"))
	}
	checkSaid(t, form)
}

// checkSaid does so for all methods that say something.
func checkSaid(t *testing.T, form url.Values) {
	t.Helper()
	if form.Get("channel") == "" {
		t.Error("no channel")
	}
	if form.Get("unfurl_links") != "false" || form.Get("unfurl_media") != "false" {
		t.Error("links are unfurled")
	}
	if form.Get("reply_broadcast") != "" || form.Has("link_names") || form.Get("parse") == "full" {
		t.Error("the post is loud")
	}
	var blocks []any
	if raw := form.Get("blocks"); raw != "" {
		if err := json.Unmarshal([]byte(raw), &blocks); err != nil {
			t.Errorf("blocks: %v", err)
		}
	}
	checkMessage(t, form.Get("text"), blocks)
}

// checkWebhook holds an answer to a command or a button against the same.
func checkWebhook(t *testing.T, body []byte) (text string) {
	t.Helper()
	var m struct {
		ResponseType    string `json:"response_type"`
		ReplaceOriginal bool   `json:"replace_original"`
		Text            string `json:"text"`
		Blocks          []any  `json:"blocks"`
		UnfurlLinks     *bool  `json:"unfurl_links"`
	}
	if err := json.Unmarshal(body, &m); err != nil {
		t.Fatalf("%v in %.200s", err, body)
	}
	if m.ResponseType != "ephemeral" || m.ReplaceOriginal || m.UnfurlLinks == nil || *m.UnfurlLinks {
		t.Errorf("response_type %q, replace_original %v", m.ResponseType, m.ReplaceOriginal)
	}
	checkMessage(t, m.Text, m.Blocks)
	return m.Text
}

func checkMessage(t *testing.T, text string, blocks []any) {
	t.Helper()
	raw, err := json.Marshal(blocks)
	if err != nil {
		t.Fatal(err)
	}
	if err := blockkit.CheckMessage(text, raw); err != nil {
		t.Error(err)
	}
}

// checkView holds a modal or Home that is about to be shown against the same.
func checkView(t *testing.T, view any) []byte {
	t.Helper()
	raw, err := json.Marshal(view)
	if err != nil {
		t.Fatal(err)
	}
	if err := blockkit.CheckView(raw); err != nil {
		t.Error(err)
	}
	return raw
}

// loadCatalog loads the real catalogue once.
var loadCatalog = sync.OnceValues(func() (*catalog.Catalog, error) { return catalog.Load(catalog.Files()) })

func testCatalog(t *testing.T) *catalog.Catalog {
	t.Helper()
	c, err := loadCatalog()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// rig is an adapter between a signed client and a recorded API.
type rig struct {
	*Adapter
	t     *testing.T
	api   *api
	mux   *http.ServeMux
	logs  *logs
	waits *waits
}

type options struct {
	store    bot.Store
	cooldown time.Duration
	config   func(*Config)
	unknown  bool // who we are is not known yet
}

func newRig(t *testing.T, o options) *rig {
	t.Helper()
	f := newAPI(t)
	if o.store == nil {
		o.store = memory.New()
	}
	cfg := Config{BotToken: "xoxb-test-token", SigningSecret: testSecret, APIURL: f.URL + "/api/"}
	if o.config != nil {
		o.config(&cfg)
	}
	r := &rig{t: t, api: f, mux: http.NewServeMux(), logs: &logs{}, waits: &waits{}}
	r.Adapter = New(cfg, bot.New(testCatalog(t), o.store, bot.Options{Cooldown: o.cooldown}), slog.New(slog.NewJSONHandler(r.logs, &slog.HandlerOptions{Level: slog.LevelDebug})))
	r.pause = r.waits.pause
	if !o.unknown {
		r.self.Store(&identity{user: botUser, bot: botID, team: "T1"})
	}
	r.Routes(r.mux)
	t.Cleanup(func() {
		r.tasks.Drain(deadline)
		for _, secret := range []string{"xoxb-test", "xapp-test", testSecret} {
			if strings.Contains(r.logs.String(), secret) {
				t.Errorf("the log holds %q", secret)
			}
		}
	})
	return r
}

// settle waits until everything that was taken is done.
func (r *rig) settle() { r.tasks.Wait() }

// sign signs a request as Slack does.
func sign(body string, at time.Time) http.Header {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(testSecret))
	io.WriteString(mac, "v0:"+stamp+":"+body)
	return http.Header{"X-Slack-Request-Timestamp": {stamp}, "X-Slack-Signature": {"v0=" + hex.EncodeToString(mac.Sum(nil))}}
}

// post sends a signed request.
func (r *rig) post(path, contentType, body string, extra ...string) *httptest.ResponseRecorder {
	r.t.Helper()
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	req.Header = sign(body, time.Now())
	req.Header.Set("Content-Type", contentType)
	for i := 0; i+1 < len(extra); i += 2 {
		req.Header.Set(extra[i], extra[i+1])
	}
	w := httptest.NewRecorder()
	r.mux.ServeHTTP(w, req)
	return w
}

// event sends an event and wants it acknowledged, with an empty body.
func (r *rig) event(body string, extra ...string) {
	r.t.Helper()
	w := r.post("/slack/events", "application/json", body, extra...)
	if w.Code != http.StatusOK || w.Body.Len() > 0 {
		r.t.Fatalf("status %d, body %q", w.Code, w.Body)
	}
}

// command sends a command and gives the text of the answer.
func (r *rig) command(text string) string {
	r.t.Helper()
	form := url.Values{
		"token": {"gIkuvaNzQIHg97ATvDxqgjtO"}, "team_id": {"T1"}, "team_domain": {"example"}, "channel_id": {"C1"}, "channel_name": {"general"},
		"user_id": {"U1"}, "user_name": {"alice"}, "command": {"/smtp"}, "text": {text}, "api_app_id": {appID}, "is_enterprise_install": {"false"},
		"response_url": {"https://hooks.slack.com/commands/1234/5678"}, "trigger_id": {"13345224609.738474920.8088930838d88f008e0"},
	}
	w := r.post("/slack/commands", "application/x-www-form-urlencoded", form.Encode())
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") {
		r.t.Fatalf("status %d, %s", w.Code, w.Header())
	}
	return checkWebhook(r.t, w.Body.Bytes())
}

// wrap puts an inner event into the frame that Slack sends it in.
func wrap(team, eventID, inner string) string {
	return fmt.Sprintf(`{"token":"XXYYZZ","team_id":%q,"context_team_id":%q,"context_enterprise_id":null,"api_app_id":%q,"event":%s,"type":"event_callback",`+
		`"event_id":%q,"event_time":1700000000,"authorizations":[{"enterprise_id":null,"team_id":%q,"user_id":%q,"is_bot":true,"is_enterprise_install":false}],`+
		`"is_ext_shared_channel":false,"event_context":"4-eyJldCI6Im1lc3NhZ2UifQ"}`, team, team, appID, inner, eventID, team, botUser)
}

// said is the event of a message that a person wrote.
func said(ts, text string, more ...string) string {
	fields := map[string]any{
		"client_msg_id": "477cc591-c473-414a-9db8-a0cd76321bec", "type": "message", "text": text, "user": "U1", "ts": ts, "team": "T1",
		"channel": "C1", "event_ts": ts, "channel_type": "channel",
		"blocks": []any{map[string]any{"type": "rich_text", "block_id": "x", "elements": []any{}}},
	}
	for i := 0; i+1 < len(more); i += 2 {
		var v any = more[i+1]
		if strings.HasPrefix(more[i+1], "{") || strings.HasPrefix(more[i+1], "[") || more[i+1] == "null" {
			_ = json.Unmarshal([]byte(more[i+1]), &v)
		}
		if v == nil {
			delete(fields, more[i])
		} else {
			fields[more[i]] = v
		}
	}
	b, _ := json.Marshal(fields)
	return string(b)
}

// logs collects what is logged.
type logs struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// waits stands in for the clock between attempts: it waits for nothing, and
// gives up after a while.
type waits struct {
	mu   sync.Mutex
	list []time.Duration
}

func (w *waits) pause(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.list = append(w.list, d)
	if len(w.list) > 6 {
		return context.DeadlineExceeded
	}
	return ctx.Err()
}

// golden compares with a file, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden.json")
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s differs; look at it with go test ./adapters/slack -update\n%s", file, got)
	}
}

// seconds is when a message was written.
func seconds(ts string) float64 {
	s, _ := strconv.ParseFloat(ts, 64)
	return s
}
