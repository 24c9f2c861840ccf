package slack

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
)

// Config is what an operator sets. Socket Mode needs an app token; signed
// requests over HTTP need the signing secret; both may be served at once.
type Config struct {
	BotToken      Secret        `env:"SLACK_BOT_TOKEN"`
	AppToken      Secret        `env:"SLACK_APP_TOKEN"`
	SigningSecret Secret        `env:"SLACK_SIGNING_SECRET"`
	APIURL        string        `env:"SLACK_API_URL"`
	PingInterval  time.Duration `env:"SLACK_PING_INTERVAL"` // after so long without a sign of life Socket Mode connects anew
}

const (
	defaultAPIURL       = "https://slack.com/api/"
	defaultPingInterval = 30 * time.Second
)

// Variables are the names of all that FromEnv reads.
func Variables() []string {
	params, _ := env.GetFieldParams(&Config{})
	var names []string
	for _, p := range params {
		names = append(names, p.Key)
	}
	return names
}

// The pages where an operator finds the values.
const (
	pageBotToken = "https://api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token"
	pageAppToken = "https://api.slack.com/apps → your app → Basic Information → App-Level Tokens, with the scope connections:write"
	pageSecret   = "https://api.slack.com/apps → your app → Basic Information → App Credentials → Signing Secret"
	pageAPI      = "https://docs.slack.dev/apis/web-api"
	pageSocket   = "https://docs.slack.dev/apis/events-api/using-socket-mode"
)

// FromEnv reads the configuration. Where nothing of Slack is set it gives
// neither a configuration nor a problem.
func FromEnv(environment map[string]string) (*Config, []error) {
	values := map[string]string{}
	for _, name := range Variables() {
		if v := strings.TrimSpace(environment[name]); v != "" {
			values[name] = v
		}
	}
	if values["SLACK_BOT_TOKEN"] == "" && values["SLACK_APP_TOKEN"] == "" && values["SLACK_SIGNING_SECRET"] == "" {
		return nil, nil
	}
	cfg := Config{APIURL: defaultAPIURL, PingInterval: defaultPingInterval}
	var problems []error
	problem := func(name, wrong, page string) {
		problems = append(problems, fmt.Errorf("%s %s; see %s", name, wrong, page))
	}
	if err := env.ParseWithOptions(&cfg, env.Options{Environment: values}); err != nil {
		// The error holds the value. The interval alone can fail to be read.
		problem("SLACK_PING_INTERVAL", `is no length of time such as "30s"`, pageSocket)
	} else if cfg.PingInterval <= 0 {
		problem("SLACK_PING_INTERVAL", "has to be longer than nothing", pageSocket)
	}

	bot, app, secret := string(cfg.BotToken), string(cfg.AppToken), string(cfg.SigningSecret)
	switch {
	case bot == "" && app != "":
		problem("SLACK_BOT_TOKEN", "is missing, without which Socket Mode cannot answer", pageBotToken)
	case bot != "" && !strings.HasPrefix(bot, "xoxb-") && !strings.HasPrefix(bot, "xoxe.xoxb-") || strings.ContainsAny(bot, " \t\n"):
		problem("SLACK_BOT_TOKEN", "is no bot token: one begins with xoxb-", pageBotToken)
	}
	if app != "" && !strings.HasPrefix(app, "xapp-") || strings.ContainsAny(app, " \t\n") {
		problem("SLACK_APP_TOKEN", "is no app-level token: one begins with xapp-", pageAppToken)
	}
	if strings.HasPrefix(secret, "xox") || strings.HasPrefix(secret, "xapp-") || strings.ContainsAny(secret, " \t\n") {
		problem("SLACK_SIGNING_SECRET", "is no signing secret, which is a word of letters and digits", pageSecret)
	}
	if bot != "" && app == "" && secret == "" {
		problem("SLACK_APP_TOKEN", "is missing: set it for Socket Mode, or SLACK_SIGNING_SECRET for HTTP ("+pageSecret+")", pageAppToken)
	}
	if address, err := checkURL(cfg.APIURL); err != nil {
		problem("SLACK_API_URL", err.Error(), pageAPI)
	} else {
		cfg.APIURL = address
	}
	return &cfg, problems
}

// checkURL gives the address as slack-go wants it, with a slash at the end.
func checkURL(address string) (string, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil, u.Scheme != "https" && u.Scheme != "http", u.Host == "":
		return "", errors.New(`is no address such as "` + defaultAPIURL + `"`)
	case u.User != nil:
		return "", errors.New("must hold no name and password")
	case u.RawQuery != "" || u.Fragment != "":
		return "", errors.New("must end with the path, without ? and #")
	}
	return strings.TrimRight(address, "/") + "/", nil
}

// Secret is a value that shows nowhere by accident.
type Secret string

func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "[set]"
}

// GoString is for %#v.
func (s Secret) GoString() string { return fmt.Sprintf("%q", s.String()) }

// LogValue is for slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText is for everything that writes JSON.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
