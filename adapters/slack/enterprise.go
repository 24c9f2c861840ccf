package slack

import (
	"cmp"
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"smtpbot/bot"
)

// findEnterprise looks whether a team belongs to an enterprise that installed
// the app as a whole, and notes it. Slack says which teams those are.
// https://docs.slack.dev/enterprise/developing-for-enterprise-orgs
func (w *workspaces) findEnterprise(ctx context.Context, team string) (bot.Installation, error) {
	all, err := w.store.Installed(ctx, Name)
	if err != nil {
		return bot.Installation{}, fmt.Errorf("read the installations: %w", err)
	}
	for _, i := range all {
		if i.Team != "" || len(i.Sealed) == 0 {
			continue
		}
		if i.Enterprise == team { // some events name the enterprise in place of a team
			return i, nil
		}
		g, err := w.opened(i)
		if err != nil {
			return bot.Installation{}, err
		}
		if g.stale(w.now()) {
			if g, err = w.renew(ctx, i, g); err != nil {
				return bot.Installation{}, err
			}
		}
		has, err := hasTeam(ctx, w.adapter.clientWith(g.Token), team)
		if err != nil {
			return bot.Installation{}, fmt.Errorf("auth.teams.list: %s", reason(err))
		}
		if !has {
			continue
		}
		member := bot.Installation{Platform: Name, Team: team, Enterprise: i.Enterprise}
		if err := w.store.Install(ctx, member, w.now()); err != nil {
			return bot.Installation{}, fmt.Errorf("note a workspace: %w", err)
		}
		// Read anew: a renewal replaced what it holds.
		i, ok, err := w.store.Installation(ctx, Name, "", i.Enterprise)
		if err != nil || !ok {
			return bot.Installation{}, fmt.Errorf("read an installation: %w", cmp.Or(err, errNotInstalled))
		}
		return i, nil
	}
	return bot.Installation{}, errNotInstalled
}

// hasTeam asks whether a token of an enterprise is good for a team.
// https://docs.slack.dev/reference/methods/auth.teams.list
func hasTeam(ctx context.Context, api *slack.Client, team string) (bool, error) {
	for cursor := ""; ; {
		teams, next, err := api.ListTeamsContext(ctx, slack.ListTeamsParameters{Limit: 1000, Cursor: cursor})
		if err != nil {
			return false, err
		}
		for _, t := range teams {
			if t.ID == team {
				return true, nil
			}
		}
		if next == "" {
			return false, nil
		}
		cursor = next
	}
}
