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
	client := func(more ...string) map[string]string {
		env := map[string]string{"SLACK_CLIENT_ID": testClientID, "SLACK_CLIENT_SECRET": testClientSecret, "SMTPBOT_KEY": testKey}
		for i := 0; i+1 < len(more); i += 2 {
			env[more[i]] = more[i+1]
		}
		return env
	}
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
		{"several workspaces", client("SLACK_SIGNING_SECRET", secret), false, nil},
		{"several workspaces by Socket Mode", client("SLACK_APP_TOKEN", app), false, nil},
		{"several workspaces and the app's own", client("SLACK_SIGNING_SECRET", secret, "SLACK_BOT_TOKEN", bot), false, nil},
		{"a key in base64", client("SLACK_SIGNING_SECRET", secret, "SMTPBOT_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="), false, nil},
		{"a key alone", map[string]string{"SMTPBOT_KEY": testKey}, true, nil},

		{"several without a key", client("SLACK_SIGNING_SECRET", secret, "SMTPBOT_KEY", ""), false, []string{"SMTPBOT_KEY is missing: tokens of other workspaces are not stored in clear"}},
		{"several with half a key", client("SLACK_SIGNING_SECRET", secret, "SMTPBOT_KEY", "secretpass"), false, []string{"SMTPBOT_KEY cannot be used"}},
		{"several without a secret", client("SLACK_SIGNING_SECRET", secret, "SLACK_CLIENT_SECRET", ""), false, []string{"SLACK_CLIENT_SECRET is missing"}},
		{"several without an id", client("SLACK_SIGNING_SECRET", secret, "SLACK_CLIENT_ID", ""), false, []string{"SLACK_CLIENT_ID is missing"}},
		{"several with nothing to hear by", client(), false, []string{"SLACK_SIGNING_SECRET is missing"}},
		{"app id as client id", client("SLACK_SIGNING_SECRET", secret, "SLACK_CLIENT_ID", "A01APP"), false, []string{"SLACK_CLIENT_ID is no client id"}},
		{"token as client secret", client("SLACK_SIGNING_SECRET", secret, "SLACK_CLIENT_SECRET", bot), false, []string{"SLACK_CLIENT_SECRET is no client secret"}},
		{"one secret twice", client("SLACK_SIGNING_SECRET", secret, "SLACK_CLIENT_SECRET", secret), false, []string{"SLACK_CLIENT_SECRET is the same"}},
		{"client id alone", map[string]string{"SLACK_CLIENT_ID": testClientID}, false, []string{"SLACK_CLIENT_SECRET is missing", "SLACK_SIGNING_SECRET is missing", "SMTPBOT_KEY is missing"}},

		{"bot token alone", map[string]string{"SLACK_BOT_TOKEN": bot}, false, []string{"SLACK_APP_TOKEN is missing"}},
		{"app token alone", map[string]string{"SLACK_APP_TOKEN": app}, false, []string{"SLACK_BOT_TOKEN is missing"}},
		{"mixed up", map[string]string{"SLACK_BOT_TOKEN": app, "SLACK_APP_TOKEN": bot}, false, []string{"SLACK_BOT_TOKEN is no bot token", "SLACK_APP_TOKEN is no app-level token"}},
		{"user token", map[string]string{"SLACK_BOT_TOKEN": "xoxp-1-secretbot", "SLACK_APP_TOKEN": app}, false, []string{"SLACK_BOT_TOKEN is no bot token"}},
		{"token as secret", map[string]string{"SLACK_BOT_TOKEN": bot, "SLACK_SIGNING_SECRET": app}, false, []string{"SLACK_SIGNING_SECRET is no signing secret"}},
		{"no address", map[string]string{"SLACK_SIGNING_SECRET": secret, "SLACK_API_URL": "slack.com/api"}, false, []string{"SLACK_API_URL is no address"}},
		{"address with a password", map[string]string{"SLACK_SIGNING_SECRET": secret, "SLACK_API_URL": "https://me:secretpass@slack.com/api"}, false, []string{"SLACK_API_URL must hold no"}},
		{"address with a query", map[string]string{"SLACK_SIGNING_SECRET": secret, "SLACK_API_URL": "https://slack.com/api?token=secretpass"}, false, []string{"SLACK_API_URL must end"}},
		{"no time", map[string]string{"SLACK_SIGNING_SECRET": secret, "SLACK_PING_INTERVAL": "secretpass"}, false, []string{"SLACK_PING_INTERVAL is no length"}},
		{"no number of connections", map[string]string{"SLACK_SIGNING_SECRET": secret, "SLACK_SOCKET_CONNECTIONS": "secretpass"}, false, []string{"SLACK_SOCKET_CONNECTIONS is no number"}},
		{"more connections than slack allows", map[string]string{"SLACK_SIGNING_SECRET": secret, "SLACK_SOCKET_CONNECTIONS": "11"}, false, []string{"SLACK_SOCKET_CONNECTIONS is no number"}},
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
	cfg := Config{BotToken: "xoxb-hidden", AppToken: "xapp-hidden", SigningSecret: "hidden", ClientSecret: "hidden", Key: "hidden", APIURL: defaultAPIURL}
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
	if got := fmt.Sprint(Variables()); got != "[SLACK_BOT_TOKEN SLACK_APP_TOKEN SLACK_SIGNING_SECRET SLACK_CLIENT_ID SLACK_CLIENT_SECRET SMTPBOT_KEY SLACK_API_URL SLACK_PING_INTERVAL SLACK_SOCKET_CONNECTIONS]" {
		t.Error(got)
	}
}
