package slack

import (
	"context"

	"github.com/slack-go/slack"

	"smtpbot/bot"
)

// whisperTo shows an answer to the one who wrote the message, and to nobody
// else. Such an answer can be neither edited nor taken away: it fades by itself.
//
// Slack shows it in a thread only where the thread has begun, so that the
// answer to a message at the top of a channel stands below it in the channel.
// https://docs.slack.dev/reference/methods/chat.postEphemeral
func (a *Adapter) whisperTo(ctx context.Context, row bot.Row, m message) error {
	return a.post(ctx, row, "chat.postEphemeral", m, func(ctx context.Context, api *slack.Client, options ...slack.MsgOption) error {
		if row.Thread != "" {
			options = append(options, slack.MsgOptionTS(row.Thread))
		}
		_, err := api.PostEphemeralContext(ctx, row.Channel, row.User, options...)
		return err
	})
}
