package slack

import (
	"context"

	"github.com/slack-go/slack"
)

const blockLanguage = "language"

// askLanguage lets somebody pick the language in which they want an answer.
// They alone get it so: what stands in a thread is read by all, in the
// channel's language, and does not change because one of them reads another.
// `/smtp lang` is for the channel.
func (a *Adapter) askLanguage(in interaction, again string) reply {
	return reply{after: a.atOnce(func(ctx context.Context) {
		lang := a.langAtOnce(ctx, in.team(), in.User.ID)
		a.show(ctx, in, a.languageModal(lang, originOf(in).about(again)))
	})}
}

func (a *Adapter) languageModal(lang string, o origin) *slack.ModalViewRequest {
	e := a.bot.Catalog().Edition(lang)
	list, initial := a.languages(e.Lang())
	return modal(e, e.Label("action.language"), callbackLanguage, e.Label("language.show"), o, []slack.Block{
		selection(blockLanguage, e.Label("action.language"), e.Label("action.language"), list, initial),
		prose(e.Label("language.alone")),
	})
}

// languages are those of the catalogue, each by its own name, and the one that
// is current.
func (a *Adapter) languages(current string) (list []*slack.OptionBlockObject, initial *slack.OptionBlockObject) {
	c := a.bot.Catalog()
	for _, lang := range c.Languages() {
		one := option(lang, c.Edition(lang).Label("language.name"))
		list = append(list, one)
		if lang == current {
			initial = one
		}
	}
	return list, initial
}

// takeLanguage shows the answer in the language that was picked: below the
// message it was asked from, or in the modal.
func (a *Adapter) takeLanguage(_ context.Context, in interaction) reply {
	o, lang := originOf(in), in.View.input(blockLanguage)
	c, ok := a.bot.Again(lang, o.About)
	if !ok {
		return reply{}
	}
	if o.URL == "" || in.View.nested() {
		return a.update(lang, c, o)
	}
	return reply{after: func() {
		a.spawn(sendWithin, func(ctx context.Context) {
			c.Private = true
			a.answer(ctx, o.URL, ephemeral(a.bot.Controls(lang, c, in.User.ID), o.Thread))
		})
	}}
}
