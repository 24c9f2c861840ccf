package slack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestFromEnv(t *testing.T) {
	const bot, app, secret = "xoxb-1-secretbot", "xapp-1-secretapp", "0123secretsign"
	for _, tt := range []struct {
		name     string
		env      map[string]string
		none     bool
		problems []string // each begins with it
	}{
		{"nothing", nil, true, nil},
		{"others' variables", map[string]string{"DISCORD_BOT_TOKEN": "x", "SLACK_API_URL": "http://127.0.0.1:1/api/", "SLACK_BOT_TOKEN": " "}, true, nil},
		{"socket mode", map[string]string{"SLACK_BOT_TOKEN": bot, "SLACK_APP_TOKEN": app}, false, nil},
		{"HTTP", map[string]string{"SLACK_BOT_TOKEN": bot, "SLACK_SIGNING_SECRET": secret}, false, nil},
		{"both", map[string]string{"SLACK_BOT_TOKEN": bot, "SLACK_APP_TOKEN": app, "SLACK_SIGNING_SECRET": secret, "SLACK_API_URL": "http://127.0.0.1:3000/api", "SLACK_PING_INTERVAL": "10m"}, false, nil},
		{"commands alone", map[string]string{"SLACK_SIGNING_SECRET": secret}, false, nil},
		{"with a line's end", map[string]string{"SLACK_BOT_TOKEN": bot + "\n", "SLACK_APP_TOKEN": " " + app}, false, nil},
		{"rotated token", map[string]string{"SLACK_BOT_TOKEN": "xoxe.xoxb-1-secretbot", "SLACK_APP_TOKEN": app}, false, nil},

		{"bot token alone", map[string]string{"SLACK_BOT_TOKEN": bot}, false, []string{"SLACK_APP_TOKEN is missing"}},
		{"app token alone", map[string]string{"SLACK_APP_TOKEN": app}, false, []string{"SLACK_BOT_TOKEN is missing"}},
		{"mixed up", map[string]string{"SLACK_BOT_TOKEN": app, "SLACK_APP_TOKEN": bot}, false, []string{"SLACK_BOT_TOKEN is no bot token", "SLACK_APP_TOKEN is no app-level token"}},
		{"user token", map[string]string{"SLACK_BOT_TOKEN": "xoxp-1-secretbot", "SLACK_APP_TOKEN": app}, false, []string{"SLACK_BOT_TOKEN is no bot token"}},
		{"token as secret", map[string]string{"SLACK_BOT_TOKEN": bot, "SLACK_SIGNING_SECRET": app}, false, []string{"SLACK_SIGNING_SECRET is no signing secret"}},
		{"no address", map[string]string{"SLACK_SIGNING_SECRET": secret, "SLACK_API_URL": "slack.com/api"}, false, []string{"SLACK_API_URL is no address"}},
		{"address with a password", map[string]string{"SLACK_SIGNING_SECRET": secret, "SLACK_API_URL": "https://me:secretpass@slack.com/api"}, false, []string{"SLACK_API_URL must hold no"}},
		{"address with a query", map[string]string{"SLACK_SIGNING_SECRET": secret, "SLACK_API_URL": "https://slack.com/api?token=secretpass"}, false, []string{"SLACK_API_URL must end"}},
		{"no time", map[string]string{"SLACK_SIGNING_SECRET": secret, "SLACK_PING_INTERVAL": "secretpass"}, false, []string{"SLACK_PING_INTERVAL is no length"}},
		{"time backwards", map[string]string{"SLACK_SIGNING_SECRET": secret, "SLACK_PING_INTERVAL": "-1s"}, false, []string{"SLACK_PING_INTERVAL has to"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cfg, problems := FromEnv(tt.env)
			if (cfg == nil) != tt.none {
				t.Fatalf("configuration %v", cfg)
			}
			if len(problems) != len(tt.problems) {
				t.Fatalf("problems %v", problems)
			}
			for i, p := range problems {
				if !strings.HasPrefix(p.Error(), tt.problems[i]) || !strings.Contains(p.Error(), "see https://") || strings.Contains(p.Error(), "secretbot") || strings.Contains(p.Error(), "secretapp") || strings.Contains(p.Error(), "secretsign") || strings.Contains(p.Error(), "secretpass") {
					t.Errorf("problem %q, want %q", p, tt.problems[i])
				}
			}
			if cfg != nil && len(problems) == 0 && (!strings.HasSuffix(cfg.APIURL, "/api/") || cfg.PingInterval < time.Second) {
				t.Errorf("configuration %v", cfg)
			}
		})
	}
}

func TestConfigKeepsItsSecrets(t *testing.T) {
	cfg := Config{BotToken: "xoxb-hidden", AppToken: "xapp-hidden", SigningSecret: "hidden", APIURL: defaultAPIURL}
	var b bytes.Buffer
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		fmt.Fprintf(&b, format+"\n", cfg)
		fmt.Fprintf(&b, format+"\n", &cfg)
	}
	slog.New(slog.NewJSONHandler(&b, nil)).Info("config", "config", cfg, "token", cfg.BotToken)
	slog.New(slog.NewTextHandler(&b, nil)).Info("config", "config", cfg, "token", cfg.BotToken)
	_ = json.NewEncoder(&b).Encode(cfg)
	if strings.Contains(b.String(), "hidden") || strings.Contains(b.String(), "68696464656e") {
		t.Errorf("a secret shows in\n%s", &b)
	}
	if got := fmt.Sprint(Variables()); got != "[SLACK_BOT_TOKEN SLACK_APP_TOKEN SLACK_SIGNING_SECRET SLACK_API_URL SLACK_PING_INTERVAL]" {
		t.Error(got)
	}
}
