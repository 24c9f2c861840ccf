package bot

import (
	"context"
	"strings"

	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// The commands that show and change what the bot does in a channel. Each
// answer says what holds now, and how to change it back.

type run = func(b *Bot, ctx context.Context, e *catalog.Edition, r Request, rest string) card.Card

// settingsCard shows what is set where somebody asks.
func (b *Bot) settingsCard(ctx context.Context, e *catalog.Edition, r Request, _ string) card.Card {
	if c, ok := b.nothingToSet(e, r, r.Channel); !ok {
		return c
	}
	s, err := b.SettingsFor(ctx, r.Place)
	if err != nil {
		return awayCard(e)
	}
	out, err := b.OptedOut(ctx, r.Platform, r.User)
	if err != nil {
		return awayCard(e)
	}
	c := card.Card{Tone: card.Note, Title: e.Label("settings.title")}
	level := said(e, r.Platform, "settings.level."+string(s.Level))
	if r.Direct {
		level = e.Label("settings.direct")
	}
	list := []string{level, b.langSentence(e, r, s.Lang)}
	if out {
		list = append(list, e.Label("settings.out"))
	}
	c.Body = []card.Block{{List: list}, {Heading: e.Label("help.here"), List: b.verbsHere(e, r)}}
	return c
}

// toLevel makes the command that sets a level for a channel.
func toLevel(l Level) run {
	return func(b *Bot, ctx context.Context, e *catalog.Edition, r Request, _ string) card.Card {
		if r.Direct {
			return card.Card{Tone: card.Note, Title: e.Label("settings.nowhere"), Body: []card.Block{{Text: e.Label("settings.direct")}}}
		}
		if c, ok := b.maySet(e, r, levelCommand(l)); !ok {
			return c
		}
		before, err := b.SettingsFor(ctx, r.Place)
		if err != nil {
			return awayCard(e)
		}
		after, err := b.ChangeSettings(ctx, r.Place, Settings{Level: l})
		if err != nil {
			return awayCard(e)
		}
		c := card.Card{Tone: card.Note, Title: said(e, r.Platform, "settings.level."+string(l))}
		switch {
		case after.Level != l:
			c.Body = []card.Block{{Text: e.Label("settings.quieter") + " " + said(e, r.Platform, "settings.level."+string(after.Level))}}
		case before.Level == l:
			c.Body = []card.Block{{Text: e.Label("settings.already")}}
		default:
			c.Body = []card.Block{{Text: e.Label("settings.back", "command", "/smtp "+levelCommand(before.Level))}}
		}
		return c
	}
}

// levelCommand is how a level is asked for.
func levelCommand(l Level) string {
	if l == LevelReply {
		return "on"
	}
	return string(l)
}

// langCard sets the language of a channel.
func (b *Bot) langCard(ctx context.Context, e *catalog.Edition, r Request, rest string) card.Card {
	wish := strings.ToLower(rest)
	lang := b.catalog.MatchLanguage(wish)
	if wish == LangAuto {
		lang = LangAuto
	}
	if wish == "" || lang != LangAuto && !strings.HasPrefix(wish, lang) { // MatchLanguage falls back to English
		c := card.Card{Tone: card.Note, Title: e.Label("settings.nolang")}
		block := card.Block{}
		for _, known := range append(b.catalog.Languages(), LangAuto) {
			in, set := b.catalog.Edition(known), known
			if known == LangAuto {
				in, set = e, ""
			}
			block.List = append(block.List, "`/smtp lang "+known+"` "+b.langSentence(in, r, set))
		}
		c.Body = []card.Block{block}
		return c
	}
	if c, ok := b.maySet(e, r, "lang "+lang); !ok {
		return c
	}
	before, err := b.SettingsFor(ctx, r.Place)
	if err != nil {
		return awayCard(e)
	}
	after, err := b.ChangeSettings(ctx, r.Place, Settings{Lang: lang})
	if err != nil {
		return awayCard(e)
	}
	if r.Lang == "" || after.Lang != "" { // who sets a language wants to see it
		e = b.catalog.Edition(after.Lang)
	}
	c := card.Card{Tone: card.Note, Title: b.langSentence(e, r, after.Lang)}
	back := before.Lang
	if back == "" {
		back = LangAuto
	}
	if before.Lang == after.Lang {
		c.Body = []card.Block{{Text: e.Label("settings.already")}}
	} else {
		c.Body = []card.Block{{Text: e.Label("settings.back", "command", "/smtp lang "+back)}}
	}
	return c
}

// langSentence says in which language a channel is answered.
func (b *Bot) langSentence(e *catalog.Edition, r Request, lang string) string {
	if lang == "" {
		return said(e, r.Platform, "settings.lang.auto")
	}
	return e.Label("settings.lang.set", "language", b.catalog.Edition(lang).Label("language.name"))
}

// toOptOut makes the command by which a person takes themselves out, or back in.
func toOptOut(out bool) run {
	return func(b *Bot, ctx context.Context, e *catalog.Edition, r Request, _ string) card.Card {
		if c, ok := b.nothingToSet(e, r, r.User); !ok {
			return c
		}
		if err := b.OptOut(ctx, r.Platform, r.User, out); err != nil {
			return awayCard(e)
		}
		title, back := "settings.stopped", "/smtp resume"
		if !out {
			title, back = "settings.resumed", "/smtp stop"
		}
		return card.Card{Tone: card.Note, Title: e.Label(title), Body: []card.Block{
			{Text: e.Label("settings.person")}, {Text: e.Label("settings.back", "command", back)},
		}}
	}
}

// maySet gives the card for who may not change what others see.
func (b *Bot) maySet(e *catalog.Edition, r Request, command string) (card.Card, bool) {
	if c, ok := b.nothingToSet(e, r, r.Channel); !ok {
		return c, false
	}
	if !r.Admin {
		return card.Card{Tone: card.Note, Title: said(e, r.Platform, "settings.denied"), Body: []card.Block{
			{Text: said(e, r.Platform, "settings.who", "command", "/smtp "+command)},
		}}, false
	}
	return card.Card{}, true
}

// nothingToSet gives the card for where there is nobody and nothing to set
// anything for: the local page, the command line.
func (b *Bot) nothingToSet(e *catalog.Edition, r Request, whom string) (card.Card, bool) {
	if whom == "" || b.store == nil {
		return card.Card{Tone: card.Note, Title: e.Label("settings.nowhere"), Body: []card.Block{{Text: said(e, r.Platform, "settings.chat")}}}, false
	}
	return card.Card{}, true
}

// awayCard says that the store is away.
func awayCard(e *catalog.Edition) card.Card {
	return card.Card{Tone: card.Note, Title: e.Label("settings.away"), Body: []card.Block{{Text: e.Label("settings.later")}}}
}

// said gives a text as it is said on a platform. Where "discord.help.on" is
// there, Discord says that in the place of "help.on": an answer there is a reply
// and not a thread. Texts that are true everywhere need no second one.
func said(e *catalog.Edition, platform, key string, args ...string) string {
	if own := platform + "." + key; platform != "" && e.HasLabel(own) {
		key = own
	}
	return e.Label(key, args...)
}
