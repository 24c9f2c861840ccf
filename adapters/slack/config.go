package slack

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"

	"smtpbot/bot/seal"
)

// Config is what an operator sets. Socket Mode needs an app token; signed
// requests over HTTP need the signing secret; both may be served at once. One
// workspace has its bot token here; with a client id, workspaces install the
// app themselves, and their tokens are stored, sealed with the key.
type Config struct {
	BotToken      Secret        `env:"SLACK_BOT_TOKEN"`
	AppToken      Secret        `env:"SLACK_APP_TOKEN"`
	SigningSecret Secret        `env:"SLACK_SIGNING_SECRET"`
	ClientID      string        `env:"SLACK_CLIENT_ID"`
	ClientSecret  Secret        `env:"SLACK_CLIENT_SECRET"`
	Key           Secret        `env:"SMTPBOT_KEY"`
	APIURL        string        `env:"SLACK_API_URL"`
	PingInterval  time.Duration `env:"SLACK_PING_INTERVAL"` // after so long without a sign of life Socket Mode connects anew

	SocketConnections int `env:"SLACK_SOCKET_CONNECTIONS"` // how many connections of Socket Mode are open at once
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
	pageClient   = "https://api.slack.com/apps → your app → Basic Information → App Credentials"
	pageKey      = "https://docs.slack.dev/security"
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
	if !slices.ContainsFunc([]string{"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"},
		func(name string) bool { return values[name] != "" }) {
		return nil, nil
	}
	cfg := Config{APIURL: defaultAPIURL, PingInterval: defaultPingInterval, SocketConnections: defaultConnections}
	var problems []error
	problem := func(name, wrong, page string) {
		problems = append(problems, fmt.Errorf("%s %s; see %s", name, wrong, page))
	}
	// An error holds the value. These two alone can fail to be read.
	if value, ok := values["SLACK_PING_INTERVAL"]; ok {
		if _, err := time.ParseDuration(value); err != nil {
			problem("SLACK_PING_INTERVAL", `is no length of time such as "30s"`, pageSocket)
			delete(values, "SLACK_PING_INTERVAL")
		}
	}
	if value, ok := values["SLACK_SOCKET_CONNECTIONS"]; ok {
		if n, err := strconv.Atoi(value); err != nil || n < 1 || n > maxConnections {
			problem("SLACK_SOCKET_CONNECTIONS", fmt.Sprintf("is no number from 1 to %d, which is what Slack allows", maxConnections), pageSocket)
			delete(values, "SLACK_SOCKET_CONNECTIONS")
		}
	}
	if err := env.ParseWithOptions(&cfg, env.Options{Environment: values}); err != nil {
		problem("SLACK_API_URL", "or another variable cannot be read", pageAPI)
	}
	if cfg.PingInterval <= 0 {
		problem("SLACK_PING_INTERVAL", "has to be longer than nothing", pageSocket)
	}

	bot, app, secret := string(cfg.BotToken), string(cfg.AppToken), string(cfg.SigningSecret)
	switch {
	case bot == "" && app != "" && cfg.ClientID == "":
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
	problems = append(problems, cfg.checkClient()...)
	if bot != "" && app == "" && secret == "" && cfg.ClientID == "" {
		problem("SLACK_APP_TOKEN", "is missing: set it for Socket Mode, or SLACK_SIGNING_SECRET for HTTP ("+pageSecret+")", pageAppToken)
	}
	if address, err := checkURL(cfg.APIURL); err != nil {
		problem("SLACK_API_URL", err.Error(), pageAPI)
	} else {
		cfg.APIURL = address
	}
	return &cfg, problems
}

// Several reports whether workspaces install the app themselves.
func (c *Config) Several() bool { return c.ClientID != "" }

// checkClient checks what several workspaces need.
func (c *Config) checkClient() (problems []error) {
	problem := func(name, wrong, page string) {
		problems = append(problems, fmt.Errorf("%s %s; see %s", name, wrong, page))
	}
	id, secret := c.ClientID, string(c.ClientSecret)
	if id == "" && secret == "" {
		return nil
	}
	switch {
	case id == "":
		problem("SLACK_CLIENT_ID", "is missing beside SLACK_CLIENT_SECRET", pageClient)
	case strings.Trim(id, "0123456789.") != "" || !strings.Contains(id, "."):
		problem("SLACK_CLIENT_ID", "is no client id: two numbers with a dot between them", pageClient)
	}
	switch {
	case secret == "":
		problem("SLACK_CLIENT_SECRET", "is missing: with SLACK_CLIENT_ID other workspaces install the app, which needs both", pageClient)
	case strings.HasPrefix(secret, "xox") || strings.HasPrefix(secret, "xapp-") || strings.ContainsAny(secret, " \t\n"):
		problem("SLACK_CLIENT_SECRET", "is no client secret, which is a word of letters and digits", pageClient)
	case secret == string(c.SigningSecret):
		problem("SLACK_CLIENT_SECRET", "is the same as SLACK_SIGNING_SECRET: one of them belongs elsewhere", pageClient)
	}
	if c.AppToken == "" && c.SigningSecret == "" {
		problem("SLACK_SIGNING_SECRET", "is missing: events of several workspaces come over HTTP; or set SLACK_APP_TOKEN for Socket Mode", pageSecret)
	}
	if c.Key == "" {
		problem("SMTPBOT_KEY", "is missing: tokens of other workspaces are not stored in clear; `smtpbot key` prints a new one", pageKey)
	} else if _, err := seal.New(string(c.Key)); err != nil {
		problem("SMTPBOT_KEY", "cannot be used: "+err.Error()+"; `smtpbot key` prints a new one", pageKey)
	}
	return problems
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
