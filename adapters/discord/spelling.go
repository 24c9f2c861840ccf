package discord

import (
	"slices"
	"strings"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// tongue is how the bot speaks where a card is read.
type tongue struct {
	*catalog.Edition
	abroad bool // no server that added the bot: there is no command for settings
}

// tongue is that of who did something, in a language.
func (a *Adapter) tongue(i *interaction, lang string) tongue {
	return tongue{a.bot.Catalog().Edition(lang), i.GuildID == "" || !i.here()}
}

// spelled writes the commands in a card as they are typed here. The core writes
// them as a line behind /smtp. Discord wants the name of an option before what
// it is given, "/smtp code:503", has commands of their own for some questions,
// and shows each person the names in the language of their client.
func spelled(t tongue, c card.Card) card.Card {
	body := make([]card.Block, len(c.Body))
	for n, block := range c.Body {
		block.Heading, block.Text = asTyped(t, block.Heading), asTyped(t, block.Text)
		block.List = slices.Clone(block.List)
		for i, item := range block.List {
			block.List[i] = asTyped(t, item)
		}
		body[n] = block
	}
	c.Title, c.Body = asTyped(t, c.Title), body
	return c
}

const typed = "`/" + slashName + " "

func asTyped(t tongue, prose string) string {
	if !strings.Contains(prose, typed) {
		return prose
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(prose, typed)
		b.WriteString(before)
		question, after, ends := strings.Cut(rest, "`")
		if !found || !ends {
			if found {
				b.WriteString(typed + rest)
			}
			return b.String()
		}
		b.WriteString("`" + commandFor(t, question) + "`")
		prose = after
	}
}

// commandFor gives the command that asks a question, with its options.
func commandFor(t tongue, question string) string {
	called := func(command string, given ...string) string {
		said := "/" + t.Label("discord."+command+".name")
		if command == slashName { // it has the same name everywhere
			said = "/" + command
		}
		for n := 0; n+1 < len(given); n += 2 {
			said += " " + t.Label("discord."+command+"."+given[n]+".name") + ":" + given[n+1]
		}
		return said
	}
	verb, rest, _ := strings.Cut(question, " ")
	first, second, two := strings.Cut(question, " vs ")
	switch {
	case verb == "explain":
		return called(explainName)
	case two && !strings.Contains(second, " vs "):
		return called(slashName, optionCode, first, optionVersus, second)
	case t.abroad:
	case verb == "settings" || verb == "lang" && rest == "":
		return called(settingsName)
	case verb == "lang":
		return called(settingsName, optionLanguage, rest)
	case verb == "on" && rest == "":
		return called(settingsName, optionLevel, string(bot.LevelReply))
	case rest == "" && slices.Contains(bot.Levels(), bot.Level(verb)):
		return called(settingsName, optionLevel, verb)
	}
	return called(slashName, optionCode, question)
}
