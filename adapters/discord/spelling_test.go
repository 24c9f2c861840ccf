package discord

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/bot/store/memory"
)

// Commands are written as they are typed here, in a client of that language.
func TestAsTyped(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		lang, prose, want string
		abroad            bool
	}{
		{"en", "`/smtp 503`, `/smtp 450 vs 550`", "`/smtp code:503`, `/smtp code:450 versus:550`", false},
		{"fr", "`/smtp 503`, `/smtp 450 vs 550`", "`/smtp code:503`, `/smtp code:450 contre:550`", false},
		{"en", "`/smtp compare 421 450 451`", "`/smtp code:compare 421 450 451`", false},
		{"en", "`/smtp settings`", "`/smtp-settings`", false},
		{"fr", "`/smtp settings`", "`/smtp-réglages`", false},
		{"en", "`/smtp quiet` or `/smtp on`", "`/smtp-settings level:quiet` or `/smtp-settings level:reply`", false},
		{"fr", "`/smtp off`", "`/smtp-réglages niveau:off`", false},
		{"en", "`/smtp lang fr`", "`/smtp-settings language:fr`", false},
		{"en", "`/smtp explain 550 5.1.1 User unknown`", "`/smtp-explain`", false},
		{"en", "`/smtp off the list` `/smtp stop`", "`/smtp code:off the list` `/smtp code:stop`", false},
		{"en", "`/smtp lang fr` `/smtp settings`", "`/smtp code:lang fr` `/smtp code:settings`", true},
		{"en", "`/smtp 450 vs 550` `/smtp explain`", "`/smtp code:450 versus:550` `/smtp-explain`", true},
		{"en", "/smtp without marks", "/smtp without marks", false},
		{"en", "an open `/smtp 503", "an open `/smtp 503", false},
	} {
		if got := asTyped(tongue{edition(t, row.lang), row.abroad}, row.prose); got != row.want {
			t.Errorf("%s: asTyped(%q) = %q, want %q", row.lang, row.prose, got, row.want)
		}
	}
}

// What is spelled is a copy: the core may have the card still.
func TestSpelledCopies(t *testing.T) {
	t.Parallel()
	body := func() []card.Block {
		return []card.Block{{Heading: "`/smtp settings`", Text: "`/smtp on`", List: []string{"`/smtp 550`"}}}
	}
	c := card.Card{Body: body()}
	spelled(tongue{Edition: edition(t, "en")}, c)
	if diff := cmp.Diff(body(), c.Body); diff != "" {
		t.Error(diff)
	}
}

// No text that Discord shows of the bot itself speaks of what only Slack has, or
// of a command that is not there.
func TestWordsFit(t *testing.T) {
	t.Parallel()
	foreign := regexp.MustCompile("(?i)slack|\\bthread|workspace|emoji|\\bfil\\b|espace de travail|\\bcanal|`/smtp [^c]")
	r := newRig(t, discordtest.New(t), memory.New())
	ask := func(lang, question string, direct, admin bool) card.Card {
		return r.adapter.bot.Command(t.Context(), bot.Request{
			Place: bot.Place{Platform: name, Team: "1", Channel: "2"}, User: "3", Text: question, Lang: lang, Direct: direct, Admin: admin,
		})
	}
	for _, lang := range r.adapter.bot.Catalog().Languages() {
		e := r.adapter.bot.Catalog().Edition(lang)
		for _, question := range []string{
			"help", "settings", "on", "quiet", "react", "off", "lang", "lang fr", "lang auto", "stop", "settings", "resume",
			"explain", "explain nothing", "compare 550", "compare 1 2 3 4 5", "xyzzy", "search mailbox",
		} {
			for _, admin := range []bool{false, true} {
				for _, direct := range []bool{false, true} {
					m := render(tongue{e, direct}, ask(lang, question, direct, admin))
					for _, embed := range m.Embeds {
						if found := foreign.FindString(embed.Title + "\n" + embed.Description); found != "" {
							t.Errorf("%s, %q: %q in %s\n%s", lang, question, found, embed.Title, embed.Description)
						}
						if direct && strings.Contains(embed.Description, "/"+e.Label("discord.smtp-settings.name")) {
							t.Errorf("%s, %q: a command that is not there: %s", lang, question, embed.Description)
						}
					}
				}
			}
		}
	}
}
