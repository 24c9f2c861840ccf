package slack

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// What guards an installation. Slack's page is opened with a state, and comes
// back with it; the state is good once, for ten minutes, in the browser that
// began. https://docs.slack.dev/authentication/installing-with-oauth
const (
	stateFor    = 10 * time.Minute
	stateKind   = "slack-install"
	stateCookie = "__Host-smtpbot-install" // the prefix binds it to https and to this host: RFC 6265bis, section 4.1.3
)

// serveInstall sends a browser to the page on which Slack asks for consent.
func (a *Adapter) serveInstall(w http.ResponseWriter, r *http.Request) {
	browser := browserOf(r)
	if browser == "" {
		browser = rand.Text()
	}
	state := rand.Text()
	ctx, cancel := context.WithTimeout(r.Context(), ackWithin)
	defer cancel()
	if err := a.workspaces.putState(ctx, state, browser); err != nil {
		a.log.Error("an installation was not begun", "error", err)
		a.page(w, r, http.StatusServiceUnavailable, installPage{What: "failed"})
		return
	}
	http.SetCookie(w, &http.Cookie{
		Name: stateCookie, Value: browser, Path: "/", MaxAge: int(stateFor / time.Second),
		Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, a.authorizeURL(state), http.StatusFound)
}

// authorizeURL is where Slack asks for consent, beside its API.
func (a *Adapter) authorizeURL(state string) string {
	var names []string
	for _, s := range scopes {
		names = append(names, s.Name)
	}
	ask := url.Values{"client_id": {a.cfg.ClientID}, "scope": {strings.Join(names, ",")}, "state": {state}}
	return strings.TrimSuffix(a.cfg.APIURL, "api/") + "oauth/v2/authorize?" + ask.Encode()
}

// browserOf gives what the cookie tells of the browser that began, "" where
// there is no cookie of ours.
func browserOf(r *http.Request) string {
	c, err := r.Cookie(stateCookie)
	if err != nil || len(c.Value) != len(rand.Text()) {
		return ""
	}
	return c.Value
}

// stateID is under which a state is stored: it holds the state and the browser,
// and who reads it in the database has neither.
func stateID(state, browser string) string {
	sum := sha256.Sum256([]byte(state + "\n" + browser))
	return hex.EncodeToString(sum[:])
}

func (w *workspaces) putState(ctx context.Context, state, browser string) error {
	if w.store == nil {
		return fmt.Errorf("there is no store")
	}
	return w.store.PutTicket(ctx, stateKind, stateID(state, browser), w.now().Add(stateFor))
}

// takeState reports whether a state is one that this browser was given, and
// takes it back.
func (w *workspaces) takeState(ctx context.Context, state, browser string) (bool, error) {
	if w.store == nil {
		return false, fmt.Errorf("there is no store")
	}
	if state == "" || browser == "" {
		return false, nil
	}
	return w.store.TakeTicket(ctx, stateKind, stateID(state, browser), w.now())
}

// installPage is what a browser is shown at the end. What is "done", "denied",
// "stale", "refused" or "failed": labels of the catalogue tell of each.
type installPage struct {
	What string
	Code string // by which Slack names an error
	Open string // where the app opens in Slack
}

//go:embed install.html
var installHTML string

var installTemplate = template.Must(template.New("install").Parse(installHTML))

// page answers a browser in its language. It needs no script, and nothing of
// what came in the address shows on it.
func (a *Adapter) page(w http.ResponseWriter, r *http.Request, status int, p installPage) {
	e := a.bot.Catalog().Edition(r.Header.Get("Accept-Language"))
	var b bytes.Buffer
	err := installTemplate.Execute(&b, map[string]any{
		"Lang": e.Lang(), "Title": e.Label("install." + p.What + ".title"), "Text": e.Label("install."+p.What+".text", "code", p.Code),
		"Done": p.What == "done", "Open": p.Open, "OpenLabel": e.Label("install.open"), "Again": pathInstall, "AgainLabel": e.Label("install.again"),
	})
	if err != nil {
		a.log.Error("a page was not written", "error", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer") // the address of this page holds a code
	h.Set("Cache-Control", "no-store")
	h.Set("Vary", "Accept-Language")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}
