package slack

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"smtpbot/bot"
	"smtpbot/bot/seal"
	"smtpbot/bot/store/memory"
)

func TestTokenIsRenewedOnce(t *testing.T) {
	m := newInAll(t, newManySlack(t), nil)
	m.install(consent{team: "T1", user: "UBOT1", rotates: true})
	first, ok := m.grantFor("T1", "")
	if !ok || first.Refresh == "" || first.Expires.IsZero() {
		t.Fatalf("stored %t, expires %v", ok, first.Expires)
	}
	m.pass(10 * time.Hour)
	m.paste("T1", "C1", "1700000001.000100")
	if m.slack.renewed != 0 {
		t.Error("renewed two hours ahead")
	}
	m.pass(90 * time.Minute)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := m.client(t.Context(), "T1"); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	m.paste("T1", "C2", "1700000002.000100")
	second, _ := m.grantFor("T1", "")
	posts := m.slack.posted()
	if m.slack.renewed != 1 || second.Token == first.Token || second.Refresh == first.Refresh || second.User != "UBOT1" || len(posts) != 2 || posts[0].token != first.Token || posts[1].token != second.Token {
		t.Errorf("%d renewals, posts %v", m.slack.renewed, posts)
	}
}

// Of two processes one gets the new pair, and the other reads it.
func TestTokenIsRenewedByTwoProcesses(t *testing.T) {
	s, store := newManySlack(t), memory.New()
	one, two := newInAll(t, s, store), newInAll(t, s, store)
	one.install(consent{team: "T1", user: "UBOT1", rotates: true})
	for _, m := range []*inAll{one, two} {
		if _, err := m.client(t.Context(), "T1"); err != nil {
			t.Fatal(err)
		}
		m.pass(11*time.Hour + 30*time.Minute)
	}
	for range 4 {
		var both sync.WaitGroup
		for _, m := range []*inAll{one, two} {
			both.Go(func() {
				if _, err := m.client(t.Context(), "T1"); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		a, errA := one.workspaces.of(t.Context(), "T1")
		b, errB := two.workspaces.of(t.Context(), "T1")
		stored, _ := one.grantFor("T1", "")
		if errA != nil || errB != nil || a.grant.Token != stored.Token || b.grant.Token != stored.Token {
			t.Fatalf("the tokens differ: %v %v", errA, errB)
		}
		one.pass(11*time.Hour + 30*time.Minute)
		two.pass(11*time.Hour + 30*time.Minute)
	}
	if s.renewed != 4 {
		t.Errorf("%d renewals, want 4", s.renewed)
	}
}

// lagging is a store that shows what was there before, for one call.
type lagging struct {
	bot.Store
	before *bot.Installation
}

func (l *lagging) Installation(ctx context.Context, platform, team, enterprise string) (bot.Installation, bool, error) {
	if l.before != nil {
		i := *l.before
		l.before = nil
		return i, true, nil
	}
	return l.Store.Installation(ctx, platform, team, enterprise)
}

// The process whose refresh token was used up a moment ago takes the new pair.
func TestTokenWasRenewedAMomentAgo(t *testing.T) {
	s, store := newManySlack(t), &lagging{Store: memory.New()}
	one, two := newInAll(t, s, store), newInAll(t, s, store)
	one.install(consent{team: "T1", user: "UBOT1", rotates: true})
	before, _, err := store.Installation(t.Context(), Name, "T1", "")
	if err != nil {
		t.Fatal(err)
	}
	one.pass(13 * time.Hour)
	two.pass(13 * time.Hour)
	if _, err := one.client(t.Context(), "T1"); err != nil {
		t.Fatal(err)
	}
	store.before = &before
	if _, err := two.client(t.Context(), "T1"); err != nil || s.renewed != 1 {
		t.Errorf("%d renewals, %v", s.renewed, err)
	}
}

// A seal opens in its own row alone.
func TestTokenOfAnotherRow(t *testing.T) {
	m := newInAll(t, newManySlack(t), nil)
	m.install(consent{team: "T1", user: "UBOT1"})
	i, _, err := m.store.Installation(t.Context(), Name, "T1", "")
	if err != nil {
		t.Fatal(err)
	}
	i.Team = "T2"
	if err := m.store.Install(t.Context(), i, time.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := m.client(t.Context(), "T2"); !errors.Is(err, seal.ErrBroken) {
		t.Errorf("%v", err)
	}
}

func TestTokenIsNotRenewed(t *testing.T) {
	m := newInAll(t, newManySlack(t), nil)
	m.install(consent{team: "T1", user: "UBOT1", rotates: true})
	m.slack.change(func() { clear(m.slack.refresh) }) // slack forgot the refresh token
	m.pass(11*time.Hour + 30*time.Minute)
	if _, err := m.client(t.Context(), "T1"); err != nil {
		t.Errorf("half an hour before its end: %v", err)
	}
	m.pass(time.Hour)
	_, err := m.client(t.Context(), "T1")
	if err == nil || !strings.Contains(reason(err), "invalid_refresh_token") || strings.Contains(reason(err), "xoxe") {
		t.Errorf("after its end: %v", reason(err))
	}
}

// A token that was replaced by another process is read anew when Slack says
// that the old one is gone.
func TestTokenReplacedElsewhere(t *testing.T) {
	s, store := newManySlack(t), memory.New()
	one, two := newInAll(t, s, store), newInAll(t, s, store)
	one.install(consent{team: "T1", user: "UBOT1"})
	if _, err := two.client(t.Context(), "T1"); err != nil {
		t.Fatal(err)
	}
	s.revoke("T1")
	one.install(consent{team: "T1", user: "UBOT1"})
	two.paste("T1", "C1", "1700000001.000100")
	if n := len(s.posted()); n != 1 {
		t.Errorf("%d posts\n%s", n, two.logs)
	}
}

func TestTokenSealedWithAnotherKey(t *testing.T) {
	s, store := newManySlack(t), memory.New()
	newInAll(t, s, store).install(consent{team: "T1", user: "UBOT1"})
	m := newInAll(t, s, store, func(c *Config) { c.Key = Secret(strings.Repeat("ab", 32)) })
	_, err := m.client(t.Context(), "T1")
	if err == nil || !strings.Contains(reason(err), "T1") {
		t.Errorf("%v", err)
	}
	m.paste("T1", "C1", "1700000001.000100")
	if n := len(s.posted()); n != 0 {
		t.Errorf("%d posts", n)
	}
}
