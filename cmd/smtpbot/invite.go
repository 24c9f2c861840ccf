package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"smtpbot/adapters/discord"
)

// inviteWithin bounds the question which application a token belongs to.
const inviteWithin = 20 * time.Second

// invite prints where the bot is added to a server.
func invite(ctx context.Context, a arguments, env map[string]string, s streams) (int, error) {
	if strings.Join(a.words, " ") != "discord" {
		return exitUnusable, errors.New("usage: smtpbot invite discord; workspaces of Slack install the app at https://your-host/slack/install")
	}
	if problems := readSecrets(env); len(problems) > 0 {
		return exitUnusable, misconfigured(problems)
	}
	ctx, cancel := context.WithTimeout(ctx, inviteWithin)
	defer cancel()
	link, err := discord.Invite(ctx, env)
	if err != nil {
		return exitUnusable, err
	}
	fmt.Fprintln(s.out, link)
	return exitFound, nil
}
