package slack

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/slack-go/slack"

	"smtpbot/bot"
)

// exchangeWithin bounds what a browser waits for.
const exchangeWithin = 15 * time.Second

// serveRedirect takes a browser back from Slack, with a code that is good for
// one exchange within ten minutes, or with the news that nobody consented.
// Neither code nor token reaches a log, a page or an error.
func (a *Adapter) serveRedirect(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), exchangeWithin)
	defer cancel()
	query := r.URL.Query()
	ours, err := a.workspaces.takeState(ctx, query.Get("state"), browserOf(r))
	code := query.Get("code")
	switch denied := query.Get("error"); {
	case err != nil:
		a.log.Error("an installation was not finished", "error", err)
		a.page(w, r, http.StatusServiceUnavailable, installPage{What: "failed"})
	case denied == "access_denied":
		a.page(w, r, http.StatusOK, installPage{What: "denied"})
	case !ours:
		a.log.Info("an installation was refused: its state is unknown, used, too old, or another browser's")
		a.page(w, r, http.StatusBadRequest, installPage{What: "stale"})
	case denied != "" || code == "":
		a.log.Warn("slack refused an installation", "code", word(denied))
		a.page(w, r, http.StatusBadRequest, installPage{What: "refused", Code: word(denied)})
	default:
		a.exchange(ctx, w, r, code)
	}
}

// exchange gets a token for a code, and stores it.
// https://docs.slack.dev/reference/methods/oauth.v2.access
func (a *Adapter) exchange(ctx context.Context, w http.ResponseWriter, r *http.Request, code string) {
	answer, err := slack.GetOAuthV2ResponseContext(ctx, a.http, a.cfg.ClientID, string(a.cfg.ClientSecret), code, "", slack.OAuthOptionAPIURL(a.cfg.APIURL))
	if err != nil {
		a.log.Warn("slack refused an installation", "code", reason(err))
		if said := codeOf(err); said != "" && !passes(err) {
			a.page(w, r, http.StatusBadGateway, installPage{What: "refused", Code: said})
			return
		}
		a.page(w, r, http.StatusBadGateway, installPage{What: "failed"})
		return
	}
	i, err := a.workspaces.install(ctx, answer)
	if err != nil {
		a.log.Error("an installation was not finished", "team", answer.Team.ID, "enterprise", answer.Enterprise.ID, "error", err)
		a.page(w, r, http.StatusServiceUnavailable, installPage{What: "failed"})
		return
	}
	a.log.Info("installed", "team", i.Team, "enterprise", i.Enterprise)
	a.page(w, r, http.StatusOK, installPage{What: "done", Open: openURL(answer.AppID, i.Team)})
}

// install stores what Slack gave. An installation of a whole enterprise
// belongs to no team.
func (w *workspaces) install(ctx context.Context, answer *slack.OAuthV2Response) (bot.Installation, error) {
	g, err := grantOf(answer, grant{}, w.now())
	if err != nil {
		return bot.Installation{}, err
	}
	i := bot.Installation{Platform: Name, Team: answer.Team.ID, Enterprise: answer.Enterprise.ID}
	if answer.IsEnterpriseInstall {
		i.Team = ""
	}
	if i.Team == "" && i.Enterprise == "" {
		return i, errNotInstalled
	}
	if i, err = w.sealed(i, g); err != nil {
		return i, err
	}
	if err := w.store.Install(ctx, i, w.now()); err != nil {
		return i, err
	}
	if i.Team == "" {
		w.forgetAll() // any team may be one of the enterprise's
	} else {
		w.forget(i.Team)
	}
	return i, nil
}

// openURL opens the app in Slack.
// https://docs.slack.dev/interactivity/deep-linking#open_an_app_home
func openURL(app, team string) string {
	if app == "" || team == "" {
		return ""
	}
	return "https://slack.com/app_redirect?" + url.Values{"app": {app}, "team": {team}}.Encode()
}
