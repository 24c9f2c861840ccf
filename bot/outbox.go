package bot

import (
	"context"
	"errors"
	"time"
)

// Send sends an answer on one platform and gives the platform's id of it. It
// retries what may pass within the context. An error that wraps ErrRefused
// says that this answer will never be taken.
type Send func(ctx context.Context, a Answer) (id string, err error)

// ErrRefused marks what a platform refuses for good: the channel is archived,
// the bot was removed.
var ErrRefused = errors.New("refused for good")

// Deliver sends a claimed answer and notes how it went. What was not sent
// stays pending, and Redeliver takes it over when its lease runs out.
func (b *Bot) Deliver(ctx context.Context, a Answer, send Send) error {
	id, err := send(ctx, a)
	// The note is written even when the context ends: the answer stands in the channel.
	note, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	switch {
	case errors.Is(err, ErrRefused):
		b.meter.Sent(a.Row.Platform, "refused")
		return errors.Join(err, b.store.Dropped(note, a.Row))
	case err != nil:
		b.meter.Sent(a.Row.Platform, "failed")
		return err
	}
	b.meter.Sent(a.Row.Platform, "sent")
	return b.store.Answered(note, a.Row, id)
}

// Redeliver sends, until the context ends, what some process claimed and did
// not send. Problems go to report, which must not keep them from the log.
func (b *Bot) Redeliver(ctx context.Context, platform string, every time.Duration, send Send, report func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		answers, err := b.Overdue(ctx, platform)
		if err != nil && ctx.Err() == nil {
			report(err)
		}
		for _, a := range answers {
			if err := b.Deliver(ctx, a, send); err != nil && ctx.Err() == nil {
				report(err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Meter counts what the bot does. Labels are names of platforms, outcomes and
// causes, and nothing that a person wrote.
type Meter interface {
	Command(platform string)
	Observed(platform, outcome string) // silent, answered, repeated, cooling, failed
	Sent(platform, outcome string)     // sent, refused, failed
}

type noMeter struct{}

func (noMeter) Command(string)          {}
func (noMeter) Observed(string, string) {}
func (noMeter) Sent(string, string)     {}
