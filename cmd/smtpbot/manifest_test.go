package main

import (
	"strings"
	"testing"

	"smtpbot/bot/seal"
)

func TestManifest(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		args       []string
	}{
		{"one workspace", "deploy/slack/manifest.yaml", []string{"manifest", "slack"}},
		{"an address", "deploy/slack/manifest-http.yaml", []string{"manifest", "slack", "--url", "https://smtpbot.example.com/"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if status, out, errs := cli(t, nil, nil, tt.args...); status != exitFound || out != read(t, tt.file) {
				t.Errorf("status %d, %s; printed what %s does not hold", status, errs, tt.file)
			}
		})
	}
	for _, args := range [][]string{{"manifest"}, {"manifest", "discord"}, {"manifest", "slack", "--url", "http://smtpbot.example.com"}, {"manifest", "slack", "more"}, {"key", "more"}} {
		if status, out, errs := cli(t, nil, nil, args...); status != exitUnusable || out != "" || strings.Count(errs, "\n") != 1 {
			t.Errorf("%q: status %d, %q", args, status, errs)
		}
	}
}

// A key that the program prints is one that it takes, and another each time.
func TestKey(t *testing.T) {
	var keys []string
	for range 2 {
		status, out, errs := cli(t, nil, nil, "key")
		if status != exitFound {
			t.Fatalf("status %d, %s", status, errs)
		}
		if _, err := seal.New(out); err != nil {
			t.Error(err)
		}
		keys = append(keys, out)
	}
	if keys[0] == keys[1] {
		t.Error("one key twice")
	}
}

func TestCheckWantsAKeyForSeveralWorkspaces(t *testing.T) {
	env := []string{"HOME=" + t.TempDir(), "SLACK_CLIENT_ID=1.2", "SLACK_CLIENT_SECRET=c11en7", "SLACK_SIGNING_SECRET=s1gn"}
	if status, _, errs := cli(t, nil, env, "check"); status != exitUnusable || !strings.Contains(errs, "SMTPBOT_KEY is missing") || !strings.Contains(errs, "smtpbot key") {
		t.Errorf("status %d, %s", status, errs)
	}
	for _, command := range []string{"check", "serve"} {
		status, out, errs := cli(t, nil, append([]string{"SMTPBOT_KEY=tooshort"}, env...), command)
		if status != exitUnusable || strings.Contains(out+errs, "tooshort") || !strings.Contains(errs, "32 bytes") {
			t.Errorf("%s: status %d, %s", command, status, errs)
		}
	}
	if status, out, errs := cli(t, nil, append(env, "SMTPBOT_KEY="+seal.Key()), "check"); status != exitFound || !strings.Contains(out, "ok: slack") {
		t.Errorf("status %d, %s", status, errs)
	}
}
