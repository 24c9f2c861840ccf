package slack

import (
	"cmp"
	"encoding/json"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"smtpbot/bot"
)

// A grant is what an installation gives the app, as it is stored: sealed.
type grant struct {
	Token   string    `json:"token"`
	Refresh string    `json:"refresh,omitempty"` // "" where the app does not rotate tokens
	Expires time.Time `json:"expires,omitzero"`  // likewise
	User    string    `json:"user"`              // the bot's own user
	App     string    `json:"app"`
}

// grantOf takes what oauth.v2.access answered. A refresh keeps what the answer
// leaves out. https://docs.slack.dev/authentication/using-token-rotation
func grantOf(r *slack.OAuthV2Response, before grant, now time.Time) (grant, error) {
	if r.AccessToken == "" || r.TokenType != "" && r.TokenType != "bot" {
		return grant{}, errNoBotToken
	}
	g := before
	g.Token = r.AccessToken
	if r.RefreshToken != "" {
		g.Refresh = r.RefreshToken
	}
	g.Expires = time.Time{}
	if r.ExpiresIn > 0 {
		g.Expires = now.Add(time.Duration(r.ExpiresIn) * time.Second)
	}
	if r.BotUserID != "" {
		g.User = r.BotUserID
	}
	if r.AppID != "" {
		g.App = r.AppID
	}
	return g, nil
}

// renewAhead is how long before its end a token is renewed. Tokens last twelve hours.
const renewAhead = time.Hour

// stale reports whether the token should be renewed.
func (g grant) stale(now time.Time) bool {
	return g.Refresh != "" && !g.Expires.IsZero() && !now.Before(g.Expires.Add(-renewAhead))
}

// expired reports whether the token cannot be used any more.
func (g grant) expired(now time.Time) bool { return !g.Expires.IsZero() && !now.Before(g.Expires) }

// owner names an installation, so that a seal opens in its own row alone.
func owner(i bot.Installation) string { return i.Platform + "/" + i.Enterprise + "/" + i.Team }

// sealed puts a grant into an installation.
func (w *workspaces) sealed(i bot.Installation, g grant) (bot.Installation, error) {
	data, err := json.Marshal(g)
	if err != nil {
		return i, fmt.Errorf("store a token: %w", err)
	}
	i.Sealed = w.box.Seal(data, owner(i))
	return i, nil
}

// opened takes the grant out of an installation. Its errors hold nothing of it.
func (w *workspaces) opened(i bot.Installation) (g grant, err error) {
	data, err := w.box.Open(i.Sealed, owner(i))
	if err != nil {
		return g, fmt.Errorf("the token of %s: %w", cmp.Or(i.Team, i.Enterprise), err)
	}
	if json.Unmarshal(data, &g) != nil || g.Token == "" {
		return grant{}, fmt.Errorf("the token of %s is not readable", cmp.Or(i.Team, i.Enterprise))
	}
	return g, nil
}
