package slack

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"

	"github.com/slack-go/slack"
)

// team is the workspace whose installation an event came for. In a channel that
// companies share, the frame's own team may be the author's.
// https://docs.slack.dev/apis/slack-connect#events
func (o outerEvent) team() string {
	if len(o.Authorizations) > 0 && o.Authorizations[0].TeamID != "" {
		return o.Authorizations[0].TeamID
	}
	return o.TeamID
}

// installed names the installation itself: the workspace, or the enterprise
// where that one installed the app as a whole.
func (o outerEvent) installed() string {
	if len(o.Authorizations) > 0 && o.Authorizations[0].IsEnterpriseInstall && o.Authorizations[0].EnterpriseID != "" {
		return o.Authorizations[0].EnterpriseID
	}
	return cmp.Or(o.team(), o.EnterpriseID)
}

// shared remembers, of channels that several companies share, which workspaces
// got events there: each of them may write there. It holds ids alone, is lost
// with the process, and is never shown.
type shared struct {
	mu       sync.Mutex
	channels map[string]*sharedChannel
}

type sharedChannel struct {
	teams   []string
	context string // of the latest event, by which Slack tells who else gets it
}

const (
	maxShared      = 4096
	maxSharedTeams = 16
)

func newShared() *shared { return &shared{channels: map[string]*sharedChannel{}} }

// saw notes that a workspace got an event of a shared channel.
func (s *shared) saw(outer outerEvent) {
	if !outer.IsExtShared || outer.TeamID == "" {
		return
	}
	var event struct {
		Channel string `json:"channel"`
	}
	if json.Unmarshal(outer.Event, &event) != nil || event.Channel == "" {
		return
	}
	team, channel := outer.TeamID, event.Channel
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.channels[channel]
	if !ok {
		if len(s.channels) >= maxShared {
			for other := range s.channels { // any: the next event tells again
				delete(s.channels, other)
				break
			}
		}
		c = &sharedChannel{}
		s.channels[channel] = c
	}
	if !slices.Contains(c.teams, team) && len(c.teams) < maxSharedTeams {
		c.teams = append(c.teams, team)
	}
	c.context = outer.EventContext
}

// in gives the workspaces that were seen in a channel, and the context of the
// latest event there.
func (s *shared) in(channel string) (teams []string, context string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.channels[channel]; ok {
		return slices.Clone(c.teams), c.context
	}
	return nil, ""
}

// left forgets that a workspace is in a channel.
func (s *shared) left(channel, team string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.channels[channel]; ok {
		c.teams = slices.DeleteFunc(c.teams, func(t string) bool { return t == team })
	}
}

// gone forgets a workspace.
func (s *shared) gone(team string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.channels {
		c.teams = slices.DeleteFunc(c.teams, func(t string) bool { return t == team })
	}
}

// inChannel calls the Web API about a channel as a workspace, and, where that
// one may not act there, as another that is in the channel, too.
func (a *Adapter) inChannel(ctx context.Context, team, channel string, f func(*slack.Client) error) error {
	err := a.as(ctx, team, f)
	if a.workspaces == nil || !elsewhere(err) {
		return err
	}
	tried := []string{team}
	others, eventContext := a.shared.in(channel)
	for _, other := range append(others, a.alsoAuthorized(ctx, eventContext)...) {
		if slices.Contains(tried, other) {
			continue
		}
		tried = append(tried, other)
		if second := a.as(ctx, other, f); !elsewhere(second) {
			return second
		}
	}
	return err
}

// as calls the Web API as a workspace. A token that Slack no longer knows may
// have been replaced by another process: it is read anew, once.
func (a *Adapter) as(ctx context.Context, team string, f func(*slack.Client) error) error {
	api, err := a.client(ctx, team)
	if err != nil {
		return err
	}
	err = f(api)
	if a.workspaces == nil || !tokenGone(codeOf(err)) {
		return err
	}
	a.workspaces.forget(team)
	again, second := a.client(ctx, team)
	if second != nil || again == api {
		return err
	}
	return f(again)
}

// elsewhere reports whether another workspace may succeed.
func elsewhere(err error) bool {
	if errors.Is(err, errNotInstalled) {
		return true
	}
	switch code := codeOf(err); code {
	case "not_in_channel", "channel_not_found", "message_not_found", "cant_update_message", "cant_delete_message",
		"user_not_in_channel", "user_not_found", "restricted_action", "missing_scope":
		return true
	default:
		return tokenGone(code)
	}
}

func tokenGone(code string) bool {
	switch code {
	case "invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed":
		return true
	}
	return false
}

// alsoAuthorized asks Slack which other workspaces an event is visible to. It
// needs the app token, with authorizations:read; without it there is no answer.
// https://docs.slack.dev/reference/methods/apps.event.authorizations.list
func (a *Adapter) alsoAuthorized(ctx context.Context, eventContext string) (teams []string) {
	if a.cfg.AppToken == "" || eventContext == "" {
		return nil
	}
	list, err := a.app.ListEventAuthorizationsContext(ctx, eventContext)
	if err != nil {
		a.log.Debug("slack does not say who else is in a channel", "code", reason(err))
		return nil
	}
	for _, one := range list {
		if one.TeamID != "" {
			teams = append(teams, one.TeamID)
		}
	}
	return teams
}

// ours reports whether a user is the bot itself: in a shared channel also as
// the other company knows it.
func (a *Adapter) ours(ctx context.Context, outer outerEvent, user string) bool {
	if user == a.user(outer) {
		return true
	}
	return a.workspaces != nil && outer.IsExtShared && a.workspaces.hasBot(ctx, user)
}
