package slack

import (
	"context"
	"errors"

	"smtpbot/bot"
)

// deliver sends an answer that was claimed, behind the acknowledgement.
func (a *Adapter) deliver(answer bot.Answer) {
	a.queue(answer.Row.Channel, func(ctx context.Context) {
		a.delivered("answered", answer.Row, a.bot.Deliver(ctx, answer, a.send))
	})
}

// apply edits an answer or takes it away, likewise.
func (a *Adapter) apply(change bot.Change) {
	a.queue(change.Row.Channel, func(ctx context.Context) {
		a.delivered("changed an answer", change.Row, a.bot.Apply(ctx, change, a.edit))
	})
}

// delivered logs how it went. What a channel refuses for good is logged where
// the channel is left alone, and not for every message in it.
func (a *Adapter) delivered(what string, row bot.Row, err error) {
	switch {
	case err == nil:
		a.log.Info(what, "channel", row.Channel, "message", row.Message)
	case errors.Is(err, bot.ErrRefused) && a.refusals.Alone(room{row.Team, row.Channel}):
		a.log.Debug("not done: "+what, "error", err, "channel", row.Channel, "message", row.Message)
	default:
		a.log.Warn("not done: "+what, "error", err, "channel", row.Channel, "message", row.Message)
	}
}

// takeOverdue takes over what this or another process was to say and did not.
func (a *Adapter) takeOverdue(ctx context.Context) {
	if err := a.bot.TakeOver(ctx, Name, a.deliver, a.apply); err != nil && ctx.Err() == nil {
		a.log.Warn("overdue answers were not taken over", "error", err)
	}
}
