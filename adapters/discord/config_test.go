package discord

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func TestFromEnv(t *testing.T) {
	t.Parallel()
	key := strings.Repeat("0a", 32)
	for name, row := range map[string]struct {
		env   map[string]string
		wants []string // what the problems name; nil for a configuration
		none  bool     // neither configuration nor problem
	}{
		"nothing":         {env: map[string]string{}, none: true},
		"no map":          {none: true},
		"others":          {env: map[string]string{"SLACK_BOT_TOKEN": "xoxb-1", "DISCORD_BOT_TOKEN": "  "}, none: true},
		"token":           {env: map[string]string{"DISCORD_BOT_TOKEN": "MTIz.abc.def"}},
		"token with Bot":  {env: map[string]string{"DISCORD_BOT_TOKEN": "Bot MTIz.abc.def"}},
		"all":             {env: map[string]string{"DISCORD_BOT_TOKEN": "t.o.k", "DISCORD_PUBLIC_KEY": key, "DISCORD_API_URL": "http://127.0.0.1:1/"}},
		"key alone":       {env: map[string]string{"DISCORD_PUBLIC_KEY": key}},
		"shards":          {env: map[string]string{"DISCORD_BOT_TOKEN": "t.o.k", "DISCORD_SHARDS": "0-3/16"}},
		"odd shards":      {env: map[string]string{"DISCORD_BOT_TOKEN": "t.o.k", "DISCORD_SHARDS": "4-3/16"}, wants: []string{"DISCORD_SHARDS", "0-3/16"}},
		"URL alone":       {env: map[string]string{"DISCORD_API_URL": "http://127.0.0.1:1"}, wants: []string{"DISCORD_BOT_TOKEN is not set"}},
		"short key":       {env: map[string]string{"DISCORD_BOT_TOKEN": "t.o.k", "DISCORD_PUBLIC_KEY": "secret0a"}, wants: []string{"DISCORD_PUBLIC_KEY", "64 hex digits", "General Information"}},
		"key not hex":     {env: map[string]string{"DISCORD_BOT_TOKEN": "t.o.k", "DISCORD_PUBLIC_KEY": strings.Repeat("z", 64)}, wants: []string{"DISCORD_PUBLIC_KEY"}},
		"id as token":     {env: map[string]string{"DISCORD_BOT_TOKEN": "123456789012345678"}, wants: []string{"application's id"}},
		"key as token":    {env: map[string]string{"DISCORD_BOT_TOKEN": key}, wants: []string{"public key"}},
		"quoted token":    {env: map[string]string{"DISCORD_BOT_TOKEN": `"secret.a.b"`}, wants: []string{"quotes"}},
		"URL with path":   {env: map[string]string{"DISCORD_BOT_TOKEN": "t.o.k", "DISCORD_API_URL": "https://discord.com/api/v10"}, wants: []string{"DISCORD_API_URL", "/api"}},
		"URL of sockets":  {env: map[string]string{"DISCORD_BOT_TOKEN": "t.o.k", "DISCORD_API_URL": "wss://secret"}, wants: []string{"DISCORD_API_URL"}},
		"URL with secret": {env: map[string]string{"DISCORD_BOT_TOKEN": "t.o.k", "DISCORD_API_URL": "https://u:secret@x"}, wants: []string{"DISCORD_API_URL"}},
		"three problems":  {env: map[string]string{"DISCORD_PUBLIC_KEY": "0", "DISCORD_API_URL": "::", "DISCORD_SHARDS": "x"}, wants: []string{"DISCORD_SHARDS", "DISCORD_PUBLIC_KEY", "DISCORD_API_URL"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, problems := FromEnv(row.env)
			text := fmt.Sprint(problems)
			if row.none != (c == nil && len(problems) == 0) || !row.none && (c == nil) != (len(row.wants) > 0) {
				t.Fatalf("%v, %v", c, problems)
			}
			for _, want := range row.wants {
				if !strings.Contains(text, want) {
					t.Errorf("no %q in %s", want, text)
				}
			}
			if len(row.wants) > 0 && !strings.Contains(text, "https://discord.com/developers/") {
				t.Errorf("no page in %s", text)
			}
			if strings.Contains(text, "secret") {
				t.Errorf("a value is in %s", text)
			}
			if c != nil && strings.HasPrefix(c.Token, "Bot ") {
				t.Error("Bot is part of the token")
			}
		})
	}
}

func TestConfigKeepsSecrets(t *testing.T) {
	t.Parallel()
	c := Config{Token: "secret"}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "config", c)
	if text := fmt.Sprintf("%v %+v %#v %s", c, c, c, log.String()); strings.Contains(text, "secret") {
		t.Error(text)
	}
}

func TestTransport(t *testing.T) {
	t.Parallel()
	var got []string
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		got = append(got, r.Host+r.URL.String())
	}))
	defer s.Close()
	base, err := url.Parse(s.URL + "/proxy")
	if err != nil {
		t.Fatal(err)
	}
	client := newClient(base)
	for _, address := range []string{"https://discord.com/api/v9/gateway", "https://discord.com/api/v9/x/api/v9/y?a=b"} {
		response, err := client.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
	}
	want := base.Host + "/proxy/api/v10/gateway " + base.Host + "/proxy/api/v10/x/api/v9/y?a=b"
	if strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
	for _, address := range []string{"https://cdn.discordapp.com/x", "http://discord.com/api", "https://discord.com.evil.example/", s.URL} {
		if _, err := client.Get(address); err == nil || !strings.Contains(err.Error(), "refused to send") {
			t.Errorf("%s: %v", address, err)
		}
	}
}
