package bot

import (
	"context"
	"errors"
	"fmt"
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
	switch {
	case errors.Is(err, ErrRefused):
		b.meter.Sent(a.Row.Platform, "refused")
		return errors.Join(err, note(ctx, func(ctx context.Context) error { return b.store.Dropped(ctx, a.Row) }))
	case err != nil:
		b.meter.Sent(a.Row.Platform, "failed")
		return err
	}
	b.meter.Sent(a.Row.Platform, "sent")
	return note(ctx, func(ctx context.Context) error { return b.store.Answered(ctx, a.Row, id) })
}

// noteFor is how long a note on an answer is tried, well within a lease: where
// it is lost, the answer would be sent again.
const noteFor = 30 * time.Second

// note writes down how an answer fared, even when the context has ended: what
// was said stands in the channel. A store that is away for a moment is asked again.
func note(ctx context.Context, write func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), noteFor)
	defer cancel()
	for {
		err := write(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("note an answer that was sent or refused: %w", err)
		case <-time.After(noteFor / 20):
		}
	}
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
