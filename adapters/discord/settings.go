package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"smtpbot/bot"
	"smtpbot/bot/card"
)

// mayChange reports whether a person may change what the bot does in a
// channel. Discord keeps the command from who may not, but a server can give it
// to anybody, and the same can be asked by other ways; so it is checked here.
func (a *Adapter) mayChange(i *interaction) bool {
	return i.alone() || i.may(discordgo.PermissionManageChannels)
}

// request is a question to the core, about the place where it is asked. Where
// the bot itself is not, and only a person carries its commands along, it
// watches nothing, and there is nothing to set.
func (a *Adapter) request(i *interaction, question, lang string) bot.Request {
	r := bot.Request{Place: i.settingsPlace(), Text: question, Lang: lang, User: i.user(), Admin: a.mayChange(i), Direct: i.alone()}
	if !i.here() && !i.alone() {
		r.Channel = ""
	}
	return r
}

// settings shows or changes what is set for a channel, in the core's words.
// Both options at once are two changes and one answer, in the language that was
// set with it. Whom the first is refused to, the second is too.
func (a *Adapter) settings(ctx context.Context, i *interaction) response {
	level, lang := i.Data.option(optionLevel), i.Data.option(optionLanguage)
	question := "settings"
	switch {
	case lang != "":
		question = "lang " + lang
	case level != "":
		question = levelVerb(bot.Level(level))
	}
	return a.inTime(ctx, i, a.waiting(i), func(ctx context.Context) response {
		own := a.langOf(ctx, i)
		answer := a.bot.Command(ctx, a.request(i, question, own))
		if set, err := a.bot.SettingsFor(ctx, i.settingsPlace()); err == nil && lang != "" && set.Lang == lang {
			own = lang
		}
		if lang != "" && level != "" && a.mayChange(i) {
			c := a.bot.Command(ctx, a.request(i, levelVerb(bot.Level(level)), own))
			answer.Body = append(answer.Body, card.Block{Heading: c.Title})
			answer.Body = append(answer.Body, c.Body...)
		}
		return a.show(i, own, answer)
	})
}

// levelVerb is how the core is asked for a level.
func levelVerb(l bot.Level) string {
	if l == bot.LevelReply {
		return "on"
	}
	return string(l)
}
