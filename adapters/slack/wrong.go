package slack

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/catalog"
)

const blockCause = "cause"

// askWrong asks what the error really was, by a select of causes: nobody has to
// write, and no text comes along.
func (a *Adapter) askWrong(in interaction, entry string) reply {
	return reply{after: a.atOnce(func(ctx context.Context) {
		lang := a.langAtOnce(ctx, in.team(), in.User.ID)
		a.show(ctx, in, a.wrongModal(lang, originOf(in).about(entry)))
	})}
}

func (a *Adapter) wrongModal(lang string, o origin) *slack.ModalViewRequest {
	e := a.bot.Catalog().Edition(lang)
	return modal(e, e.Label("action.wrong"), callbackWrong, e.Label("wrong.send"), o, []slack.Block{
		prose(e.Label("wrong.intro", "entry", titleOf(e, o.About))),
		selection(blockCause, e.Label("wrong.cause"), e.Label("wrong.pick"), causes(e), nil),
		prose(e.Label("wrong.kept")),
	})
}

// titleOf is what somebody read, without marks.
func titleOf(e *catalog.Edition, key string) string {
	entry, ok := e.Entry(key)
	if !ok {
		return key
	}
	return card.Unmarked(e.Fill(entry.Title, nil))
}

// causes lists all causes by their names, in the order of the alphabet; that no
// cause is known comes last.
func causes(e *catalog.Edition) []*slack.OptionBlockObject {
	var list []*slack.OptionBlockObject
	for _, c := range catalog.Causes() {
		if c != catalog.CauseUnclear {
			list = append(list, option(string(c), e.Label("cause."+string(c))))
		}
	}
	slices.SortFunc(list, func(a, b *slack.OptionBlockObject) int {
		return cmp.Compare(strings.ToLower(a.Text.Text), strings.ToLower(b.Text.Text))
	})
	return append(list, option(string(catalog.CauseUnclear), e.Label("wrong.other")))
}

// takeWrong notes the choice before it says thanks.
func (a *Adapter) takeWrong(ctx context.Context, in interaction) reply {
	lang, o := a.langAtOnce(ctx, in.team(), in.User.ID), originOf(in)
	e := a.bot.Catalog().Edition(lang)
	choice := catalog.Cause(in.View.input(blockCause))
	if choice == "" {
		return mistake(blockCause, e.Label("wrong.pick"))
	}
	place := bot.Place{Platform: Name, Team: in.team(), Channel: o.Channel, Thread: o.Thread}
	if err := a.bot.Wrong(ctx, place, o.About, choice); err != nil {
		a.log.Warn("what was called wrong was not noted", "error", err)
		return mistake(blockCause, e.Label("wrong.failed"))
	}
	thanks := modal(e, e.Label("action.wrong"), "", "", o, []slack.Block{
		prose(e.Label("wrong.thanks", "entry", titleOf(e, o.About), "cause", e.Label("cause."+string(choice)))),
		prose(e.Label("wrong.kept")),
	})
	return reply{body: slack.NewUpdateViewSubmissionResponse(thanks)}
}
