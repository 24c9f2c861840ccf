package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"

	"smtpbot/adapters"
	"smtpbot/bot"
	"smtpbot/bot/store/sqlstore"
)

// config is what the process itself needs; each platform reads its own.
type config struct {
	Listen      string        `env:"SMTPBOT_LISTEN" envDefault:"127.0.0.1:8080"`
	Cooldown    time.Duration `env:"SMTPBOT_COOLDOWN" envDefault:"10m"`
	DatabaseURL string        `env:"SMTPBOT_DATABASE_URL"`
	LogLevel    slog.Level    `env:"SMTPBOT_LOG_LEVEL" envDefault:"info"`
}

// environment turns NAME=value into a map.
func environment(environ []string) map[string]string {
	env := make(map[string]string, len(environ))
	for _, pair := range environ {
		if name, value, ok := strings.Cut(pair, "="); ok {
			env[name] = value
		}
	}
	return env
}

// readSecrets puts the content of each NAME_FILE into NAME.
func readSecrets(env map[string]string) (problems []error) {
	for _, v := range variables() {
		name := v.name
		if !v.secret {
			continue
		}
		file := env[name+"_FILE"]
		if file == "" {
			continue
		}
		if env[name] != "" {
			problems = append(problems, fmt.Errorf("%s and %s_FILE are both set: keep one of them", name, name))
			continue
		}
		data, err := os.ReadFile(file)
		value := strings.TrimSpace(string(data))
		switch {
		case err != nil:
			var path *os.PathError
			if errors.As(err, &path) {
				err = path.Err
			}
			problems = append(problems, fmt.Errorf("%s_FILE: the file cannot be read: %w", name, err))
		case value == "":
			problems = append(problems, fmt.Errorf("%s_FILE: the file is empty", name))
		default:
			env[name] = value
		}
	}
	return problems
}

// configure reads the environment. Problems are for an operator: each names a
// variable, what is wrong, and how to mend it; none repeats a value that may
// be secret.
func configure(vars map[string]string) (config, []error) {
	problems := readSecrets(vars)
	var c config
	if err := env.ParseWithOptions(&c, env.Options{Environment: vars}); err != nil {
		problems = append(problems, readable(err, vars)...)
	}
	if c.Cooldown < 0 {
		problems = append(problems, errors.New("SMTPBOT_COOLDOWN: has to be 0 (never) or longer, such as 10m"))
	}
	if c.DatabaseURL == "" {
		folder, err := dataFolder(vars)
		if err != nil {
			problems = append(problems, fmt.Errorf("SMTPBOT_DATABASE_URL: %w; set it, for example to sqlite:/var/lib/smtpbot/smtpbot.db", err))
		}
		c.DatabaseURL = "sqlite:" + filepath.Join(folder, "smtpbot", "smtpbot.db")
	} else if err := sqlstore.Check(c.DatabaseURL); err != nil {
		problems = append(problems, fmt.Errorf("SMTPBOT_DATABASE_URL: %w", err))
	}
	return c, problems
}

// readable turns what env says into one problem for each variable.
func readable(err error, vars map[string]string) (problems []error) {
	how := map[string]string{
		"Cooldown": "SMTPBOT_COOLDOWN: has to be a length of time such as 10m or 1h, or 0 for never",
		"LogLevel": "SMTPBOT_LOG_LEVEL: has to be debug, info, warn or error",
	}
	var all env.AggregateError
	if !errors.As(err, &all) {
		return []error{errors.New("the environment cannot be read")}
	}
	for _, one := range all.Errors {
		var field env.ParseError
		if errors.As(one, &field) && how[field.Name] != "" {
			problems = append(problems, errors.New(how[field.Name]))
		} else {
			problems = append(problems, errors.New("a SMTPBOT_ variable cannot be read"))
		}
	}
	return problems
}

// dataFolder is where a user's programs keep their data.
func dataFolder(env map[string]string) (string, error) {
	if dir := env["XDG_DATA_HOME"]; filepath.IsAbs(dir) {
		return dir, nil
	}
	switch runtime.GOOS {
	case "windows":
		return os.UserCacheDir()
	case "darwin":
		return os.UserConfigDir()
	}
	if home := env["HOME"]; home != "" {
		return filepath.Join(home, ".local", "share"), nil
	}
	return "", errors.New("there is no home folder to keep the database in")
}

// connect makes the adapters that the environment configures.
func connect(vars map[string]string, b *bot.Bot, log *slog.Logger) (list []adapters.Adapter, problems []error) {
	for _, p := range adapters.Platforms() {
		a, faults := p.Configure(vars, b, log.With("platform", p.Name))
		problems = append(problems, faults...)
		if a != nil {
			list = append(list, a)
		}
	}
	return list, problems
}
