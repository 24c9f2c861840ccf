package discord

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
	"smtpbot/bot/store/memory"
)

func TestCommandsDefinition(t *testing.T) {
	t.Parallel()
	c := newBot(t, nil, bot.Options{}).Catalog()
	raw, err := json.Marshal(commands(c))
	if err != nil {
		t.Fatal(err)
	}
	if problems := discordtest.LoadValidator(t).Commands(raw); len(problems) > 0 {
		t.Error(strings.Join(problems, "; "))
	}
	if strings.Contains(string(raw), "discord.") {
		t.Errorf("a text is missing: %s", raw)
	}
	// Discord's own additions make no difference, nor how it writes permissions.
	raw = bytes.ReplaceAll(raw, []byte(`"type":3`), []byte(`"required":false,"version":"9","nsfw":false,"type":3`))
	raw = bytes.ReplaceAll(raw, []byte(`"default_member_permissions":16`), []byte(`"default_member_permissions":"16"`))
	raw = bytes.ReplaceAll(raw, []byte(`"contexts":[0,1,2]`), []byte(`"contexts":[2,0,1],"default_member_permissions":null`))
	var there []command
	if err := json.Unmarshal(raw, &there); err != nil {
		t.Fatal(err)
	}
	for i, c := range commands(c) {
		if !sameCommand(c, there[i]) {
			t.Errorf("%s differs from itself", c.Name)
		}
		for change, f := range map[string]func(*command){
			"name":       func(c *command) { c.Names = map[string]string{"fr": "autre"} },
			"permission": func(c *command) { c.Permissions++ },
			"context":    func(c *command) { c.Contexts = nil },
			"option":     func(c *command) { c.Options = append(slices.Clone(c.Options), option{Name: "more"}) },
		} {
			other := there[i]
			f(&other)
			if sameCommand(c, other) {
				t.Errorf("%s: a change of the %s is not seen", c.Name, change)
			}
		}
	}
}

// Each language of the catalogue has names of its own for the commands, under
// all of Discord's names for that language.
func TestCommandsAreLocalized(t *testing.T) {
	t.Parallel()
	c := newBot(t, nil, bot.Options{}).Catalog()
	var want []string
	for _, locale := range locales {
		if lang := c.MatchLanguage(locale); lang != "en" {
			want = append(want, locale)
		}
	}
	if !slices.Contains(want, "fr") || slices.Contains(want, "en-GB") {
		t.Fatalf("localized for %v", want)
	}
	for _, cmd := range commands(c) {
		texts := []map[string]string{cmd.Descriptions}
		if cmd.Type == discordgo.MessageApplicationCommand {
			texts = []map[string]string{cmd.Names}
		}
		for _, o := range cmd.Options {
			texts = append(texts, o.Descriptions)
		}
		for _, text := range texts {
			for _, locale := range want {
				if text[locale] == "" {
					t.Errorf("%s: nothing in %s: %v", cmd.Name, locale, text)
				}
			}
		}
	}
}

// Settings are for a server's channels and who manages them; the rest goes
// wherever a person carries it.
func TestWhereCommandsAre(t *testing.T) {
	t.Parallel()
	for _, cmd := range commands(newBot(t, nil, bot.Options{}).Catalog()) {
		places, permissions := 3, permissionSet(0)
		if cmd.Name == settingsName {
			places, permissions = 1, discordgo.PermissionManageChannels
		}
		if len(cmd.Contexts) != places || cmd.Permissions != permissions {
			t.Errorf("%s: %d contexts, permissions %d", cmd.Name, len(cmd.Contexts), cmd.Permissions)
		}
	}
}

// The commands are written once, and not again by the next process.
func TestRegistersOnChangeOnly(t *testing.T) {
	t.Parallel()
	for _, only := range []bool{false, true} {
		s, guild := discordtest.New(t), ""
		if only {
			guild = s.Guild()
		}
		for run := range 3 {
			r := newRig(t, s, memory.New())
			r.adapter.config.Guild = guild
			if err := r.adapter.register(t.Context()); err != nil {
				t.Fatal(err)
			}
			if names, writes := s.CommandsOf(guild); len(names) != 4 || writes != 1 {
				t.Errorf("guild %q, run %d: %v, written %d times", guild, run, names, writes)
			}
		}
	}
}
