package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"smtpbot/bot"
)

// An appEvent tells what happened to the app itself or to a channel.
type appEvent struct {
	Type    string   `json:"type"`
	Teams   []string `json:"team_ids"` // of team_access_revoked
	AppID   string   `json:"app_id"`   // of app_uninstalled_team
	TeamID  string   `json:"team_id"`  // likewise
	Revoked struct {
		Bots []string `json:"bot"`
	} `json:"tokens"` // of tokens_revoked

	Channel    string `json:"channel"`                      // of channel_unshared
	LeftTeam   string `json:"previously_connected_team_id"` // likewise
	OldChannel string `json:"old_channel_id"`               // of channel_id_changed
	NewChannel string `json:"new_channel_id"`               // likewise
}

// onAppEvent takes the events that tell of the app being removed, or of a
// channel changing hands. An error means that Slack has to deliver it again.
func (a *Adapter) onAppEvent(ctx context.Context, outer outerEvent) (taken bool, err error) {
	var kind struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(outer.Event, &kind) != nil {
		return false, nil
	}
	var e appEvent
	switch kind.Type {
	case "app_uninstalled", "tokens_revoked", "team_access_revoked", "app_uninstalled_team", "channel_shared", "channel_unshared", "channel_id_changed":
		if json.Unmarshal(outer.Event, &e) != nil && kind.Type != "channel_shared" {
			a.log.Info("an event could not be read", "event", outer.EventID)
			return true, nil
		}
	default:
		return false, nil
	}
	switch e.Type {
	case "app_uninstalled": // https://docs.slack.dev/reference/events/app_uninstalled
		err = a.removed(ctx, outer, true)
	case "tokens_revoked": // https://docs.slack.dev/reference/events/tokens_revoked
		if len(e.Revoked.Bots) > 0 {
			err = a.removed(ctx, outer, false)
		}
	case "team_access_revoked": // https://docs.slack.dev/reference/events/team_access_revoked
		for _, team := range e.Teams {
			err = errors.Join(err, a.uninstall(ctx, team))
		}
	case "app_uninstalled_team": // https://docs.slack.dev/reference/events/app_uninstalled_team
		if e.AppID != "" && e.AppID == outer.AppID { // it tells of other apps, too
			err = a.uninstall(ctx, e.TeamID)
		}
	case "channel_unshared": // https://docs.slack.dev/reference/events/channel_unshared
		a.shared.left(e.Channel, e.LeftTeam)
	case "channel_id_changed": // https://docs.slack.dev/reference/events/channel_id_changed
		err = a.renamed(ctx, outer.team(), e.OldChannel, e.NewChannel)
	}
	return true, err
}

// removed deletes everything of who removed the app, unless the token is good:
// then the app was installed again meanwhile, or the token was merely renewed,
// and the event is late. Where Slack does not say, sure tells what holds.
func (a *Adapter) removed(ctx context.Context, outer outerEvent, sure bool) error {
	team := outer.installed()
	teams, works, err := a.stillInstalled(ctx, team)
	switch {
	case works:
		a.log.Info("the app is installed, although slack tells of its removal", "team", team)
		return nil
	case err != nil && !sure:
		return err
	}
	err = nil
	for _, t := range teams {
		err = errors.Join(err, a.uninstall(ctx, t))
	}
	return err
}

// stillInstalled asks whether the token of a team or an enterprise works, and
// lists the teams that it is good for. With an error that is not known.
func (a *Adapter) stillInstalled(ctx context.Context, team string) (teams []string, works bool, err error) {
	teams = []string{team}
	if a.workspaces == nil {
		if a.own == nil {
			return teams, false, nil
		}
		works, err = tokenWorks(ctx, a.own)
		return teams, works, err
	}
	a.workspaces.forget(team)
	i, err := a.workspaces.find(ctx, team)
	switch {
	case errors.Is(err, errNotInstalled):
		return teams, false, nil
	case err != nil:
		return teams, false, err
	case i.Team == "":
		if teams, err = a.workspaces.members(ctx, i.Enterprise); err != nil {
			return teams, false, err
		}
	}
	g, err := a.workspaces.opened(i)
	if err != nil {
		return teams, false, err
	}
	if !g.stale(a.workspaces.now()) {
		works, err = tokenWorks(ctx, a.clientWith(g.Token))
		return teams, works, err
	}
	switch _, err = a.workspaces.renew(ctx, i, g); { // a token that ran out says nothing about the app
	case err == nil:
		return teams, true, nil
	case usedUp(codeOf(err)):
		return teams, false, nil
	}
	return teams, false, err
}

// uninstall deletes everything that is kept of a team.
func (a *Adapter) uninstall(ctx context.Context, team string) error {
	store := a.bot.Installs()
	if store == nil || team == "" {
		return nil
	}
	if err := store.Uninstall(ctx, Name, team); err != nil {
		return fmt.Errorf("delete what is kept of a workspace: %w", err)
	}
	if a.workspaces != nil {
		a.workspaces.forget(team)
	}
	a.shared.gone(team)
	a.log.Info("uninstalled: everything of the workspace is deleted", "team", team)
	return nil
}

// members lists an enterprise that installed the app as a whole, with all its
// teams that came by. A team that installed the app by itself is not among them.
func (w *workspaces) members(ctx context.Context, enterprise string) ([]string, error) {
	all, err := w.store.Installed(ctx, Name)
	if err != nil {
		return nil, fmt.Errorf("read the installations: %w", err)
	}
	list := []string{enterprise}
	for _, i := range all {
		if i.Enterprise == enterprise && i.Team != "" && len(i.Sealed) == 0 {
			list = append(list, i.Team)
		}
	}
	return list, nil
}

// tokenWorks asks Slack whether a token is good. An error means that Slack did
// not say. https://docs.slack.dev/reference/methods/auth.test#errors
func tokenWorks(ctx context.Context, api *slack.Client) (bool, error) {
	_, err := api.AuthTestContext(ctx)
	switch codeOf(err) {
	case "":
		if err != nil {
			return false, fmt.Errorf("auth.test: %s", reason(err))
		}
		return true, nil
	case "invalid_auth", "not_authed", "token_revoked", "account_inactive", "token_expired", "org_login_required", "team_access_not_granted", "access_denied":
		return false, nil
	}
	return false, fmt.Errorf("auth.test: %s", reason(err))
}

// renamed moves a channel's settings to its new id: a private channel gets one
// when it is first shared with another company.
func (a *Adapter) renamed(ctx context.Context, team, before, after string) error {
	if before == "" || after == "" {
		return nil
	}
	at := func(channel string) bot.Place { return bot.Place{Platform: Name, Team: team, Channel: channel} }
	had, err := a.bot.SettingsFor(ctx, at(before))
	if err != nil {
		return err
	}
	usual, err := a.bot.SettingsFor(ctx, at(""))
	if err != nil {
		return err
	}
	change := had
	if had.Level == usual.Level {
		change.Level = ""
	}
	if had.Lang == usual.Lang {
		change.Lang = ""
	}
	if change == (bot.Settings{}) {
		return nil
	}
	_, err = a.bot.ChangeSettings(ctx, at(after), change)
	return err
}
