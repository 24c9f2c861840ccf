package discord

import (
	"context"
	"fmt"
	"slices"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// askCause asks what the error really was. Nobody has to write, and no text
// comes along. A menu holds 25 causes, so there are two, by the alphabet.
func (a *Adapter) askCause(ctx context.Context, i *interaction, entry string) response {
	return a.inTime(ctx, i, a.waiting(i), func(ctx context.Context) response {
		e := a.bot.Catalog().Edition(a.langOf(ctx, i))
		r := a.note(e, e.Label("action.wrong"), e.Label("wrong.intro", "entry", titleOf(e, entry))+" "+e.Label("wrong.kept"))
		return response{newMessage, r.Data.(outgoing).with(causeMenus(e, entry)...)}
	})
}

// titleOf is what an answer said that an entry explains.
func titleOf(e *catalog.Edition, entry string) string {
	if known, ok := e.Entry(entry); ok {
		return card.Unmarked(e.Fill(known.Title, nil))
	}
	return entry
}

func causeMenus(e *catalog.Edition, entry string) (menus []discordgo.MessageComponent) {
	var list []discordgo.SelectMenuOption
	for _, c := range catalog.Causes() {
		if c != catalog.CauseUnclear {
			list = append(list, discordgo.SelectMenuOption{Label: cut(e.Label("cause."+string(c)), maxOptionText), Value: string(c)})
		}
	}
	alphabet := collate.New(language.Make(e.Lang()), collate.IgnoreCase) // é is an e
	slices.SortFunc(list, func(a, b discordgo.SelectMenuOption) int { return alphabet.CompareString(a.Label, b.Label) })
	list = append(list, discordgo.SelectMenuOption{Label: cut(e.Label("wrong.other"), maxOptionText), Value: string(catalog.CauseUnclear)})
	half := (len(list) + 1) / 2
	for n, part := range [][]discordgo.SelectMenuOption{list[:half], list[half:]} {
		menus = append(menus, discordgo.SelectMenu{
			MenuType: discordgo.StringSelectMenu, CustomID: fmt.Sprintf("%s%d:%s", actionCause, n+1, entry), Options: part,
			Placeholder: cut(part[0].Label+" … "+part[len(part)-1].Label, maxPlaceholder),
		})
	}
	return menus
}

// takeCause notes the entry and the cause that somebody selected, and nothing else.
func (a *Adapter) takeCause(ctx context.Context, i *interaction, entry, choice string) response {
	return a.inTime(ctx, i, response{Type: laterSame}, func(ctx context.Context) response {
		e := a.bot.Catalog().Edition(a.langOf(ctx, i))
		if err := a.bot.Wrong(ctx, i.place(), entry, catalog.Cause(choice)); err != nil {
			a.log.Warn("what was called wrong was not noted", "problem", cut(err.Error(), 120))
			return a.note(e, e.Label("wrong.failed"), "")
		}
		return inPlace(tongue{Edition: e}, card.Card{Tone: card.Note, Title: e.Label("action.wrong"), Body: []card.Block{
			{Text: e.Label("wrong.thanks", "entry", titleOf(e, entry), "cause", e.Label("cause."+choice))},
		}})
	})
}
