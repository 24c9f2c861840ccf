package slack

import (
	"cmp"
	"context"

	"github.com/slack-go/slack"

	"smtpbot/bot"
)

// deleteAnswer takes an answer away, for the one it was for, who made the
// channel, and the workspace's admins. It is noted first, so that the answer
// never comes back.
func (a *Adapter) deleteAnswer(in interaction, poster string) reply {
	place, ts := in.place(), cmp.Or(in.Message.TS, in.Container.MessageTS)
	if place.Channel == "" || ts == "" || in.Container.Ephemeral || in.View.ID != "" {
		return reply{}
	}
	return reply{after: func() {
		a.spawn(sendWithin, func(ctx context.Context) {
			refuse := func(key string) {
				e := a.bot.Catalog().Edition(a.lang(ctx, place, in.User.ID))
				a.answer(ctx, in.ResponseURL, ephemeral(note(e.Label(key), e.Label("delete.who")), place.Thread))
			}
			may, err := a.mayDelete(ctx, place, in.User.ID, poster)
			switch {
			case err != nil:
				a.log.Warn("slack does not say who may delete an answer", "error", reason(err), "channel", place.Channel)
				refuse("delete.unknown")
				return
			case !may:
				refuse("delete.refused")
				return
			}
			if err := a.bot.Dismiss(ctx, place, ts); err != nil {
				a.log.Warn("an answer is deleted and that is not noted", "error", err, "channel", place.Channel)
			}
			err = a.say(ctx, bot.Row{Place: place}, "chat.delete", func(ctx context.Context, api *slack.Client) error {
				_, _, err := api.DeleteMessageContext(ctx, place.Channel, ts)
				return unless("message_not_found", err)
			})
			if err != nil {
				a.log.Warn("an answer was not deleted", "error", err, "channel", place.Channel)
				refuse("delete.failed")
			}
		})
	}}
}
