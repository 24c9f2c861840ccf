package slack

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"smtpbot/bot"
	"smtpbot/bot/store/memory"
)

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestInstallAsksForTheManifestsScopes(t *testing.T) {
	m := newInAll(t, newManySlack(t), nil)
	resp := m.get(pathInstall, "en")
	to, err := resp.Location()
	if err != nil || resp.StatusCode != http.StatusFound {
		t.Fatalf("status %d, %v", resp.StatusCode, err)
	}
	if got := to.Scheme + "://" + to.Host + to.Path; got != m.slack.URL+"/oauth/v2/authorize" {
		t.Errorf("leads to %s", got)
	}
	var names []string
	for _, s := range scopes {
		names = append(names, s.Name)
	}
	want := url.Values{"client_id": {testClientID}, "scope": {strings.Join(names, ",")}, "state": {to.Query().Get("state")}}
	if diff := cmp.Diff(want, to.Query()); diff != "" {
		t.Errorf("(-want +asked)\n%s", diff)
	}
	if len(to.Query().Get("state")) < 20 {
		t.Errorf("state %q", to.Query().Get("state"))
	}
	c := resp.Cookies()[0]
	if !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || !strings.HasPrefix(c.Name, "__Host-") || c.MaxAge != 600 {
		t.Errorf("cookie %v", c)
	}
	if c.Value == to.Query().Get("state") || resp.Header.Get("Cache-Control") != "no-store" {
		t.Error("the cookie is the state, or the redirect may be kept")
	}

	cfg := Config{}
	several(&cfg)
	a := New(cfg, bot.New(testCatalog(t), memory.New(), bot.Options{}), m.log)
	if got := a.authorizeURL("x"); !strings.HasPrefix(got, "https://slack.com/oauth/v2/authorize?client_id=") {
		t.Errorf("with Slack's own API: %s", got)
	}
}

func TestInstallThenAnswer(t *testing.T) {
	m := newInAll(t, newManySlack(t), nil)
	m.paste("T1", "C1", "1700000000.000100") // nobody installed it yet, and that is not remembered for long
	page := m.install(consent{team: "T1", user: "UBOT1"})
	m.install(consent{team: "T2", user: "UBOT2"})
	for _, secret := range []string{"xoxb", "c0de", "Secret Company"} {
		if strings.Contains(page, secret) {
			t.Errorf("the page shows %q", secret)
		}
	}
	if !strings.Contains(page, "https://slack.com/app_redirect?app=A01APP&amp;team=T1") || strings.Contains(page, "<script") {
		t.Errorf("page:\n%s", page)
	}
	i, ok, err := m.store.Installation(t.Context(), Name, "T1", "")
	if err != nil || !ok || strings.Contains(string(i.Sealed), "xoxb") || len(i.Sealed) == 0 {
		t.Errorf("stored %t, %v, %d bytes", ok, err, len(i.Sealed))
	}

	m.paste("T1", "C1", "1700000001.000100")
	m.paste("T2", "C2", "1700000002.000100")
	m.paste("T3", "C3", "1700000003.000100") // installed by nobody
	m.paste("T1", "C4", "1700000004.000100")
	var got []string
	for _, p := range m.slack.posted() {
		if !strings.HasSuffix(p.token, p.team) {
			t.Errorf("token %s in %s", p.token, p.team)
		}
		got = append(got, p.team+" "+p.channel+" "+p.thread)
	}
	if diff := cmp.Diff([]string{"T1 C1 1700000001.000100", "T2 C2 1700000002.000100", "T1 C4 1700000004.000100"}, got, cmpopts.SortSlices(strings.Compare)); diff != "" {
		t.Errorf("(-want +got)\n%s\n%s", diff, m.logs)
	}
	if err := m.Ready(); err == nil {
		t.Error("ready before the API was asked")
	}
}

func TestInstallPage(t *testing.T) {
	m := newInAll(t, newManySlack(t), nil)
	resp := m.get(pathRedirect+"?error=access_denied&state=x", "fr-FR,fr;q=0.9")
	page := body(t, resp)
	if !strings.Contains(page, `<html lang="fr">`) || !strings.Contains(page, "Recommencer") || !strings.Contains(page, `href="/slack/install"`) {
		t.Errorf("page:\n%s", page)
	}
	h := resp.Header
	if !strings.HasPrefix(h.Get("Content-Security-Policy"), "default-src 'none'; style-src 'self';") || h.Get("Referrer-Policy") != "no-referrer" || h.Get("Cache-Control") != "no-store" || !strings.HasPrefix(h.Get("Content-Type"), "text/html") {
		t.Errorf("headers %v", h)
	}
	if resp := m.get(pathRedirect+`?error=<script>alert(1)</script>`, "en"); strings.Contains(body(t, resp), "alert") {
		t.Error("the page shows what came in the address")
	}
}

// Each way in which a state is not good: the exchange must not happen, and the
// page says what to do.
func TestStateIsGoodOnceInOneBrowser(t *testing.T) {
	back := func(state string) string {
		return pathRedirect + "?" + url.Values{"code": {"c0de-1"}, "state": {state}}.Encode()
	}
	for _, tt := range []struct {
		name string
		call func(m *inAll) *http.Response
	}{
		{"replayed", func(m *inAll) *http.Response {
			state, cookie := m.begin()
			m.slack.code("c0de-0", consent{team: "T0", user: "UBOT"})
			if resp := m.get(strings.Replace(back(state), "c0de-1", "c0de-0", 1), "en", cookie); resp.StatusCode != http.StatusOK {
				m.t.Fatalf("the first time: status %d", resp.StatusCode)
			}
			return m.get(back(state), "en", cookie)
		}},
		{"another browser", func(m *inAll) *http.Response {
			state, _ := m.begin()
			_, other := m.begin()
			return m.get(back(state), "en", other)
		}},
		{"no cookie", func(m *inAll) *http.Response {
			state, _ := m.begin()
			return m.get(back(state), "en")
		}},
		{"expired", func(m *inAll) *http.Response {
			state, cookie := m.begin()
			m.pass(10*time.Minute + time.Second)
			return m.get(back(state), "en", cookie)
		}},
		{"forged", func(m *inAll) *http.Response {
			_, cookie := m.begin()
			return m.get(back("AAAAAAAAAAAAAAAAAAAAAAAAAA"), "en", cookie)
		}},
		{"none", func(m *inAll) *http.Response {
			_, cookie := m.begin()
			return m.get(back(""), "en", cookie)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newInAll(t, newManySlack(t), nil)
			m.slack.code("c0de-1", consent{team: "T1", user: "UBOT"})
			resp := tt.call(m)
			page := body(t, resp)
			if resp.StatusCode != http.StatusBadRequest || !strings.Contains(page, "Begin again") || !strings.Contains(page, "ten minutes") {
				t.Errorf("status %d\n%s", resp.StatusCode, page)
			}
			if _, ok := m.grantFor("T1", ""); ok {
				t.Error("it was installed")
			}
			m.slack.change(func() {
				if _, unused := m.slack.codes["c0de-1"]; !unused {
					t.Error("the code was exchanged")
				}
			})
		})
	}
}

func TestTwoTabsOfOneBrowser(t *testing.T) {
	m := newInAll(t, newManySlack(t), nil)
	first, cookie := m.begin()
	second, cookie := m.begin(cookie)
	for i, state := range []string{first, second} {
		code := fmt.Sprint("c0de-", i)
		m.slack.code(code, consent{team: fmt.Sprint("T", i), user: "UBOT"})
		if resp := m.get(pathRedirect+"?"+url.Values{"code": {code}, "state": {state}}.Encode(), "en", cookie); resp.StatusCode != http.StatusOK {
			t.Errorf("tab %d: status %d", i, resp.StatusCode)
		}
	}
}

func TestInstallRefused(t *testing.T) {
	say := func(status int, text string) func(http.ResponseWriter) bool {
		return func(w http.ResponseWriter) bool {
			w.WriteHeader(status)
			io.WriteString(w, text)
			return true
		}
	}
	for _, tt := range []struct {
		name, query string
		exchange    func(http.ResponseWriter) bool
		status      int
		says        string
	}{
		{"denied", "error=access_denied", nil, 200, "was cancelled"},
		{"another error", "error=invalid_team_for_non_distributed_app", nil, 400, "Slack said: invalid_team_for_non_distributed_app"},
		{"no code", "", nil, 400, "Slack refused"},
		{"code used", "code=c0de-2", say(200, `{"ok":false,"error":"code_already_used"}`), 502, "Slack said: code_already_used"},
		{"wrong secret", "code=c0de-2", say(200, `{"ok":false,"error":"bad_client_secret"}`), 502, "Slack said: bad_client_secret"},
		{"passing fault", "code=c0de-2", say(200, `{"ok":false,"error":"internal_error"}`), 502, "in a few minutes"},
		{"slack is down", "code=c0de-2", say(503, `upstream`), 502, "in a few minutes"},
		{"too many", "code=c0de-2", func(w http.ResponseWriter) bool {
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(429)
			return true
		}, 502, "in a few minutes"},
		{"no JSON", "code=c0de-2", say(200, `<html>`), 502, "in a few minutes"},
		{"a person's token alone", "code=c0de-2", say(200, `{"ok":true,"app_id":"A01APP","authed_user":{"id":"U1","access_token":"xoxp-given-x"},"team":{"id":"T1"}}`), 503, "in a few minutes"},
		{"nobody's token", "code=c0de-2", say(200, `{"ok":true,"access_token":"xoxb-given-x","token_type":"bot","team":null,"enterprise":null}`), 503, "in a few minutes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newInAll(t, newManySlack(t), nil)
			m.slack.change(func() { m.slack.exchange = tt.exchange })
			state, cookie := m.begin()
			resp := m.get(pathRedirect+"?state="+state+"&"+tt.query, "en", cookie)
			page := body(t, resp)
			if resp.StatusCode != tt.status || !strings.Contains(page, tt.says) || !strings.Contains(page, "Begin again") || strings.Contains(page, "c0de") {
				t.Errorf("status %d, want %d with %q\n%s", resp.StatusCode, tt.status, tt.says, page)
			}
			if all, err := m.store.Installed(t.Context(), Name); err != nil || len(all) > 0 {
				t.Errorf("installed %v, %v", all, err)
			}
		})
	}
}

// absent is a store that cannot be reached.
type absent struct{ bot.Store }

var errAbsent = errors.New("the store is away")

func (absent) PutTicket(context.Context, string, string, time.Time) error { return errAbsent }
func (absent) TakeTicket(context.Context, string, string, time.Time) (bool, error) {
	return false, errAbsent
}
func (absent) Installation(context.Context, string, string, string) (bot.Installation, bool, error) {
	return bot.Installation{}, false, errAbsent
}

func TestInstallWithoutStore(t *testing.T) {
	m := newInAll(t, newManySlack(t), absent{memory.New()})
	cookie := &http.Cookie{Name: stateCookie, Value: rand.Text()}
	for _, path := range []string{pathInstall, pathRedirect + "?code=c0de-1&state=x"} {
		if resp := m.get(path, "en", cookie); resp.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body(t, resp), "in a few minutes") {
			t.Errorf("%s: status %d", path, resp.StatusCode)
		}
	}
	if _, err := m.client(t.Context(), "T1"); !errors.Is(err, errAbsent) || errors.Is(err, errNotInstalled) || !passes(err) {
		t.Errorf("a token: %v, which has to pass", err)
	}
}

// With no token of its own the app is ready as soon as Slack's API answers.
func TestReadyWithSeveralWorkspaces(t *testing.T) {
	m := newInAll(t, newManySlack(t), nil)
	if who, err := m.whoami(t.Context()); who != nil || err != nil {
		t.Errorf("%v, %v", who, err)
	}
	m.slack.Close()
	if _, err := m.whoami(t.Context()); err == nil {
		t.Error("an API that is away answers")
	}
}

func TestOneWorkspaceHasNoInstallPage(t *testing.T) {
	r := newRig(t, options{})
	for _, path := range []string{pathInstall, pathRedirect} {
		req, _ := http.NewRequest(http.MethodGet, path, nil)
		if _, pattern := r.mux.Handler(req); pattern != "" {
			t.Errorf("%s is served by %q", path, pattern)
		}
	}
}
