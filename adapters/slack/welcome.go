package slack

import (
	"context"

	"github.com/slack-go/slack"

	"smtpbot/bot"
)

// onJoined says, once, what the bot does in a channel that it was let into.
func (a *Adapter) onJoined(ctx context.Context, outer outerEvent) (reply, error) {
	var event joinedEvent
	if !a.read(outer, &event) || event.Channel == "" || event.User == "" || event.User != a.user(outer) {
		return reply{}, nil
	}
	place := bot.Place{Platform: Name, Team: outer.TeamID, Channel: event.Channel}
	a.refusals.Welcome(room{place.Team, place.Channel})
	answer, err := a.bot.Greet(ctx, place, a.locales.soon(ctx, place.Team, event.Inviter))
	if err != nil || answer == nil {
		return reply{}, err
	}
	return reply{after: func() {
		a.queue(place.Channel, func(ctx context.Context) {
			a.delivered("introduced itself", answer.Row, a.bot.Deliver(ctx, *answer, a.introduce))
		})
	}}, nil
}

// introduce posts at the top of a channel.
func (a *Adapter) introduce(ctx context.Context, answer bot.Answer) (id string, err error) {
	err = a.post(ctx, answer.Row, "chat.postMessage", render(answer.Card), func(ctx context.Context, api *slack.Client, options ...slack.MsgOption) error {
		_, posted, err := api.PostMessageContext(ctx, answer.Row.Channel, options...)
		id = posted
		return err
	})
	return id, err
}
