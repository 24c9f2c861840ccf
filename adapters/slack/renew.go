package slack

import (
	"context"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"smtpbot/bot"
)

// How often, and how far apart, the store is read for what another process got.
const (
	renewLooks = 10
	renewPause = 300 * time.Millisecond
)

// renew exchanges a refresh token for a new pair, and stores it. A refresh
// token is good for one use: of two processes one gets the pair, and the other
// reads it from the store.
// https://docs.slack.dev/authentication/using-token-rotation
func (w *workspaces) renew(ctx context.Context, i bot.Installation, g grant) (grant, error) {
	// What Slack gave has to be stored, even when nobody waits for it any more:
	// the old pair is worth nothing.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	cfg := w.adapter.cfg
	r, err := slack.RefreshOAuthV2TokenContext(ctx, w.adapter.http, cfg.ClientID, string(cfg.ClientSecret), g.Refresh, slack.OAuthOptionAPIURL(cfg.APIURL))
	if err != nil {
		if usedUp(codeOf(err)) {
			if other, ok := w.renewedElsewhere(ctx, i, g); ok {
				return other, nil
			}
		}
		if code := codeOf(err); code != "" {
			return grant{}, fmt.Errorf("oauth.v2.access: %w", slack.SlackErrorResponse{Err: code}) // without what else Slack said
		}
		return grant{}, fmt.Errorf("oauth.v2.access: %s", reason(err))
	}
	renewed, err := grantOf(r, g, w.now())
	if err != nil {
		return grant{}, err
	}
	if i, err = w.sealed(i, renewed); err != nil {
		return grant{}, err
	}
	err = w.adapter.try(ctx, func(ctx context.Context) error { return w.store.Install(ctx, i, w.now()) })
	if err != nil {
		// The token works in this process; without the store the next start needs a new install.
		w.adapter.log.Error("a renewed token was not stored", "team", i.Team, "enterprise", i.Enterprise, "error", err)
	}
	return renewed, nil
}

// usedUp reports whether Slack refuses a refresh token for what it is.
func usedUp(code string) bool {
	switch code {
	case "invalid_refresh_token", "token_expired", "token_revoked", "invalid_grant":
		return true
	}
	return false
}

// renewedElsewhere waits for the pair that another process stores.
func (w *workspaces) renewedElsewhere(ctx context.Context, i bot.Installation, used grant) (grant, bool) {
	for range renewLooks {
		if now, ok, err := w.store.Installation(ctx, Name, i.Team, i.Enterprise); err == nil && ok {
			if g, err := w.opened(now); err == nil && g.Refresh != used.Refresh {
				return g, true
			}
		}
		if w.adapter.pause(ctx, renewPause) != nil {
			break
		}
	}
	return grant{}, false
}
