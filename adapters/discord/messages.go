package discord

import (
	"context"
	"errors"
	"strings"
	"time"

	"smtpbot/bot"
)

// onMessage has a message judged in its turn, and what the bot says to it said
// in turn, too. How far was read is noted when it is judged.
func (a *Adapter) onMessage(kind string, m *message) bool {
	edited := kind == "MESSAGE_UPDATE"
	if !edited {
		a.read.begin(m.GuildID, m.ChannelID, m.ID)
	}
	ok := a.judgeLater(m.ChannelID, func(ctx context.Context) {
		said := func() { a.handled(kind) }
		defer func() { said() }()
		o, err := a.judge(ctx, m, edited)
		if err != nil {
			return // it was logged
		}
		if !edited {
			a.read.end(m.GuildID, m.ChannelID, m.ID)
		}
		if a.carryOut(o, said) {
			said = func() {}
		}
	})
	if !ok {
		a.overflown(m.ChannelID)
	}
	return ok
}

// overflown says that messages wait for the next start. It says so once in a while.
func (a *Adapter) overflown(channel string) {
	a.bot.Withheld(name)
	if a.refusals.LeaveAlone(demand{of: overflow}) {
		a.log.Error("too many messages wait to be judged; the rest is left for the next start", "channel", channel)
	}
}

// judge asks the bot about a message that a person posted or edited. Discord
// does not deliver a message again, so that a store that is away is waited for
// as long as an answer still belongs to what was written.
func (a *Adapter) judge(ctx context.Context, m *message, edited bool) (bot.Outcome, error) {
	if a.refusals.Alone(demand{m.ChannelID, posts}) {
		return bot.Outcome{}, nil // nothing can be said there
	}
	text := m.said()
	question, asked := a.question(m, text)
	asked = asked && !edited
	if asked {
		text = question
	}
	seen := bot.Message{
		Place:  a.place(m.GuildID, m.ChannelID),
		ID:     m.ID,
		User:   m.Author.ID,
		Text:   text,
		Lang:   a.language(m.GuildID),
		Direct: m.GuildID == "",
		Admin:  m.GuildID == "", // of what is said to the one person
		Edited: edited,
		Posted: m.written(), Revised: m.revised(),
	}
	if asked { // the server's language is nobody's own: what is set for the channel goes before it
		if s, err := a.bot.SettingsFor(ctx, seen.Place); err == nil && s.Lang != "" {
			seen.Lang = s.Lang
		}
	}
	var o bot.Outcome
	files := m.files()
	if asked && m.Referenced != nil && strings.TrimSpace(m.said()) == mentioned(m.said(), a.self()) {
		files = append(files, m.Referenced.files()...) // the bare name asks about that message
	}
	err := a.againUntil(ctx, seen.Posted.Add(bot.Stale), func() (err error) {
		if len(files) > 0 {
			if seen, err = a.withFiles(ctx, seen, asked, files); err != nil {
				return err
			}
			files = nil // they are read
		}
		switch {
		case asked:
			o.Answer, err = a.bot.Ask(ctx, seen)
		case edited:
			o.Answer, o.Change, err = a.bot.Edited(ctx, seen)
		default:
			o.Answer, err = a.bot.Observe(ctx, seen)
		}
		return err
	})
	if err != nil {
		a.log.Error("a message was not judged", "channel", m.ChannelID, "message", m.ID, "problem", err.Error())
	}
	return o, err
}

// mentioned gives the bot's name as it begins a text, "" where it does not.
func mentioned(text, self string) string {
	for _, mention := range []string{"<@" + self + ">", "<@!" + self + ">"} {
		if self != "" && strings.HasPrefix(strings.TrimSpace(text), mention) {
			return mention
		}
	}
	return ""
}

// question takes the bot's name off the start of a message, and reports
// whether the message is put to the bot: it begins with its name, or stands in
// a conversation with it alone. The bare name in reply to a message asks about
// that message.
func (a *Adapter) question(m *message, text string) (string, bool) {
	mention := mentioned(text, a.self())
	named := mention != ""
	rest := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), mention))
	switch {
	case named && rest == "" && m.Referenced != nil && m.Referenced.shown() != "":
		return "explain " + m.Referenced.shown(), true
	case named:
		return rest, true
	}
	return text, m.GuildID == ""
}

// again repeats what the store may do at the next try.
func (a *Adapter) again(ctx context.Context, f func() error) error {
	return a.againUntil(ctx, time.Now().Add(time.Minute), f)
}

// againUntil does so until a time, and once at the least.
func (a *Adapter) againUntil(ctx context.Context, end time.Time, f func() error) error {
	pause := a.pause
	for {
		err := f()
		if err == nil || ctx.Err() != nil || errors.Is(err, bot.ErrNoStore) || a.now().After(end) {
			return err
		}
		if sleep(ctx, min(pause, 5*time.Second)) != nil {
			return err
		}
		pause *= 2
	}
}
