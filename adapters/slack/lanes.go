package slack

import (
	"context"
	"sync"
	"time"

	"github.com/slack-go/slack"
)

// How much waits in memory to be said. What is more waits in the store, and is
// taken over when its lease runs out.
const (
	maxLane  = 100 // about a message a second is what a channel takes: https://docs.slack.dev/apis/web-api/rate-limits
	maxLanes = 2000
)

// queue has something said in a channel, behind what waits there already. It is
// called while a piece of work is taken. What has not begun in time is left to
// whoever finds the answer overdue.
func (a *Adapter) queue(channel string, do func(ctx context.Context)) {
	end := time.Now().Add(sendWithin)
	ok := a.lanes.Queue(channel, func(ctx context.Context) {
		ctx, cancel := context.WithDeadline(ctx, end)
		defer cancel()
		if ctx.Err() == nil {
			do(ctx)
		}
	})
	if !ok {
		a.log.Warn("too much waits to be said; the rest is taken over later", "channel", channel)
	}
}

// inTurn tries something in a channel when Slack allows it again.
func (a *Adapter) inTurn(ctx context.Context, channel string, f func(ctx context.Context) error) error {
	if d := a.holds.left(channel); d > 0 && a.pause(ctx, d) != nil {
		return &slack.RateLimitedError{RetryAfter: d}
	}
	err := a.try(ctx, f)
	if d := retryAfter(err); d > 0 { // there was no time to wait for it
		a.holds.set(channel, time.Now().Add(d))
	}
	return err
}

// holds says until when Slack wants channels left alone.
type holds struct {
	mu    sync.Mutex
	until map[string]time.Time
}

func newHolds() *holds { return &holds{until: map[string]time.Time{}} }

func (h *holds) set(channel string, until time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.until[channel] = until
}

// left is how long a channel has to be left alone. What is over is forgotten.
func (h *holds) left(channel string) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c, until := range h.until {
		if !until.After(time.Now()) {
			delete(h.until, c)
		}
	}
	if until, ok := h.until[channel]; ok {
		return time.Until(until)
	}
	return 0
}
