package slack

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"smtpbot/bot"
	"smtpbot/bot/card"
)

// A reply is what a transport acknowledges with, and what is done after that.
type reply struct {
	body  any    // goes with the acknowledgement; nil for none
	after func() // begins the rest and returns at once; nil for none
}

// onCommand answers /smtp, to the one who typed it alone. "/smtp explain" with
// nothing behind it opens a field for a long bounce. What changes settings is
// answered behind the acknowledgement: whether the person may, Slack has to say.
func (a *Adapter) onCommand(ctx context.Context, c command) reply {
	request := bot.Request{
		Place: bot.Place{Platform: Name, Team: c.Team, Channel: c.Channel},
		Text:  plainText(c.Text), User: c.User,
		Direct: isDirect(c.Channel),
	}
	switch {
	case a.bot.WantsText(request.Text) && c.TriggerID != "" && a.watches():
		return a.openPaste(c)
	case a.bot.WantsAdmin(request.Text) && c.ResponseURL != "" && a.watches():
		return reply{after: func() {
			a.spawn(sendWithin, func(ctx context.Context) {
				request.Admin = request.Direct || a.mayChange(ctx, c.Team, c.User)
				a.answer(ctx, c.ResponseURL, ephemeral(a.command(ctx, request), ""))
			})
		}}
	}
	answer := a.ask(ctx, &request)
	return reply{body: a.finished.of(request.Lang, answer, func() slack.WebhookMessage {
		return ephemeral(a.bot.Controls(request.Lang, answer, request.User), "")
	})}
}

// isDirect reports whether a channel is a conversation of two, by its id, where
// nothing else tells. https://docs.slack.dev/reference/objects/conversation-object
func isDirect(channel string) bool { return strings.HasPrefix(channel, "D") }

// ask answers a question in the language of who asks.
func (a *Adapter) ask(ctx context.Context, r *bot.Request) card.Card {
	r.Lang = a.lang(ctx, r.Place, r.User)
	answer := a.bot.Command(ctx, *r)
	a.remember(r.Team, r.User, answer)
	return answer
}

// command does so with what they can do with the answer.
func (a *Adapter) command(ctx context.Context, r bot.Request) card.Card {
	answer := a.ask(ctx, &r)
	return a.bot.Controls(r.Lang, answer, r.User)
}

// dress renders an answer that stands in a channel, or that its level shows to
// one person alone, with what its readers can do with it.
func (a *Adapter) dress(row bot.Row, c card.Card) message {
	c.Private = row.How == bot.LevelQuiet
	return render(a.bot.Controls(row.Lang, c, row.User))
}

// answer goes to one person through the address that came with what they did.
func (a *Adapter) answer(ctx context.Context, responseURL string, m slack.WebhookMessage) {
	if responseURL == "" {
		return
	}
	if err := a.whisper(ctx, responseURL, m); err != nil {
		a.log.Warn("an answer to one person was not sent", "error", err)
	}
}

// ephemeral is an answer that one person sees. Without a response_type some
// doors of Slack show it to all.
func ephemeral(c card.Card, thread string) slack.WebhookMessage {
	m := render(c)
	no := false
	return slack.WebhookMessage{
		Text: m.text, Blocks: &slack.Blocks{BlockSet: m.blocks}, ResponseType: slack.ResponseTypeEphemeral,
		ThreadTimestamp: thread, UnfurlLinks: &no, UnfurlMedia: &no,
	}
}

// note is a card of a sentence or two about the bot itself.
func note(title, text string) card.Card {
	c := card.Card{Tone: card.Note, Title: title, Private: true}
	if text != "" {
		c.Body = []card.Block{{Text: text}}
	}
	return c
}
