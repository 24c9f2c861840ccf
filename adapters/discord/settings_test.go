package discord

import (
	"strings"
	"testing"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
)

// Settings change for who manages channels, and for nobody else, whatever way
// they are asked for; everybody may see them.
func TestSettings(t *testing.T) {
	r := start(t)
	channel := r.discord.AddChannel(r.discord.Guild(), 0, "")
	place := bot.Place{Platform: name, Team: r.discord.Guild(), Channel: channel}
	for _, row := range []struct {
		name, command string
		options       map[string]string
		permissions   int64
		want          bot.Settings
	}{
		{"shown", "smtp-settings", nil, 0, bot.Settings{Level: bot.LevelReply}},
		{"without the right", "smtp-settings", map[string]string{"level": "off"}, discordtest.PermissionManageMessages, bot.Settings{Level: bot.LevelReply}},
		{"by another way", "smtp", map[string]string{"code": "off"}, 0, bot.Settings{Level: bot.LevelReply}},
		{"level", "smtp-settings", map[string]string{"level": "quiet"}, discordtest.PermissionManageChannels, bot.Settings{Level: bot.LevelQuiet}},
		{"both", "smtp-settings", map[string]string{"level": "react", "language": "fr"}, discordtest.PermissionManageChannels, bot.Settings{Level: bot.LevelReact, Lang: "fr"}},
		{"by another way, with the right", "smtp", map[string]string{"code": "off"}, discordtest.PermissionManageChannels, bot.Settings{Level: bot.LevelOff, Lang: "fr"}},
		{"back", "smtp-settings", map[string]string{"level": "reply"}, discordtest.PermissionManageChannels, bot.Settings{Level: bot.LevelReply, Lang: "fr"}},
		{"no language", "smtp-settings", map[string]string{"language": "auto"}, discordtest.PermissionManageChannels, bot.Settings{Level: bot.LevelReply}},
	} {
		i := r.discord.Slash(row.command, "en-US", row.options)
		i.Channel, i.Permissions = channel, row.permissions
		a := r.discord.OverGateway(i)
		if !a.Ephemeral || len(a.Text()) < 10 {
			t.Errorf("%s: ephemeral %t: %s", row.name, a.Ephemeral, a.Text())
		}
		if got, err := r.adapter.bot.SettingsFor(t.Context(), place); err != nil || got != row.want {
			t.Errorf("%s: %+v, %v, want %+v", row.name, got, err, row.want)
		}
	}
}

// What is set in a thread holds for its channel.
func TestSettingsInAThread(t *testing.T) {
	r := start(t)
	channel := r.discord.AddChannel(r.discord.Guild(), 0, "")
	i := r.discord.Slash("smtp-settings", "en-US", map[string]string{"level": "off"})
	i.Channel, i.Permissions = r.discord.AddChannel(r.discord.Guild(), 11, channel), discordtest.PermissionManageChannels
	r.discord.OverGateway(i)
	got, err := r.adapter.bot.SettingsFor(t.Context(), bot.Place{Platform: name, Team: r.discord.Guild(), Channel: channel})
	if err != nil || got.Level != bot.LevelOff {
		t.Errorf("%+v, %v", got, err)
	}
}

// The language is the person's, else the channel's, else the server's.
func TestLanguageOrder(t *testing.T) {
	r := start(t)
	french := r.discord.AddGuild("fr")
	set := r.discord.AddChannel(r.discord.Guild(), 0, "")
	if _, err := r.adapter.bot.ChangeSettings(t.Context(), bot.Place{Platform: name, Team: r.discord.Guild(), Channel: set}, bot.Settings{Lang: "fr"}); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name, locale, guild, channel string
		french                       bool
	}{
		{"the person's", "fr", r.discord.Guild(), "", true},
		{"the person's before the channel's", "en-GB", r.discord.Guild(), set, false},
		{"the person's before the server's", "en-US", french, "", false},
		{"the channel's", "da", r.discord.Guild(), set, true},
		{"the server's", "da", french, "", true},
		{"none of them", "da", r.discord.Guild(), "", false},
	} {
		i := r.discord.Slash("smtp", row.locale, map[string]string{"code": "452 4.2.2"})
		i.Guild, i.Channel = row.guild, row.channel
		if a := r.discord.OverGateway(i); strings.Contains(a.Text(), "destinataire") != row.french {
			t.Errorf("%s: %s", row.name, a.Text())
		}
	}
}

// Both options at once are answered once, in the language that was set with
// them; refused, once in the person's own.
func TestSettingsInOneLanguage(t *testing.T) {
	r := start(t)
	both := func(locale, lang string, permissions int64) string {
		i := r.discord.Slash("smtp-settings", locale, map[string]string{"level": "quiet", "language": lang})
		i.Channel, i.Permissions = r.discord.AddChannel(r.discord.Guild(), 0, ""), permissions
		return r.discord.OverGateway(i).Text()
	}
	english, french := edition(t, "en"), edition(t, "fr")
	for _, row := range []struct {
		name, got    string
		has, has2    string
		lacks, lack2 string
	}{
		{
			"French is set in English", both("en-US", "fr", discordtest.PermissionManageChannels),
			french.Label("discord.settings.level.quiet"), "niveau:reply", english.Label("discord.settings.level.quiet"), "level:",
		},
		{
			"nothing is set in French", both("fr", "auto", discordtest.PermissionManageChannels),
			french.Label("discord.settings.level.quiet"), french.Label("discord.settings.lang.auto"), english.Label("discord.settings.level.quiet"), "level:",
		},
		{
			"without the right", both("en-US", "fr", 0),
			english.Label("discord.settings.denied"), "language:fr", french.Label("discord.settings.denied"), "niveau:",
		},
	} {
		for _, want := range []string{row.has, row.has2} {
			if !strings.Contains(row.got, want) {
				t.Errorf("%s: no %q in\n%s", row.name, want, row.got)
			}
		}
		for _, not := range []string{row.lacks, row.lack2} {
			if strings.Contains(row.got, not) {
				t.Errorf("%s: %q in\n%s", row.name, not, row.got)
			}
		}
	}
}

// Where the bot does not watch, nothing is set for it.
func TestNothingToSet(t *testing.T) {
	r := start(t)
	carried := r.discord.Slash("smtp", "en-US", map[string]string{"code": "off"})
	channel := r.discord.AddChannel(r.discord.Guild(), 0, "")
	carried.Carried, carried.Channel, carried.Permissions = true, channel, discordtest.PermissionManageChannels
	direct := r.discord.Slash("smtp", "en-US", map[string]string{"code": "off"})
	direct.Direct = true
	for name, row := range map[string]struct {
		i    discordtest.Interaction
		want string
	}{
		"carried along": {carried, "discord.settings.chat"},
		"with the bot":  {direct, "settings.direct"},
	} {
		if got := r.discord.OverGateway(row.i).Text(); !strings.Contains(got, edition(t, "en").Label(row.want)) {
			t.Errorf("%s: %s", name, got)
		}
	}
	if s, err := r.adapter.bot.SettingsFor(t.Context(), bot.Place{Platform: name, Team: r.discord.Guild(), Channel: channel}); err != nil || s.Level != bot.LevelReply {
		t.Errorf("%+v, %v", s, err)
	}
}
