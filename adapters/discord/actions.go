package discord

import (
	"context"
	"net/http"
	"strings"

	"github.com/bwmarrin/discordgo"

	"smtpbot/bot"
	"smtpbot/bot/card"
)

// What menus and buttons do beside the core's actions.
const (
	actionExplain = "explain" // shows an answer to who presses; value: for Again
	actionIn      = "in"      // shows an answer in the language that was selected; value: for Again
	actionCause   = "cause"   // notes the cause that was selected: cause1:ENTRY, cause2:ENTRY
)

// onComponent does what a button or a menu says.
func (a *Adapter) onComponent(ctx context.Context, i *interaction) response {
	action, value := split(i.Data.CustomID)
	switch {
	case action == bot.ActionCompare && !strings.HasPrefix(value, "compare "): // answers of an earlier version name both codes
		return a.askCompare(i, value)
	case action == bot.ActionDetails, action == bot.ActionCompare:
		return a.repeat(ctx, i, value)
	case action == actionExplain:
		return a.repeat(ctx, i, value)
	case action == bot.ActionShare:
		return a.share(ctx, i, value)
	case action == bot.ActionLanguage:
		return a.askLanguage(ctx, i, value)
	case action == actionIn && len(i.Data.Values) == 1:
		return a.answerIn(ctx, i, value, i.Data.Values[0])
	case action == bot.ActionWrong:
		return a.askCause(ctx, i, value)
	case strings.HasPrefix(action, actionCause) && len(i.Data.Values) == 1:
		return a.takeCause(ctx, i, value, i.Data.Values[0])
	case action == bot.ActionDelete:
		return a.deleteAnswer(ctx, i, value)
	}
	return a.ask(ctx, i, value)
}

// repeat shows an answer, or what it is about, to who asks for it.
func (a *Adapter) repeat(ctx context.Context, i *interaction, value string) response {
	return a.inTime(ctx, i, a.waiting(i), func(ctx context.Context) response {
		lang := a.langOf(ctx, i)
		c, ok := a.bot.Again(lang, value)
		if !ok { // from before an update of the catalogue
			c = a.bot.Command(ctx, bot.Request{Place: i.place(), Text: value, Lang: lang, User: i.user()})
		}
		return a.show(i, lang, c)
	})
}

// share repeats an answer that one person saw for all to see, in the channel's
// language. Who shared it may delete it.
func (a *Adapter) share(ctx context.Context, i *interaction, value string) response {
	return a.inTime(ctx, i, response{Type: laterNew}, func(ctx context.Context) response {
		lang := a.langForAll(ctx, i)
		c, ok := a.bot.Again(lang, value)
		if !ok {
			c = a.bot.Command(ctx, bot.Request{Place: i.place(), Text: value, Lang: lang, User: i.user()})
		}
		c.Private = false
		return response{newMessage, render(a.tongue(i, lang), a.bot.Controls(lang, c, i.user()))}
	})
}

// askLanguage lets somebody select the language in which they alone want an answer.
func (a *Adapter) askLanguage(ctx context.Context, i *interaction, value string) response {
	return a.inTime(ctx, i, a.waiting(i), func(ctx context.Context) response {
		e := a.bot.Catalog().Edition(a.langOf(ctx, i))
		menu := discordgo.SelectMenu{MenuType: discordgo.StringSelectMenu, CustomID: actionIn + ":" + value, Placeholder: cut(e.Label("action.language"), maxPlaceholder)}
		for _, l := range a.languagesBy(e.Lang()) {
			menu.Options = append(menu.Options, discordgo.SelectMenuOption{Label: l.name, Value: l.lang})
		}
		r := a.note(e, e.Label("discord.language.title"), "")
		return response{newMessage, r.Data.(outgoing).with(menu)}
	})
}

// answerIn puts an answer in the place of the menu, in the language selected.
func (a *Adapter) answerIn(ctx context.Context, i *interaction, value, lang string) response {
	c, ok := a.bot.Again(lang, value)
	if !ok {
		return a.repeat(ctx, i, value)
	}
	c.Private = true
	return inPlace(a.tongue(i, lang), a.bot.Controls(lang, c, i.user()))
}

// inPlace puts a card in the place of the message that was acted on. Who sees
// it stays as it is.
func inPlace(t tongue, c card.Card) response {
	m := render(t, c)
	m.Flags = 0
	return response{sameMessage, m}
}

// deleteAnswer takes an answer away: for the person whom it was for, and for
// who may delete messages in the channel. It is noted first, so that the
// answer never comes back.
func (a *Adapter) deleteAnswer(ctx context.Context, i *interaction, poster string) response {
	e := a.bot.Catalog().Edition(a.langAtOnce(i))
	switch {
	case i.Message == nil || i.Message.ID == "":
		return a.ask(ctx, i, "")
	case i.user() == "" || i.user() != poster && !i.alone() && !i.may(discordgo.PermissionManageMessages):
		return a.note(e, e.Label("delete.refused"), e.Label("discord.delete.who"))
	}
	return a.inTime(ctx, i, response{Type: laterSame}, func(ctx context.Context) response {
		if err := a.bot.Dismiss(ctx, i.place(), i.Message.ID); err != nil {
			a.log.Warn("an answer is deleted and that is not noted", "channel", i.ChannelID, "problem", "the store is away")
		}
		if !i.here() {
			// Where only a person installed the app, the bot cannot delete; but
			// what it says to the press of a button takes the message's place.
			return inPlace(tongue{Edition: e}, card.Card{Tone: card.Note, Body: []card.Block{{Text: e.Label("discord.delete.done")}}})
		}
		err := a.rest.do(ctx, call{
			method: "DELETE", url: discordgo.EndpointChannelMessage(i.ChannelID, i.Message.ID), bucket: "delete " + i.ChannelID,
		})
		if code, _ := status(err); err != nil && code != http.StatusNotFound {
			a.log.Warn("an answer was not deleted", "channel", i.ChannelID, "problem", described(err))
			return a.note(e, e.Label("delete.failed"), "")
		}
		return response{Type: laterSame} // nothing is left to change
	})
}

// inLanguage is a language and its own name.
type inLanguage struct{ lang, name string }

// languagesBy lists the catalogue's languages, those that are not current first:
// who asks for another language wants another.
func (a *Adapter) languagesBy(current string) (list []inLanguage) {
	c := a.bot.Catalog()
	var last []inLanguage
	for _, lang := range c.Languages() {
		l := inLanguage{lang, c.Edition(lang).Label("language.name")}
		if lang == current {
			last = append(last, l)
		} else {
			list = append(list, l)
		}
	}
	return append(list, last...)[:min(len(c.Languages()), maxChoices)]
}
