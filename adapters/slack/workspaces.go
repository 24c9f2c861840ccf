package slack

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"smtpbot/bot"
	"smtpbot/bot/seal"
)

var (
	// errNotInstalled says that no workspace of that id lets the bot in.
	errNotInstalled = errors.New("the app is not installed there")

	errNoBotToken = errors.New("slack gave no bot token")
)

// client gives the Web API with the token of a workspace. With one workspace
// it is the bot token's, whatever the team.
func (a *Adapter) client(ctx context.Context, team string) (*slack.Client, error) {
	if a.workspaces == nil {
		if a.own == nil {
			return nil, accessError{errNotInstalled}
		}
		return a.own, nil
	}
	w, err := a.workspaces.of(ctx, team)
	if errors.Is(err, errNotInstalled) && a.own != nil {
		// The workspace that the app belongs to need not install it once more.
		if self := a.self.Load(); self == nil || self.team == team {
			return a.own, nil
		}
	}
	if err != nil {
		return nil, accessError{err}
	}
	return w.client, nil
}

// An accessError says why there is no token, in words that hold none.
type accessError struct{ error }

func (e accessError) Unwrap() error { return e.error }

// watches reports whether the bot can speak anywhere: without a token only
// what goes with an acknowledgement reaches anybody.
func (a *Adapter) watches() bool { return a.own != nil || a.workspaces != nil }

// workspaces knows the tokens of the workspaces that installed the app.
type workspaces struct {
	adapter *Adapter
	store   bot.Installs
	box     *seal.Box
	now     func() time.Time

	bots bots

	mu    sync.Mutex
	known map[string]*workspace
}

// A workspace is what is known of one, for a while: another process may have
// renewed its token, or seen the app go.
type workspace struct {
	turn chan struct{} // holds one token: who has it may read the store and renew

	mu     sync.Mutex
	client *slack.Client // nil where the app is not installed
	grant  grant
	read   time.Time // when it was read from the store
}

const (
	// rememberFor is how long a token is used without looking at the store.
	rememberFor = time.Minute

	maxWorkspaces = 4096
)

// newWorkspaces gives nil where the app has one workspace.
func newWorkspaces(a *Adapter) *workspaces {
	if !a.cfg.Several() {
		return nil
	}
	box, err := seal.New(string(a.cfg.Key))
	if err != nil { // FromEnv refuses it
		a.log.Error("SMTPBOT_KEY cannot be used: no workspace can be served", "error", err)
		return nil
	}
	return &workspaces{adapter: a, store: a.bot.Installs(), box: box, now: time.Now, known: map[string]*workspace{}}
}

// An access is a workspace's token, as it was when it was asked for.
type access struct {
	client *slack.Client
	grant  grant
}

// of gives the access to a team. The store being away is an error that passes.
func (w *workspaces) of(ctx context.Context, team string) (access, error) {
	if team == "" || w.store == nil {
		return access{}, errNotInstalled
	}
	one := w.entry(team)
	if got, ok := one.fresh(w.now()); ok {
		return got.result()
	}
	select {
	case <-one.turn:
		defer func() { one.turn <- struct{}{} }()
	case <-ctx.Done():
		return access{}, ctx.Err()
	}
	if got, ok := one.fresh(w.now()); ok { // somebody else did it meanwhile
		return got.result()
	}
	g, err := w.read(ctx, team)
	switch {
	case errors.Is(err, errNotInstalled):
		one.set(nil, grant{}, w.now())
		return access{}, err
	case err != nil:
		return access{}, err
	}
	client := w.adapter.clientWith(g.Token)
	one.set(client, g, w.now())
	return access{client, g}, nil
}

func (w *workspaces) entry(team string) *workspace {
	w.mu.Lock()
	defer w.mu.Unlock()
	one, ok := w.known[team]
	if !ok {
		if len(w.known) >= maxWorkspaces {
			for other := range w.known { // any: it can be read again
				delete(w.known, other)
				break
			}
		}
		one = &workspace{turn: make(chan struct{}, 1)}
		one.turn <- struct{}{}
		w.known[team] = one
	}
	return one
}

// forget makes the next call read the store. The client stays, by which a token
// that Slack refused is known again.
func (w *workspaces) forget(team string) {
	w.mu.Lock()
	one, ok := w.known[team]
	w.mu.Unlock()
	if ok {
		one.mu.Lock()
		one.read = time.Time{}
		one.mu.Unlock()
	}
}

// forgetAll does so for all.
func (w *workspaces) forgetAll() {
	w.mu.Lock()
	defer w.mu.Unlock()
	clear(w.known)
}

func (o *workspace) fresh(now time.Time) (access, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	ok := !o.read.IsZero() && now.Sub(o.read) < rememberFor && !o.grant.stale(now)
	return access{o.client, o.grant}, ok
}

func (o *workspace) set(client *slack.Client, g grant, now time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.client != nil && client != nil && o.grant.Token == g.Token {
		client = o.client // its connections are open
	}
	o.client, o.grant, o.read = client, g, now
}

func (a access) result() (access, error) {
	if a.client == nil {
		return access{}, errNotInstalled
	}
	return a, nil
}

// read takes a team's grant from the store, and renews what is about to end.
func (w *workspaces) read(ctx context.Context, team string) (grant, error) {
	i, err := w.find(ctx, team)
	if err != nil {
		return grant{}, err
	}
	g, err := w.opened(i)
	if err != nil {
		return grant{}, err
	}
	if !g.stale(w.now()) {
		return g, nil
	}
	renewed, err := w.renew(ctx, i, g)
	if err != nil && !g.expired(w.now()) {
		w.adapter.log.Warn("a token was not renewed; it is good for a while", "team", team, "error", err)
		return g, nil
	}
	return renewed, err
}

// find gives the installation that holds the token of a team: its own, or that
// of the enterprise to which it belongs. The row of a team whose enterprise
// installed the app holds no token, but tells which data is the enterprise's.
func (w *workspaces) find(ctx context.Context, team string) (bot.Installation, error) {
	i, ok, err := w.store.Installation(ctx, Name, team, "")
	if err != nil {
		return i, fmt.Errorf("read an installation: %w", err)
	}
	if !ok {
		return w.findEnterprise(ctx, team)
	}
	if len(i.Sealed) > 0 || i.Enterprise == "" {
		return i, nil
	}
	i, ok, err = w.store.Installation(ctx, Name, "", i.Enterprise)
	if err != nil {
		return i, fmt.Errorf("read an installation: %w", err)
	}
	if !ok {
		return i, errNotInstalled
	}
	return i, nil
}
