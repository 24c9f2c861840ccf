package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"smtpbot/adapters/web"
	"smtpbot/bot"
	"smtpbot/catalog"
)

// site is the page behind an HTTP server, with what it logs.
type site struct {
	*httptest.Server
	t     *testing.T
	logs  *bytes.Buffer
	state map[string]error
}

func newSite(t *testing.T) *site {
	t.Helper()
	c, err := catalog.Load(catalog.Files())
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, logs: &bytes.Buffer{}, state: map[string]error{}}
	metrics := web.NewMetrics()
	b := bot.New(c, nil, bot.Options{Meter: metrics})
	page := web.New(b, metrics, func(context.Context) map[string]error { return s.state }, slog.New(slog.NewTextHandler(s.logs, nil)))
	mux := page.Mux()
	mux.HandleFunc("GET /panic", func(http.ResponseWriter, *http.Request) { panic("550 5.1.1 <secret.name@dest.example>") })
	s.Server = httptest.NewServer(page.Wrap(mux))
	t.Cleanup(s.Close)
	return s
}

func (s *site) do(method, path, kind, body string) (int, string) {
	s.t.Helper()
	req, err := http.NewRequest(method, s.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if !strings.Contains(resp.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		s.t.Errorf("%s %s has no content security policy", method, path)
	}
	return resp.StatusCode, string(data)
}

func (s *site) ask(path, text string) (int, string) {
	s.t.Helper()
	return s.do("POST", path, "application/x-www-form-urlencoded", url.Values{"q": {text}}.Encode())
}

func TestPageAnswersWithoutScript(t *testing.T) {
	s := newSite(t)
	for _, row := range []struct{ text, want string }{
		{"/smtp 503", "<code>503</code>"}, {"503", "<code>503</code>"}, {"/smtp 221 vs 503", "<th scope=\"col\"><code>221</code></th>"},
		{"550 5.1.1 <info@dest.example>: User unknown", "<code>550 5.1.1</code>"},
	} {
		status, body := s.ask("/", row.text)
		if status != http.StatusOK || !strings.Contains(body, row.want) || !strings.Contains(body, "<!doctype html>") {
			t.Errorf("%q: %d, and the page does not hold %q", row.text, status, row.want)
		}
	}
	if status, body := s.do("GET", "/?q=503&lang=fr", "", ""); status != http.StatusOK || !strings.Contains(body, `<html lang="fr">`) || !strings.Contains(body, "<code>503</code>") {
		t.Errorf("a link with a question is answered with %d, and not in French", status)
	}
}

func TestPageSaysWhereTheBotWouldBeSilent(t *testing.T) {
	s := newSite(t)
	const silent = "keep silent here"
	if _, body := s.ask("/answer", "is 503 bad?"); !strings.Contains(body, silent) {
		t.Error("a question does not say that a channel would get no answer")
	}
	for _, text := range []string{"550 5.1.1 <a@dest.example>: User unknown", "/smtp 503"} {
		if _, body := s.ask("/answer", text); strings.Contains(body, silent) {
			t.Errorf("%q is said to get no answer", text)
		}
	}
}

func TestPageEscapes(t *testing.T) {
	s := newSite(t)
	for _, text := range []string{`<script>alert(1)</script>`, `550 5.1.1 <img src=x onerror=alert(1)>: User unknown`, "search <b>tls</b>", "\x00\xff<i>"} {
		_, body := s.ask("/answer", text)
		for _, raw := range []string{"<script>", "<img", "<b>", "<i>", "\x00"} {
			if strings.Contains(body, raw) {
				t.Errorf("%q comes back with %q", text, raw)
			}
		}
	}
}

func TestBodyOverTheLimit(t *testing.T) {
	s := newSite(t)
	long := strings.Repeat("x", web.MaxBody+1)
	for _, path := range []string{"/", "/answer"} {
		if status, body := s.ask(path, long); status != http.StatusRequestEntityTooLarge || !strings.Contains(body, "Paste the part around the code") {
			t.Errorf("%s: %d, without the way out", path, status)
		}
	}
	if status, body := s.do("POST", "/api/explain", "text/plain", long); status != http.StatusRequestEntityTooLarge || !strings.Contains(body, `"error"`) {
		t.Errorf("/api/explain: %d, %.80s", status, body)
	}
	if status, _ := s.ask("/answer", strings.Repeat("550-5.", 100_000)); status != http.StatusOK {
		t.Errorf("a long paste within the limit: %d", status)
	}
}

func TestJSON(t *testing.T) {
	s := newSite(t)
	for _, row := range []struct {
		method, path, body string
		status             int
		keys               string
	}{
		{"GET", "/api/lookup?q=5.1.1", "", 200, "entry kind code title class meaning when fix who retry cause references related evidence"},
		{"GET", "/api/lookup?q=zzzz", "", 404, "error"},
		{"GET", "/api/compare?q=450+vs+550&lang=fr", "", 200, "lead entries differences guidance"},
		{"GET", "/api/compare?q=450", "", 400, "error"},
		{"GET", "/api/search?q=tls", "", 200, "results"},
		{"POST", "/api/explain", "550 5.1.1 User unknown", 200, "findings"},
	} {
		status, body := s.do(row.method, row.path, "text/plain", row.body)
		var object map[string]json.RawMessage
		if err := json.Unmarshal([]byte(body), &object); err != nil || status != row.status {
			t.Errorf("%s: %d, %v; want %d", row.path, status, err, row.status)
			continue
		}
		for _, key := range strings.Fields(row.keys) {
			if v, ok := object[key]; !ok || string(v) == "null" {
				t.Errorf("%s lacks %s", row.path, key)
			}
			delete(object, key)
		}
		if len(object) > 0 {
			t.Errorf("%s has more than the contract says: %v", row.path, object)
		}
	}
}

func TestState(t *testing.T) {
	s := newSite(t)
	if status, body := s.do("GET", "/healthz", "", ""); status != 200 || body != "ok\n" {
		t.Errorf("/healthz: %d %q", status, body)
	}
	if status, _ := s.do("GET", "/readyz", "", ""); status != 200 {
		t.Errorf("/readyz: %d", status)
	}
	s.state["slack"], s.state["store"] = errors.New("not connected yet"), nil
	if status, body := s.do("GET", "/readyz", "", ""); status != 503 || body != "slack: not connected yet\nstore: ok\n" {
		t.Errorf("/readyz with a platform away: %d %q", status, body)
	}
	s.state["slack"] = web.Notice("it does not watch")
	if status, body := s.do("GET", "/readyz", "", ""); status != 200 || body != "slack: ok, but it does not watch\nstore: ok\nready\n" {
		t.Errorf("/readyz with a notice: %d %q", status, body)
	}
	s.ask("/answer", "503")
	if _, body := s.do("GET", "/metrics", "", ""); !strings.Contains(body, `smtpbot_commands_total{platform="web"} 1`) {
		t.Error("/metrics does not count the question")
	}
}

func TestPanicEndsTheRequestAlone(t *testing.T) {
	s := newSite(t)
	if status, body := s.do("GET", "/panic", "", ""); status != 500 || strings.Contains(body, "secret.name") {
		t.Errorf("a panic is answered %d %q", status, body)
	}
	logs := s.logs.String()
	if !strings.Contains(logs, "panicked") || strings.Contains(logs, "secret.name") {
		t.Errorf("the log has to name the panic and must not repeat what it held: %s", logs)
	}
	if status, _ := s.do("GET", "/healthz", "", ""); status != 200 {
		t.Errorf("after a panic the server answers %d", status)
	}
}

func TestUnknownRouteAndMethod(t *testing.T) {
	s := newSite(t)
	if status, _ := s.do("GET", "/nothing", "", ""); status != 404 {
		t.Errorf("an unknown page: %d", status)
	}
	if status, _ := s.do("DELETE", "/", "", ""); status != 405 {
		t.Errorf("an unknown method: %d", status)
	}
}
