package slack

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"smtpbot/bot"
)

// rights remembers, for a moment, what Slack said about people and channels:
// who presses a button twice is not looked up twice.
type rights struct {
	mu       sync.Mutex
	people   map[string]standing // by workspace and person
	creators map[string]creator  // by channel
}

// standing is what a person is in a workspace.
type standing struct {
	admin, guest, outside bool
	at                    time.Time
}

type creator struct {
	user string
	at   time.Time
}

const (
	rightsFor = time.Minute
	maxRights = 4096
)

func newRights() *rights {
	return &rights{people: map[string]standing{}, creators: map[string]creator{}}
}

// mayDelete reports whether somebody may take an answer away.
func (a *Adapter) mayDelete(ctx context.Context, p bot.Place, user, poster string) (bool, error) {
	if user == "" {
		return false, nil
	}
	if user == poster {
		return true, nil
	}
	made, err := a.creatorOf(ctx, p)
	if err != nil {
		return false, err
	}
	if made == user {
		return true, nil
	}
	who, err := a.standing(ctx, p.Team, user)
	return who.admin, err
}

// mayChange reports whether somebody may set what the bot does in a channel:
// as with a channel's topic its members may, but guests of the workspace and
// people from the other side of a shared channel may not.
func (a *Adapter) mayChange(ctx context.Context, team, user string) bool {
	who, err := a.standing(ctx, team, user)
	if err != nil {
		a.log.Warn("slack does not say who may change settings", "error", reason(err), "team", team)
		return false
	}
	return !who.guest && !who.outside
}

// isAdmin reports whether somebody may set what the bot does in a workspace.
func (a *Adapter) isAdmin(ctx context.Context, team, user string) bool {
	who, err := a.standing(ctx, team, user)
	return err == nil && who.admin
}

// standing asks what a person is in a workspace. An admin of another company
// is none here. https://docs.slack.dev/reference/objects/user-object
func (a *Adapter) standing(ctx context.Context, team, user string) (standing, error) {
	r, key := a.rights, team+" "+user
	r.mu.Lock()
	known, ok := r.people[key]
	r.mu.Unlock()
	if ok && time.Since(known.at) < rightsFor {
		return known, nil
	}
	var person *slack.User
	err := a.as(ctx, team, func(api *slack.Client) error {
		return a.try(ctx, func(ctx context.Context) (err error) {
			person, err = api.GetUserInfoContext(ctx, user)
			return err
		})
	})
	if err != nil {
		return standing{}, err
	}
	s := standing{at: time.Now(), guest: person.IsRestricted || person.IsUltraRestricted, outside: person.IsStranger}
	if person.TeamID != "" && person.TeamID != team && !slices.Contains(person.Enterprise.Teams, team) {
		s.outside = true
	}
	s.admin = !s.outside && (person.IsAdmin || person.IsOwner || person.IsPrimaryOwner)
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.people) >= maxRights {
		clear(r.people)
	}
	r.people[key] = s
	return s, nil
}

// creatorOf asks who made a channel.
// https://docs.slack.dev/reference/objects/conversation-object
func (a *Adapter) creatorOf(ctx context.Context, p bot.Place) (string, error) {
	r := a.rights
	r.mu.Lock()
	known, ok := r.creators[p.Channel]
	r.mu.Unlock()
	if ok && time.Since(known.at) < rightsFor {
		return known.user, nil
	}
	var channel *slack.Channel
	err := a.inChannel(ctx, p.Team, p.Channel, func(api *slack.Client) error {
		return a.try(ctx, func(ctx context.Context) (err error) {
			channel, err = api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: p.Channel})
			return err
		})
	})
	if err != nil {
		return "", err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.creators) >= maxRights {
		clear(r.creators)
	}
	r.creators[p.Channel] = creator{channel.Creator, time.Now()}
	return channel.Creator, nil
}
