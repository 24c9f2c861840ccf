package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// Invite gives the address at which the bot is added to a server. The
// application is the one that the environment names, or else the one that
// Discord says the token belongs to.
func Invite(ctx context.Context, environment map[string]string) (string, error) {
	if id := strings.TrimSpace(environment["DISCORD_APPLICATION_ID"]); id != "" {
		if err := readID("DISCORD_APPLICATION_ID", id, whereApp); err != nil {
			return "", err
		}
		return invitation(id), nil
	}
	cfg, problems := FromEnv(environment)
	switch {
	case len(problems) > 0:
		return "", errors.Join(problems...)
	case cfg == nil:
		return "", errors.New("set DISCORD_APPLICATION_ID (" + whereApp + ") or DISCORD_BOT_TOKEN (" + whereToken + ")")
	}
	id, err := New(*cfg, nil, slog.New(slog.DiscardHandler)).applicationID(ctx)
	if err != nil {
		return "", fmt.Errorf("ask discord which application DISCORD_BOT_TOKEN belongs to: %s", described(err))
	}
	return invitation(id), nil
}
