package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"smtpbot/bot"
)

// check lists every variable with its state, and every problem that serve would stop at.
func check(_ context.Context, _ arguments, env map[string]string, s streams) (int, error) {
	c, problems := configure(env)
	known, err := loadCatalog()
	if err != nil {
		return exitUnusable, err
	}
	list, faults := connect(env, bot.New(known, nil, bot.Options{}), slog.New(slog.NewTextHandler(io.Discard, nil)))
	printVariables(s.out, env)
	fmt.Fprintln(s.out)
	if problems = append(problems, faults...); len(problems) > 0 {
		return exitUnusable, misconfigured(problems)
	}
	fmt.Fprintf(s.out, "ok: the local page at %s\n", c.Listen)
	for _, a := range list {
		fmt.Fprintf(s.out, "ok: %s\n", a.Name())
	}
	if len(list) == 0 {
		fmt.Fprintln(s.out, "No chat platform is configured. For Slack set SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET, or SLACK_CLIENT_ID for several workspaces; for Discord set DISCORD_BOT_TOKEN.")
	}
	return exitFound, nil
}

// misconfigured lists problems, one a line.
func misconfigured(problems []error) error {
	return fmt.Errorf("the configuration has to be mended:\n%w", errors.Join(problems...))
}
