package slack

import (
	"context"
	"slices"

	"smtpbot/bot"
)

// onChanged follows an edit. Slack also says that a message changed when it
// adds the preview of a link, when somebody answers it, and when what was
// deleted stays as a tombstone because a thread hangs on it.
// https://docs.slack.dev/reference/events/message/message_changed
func (a *Adapter) onChanged(ctx context.Context, outer outerEvent, event messageEvent) (reply, error) {
	if event.Message == nil {
		return reply{}, nil
	}
	written := *event.Message
	if written.Subtype == "tombstone" {
		return a.onDeleted(ctx, outer, event, written.TS)
	}
	if !edited(event.Previous, written) {
		return reply{}, nil
	}
	m, _, ok := a.message(outer, event, written)
	if !ok {
		return reply{}, nil
	}
	return a.judge(ctx, m, false, written.Files, func(ctx context.Context, m bot.Message) (bot.Outcome, error) {
		answer, change, err := a.bot.Edited(ctx, a.inTheirLanguage(ctx, m))
		return bot.Outcome{Answer: answer, Change: change}, err
	})
}

// edited reports whether a person changed what a message says, or what files
// it has.
func edited(before *messageEvent, after messageEvent) bool {
	if before == nil {
		return after.Edited.TS != ""
	}
	return before.Text != after.Text || !slices.Equal(readable(before.Files), readable(after.Files))
}

// onDeleted takes the answer to a deleted message away. Where the message is an
// answer of the bot, somebody deleted that by hand, and it does not come back.
// https://docs.slack.dev/reference/events/message/message_deleted
func (a *Adapter) onDeleted(ctx context.Context, outer outerEvent, event messageEvent, ts string) (reply, error) {
	if ts == "" {
		return reply{}, nil
	}
	place := bot.Place{Platform: Name, Team: outer.TeamID, Channel: event.Channel}
	if event.Previous != nil && event.Previous.User != "" && a.ours(ctx, outer, event.Previous.User) {
		row, known, err := a.bot.Remembered(ctx, Name, event.Channel, ts)
		// An answer that the bot takes away itself is not on its way to be kept.
		if err != nil || !known || row.State != bot.Answered && row.State != bot.Changing {
			return reply{}, err
		}
		return reply{}, a.bot.Dismiss(ctx, place, ts)
	}
	change, err := a.bot.Deleted(ctx, place, ts)
	if err != nil {
		return reply{}, err
	}
	return a.reply(bot.Outcome{Change: change}), nil
}
