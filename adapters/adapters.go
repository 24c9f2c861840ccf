// Package adapters lists the platforms that the bot speaks on. A platform is a
// folder below this one and a line in [Platforms].
package adapters

import (
	"context"
	"log/slog"
	"net/http"

	"smtpbot/adapters/discord"
	"smtpbot/adapters/slack"
	"smtpbot/bot"
)

// Adapter serves one platform: it verifies and decodes what the platform
// sends, asks the bot, and sends the card that it gets back.
type Adapter interface {
	// Name is the platform's name in logs, metrics and rows: "slack".
	Name() string

	// Run connects and serves until the context ends. It then takes no more
	// work, finishes what it took, and returns nil. A platform that is out of
	// reach is no error: Run keeps trying, and Ready says so meanwhile. An error
	// means that an operator has to mend something.
	Run(ctx context.Context) error

	// Ready is nil while the platform is connected, or says what is missing.
	Ready() error
}

// Router is an adapter that takes HTTP requests.
type Router interface {
	Routes(mux *http.ServeMux)
}

// Noticer is an adapter that can be ready without all of it being at work.
type Noticer interface {
	// Notice says what is not, and how to mend it; "" where all is.
	Notice() string
}

// Platform makes an adapter from the environment.
type Platform struct {
	Name string

	// Variables names the environment variables that the platform reads.
	Variables func() []string

	// Configure reads the platform's variables. Without any of them it gives
	// no adapter and no problem. Each problem names a variable, what is wrong
	// with it, and the page where the value is found.
	Configure func(env map[string]string, b *bot.Bot, log *slog.Logger) (Adapter, []error)
}

// Platforms is the list of all platforms.
func Platforms() []Platform {
	return []Platform{
		{"slack", slack.Variables, func(env map[string]string, b *bot.Bot, log *slog.Logger) (Adapter, []error) {
			cfg, problems := slack.FromEnv(env)
			if cfg == nil || len(problems) > 0 {
				return nil, problems
			}
			return slack.New(*cfg, b, log), nil
		}},
		{"discord", discord.Variables, func(env map[string]string, b *bot.Bot, log *slog.Logger) (Adapter, []error) {
			cfg, problems := discord.FromEnv(env)
			if cfg == nil || len(problems) > 0 {
				return nil, problems
			}
			return discord.New(*cfg, b, log), nil
		}},
	}
}
