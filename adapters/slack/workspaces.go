package slack

import (
	"context"
	"errors"

	"github.com/slack-go/slack"
)

// errNotInstalled says that no workspace of that id lets the bot in.
var errNotInstalled = errors.New("the app is not installed there")

// client gives the Web API with the token of a workspace. With one workspace
// it is the bot token's, whatever the team.
func (a *Adapter) client(_ context.Context, _ string) (*slack.Client, error) {
	if a.own == nil {
		return nil, errNotInstalled
	}
	return a.own, nil
}

// watches reports whether the bot can speak anywhere: without a token only
// what goes with an acknowledgement reaches anybody.
func (a *Adapter) watches() bool { return a.own != nil }
