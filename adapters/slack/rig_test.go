package slack

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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

	"smtpbot/bot"
	"smtpbot/bot/store/memory"
	"smtpbot/catalog"
)

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
