package slack

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"smtpbot/bot"
)

// The fields of the form for a bounce. One takes 3,000 characters, so that
// there is a second for the rest.
const (
	blockText = "text"
	blockRest = "rest"
)

// openPaste opens a field for a bounce that is too long to be typed behind a
// command. From a shortcut it is not known in which channel somebody is.
func (a *Adapter) openPaste(c command) reply {
	return reply{after: a.atOnce(func(ctx context.Context) {
		in := interaction{TriggerID: c.TriggerID, ResponseURL: c.ResponseURL, Team: reference{ID: c.Team}}
		in.User.ID = c.User
		lang := a.langAtOnce(ctx, c.Team, c.User)
		if a.show(ctx, in, a.pasteModal(lang, origin{Channel: c.Channel, URL: c.ResponseURL})) {
			return
		}
		request := bot.Request{Place: bot.Place{Platform: Name, Team: c.Team, Channel: c.Channel}, Text: "explain", User: c.User, Lang: lang}
		a.answer(ctx, c.ResponseURL, ephemeral(a.bot.Command(ctx, request), "")) // how to ask without the field
	})}
}

func (a *Adapter) pasteModal(lang string, o origin) *slack.ModalViewRequest {
	e := a.bot.Catalog().Edition(lang)
	first := field(blockText, e.Label("paste.text"), e.Label("paste.placeholder"), e.Label("paste.hint"), true)
	first.Element.(*slack.PlainTextInputBlockElement).FocusOnLoad = true
	rest := field(blockRest, e.Label("paste.rest"), e.Label("paste.restplaceholder"), e.Label("paste.longer"), true)
	rest.Optional = true
	return modal(e, e.Label("paste.title"), callbackPaste, e.Label("paste.send"), o, []slack.Block{first, rest, prose(e.Label("paste.kept"))})
}

// takePaste answers in the place of the field. What holds no error stays there
// to be mended.
func (a *Adapter) takePaste(ctx context.Context, in interaction) reply {
	lang, o := a.langAtOnce(ctx, in.team(), in.User.ID), originOf(in)
	typed := strings.TrimSpace(in.View.input(blockText) + "\n" + in.View.input(blockRest))
	request := bot.Request{Place: bot.Place{Platform: Name, Team: in.team(), Channel: o.Channel}, Text: "explain " + typed, User: in.User.ID, Lang: lang}
	c := a.bot.Command(ctx, request)
	if c.Again == "" {
		return mistake(blockText, a.bot.Catalog().Edition(lang).Label("explain.none"))
	}
	a.remember(in.team(), in.User.ID, c)
	return a.update(lang, c, o)
}
