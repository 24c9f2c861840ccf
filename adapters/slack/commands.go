package slack

import (
	"context"

	"github.com/slack-go/slack"

	"smtpbot/bot"
	"smtpbot/bot/card"
)

// A reply is what a transport acknowledges with, and what is done after that.
type reply struct {
	body  any    // goes with the acknowledgement; nil for none
	after func() // begins the rest and returns at once; nil for none
}

// onCommand answers /smtp, to the one who typed it alone.
func (a *Adapter) onCommand(ctx context.Context, c command) reply {
	answer := a.bot.Command(ctx, bot.Request{
		Place: bot.Place{Platform: Name, Team: c.Team, Channel: c.Channel},
		Text:  plainText(c.Text), Lang: a.locales.of(c.Team, c.User),
	})
	return reply{body: ephemeral(answer, "")}
}

// onInteraction answers a button, to the one who pressed it alone. A button's
// value is the text of a command. The rest of what people can do with a message
// is acknowledged: a button with an address opens it by itself.
func (a *Adapter) onInteraction(_ context.Context, in interaction) reply {
	if in.Type != "block_actions" || in.ResponseURL == "" {
		return reply{}
	}
	for _, action := range in.Actions {
		if action.Type != "button" || action.Value == "" {
			continue
		}
		return reply{after: func() {
			a.spawn(sendWithin, func(ctx context.Context) {
				thread := in.Message.ThreadTS
				if thread == "" {
					thread = in.Container.ThreadTS
				}
				answer := a.bot.Command(ctx, bot.Request{
					Place: bot.Place{Platform: Name, Team: in.Team.ID, Channel: in.Channel.ID, Thread: thread},
					Text:  action.Value, Lang: a.locales.of(in.Team.ID, in.User.ID),
				})
				if err := a.whisper(ctx, in.ResponseURL, ephemeral(answer, thread)); err != nil {
					a.log.Warn("a button was not answered", "error", err, "channel", in.Channel.ID)
				}
			})
		}}
	}
	return reply{}
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
