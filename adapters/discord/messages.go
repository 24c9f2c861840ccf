package discord

import (
	"context"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"smtpbot/bot"
)

// handleMessage judges what a person posted or edited, and answers it where the
// bot has something to say.
func (a *Adapter) handleMessage(ctx context.Context, m *message, edited bool) {
	text := m.said()
	question, direct := a.question(m, text)
	if direct && !edited {
		text = question
	}
	seen := bot.Message{
		Place:  bot.Place{Platform: name, Team: m.GuildID, Channel: m.ChannelID},
		ID:     m.ID,
		Text:   text,
		Lang:   a.language(m.GuildID),
		Direct: m.GuildID == "",
		Edited: edited,
		Posted: m.written(),
	}
	judge := a.bot.Observe
	if direct && !edited {
		judge = a.bot.Ask
	}
	// Discord does not deliver a message again, so the store gets a second
	// chance here.
	var answer *bot.Answer
	err := a.again(ctx, func() (err error) {
		answer, err = judge(ctx, seen)
		return err
	})
	switch {
	case err != nil:
		a.log.Error("a message was not judged", "channel", m.ChannelID, "message", m.ID, "problem", err.Error())
	case answer != nil:
		if err := a.bot.Deliver(ctx, *answer, a.send); err != nil {
			a.log.Warn("an answer was not sent", "channel", m.ChannelID, "message", m.ID, "problem", described(err))
		}
	}
}

// concerns reports whether a person wrote the message. An edit without a time
// of editing is Discord's own: it added the preview of a link.
func (a *Adapter) concerns(m *message, edited bool) bool {
	switch {
	case m.ID == "" || m.ChannelID == "" || m.Author == nil: // also how an event looks that could not be read
		return false
	case m.Author.Bot || m.WebhookID != "" || m.Author.ID == a.self():
		return false
	case m.Type != discordgo.MessageTypeDefault && m.Type != discordgo.MessageTypeReply:
		return false // somebody joined, a message was pinned
	case edited && (m.Edited == nil || *m.Edited == ""):
		return false
	}
	return true
}

// question takes the bot's name off the start of a message, and reports
// whether the message is put to the bot: it begins with its name, or stands in
// a conversation with it alone. The bare name in reply to a message asks about
// that message.
func (a *Adapter) question(m *message, text string) (string, bool) {
	rest, named := "", false
	if self := a.self(); self != "" {
		for _, mention := range []string{"<@" + self + ">", "<@!" + self + ">"} {
			if after, ok := strings.CutPrefix(strings.TrimSpace(text), mention); ok {
				rest, named = strings.TrimSpace(after), true
			}
		}
	}
	switch {
	case named && rest == "" && m.Referenced != nil && m.Referenced.shown() != "":
		return "explain " + m.Referenced.shown(), true
	case named:
		return rest, true
	}
	return text, m.GuildID == ""
}

// again repeats what the store may do at the next try, within the seconds in
// which an answer still belongs to what was written.
func (a *Adapter) again(ctx context.Context, f func() error) error {
	pause := a.pause
	for try := 1; ; try++ {
		err := f()
		if err == nil || try == tries || ctx.Err() != nil {
			return err
		}
		if sleep(ctx, min(pause, 5*time.Second)) != nil {
			return err
		}
		pause *= 2
	}
}

// remember keeps the language that a server set for itself. English is what
// Discord enters where nobody chose, so it says nothing.
func (a *Adapter) remember(g *guild) {
	if g.ID == "" {
		return
	}
	if g.Locale == "" || g.Locale == string(discordgo.EnglishUS) {
		a.languages.Delete(g.ID)
		return
	}
	a.languages.Store(g.ID, g.Locale)
}

func (a *Adapter) language(guildID string) string {
	lang, _ := a.languages.Load(guildID)
	text, _ := lang.(string)
	return text
}
