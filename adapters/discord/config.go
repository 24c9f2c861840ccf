package discord

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"strings"

	"github.com/caarlos0/env/v11"
)

// portal is where an operator finds what the environment has to say.
const portal = "https://discord.com/developers/applications"

const (
	whereToken = portal + " → your application → Bot → Reset Token"
	whereKey   = portal + " → your application → General Information → Public Key"
	whereApp   = portal + " → your application → General Information → Application ID"
	whereGuild = "https://support.discord.com/hc/articles/206346498 (User Settings → Advanced → Developer Mode, then right-click the server → Copy Server ID)"
	whereParts = "https://discord.com/developers/docs/events/gateway#sharding; leave it unset to run all shards in one process"
	whereAPI   = "https://discord.com/developers/docs/reference#api-reference; leave it unset to use https://discord.com"
)

// Config is what the environment says about Discord.
type Config struct {
	Token     string            // of the bot, without "Bot " before it
	PublicKey ed25519.PublicKey // of the application; nil where no interactions come over HTTP
	API       *url.URL          // where Discord is; nil for https://discord.com
	App       string            // id of the application; "" to ask Discord
	Shards    Shards            // the part of the servers that this process serves; zero for all
	Guild     string            // the one server that gets the commands, for trying out; "" for everywhere
}

// LogValue keeps the token out of logs.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// String keeps the token out of everything that prints a Config.
func (c Config) String() string {
	return fmt.Sprintf("discord (token set: %t, public key set: %t)", c.Token != "", c.PublicKey != nil)
}

// GoString keeps the token out of %#v too.
func (c Config) GoString() string { return c.String() }

type variables struct {
	Token     string `env:"DISCORD_BOT_TOKEN"`
	PublicKey string `env:"DISCORD_PUBLIC_KEY"`
	API       string `env:"DISCORD_API_URL"`
	Shards    string `env:"DISCORD_SHARDS"`
	App       string `env:"DISCORD_APPLICATION_ID"`
	Guild     string `env:"DISCORD_GUILD_ID"`
}

// FromEnv reads the variables of Discord. Without any of them there is no
// configuration and no problem. Problems never hold a value that may be secret.
func FromEnv(environment map[string]string) (*Config, []error) {
	if environment == nil {
		environment = map[string]string{} // nil would mean the environment of the process
	}
	var v variables
	if err := env.ParseWithOptions(&v, env.Options{Environment: environment}); err != nil {
		return nil, []error{fmt.Errorf("read the variables of Discord: %w", err)}
	}
	for _, text := range []*string{&v.Token, &v.PublicKey, &v.API, &v.Shards, &v.App, &v.Guild} {
		*text = strings.TrimSpace(*text)
	}
	if v == (variables{App: v.App}) { // the id alone is for the invite link
		return nil, nil
	}
	var problems []error
	c := &Config{App: v.App, Guild: v.Guild}
	var err error
	if c.Token, err = readToken(v.Token); err != nil && (v.Token != "" || v.PublicKey == "") { // interactions over HTTP need none
		problems = append(problems, err)
	}
	if c.PublicKey, err = readKey(v.PublicKey); err != nil {
		problems = append(problems, err)
	}
	if c.API, err = readAPI(v.API); err != nil {
		problems = append(problems, err)
	}
	if part, ok := parseShards(v.Shards); ok {
		c.Shards = part
	} else if v.Shards != "" {
		problems = append(problems, fmt.Errorf("DISCORD_SHARDS is neither a number of shards, such as 16, nor a part of them, such as 0-3/16; see %s", whereParts))
	}
	for _, id := range []struct{ name, value, where string }{{"DISCORD_APPLICATION_ID", v.App, whereApp}, {"DISCORD_GUILD_ID", v.Guild, whereGuild}} {
		if err = readID(id.name, id.value, id.where); err != nil {
			problems = append(problems, err)
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return c, nil
}

var (
	onlyDigits = regexp.MustCompile(`^[0-9]{15,21}$`)
	looksKey   = regexp.MustCompile(`^[0-9a-fA-F]{64}$`)
)

func readToken(value string) (string, error) {
	wrong := func(what string) (string, error) {
		return "", fmt.Errorf("DISCORD_BOT_TOKEN %s; get it at %s", what, whereToken)
	}
	value = strings.TrimSpace(strings.TrimPrefix(value, "Bot "))
	switch {
	case value == "":
		return wrong("is not set, and without it no command can be registered and no channel watched")
	case strings.ContainsAny(value, " \t\r\n\"'"):
		return wrong("holds white space or quotes")
	case onlyDigits.MatchString(value):
		return wrong("is a number, which is the application's id and not the token")
	case looksKey.MatchString(value):
		return wrong("is 64 hex digits, which is the public key and not the token")
	}
	return value, nil
}

func readID(name, value, where string) error {
	if value == "" || onlyDigits.MatchString(value) {
		return nil
	}
	return fmt.Errorf("%s is not a number of 15 to 21 digits; copy it from %s", name, where)
}

// readKey gives a key of the right length: ed25519.Verify panics on any other.
func readKey(value string) (ed25519.PublicKey, error) {
	if value == "" {
		return nil, nil
	}
	key, err := hex.DecodeString(value)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("DISCORD_PUBLIC_KEY is not %d hex digits, it has %d characters; copy it from %s",
			2*ed25519.PublicKeySize, len(value), whereKey)
	}
	return key, nil
}

func readAPI(value string) (*url.URL, error) {
	if value == "" {
		return nil, nil
	}
	wrong := func(what string) (*url.URL, error) {
		return nil, fmt.Errorf("DISCORD_API_URL %s; see %s", what, whereAPI)
	}
	u, err := url.Parse(value)
	switch {
	case err != nil:
		return wrong("is not a URL")
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return wrong("is not a URL that begins with https:// or http:// and a host")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return wrong("has a user name, a query or a fragment")
	case strings.Contains(u.Path+"/", "/api/"):
		return wrong("holds /api, which smtpbot adds itself")
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimSuffix(u.Path, "/")}, nil
}

// Variables are the names of all that FromEnv reads.
func Variables() []string {
	params, _ := env.GetFieldParams(&variables{})
	var names []string
	for _, p := range params {
		names = append(names, p.Key)
	}
	return names
}
