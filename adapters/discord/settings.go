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

// settings shows or changes what is set for a channel, in the core's words.
// Both options at once are two changes, and one answer.
func (a *Adapter) settings(ctx context.Context, i *interaction) response {
	level, lang := i.Data.option(optionLevel), i.Data.option(optionLanguage)
	var questions []string
	if level != "" {
		questions = append(questions, levelVerb(bot.Level(level)))
	}
	if lang != "" {
		questions = append(questions, "lang "+lang)
	}
	if len(questions) == 0 {
		questions = []string{"settings"}
	}
	return a.inTime(ctx, i, a.waiting(i), func(ctx context.Context) response {
		own := a.langOf(ctx, i)
		var answer card.Card
		for n, q := range questions {
			c := a.bot.Command(ctx, bot.Request{Place: i.settingsPlace(), Text: q, Lang: own, User: i.user(), Admin: a.mayChange(i)})
			if n == 0 {
				answer = c
				continue
			}
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
