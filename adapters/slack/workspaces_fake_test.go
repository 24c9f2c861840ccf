package slack

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"smtpbot/bot"
	"smtpbot/bot/seal"
	"smtpbot/bot/store/memory"
)

const (
	testClientID     = "1234567890.1234567890"
	testClientSecret = "5ecre7c11en75ecre7c11en75ecre7c1"
	testKey          = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
)

// several is the configuration of an app that several workspaces install.
func several(c *Config) {
	c.BotToken, c.ClientID, c.ClientSecret, c.Key = "", testClientID, testClientSecret, testKey
}

// A consent is what Slack gives for a code or a refresh token.
type consent struct {
	team, enterprise, user string
	whole                  bool // the enterprise as a whole
	rotates                bool
}

// manySlack is a Slack of several workspaces: it gives out tokens, and knows
// which token may do what. Its shapes are those of Slack's pages.
type manySlack struct {
	t *testing.T
	*httptest.Server

	mu       sync.Mutex
	codes    map[string]consent // each is good once
	tokens   map[string]consent
	refresh  map[string]consent // each is good once
	n        int                // tokens given out
	renewed  int
	teams    map[string][]string // of an enterprise
	visible  []string            // teams that apps.event.authorizations.list names
	posts    []madePost
	refuse   map[string]string // error by token's team, for chat.postMessage
	exchange func(w http.ResponseWriter) bool
	rejected map[string]int // calls with a token that is good for nothing
}

type madePost struct {
	team, token, channel, thread string
}

func newManySlack(t *testing.T) *manySlack {
	s := &manySlack{t: t, codes: map[string]consent{}, tokens: map[string]consent{}, refresh: map[string]consent{}, teams: map[string][]string{}, refuse: map[string]string{}, rejected: map[string]int{}}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *manySlack) serve(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	method := strings.TrimPrefix(r.URL.Path, "/api/")
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if form := r.Form.Get("token"); form != "" {
		token = form
	}
	who, good := s.tokens[token]
	say := func(code string) { fmt.Fprintf(w, `{"ok":false,"error":%q}`, code) }
	switch method {
	case "oauth.v2.access":
		s.access(w, r.PostForm, say)
		return
	case "apps.event.authorizations.list":
		var list []any
		for _, team := range s.visible {
			list = append(list, map[string]any{"team_id": team, "enterprise_id": nil, "user_id": "UBOT" + team, "is_bot": true, "is_enterprise_install": false})
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"ok": true, "authorizations": list})
		return
	}
	if !good {
		s.rejected[method]++
		say(map[bool]string{true: "not_authed", false: "invalid_auth"}[token == ""])
		return
	}
	switch method {
	case "auth.test":
		fmt.Fprintf(w, `{"ok":true,"url":"https://example.slack.com/","team":"Example","user":"smtpbot","team_id":%q,"user_id":%q,"bot_id":"B1","is_enterprise_install":%t}`, who.team, who.user, who.whole)
	case "auth.teams.list":
		var list []any
		for _, team := range s.teams[who.enterprise] {
			list = append(list, map[string]any{"id": team, "name": "Example"})
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"ok": true, "teams": list, "response_metadata": map[string]string{"next_cursor": ""}})
	case "chat.postMessage":
		if code := s.refuse[who.team]; code != "" {
			say(code)
			return
		}
		checkPost(s.t, r.PostForm)
		s.posts = append(s.posts, madePost{who.team, token, r.PostForm.Get("channel"), r.PostForm.Get("thread_ts")})
		fmt.Fprintf(w, `{"ok":true,"channel":%q,"ts":"1700009999.%06d"}`, r.PostForm.Get("channel"), len(s.posts))
	case "users.info":
		fmt.Fprint(w, `{"ok":true,"user":{"id":"U1","locale":"en-US"}}`)
	default:
		fmt.Fprint(w, `{"ok":true}`)
	}
}

// access answers as https://docs.slack.dev/reference/methods/oauth.v2.access does.
func (s *manySlack) access(w http.ResponseWriter, form url.Values, say func(string)) {
	if s.exchange != nil && s.exchange(w) {
		return
	}
	if form.Get("client_id") != testClientID || form.Get("client_secret") != testClientSecret {
		say("invalid_client_id")
		return
	}
	var c consent
	var ok bool
	switch form.Get("grant_type") {
	case "refresh_token":
		c, ok = s.refresh[form.Get("refresh_token")]
		delete(s.refresh, form.Get("refresh_token"))
		if !ok {
			say("invalid_refresh_token")
			return
		}
		s.renewed++
	default:
		c, ok = s.codes[form.Get("code")]
		delete(s.codes, form.Get("code"))
		if !ok {
			say("invalid_code")
			return
		}
	}
	s.n++
	token := fmt.Sprintf("xoxb-given-%d-%s%s", s.n, c.team, c.enterprise)
	answer := map[string]any{
		"ok": true, "app_id": appID, "authed_user": map[string]any{"id": "U1INSTALLER"}, "scope": "chat:write,commands", "token_type": "bot",
		"access_token": token, "bot_user_id": c.user, "team": map[string]any{"id": c.team, "name": "Secret Company"}, "enterprise": nil, "is_enterprise_install": c.whole,
	}
	if c.enterprise != "" {
		answer["enterprise"] = map[string]any{"id": c.enterprise, "name": "Secret Company"}
	}
	if c.whole {
		answer["team"] = nil
	}
	if c.rotates {
		token = strings.Replace(token, "xoxb-", "xoxe.xoxb-", 1)
		refresh := fmt.Sprintf("xoxe-1-given-%d", s.n)
		answer["access_token"], answer["refresh_token"], answer["expires_in"] = token, refresh, 43200
		s.refresh[refresh] = c
	}
	s.tokens[token] = c
	_ = json.NewEncoder(w).Encode(answer)
}

// revoke makes all tokens of a team or an enterprise worthless.
func (s *manySlack) revoke(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for token, c := range s.tokens {
		if c.team == id || c.enterprise == id {
			delete(s.tokens, token)
		}
	}
}

func (s *manySlack) code(code string, c consent) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.codes[code] = c
}

func (s *manySlack) change(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

func (s *manySlack) posted() []madePost {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.posts)
}

// inAll is an adapter of an app that several workspaces install.
type inAll struct {
	*rig
	slack *manySlack
	store bot.Store
	mu    sync.Mutex
	at    time.Time
}

func newInAll(t *testing.T, s *manySlack, store bot.Store, config ...func(*Config)) *inAll {
	t.Helper()
	if store == nil {
		store = memory.New()
	}
	m := &inAll{slack: s, store: store, at: time.Now()}
	m.rig = newRig(t, options{store: store, unknown: true, config: func(c *Config) {
		several(c)
		c.APIURL = s.URL + "/api/"
		for _, f := range config {
			f(c)
		}
	}})
	m.workspaces.now = m.now
	t.Cleanup(func() {
		for _, secret := range []string{"xoxb-given", "xoxe", "c0de", testClientSecret, testKey, "Secret Company"} {
			if strings.Contains(m.logs.String(), secret) {
				t.Errorf("the log holds %q:\n%s", secret, m.logs)
			}
		}
	})
	return m
}

func (m *inAll) now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.at
}

func (m *inAll) pass(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at = m.at.Add(d)
}

// get asks as a browser does.
func (m *inAll) get(address, lang string, cookies ...*http.Cookie) *http.Response {
	r := httptest.NewRequest(http.MethodGet, address, nil)
	r.Header.Set("Accept-Language", lang)
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	m.mux.ServeHTTP(w, r)
	return w.Result()
}

// begin opens /slack/install and gives the state and the cookie.
func (m *inAll) begin(cookies ...*http.Cookie) (state string, cookie *http.Cookie) {
	m.t.Helper()
	resp := m.get(pathInstall, "en", cookies...)
	to, err := resp.Location()
	if err != nil || resp.StatusCode != http.StatusFound || len(resp.Cookies()) != 1 {
		m.t.Fatalf("status %d, %v", resp.StatusCode, err)
	}
	return to.Query().Get("state"), resp.Cookies()[0]
}

// install goes through the whole installation and gives the page.
func (m *inAll) install(c consent) string {
	m.t.Helper()
	m.slack.code("c0de-"+c.team+c.enterprise, c)
	state, cookie := m.begin()
	resp := m.get(pathRedirect+"?"+url.Values{"code": {"c0de-" + c.team + c.enterprise}, "state": {state}}.Encode(), "en", cookie)
	page := body(m.t, resp)
	if resp.StatusCode != http.StatusOK || !strings.Contains(page, "smtpbot is installed") {
		m.t.Fatalf("status %d\n%s\n%s", resp.StatusCode, page, m.logs)
	}
	return page
}

// paste is an event of a pasted error in a channel, as a team gets it.
func (m *inAll) paste(team, channel, ts string) {
	m.t.Helper()
	m.event(wrap(team, "Ev"+team+ts, said(ts, unknownUser, "channel", channel, "team", team)))
	m.settle()
}

// grantFor opens what is stored of a team.
func (m *inAll) grantFor(team, enterprise string) (grant, bool) {
	m.t.Helper()
	i, ok, err := m.store.Installation(m.t.Context(), Name, team, enterprise)
	if err != nil {
		m.t.Fatal(err)
	}
	if !ok || len(i.Sealed) == 0 {
		return grant{}, false
	}
	box, err := seal.New(testKey)
	if err != nil {
		m.t.Fatal(err)
	}
	data, err := box.Open(i.Sealed, owner(i))
	if err != nil {
		m.t.Fatal(err)
	}
	var g grant
	if err := json.Unmarshal(data, &g); err != nil {
		m.t.Fatal(err)
	}
	return g, true
}
