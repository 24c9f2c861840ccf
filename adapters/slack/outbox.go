package slack

import (
	"context"
	"errors"
	"time"

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
	case errors.Is(err, bot.ErrRefused) && a.refusals.alone(row.Team, row.Channel):
		a.log.Debug("not done: "+what, "error", err, "channel", row.Channel, "message", row.Message)
	default:
		a.log.Warn("not done: "+what, "error", err, "channel", row.Channel, "message", row.Message)
	}
}

// redeliver takes over, until the context ends, what this or another process
// was to say and did not.
func (a *Adapter) redeliver(ctx context.Context) {
	tick := time.NewTicker(a.takeOver)
	defer tick.Stop()
	for {
		a.guarded("redelivery", func() { a.takeOverdue(ctx) })
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (a *Adapter) takeOverdue(ctx context.Context) {
	if !a.tasks.take() {
		return
	}
	defer a.tasks.done()
	answers, err := a.bot.Overdue(ctx, Name)
	changes, err2 := a.bot.OverdueChanges(ctx, Name)
	if err = errors.Join(err, err2); err != nil && ctx.Err() == nil {
		a.log.Warn("overdue answers were not taken over", "error", err)
	}
	for _, answer := range answers {
		a.deliver(answer)
	}
	for _, change := range changes {
		a.apply(change)
	}
}
