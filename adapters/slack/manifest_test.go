package slack

import (
	"bytes"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"
)

// manifest is what the tests read of a manifest; a field that is not here is
// one that nobody has looked at.
type manifest struct {
	Metadata struct {
		Major int `yaml:"major_version"`
		Minor int `yaml:"minor_version"`
	} `yaml:"_metadata"`
	Display struct {
		Name, Description string
		Long              string `yaml:"long_description"`
		Background        string `yaml:"background_color"`
	} `yaml:"display_information"`
	Features struct {
		Home struct {
			Home     bool `yaml:"home_tab_enabled"`
			Messages bool `yaml:"messages_tab_enabled"`
			ReadOnly bool `yaml:"messages_tab_read_only_enabled"`
		} `yaml:"app_home"`
		BotUser struct {
			Name   string `yaml:"display_name"`
			Online bool   `yaml:"always_online"`
		} `yaml:"bot_user"`
		Commands []struct {
			Command, URL, Description string
			Hint                      string `yaml:"usage_hint"`
			Escape                    bool   `yaml:"should_escape"`
		} `yaml:"slash_commands"`
		Shortcuts []struct {
			Name, Type, Description string
			ID                      string `yaml:"callback_id"`
		}
	}
	OAuth struct {
		Redirects []string `yaml:"redirect_urls"`
		Scopes    struct{ Bot []string }
	} `yaml:"oauth_config"`
	Settings struct {
		Events struct {
			URL string   `yaml:"request_url"`
			Bot []string `yaml:"bot_events"`
		} `yaml:"event_subscriptions"`
		Interactivity struct {
			Enabled bool   `yaml:"is_enabled"`
			URL     string `yaml:"request_url"`
		}
		Org      bool `yaml:"org_deploy_enabled"`
		Socket   bool `yaml:"socket_mode_enabled"`
		Rotation bool `yaml:"token_rotation_enabled"`
	}
}

func readManifest(t *testing.T, data []byte) (m manifest) {
	t.Helper()
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(&m); err != nil {
		t.Fatal(err)
	}
	return m
}

// The manifests in the tree are what the program prints, and ask for what the
// code uses and no more.
func TestManifest(t *testing.T) {
	for _, tt := range []struct{ file, address string }{
		{"../../deploy/slack/manifest.yaml", ""},
		{"../../deploy/slack/manifest-http.yaml", "https://smtpbot.example.com"},
	} {
		t.Run(tt.file, func(t *testing.T) {
			var b bytes.Buffer
			if err := WriteManifest(&b, tt.address); err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(tt.file, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			data, err := os.ReadFile(tt.file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(b.String(), string(data)); diff != "" {
				t.Errorf("write it with go test ./adapters/slack -run Manifest -update (-code +file):\n%s", diff)
			}
			m := readManifest(t, data)
			checkSizes(t, m)
			if m.Features.BotUser.Name == "" || !m.Features.Home.Home || !m.Features.Home.Messages || m.Features.Home.ReadOnly {
				t.Error("there is no Home, or nobody can write to the bot")
			}
			if len(m.Features.Commands) != 1 || m.Features.Commands[0].Command != Command || m.Features.Commands[0].Escape {
				t.Errorf("commands %v", m.Features.Commands)
			}
			var ids []string
			for _, s := range m.Features.Shortcuts {
				ids = append(ids, s.Type+" "+s.ID)
			}
			if diff := cmp.Diff([]string{"message " + shortcutExplain, "global " + shortcutPaste}, ids); diff != "" {
				t.Errorf("shortcuts (-code +manifest):\n%s", diff)
			}
			var names []string
			for _, s := range scopes {
				names = append(names, s.Name)
			}
			if diff := cmp.Diff(names, m.OAuth.Scopes.Bot); diff != "" || !slices.IsSorted(names) {
				t.Errorf("scopes, in order (-code +manifest):\n%s", diff)
			}
			if diff := cmp.Diff(events, m.Settings.Events.Bot); diff != "" || !slices.IsSorted(events) {
				t.Errorf("events, in order (-code +manifest):\n%s", diff)
			}
			if !m.Settings.Interactivity.Enabled || m.Settings.Socket != (tt.address == "") {
				t.Error("buttons are off, or the transport is the other one")
			}
		})
	}
}

// https://docs.slack.dev/reference/app-manifest
func checkSizes(t *testing.T, m manifest) {
	t.Helper()
	size := func(what, s string, least, most int) {
		t.Helper()
		if n := len([]rune(s)); n < least || n > most {
			t.Errorf("%s of %d characters, allowed are %d to %d", what, n, least, most)
		}
	}
	size("name", m.Display.Name, 1, 35)
	size("description", m.Display.Description, 1, 140)
	size("long description", m.Display.Long, 174, 4000)
	size("bot's name", m.Features.BotUser.Name, 1, 80)
	for _, c := range m.Features.Commands {
		size("command", c.Command, 2, 32)
		size("command's description", c.Description, 1, 2000)
		size("usage hint", c.Hint, 1, 1000)
	}
	if len(m.Features.Shortcuts) > 10 {
		t.Errorf("%d shortcuts", len(m.Features.Shortcuts))
	}
	for _, s := range m.Features.Shortcuts {
		size("shortcut's name", s.Name, 1, 24)
		size("shortcut's description", s.Description, 1, 150)
		size("shortcut's id", s.ID, 1, 255)
	}
	if n := len(m.Settings.Events.Bot); n > 100 {
		t.Errorf("%d events", n)
	}
}

// Every event needs a scope that lets it be seen, and every address is one
// that the adapter serves.
func TestManifestFitsTogether(t *testing.T) {
	need := map[string][]string{ // https://docs.slack.dev/reference/events, one page each
		"app_home_opened": nil, "app_mention": {"app_mentions:read"}, "app_uninstalled": nil, "tokens_revoked": nil, "team_access_revoked": nil,
		"channel_id_changed": {"groups:read"}, "channel_shared": {"channels:read", "groups:read"}, "channel_unshared": {"channels:read", "groups:read"},
		"member_joined_channel": {"channels:read", "groups:read"}, "message.channels": {"channels:history"}, "message.groups": {"groups:history"},
		"message.im": {"im:history"}, "message.mpim": {"mpim:history"}, "reaction_added": {"reactions:read"},
	}
	for _, e := range events {
		wanted, known := need[e]
		if !known {
			t.Errorf("%s: look up which scope it needs", e)
		}
		for _, w := range wanted {
			if !slices.ContainsFunc(scopes, func(s scope) bool { return s.Name == w }) {
				t.Errorf("%s needs the scope %s", e, w)
			}
		}
	}

	var b bytes.Buffer
	if err := WriteManifest(&b, "https://bot.example.net/"); err != nil {
		t.Fatal(err)
	}
	m := readManifest(t, b.Bytes())
	r := newRig(t, options{config: several})
	for _, tt := range []struct{ method, address string }{
		{"POST", m.Settings.Events.URL}, {"POST", m.Settings.Interactivity.URL}, {"POST", m.Features.Commands[0].URL}, {"GET", m.OAuth.Redirects[0]},
	} {
		path, ok := strings.CutPrefix(tt.address, "https://bot.example.net/")
		req, _ := http.NewRequest(tt.method, "/"+path, nil)
		if _, pattern := r.mux.Handler(req); !ok || pattern != tt.method+" /"+path {
			t.Errorf("%s is served by %q", tt.address, pattern)
		}
	}
}

func TestManifestNeedsAnAddress(t *testing.T) {
	for _, address := range []string{"smtpbot.example.com", "http://smtpbot.example.com", "https://", "https://me:x@smtpbot.example.com", "https://smtpbot.example.com/?a", "https://smtpbot.example.com/#a", "://"} {
		if err := WriteManifest(&bytes.Buffer{}, address); err == nil {
			t.Errorf("%s is taken", address)
		}
	}
}
