package slack

import (
	"context"

	"github.com/slack-go/slack"

	"smtpbot/adapters/slack/blockkit"
	"smtpbot/bot"
)

// blockOther is where the other code is typed.
const blockOther = "other"

// askCompare asks for the other code: one that is often confused with the
// first, by a select that answers at once, or any, typed.
func (a *Adapter) askCompare(in interaction, subject string) reply {
	return reply{after: a.atOnce(func(ctx context.Context) {
		lang := a.langAtOnce(ctx, in.team(), in.User.ID)
		if a.show(ctx, in, a.compareModal(lang, subject, originOf(in).about(subject))) {
			return
		}
		// Without a modal the nearest code is the best guess.
		for _, other := range a.bot.Beside(lang, subject) {
			if c, ok := a.bot.CompareWith(lang, subject, other.Entry); ok {
				a.answer(ctx, in.ResponseURL, ephemeral(a.bot.Controls(lang, c, in.User.ID), in.thread()))
				return
			}
		}
	})}
}

func (a *Adapter) compareModal(lang, subject string, o origin) *slack.ModalViewRequest {
	e := a.bot.Catalog().Edition(lang)
	blocks := []slack.Block{prose(e.Label("beside.intro", "code", "`"+subject+"`"))}
	if menu := besideOptions(a.bot.Beside(lang, subject)); len(menu) > 0 {
		pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(e.Label("beside.pick")), actionBeside, menu...)
		blocks = append(blocks, slack.NewSectionBlock(text(line(e.Label("beside.near"), true, maxSection)), nil, slack.NewAccessory(pick)))
	}
	blocks = append(blocks, field(blockOther, e.Label("beside.other"), e.Label("beside.placeholder"), "", false))
	return modal(e, e.Label("action.beside"), callbackCompare, e.Label("action.beside"), o, blocks)
}

// showBeside compares with what was picked from the list.
func (a *Adapter) showBeside(in interaction, other string) reply {
	return reply{after: a.atOnce(func(ctx context.Context) {
		lang, o := a.langAtOnce(ctx, in.team(), in.User.ID), originOf(in)
		if c, ok := a.bot.CompareWith(lang, o.About, other); ok {
			a.replace(ctx, in, a.cardModal(lang, c, o))
		}
	})}
}

// takeCompare compares with what was typed.
func (a *Adapter) takeCompare(ctx context.Context, in interaction) reply {
	lang, o := a.langAtOnce(ctx, in.team(), in.User.ID), originOf(in)
	e := a.bot.Catalog().Edition(lang)
	c, ok := a.bot.CompareWith(lang, o.About, in.View.input(blockOther))
	if !ok {
		return mistake(blockOther, e.Label("beside.none"))
	}
	return a.update(lang, c, o)
}

// besideOptions are the entries that something is confused with.
func besideOptions(near []bot.Hit) []*slack.OptionBlockObject {
	var list []*slack.OptionBlockObject
	for _, h := range near {
		if units(h.Entry) > blockkit.MaxOptionValue || len(list) == blockkit.MaxOptions {
			continue
		}
		list = append(list, option(h.Entry, h.Entry+" · "+h.Title))
	}
	return list
}
