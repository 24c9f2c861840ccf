package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"smtpbot/adapters/slack"
	"smtpbot/bot/seal"
)

// manifest prints what a platform wants to know of the app.
func manifest(_ context.Context, a arguments, _ map[string]string, s streams) (int, error) {
	if strings.Join(a.words, " ") != "slack" {
		return exitUnusable, errors.New("usage: smtpbot manifest slack [--url https://your-host]; Discord has no manifest: see deploy/discord/README.md")
	}
	var b strings.Builder
	if err := slack.WriteManifest(&b, a.url); err != nil {
		return exitUnusable, fmt.Errorf("--url: %w", err)
	}
	fmt.Fprint(s.out, b.String())
	return exitFound, nil
}

// key prints a new key for SMTPBOT_KEY.
func key(_ context.Context, a arguments, _ map[string]string, s streams) (int, error) {
	if len(a.words) > 0 {
		return exitUnusable, errors.New("usage: smtpbot key")
	}
	fmt.Fprintln(s.out, seal.Key())
	return exitFound, nil
}
