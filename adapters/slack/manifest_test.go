package slack

import (
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"
)

func TestManifest(t *testing.T) {
	data, err := os.ReadFile("../../deploy/slack/manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Display struct {
			Name, Description string
			Long              string `yaml:"long_description"`
		} `yaml:"display_information"`
		Features struct {
			BotUser struct {
				Name string `yaml:"display_name"`
			} `yaml:"bot_user"`
			Commands []struct {
				Command, Description string
				Hint                 string `yaml:"usage_hint"`
			} `yaml:"slash_commands"`
			Home struct {
				Messages bool `yaml:"messages_tab_enabled"`
				ReadOnly bool `yaml:"messages_tab_read_only_enabled"`
			} `yaml:"app_home"`
		}
		OAuth struct {
			Scopes struct{ Bot, User []string }
		} `yaml:"oauth_config"`
		Settings struct {
			Events struct {
				Bot  []string `yaml:"bot_events"`
				User []string `yaml:"user_events"`
			} `yaml:"event_subscriptions"`
			Interactivity struct {
				Enabled bool `yaml:"is_enabled"`
			}
			Socket bool `yaml:"socket_mode_enabled"`
		}
	}
	if err := yaml.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	// https://docs.slack.dev/reference/app-manifest
	if n := len(m.Display.Name); n == 0 || n > 35 {
		t.Errorf("name of %d characters", n)
	}
	if n := len(m.Display.Description); n == 0 || n > 140 {
		t.Errorf("description of %d characters", n)
	}
	if n := len(m.Display.Long); n < 174 || n > 4000 {
		t.Errorf("long description of %d characters", n)
	}
	if m.Features.BotUser.Name == "" || !m.Features.Home.Messages || m.Features.Home.ReadOnly {
		t.Error("nobody can write to the bot")
	}
	if len(m.Features.Commands) != 1 || m.Features.Commands[0].Command != Command || m.Features.Commands[0].Hint == "" {
		t.Errorf("commands %v", m.Features.Commands)
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(scopes)), slices.Sorted(slices.Values(m.OAuth.Scopes.Bot))); diff != "" || len(m.OAuth.Scopes.User) > 0 {
		t.Errorf("scopes (-code +manifest):\n%s", diff)
	}
	if diff := cmp.Diff(events, slices.Sorted(slices.Values(m.Settings.Events.Bot))); diff != "" || len(m.Settings.Events.User) > 0 {
		t.Errorf("events (-code +manifest):\n%s", diff)
	}
	if !m.Settings.Interactivity.Enabled || !m.Settings.Socket {
		t.Error("buttons or Socket Mode are off")
	}
}
