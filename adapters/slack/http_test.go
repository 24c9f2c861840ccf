package slack

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"smtpbot/bot"
	"smtpbot/bot/store/memory"
)

func TestURLVerification(t *testing.T) {
	r := newRig(t, options{})
	w := r.post("/slack/events", "application/json", `{"token":"Jhj5dZrVaK7ZwHHjRyZWjbDl","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}`)
	if w.Code != 200 || !strings.Contains(w.Body.String(), "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P") {
		t.Errorf("status %d, body %s", w.Code, w.Body)
	}
}

func TestSignature(t *testing.T) {
	event := wrap("T1", "Ev1", said("1.000100", unknownUser))
	good := func() http.Header { return sign(event, time.Now()) }
	with := func(key, value string) http.Header {
		h := good()
		h.Set(key, value)
		return h
	}
	without := func(key string) http.Header {
		h := good()
		h.Del(key)
		return h
	}
	for _, tt := range []struct {
		name   string
		header http.Header
		want   int
	}{
		{"good", good(), 200},
		{"of another body", sign("{}", time.Now()), 401},
		{"six minutes old", sign(event, time.Now().Add(-6*time.Minute)), 401},
		{"from the future", sign(event, time.Now().Add(6*time.Minute)), 401},
		{"none", without("X-Slack-Signature"), 401},
		{"no time", without("X-Slack-Request-Timestamp"), 401},
		{"another time", with("X-Slack-Request-Timestamp", "1700000000"), 401},
		{"no number", with("X-Slack-Request-Timestamp", "now"), 401},
		{"no hex", with("X-Slack-Signature", "v0=zz"), 401},
		{"short", with("X-Slack-Signature", "v0=00"), 401},
		{"other version", with("X-Slack-Signature", "v1="+strings.Repeat("0", 64)), 401},
		{"nothing at all", http.Header{}, 401},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, options{})
			for _, path := range []string{"/slack/events", "/slack/commands", "/slack/interactions"} {
				req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(event))
				req.Header = tt.header
				w := httptest.NewRecorder()
				r.mux.ServeHTTP(w, req)
				if w.Code != tt.want {
					t.Errorf("%s: status %d, want %d", path, w.Code, tt.want)
				}
			}
			r.settle()
			if n := len(r.api.posted()); n != 0 && tt.want != 200 {
				t.Errorf("%d posts", n)
			}
		})
	}
}

func TestLargeBodies(t *testing.T) {
	r := newRig(t, options{})
	if w := r.post("/slack/events", "application/json", wrap("T1", "Ev1", said("1.000100", strings.Repeat("550 5.1.1 User unknown\n", 100_000)))); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("2.3 MB: status %d", w.Code)
	}
	r.settle()
	if n := len(r.api.posted()); n != 0 {
		t.Errorf("%d posts", n)
	}
	started := time.Now()
	r.event(wrap("T1", "Ev1", said("1.000100", strings.Repeat("nothing to see here ", 50_000)+"\n550 5.1.1 User unknown")))
	r.command(strings.Repeat("550 5.1.1 <a@b> & ", 50_000))
	r.settle()
	if took := time.Since(started); took > 10*time.Second { // far less, were it not for the race detector
		t.Errorf("1 MB took %s", took)
	}
}

func TestOneURLTakesAll(t *testing.T) {
	for _, path := range []string{"/slack/events", "/slack/commands", "/slack/interactions"} {
		r := newRig(t, options{})
		if w := r.post(path, "application/json", wrap("T1", "Ev1", said("1.000100", unknownUser))); w.Code != 200 {
			t.Errorf("%s: event: status %d", path, w.Code)
		}
		if w := r.post(path, "application/x-www-form-urlencoded", "command=%2Fsmtp&text=503"); w.Code != 200 || checkWebhook(t, w.Body.Bytes()) == "" {
			t.Errorf("%s: command: status %d", path, w.Code)
		}
		if w := r.post(path, "application/x-www-form-urlencoded", url.Values{"payload": {`{"type":"shortcut"}`}}.Encode()); w.Code != 200 {
			t.Errorf("%s: interaction: status %d", path, w.Code)
		}
		r.settle()
		if n := len(r.api.posted()); n != 1 {
			t.Errorf("%s: %d posts", path, n)
		}
	}
	r := newRig(t, options{config: func(c *Config) { c.SigningSecret = "" }})
	if w := r.post("/slack/events", "application/json", "{}"); w.Code != http.StatusNotFound {
		t.Errorf("without a secret: status %d", w.Code)
	}
}

// What is none of the bot's is acknowledged and left alone.
func TestInteractionsOfOthers(t *testing.T) {
	got := make(chan []byte, 10)
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- body
	}))
	defer hook.Close()
	r := newRig(t, options{})
	for _, payload := range []string{
		`{"type":"block_actions","response_url":"` + hook.URL + `","actions":[{"type":"button","action_id":"source","url":"https://example.org"}]}`,
		`{"type":"block_actions","response_url":"` + hook.URL + `","actions":[{"type":"button","action_id":"details","value":"<!channel> no such thing"}]}`,
		`{"type":"block_actions","response_url":"` + hook.URL + `","actions":[]}`, `{"type":"block_actions"}`, `{"type":"view_submission","view":{}}`,
		`{"type":"message_action","callback_id":"x"}`, `{"type":"shortcut"}`, `{"type":"view_closed"}`, `{"type":7}`, `[]`, `null`, `{`, ``,
	} {
		if w := r.post("/slack/interactions", "application/x-www-form-urlencoded", url.Values{"payload": {payload}}.Encode()); w.Code != 200 || w.Body.Len() > 0 {
			t.Errorf("%s: status %d, %q", payload, w.Code, w.Body)
		}
	}
	r.settle()
	if len(got) != 0 || len(r.api.saying()) != 0 {
		t.Error("something was answered that was no question")
	}
}

// A store that can be broken.
type brokenStore struct {
	bot.Store
	claim func() error
}

func (s *brokenStore) Claim(ctx context.Context, row bot.Row, since time.Time, judge func([]bot.Row) []bot.Row) (bool, error) {
	if err := s.claim(); err != nil {
		return false, err
	}
	return s.Store.Claim(ctx, row, since, judge)
}

func TestStoreIsDown(t *testing.T) {
	down := true
	r := newRig(t, options{store: &brokenStore{memory.New(), func() error {
		if down {
			return errors.New("no connection")
		}
		return nil
	}}})
	for _, e := range []string{said("1.000100", unknownUser), said("2.000100", "<@U0BOT> 503")} {
		w := r.post("/slack/events", "application/json", wrap("T1", "Ev1", e))
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("X-Slack-No-Retry") != "" {
			t.Errorf("status %d, %v", w.Code, w.Header())
		}
	}
	if got := r.command("503"); !strings.Contains(got, "503") {
		t.Errorf("a command was answered with %q", got)
	}
	r.settle()
	if n := len(r.api.posted()); n != 0 {
		t.Errorf("%d posts without a claim", n)
	}
	down = false // Slack's retry is the queue
	r.event(wrap("T1", "Ev1", said("1.000100", unknownUser)), "X-Slack-Retry-Num", "1")
	r.settle()
	if n := len(r.api.posted()); n != 1 {
		t.Errorf("%d posts", n)
	}
}

func TestPanic(t *testing.T) {
	fault := true
	r := newRig(t, options{store: &brokenStore{memory.New(), func() error {
		if fault {
			panic("could not store " + unknownUser)
		}
		return nil
	}}})
	if w := r.post("/slack/events", "application/json", wrap("T1", "Ev1", said("1.000100", unknownUser))); w.Code != http.StatusInternalServerError {
		t.Errorf("status %d", w.Code)
	}
	if log := r.logs.String(); !strings.Contains(log, "recovered") || !strings.Contains(log, "http_test.go") || strings.Contains(log, "dest.example") || strings.Contains(log, "could not store") {
		t.Errorf("logged %s", log)
	}
	fault = false
	r.event(wrap("T1", "Ev1", said("1.000100", unknownUser)), "X-Slack-Retry-Num", "1")
	r.settle()
	if n := len(r.api.posted()); n != 1 {
		t.Errorf("%d posts", n)
	}
}
