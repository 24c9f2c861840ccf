package slack

import (
	"context"
	"sync"
	"time"

	"github.com/slack-go/slack"
)

// lanes keep the order of what is said in each channel. A channel that Slack
// makes wait holds back nothing but itself.
type lanes struct {
	mu      sync.Mutex
	waiting map[string][]job // by channel; an entry stands while its lane runs
	total   int
	held    map[string]time.Time // until when Slack wants a channel left alone

	slots chan struct{} // how many calls are made at a time
}

// A job is one thing to say. What has not begun by its deadline is left to
// whoever finds the answer overdue.
type job struct {
	deadline time.Time
	do       func(ctx context.Context)
}

// How much waits in memory. What is more waits in the store, and is taken over
// when its lease runs out.
const (
	maxLane  = 100 // about a message a second is what a channel takes: https://docs.slack.dev/apis/web-api/rate-limits
	maxLanes = 2000
)

func newLanes(slots int) *lanes {
	return &lanes{waiting: map[string][]job{}, held: map[string]time.Time{}, slots: make(chan struct{}, slots)}
}

// queue has something said in a channel, behind what waits there already. It is
// called while a piece of work is taken. It reports whether there was room.
func (a *Adapter) queue(channel string, do func(ctx context.Context)) bool {
	l := a.lanes
	l.mu.Lock()
	defer l.mu.Unlock()
	lane, running := l.waiting[channel]
	if len(lane) >= maxLane || l.total >= maxLanes {
		a.log.Warn("too much waits to be said; the rest is taken over later", "channel", channel)
		return false
	}
	l.waiting[channel] = append(lane, job{time.Now().Add(sendWithin), do})
	l.total++
	if !running {
		a.tasks.group.Go(func() { a.run(channel) })
	}
	return true
}

// run says what waits in a channel, until nothing does.
func (a *Adapter) run(channel string) {
	l := a.lanes
	for {
		l.mu.Lock()
		lane := l.waiting[channel]
		if len(lane) == 0 {
			delete(l.waiting, channel)
			l.mu.Unlock()
			return
		}
		next := lane[0]
		l.waiting[channel] = lane[1:]
		l.total--
		l.mu.Unlock()
		ctx, cancel := context.WithDeadline(a.tasks.ctx, next.deadline)
		if ctx.Err() == nil {
			a.guarded("lane", func() { next.do(ctx) })
		}
		cancel()
	}
}

// inTurn tries something in a channel when Slack allows it again.
func (a *Adapter) inTurn(ctx context.Context, channel string, f func(ctx context.Context) error) error {
	if d := a.lanes.heldFor(channel); d > 0 && a.pause(ctx, d) != nil {
		return &slack.RateLimitedError{RetryAfter: d}
	}
	err := a.try(ctx, f)
	if d := retryAfter(err); d > 0 { // there was no time to wait for it
		a.lanes.hold(channel, time.Now().Add(d))
	}
	return err
}

func (l *lanes) hold(channel string, until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held[channel] = until
}

// heldFor says for how long a channel has to be left alone, and forgets what is
// over.
func (l *lanes) heldFor(channel string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c, until := range l.held {
		if !until.After(time.Now()) {
			delete(l.held, c)
		}
	}
	if until, ok := l.held[channel]; ok {
		return time.Until(until)
	}
	return 0
}

// enter waits for a slot, which leave gives back.
func (l *lanes) enter(ctx context.Context) bool {
	select {
	case l.slots <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (l *lanes) leave() { <-l.slots }
