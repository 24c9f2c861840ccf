package slack

import (
	"context"

	"github.com/slack-go/slack"

	"smtpbot/bot"
)

// emoji is what marks a message whose error the bot explains when somebody
// asks for it, by clicking the mark. Slack's name of the magnifying glass.
const emoji = "mag"

// react puts the mark on a message, or takes it away.
// https://docs.slack.dev/reference/methods/reactions.add
func (a *Adapter) react(ctx context.Context, row bot.Row, on bool) error {
	method := "reactions.add"
	if !on {
		method = "reactions.remove"
	}
	item := slack.NewRefToMessage(row.Channel, row.Message)
	return a.say(ctx, row, method, func(ctx context.Context, api *slack.Client) error {
		if on {
			return unless("already_reacted", api.AddReactionContext(ctx, emoji, item))
		}
		return unless("no_reaction", api.RemoveReactionContext(ctx, emoji, item))
	})
}

// unless passes over an error that says that it is done already.
func unless(code string, err error) error {
	if codeOf(err) == code {
		return nil
	}
	return err
}

// onReaction answers whoever clicks the bot's mark on somebody else's message.
func (a *Adapter) onReaction(ctx context.Context, outer outerEvent) (reply, error) {
	var event reactionEvent
	if !a.read(outer, &event) || event.Reaction != emoji || event.Item.Type != "message" || event.Item.Channel == "" || event.Item.TS == "" {
		return reply{}, nil
	}
	if event.User == "" || a.ours(ctx, outer, event.User) || a.refusals.Alone(room{outer.TeamID, event.Item.Channel}) {
		return reply{}, nil
	}
	place := bot.Place{Platform: Name, Team: outer.TeamID, Channel: event.Item.Channel}
	answer, err := a.bot.Reacted(ctx, place, event.Item.TS, event.User)
	if err != nil {
		return reply{}, err
	}
	return a.reply(bot.Outcome{Answer: answer}), nil
}
