package bot

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Outcome is what has to be done about a message: one of both, or nothing.
type Outcome struct {
	Answer *Answer
	Change *Change
}

// Settled gives an answer that is a change as the change that it is.
func (o Outcome) Settled() Outcome {
	if o.Answer != nil && o.Answer.Change != nil {
		return Outcome{Change: o.Answer.Change}
	}
	return o
}

// Send sends an answer on one platform and gives the platform's id of it. It
// retries what may pass within the context. An error that wraps ErrRefused
// says that this answer will never be taken.
type Send func(ctx context.Context, a Answer) (id string, err error)

// ErrRefused marks what a platform refuses for good: the channel is archived,
// the bot was removed.
var ErrRefused = errors.New("refused for good")

// Edit edits or takes away an answer that stands, likewise.
type Edit func(ctx context.Context, c Change) error

// Deliver sends a claimed answer and notes how it went. What was not sent
// stays pending, and is taken over when its lease runs out. What was
// edited or deleted since it was claimed is sent as it stands now, or not at
// all. An answer that is a change is Apply's.
func (b *Bot) Deliver(ctx context.Context, a Answer, send Send) error {
	if a.Change != nil {
		return nil
	}
	now, known, err := b.Remembered(ctx, a.Row.Platform, a.Row.Channel, a.Row.Message)
	if err == nil && known { // with the store away the claim counts
		if now.State != Pending || now.How != a.Row.How {
			b.meter.Sent(a.Row.Platform, "withdrawn")
			return nil
		}
		if now.Version > a.Row.Version {
			a.Row, a.Card = now, b.FindingsCard(now.Lang, now)
		}
	}
	id, err := send(ctx, a)
	switch {
	case errors.Is(err, ErrRefused):
		b.meter.Sent(a.Row.Platform, "refused")
		return errors.Join(err, b.note(ctx, a.Row, Row.dropped))
	case err != nil:
		b.meter.Sent(a.Row.Platform, "failed")
		return err
	}
	b.meter.Sent(a.Row.Platform, "sent")
	return b.note(ctx, a.Row, func(r Row) (Row, bool) { return r.answered(a.Row.How, a.Row.Version, id, b.now()) })
}

// Apply makes a change and notes that it was made. What was not made
// is taken over when its lease runs out.
func (b *Bot) Apply(ctx context.Context, c Change, edit Edit) error {
	now, known, err := b.Remembered(ctx, c.Row.Platform, c.Row.Channel, c.Row.Message)
	if err == nil && known {
		switch now.State {
		case Changing, Removing, Clearing:
			c = b.change(now)
		default:
			return nil
		}
	}
	err = edit(ctx, c)
	switch {
	case errors.Is(err, ErrRefused):
		b.meter.Sent(c.Row.Platform, "refused")
		return errors.Join(err, b.note(ctx, c.Row, Row.dropped))
	case err != nil:
		b.meter.Sent(c.Row.Platform, "failed")
		return err
	}
	b.meter.Sent(c.Row.Platform, "edited")
	return b.note(ctx, c.Row, func(r Row) (Row, bool) {
		if c.Remove {
			return r.removed(c.Row.Answer, b.now())
		}
		return r.changed(c.Row.Version)
	})
}

// note takes a step with a row after something was said or refused.
func (b *Bot) note(ctx context.Context, row Row, step func(Row) (Row, bool)) error {
	return note(ctx, func(ctx context.Context) error {
		_, _, err := b.store.Update(ctx, row.Platform, row.Channel, row.Message, step)
		return err
	})
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

// TakeOver hands over all that some process was to say or to change and did not.
// Of several processes one gets each of it, until the lease runs out again.
func (b *Bot) TakeOver(ctx context.Context, platform string, deliver func(Answer), apply func(Change)) error {
	for {
		answers, err := b.Overdue(ctx, platform)
		changes, err2 := b.OverdueChanges(ctx, platform)
		for _, a := range answers {
			deliver(a)
		}
		for _, c := range changes {
			apply(c)
		}
		if err = errors.Join(err, err2); err != nil || len(answers)+len(changes) == 0 {
			return err
		}
	}
}

// Meter counts what the bot does. Labels are names of platforms, outcomes and
// causes, and nothing that a person wrote.
type Meter interface {
	Command(platform string)
	Observed(platform, outcome string) // silent, off, answered, cooling, folded, repeated, failed, withheld
	Sent(platform, outcome string)     // sent, edited, withdrawn, refused, failed
}

type noMeter struct{}

func (noMeter) Command(string)          {}
func (noMeter) Observed(string, string) {}
func (noMeter) Sent(string, string)     {}
