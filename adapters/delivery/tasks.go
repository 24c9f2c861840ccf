// Package delivery has what every adapter needs behind what it takes from its
// platform: tasks that a stop waits for, a lane for each channel, and a memory
// of what the platform refused.
package delivery

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// Tasks counts what was taken and is not finished, so that a stop can wait for it.
type Tasks struct {
	log    *slog.Logger
	ctx    context.Context // of all that goes on in the background
	cancel context.CancelFunc

	mu     sync.Mutex
	idle   *sync.Cond // nothing is left
	left   int
	closed bool
}

// NewTasks makes tasks whose faults are logged.
func NewTasks(log *slog.Logger) *Tasks {
	t := &Tasks{log: log}
	t.idle = sync.NewCond(&t.mu)
	t.ctx, t.cancel = context.WithCancel(context.Background())
	return t
}

// Take begins a piece of work, which Done ends. Once a stop has begun nothing
// is taken.
func (t *Tasks) Take() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.closed {
		t.left++
	}
	return !t.closed
}

// Done ends a piece of work.
func (t *Tasks) Done() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.left--; t.left == 0 {
		t.idle.Broadcast()
	}
}

// Context lasts until a stop has waited for long enough.
func (t *Tasks) Context() context.Context { return t.ctx }

// Go does something more for a piece of work that was taken and is not done
// yet, whether or not a stop has begun. It reports false where the stop is over.
func (t *Tasks) Go(f func(ctx context.Context)) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed && t.left == 0 {
		return false
	}
	t.left++
	go func() {
		defer t.Done()
		Guard(t.log, "a task", func() { f(t.ctx) })
	}()
	return true
}

// Every does something as a piece of work, at once and then each time that an
// interval is over, until the context ends.
func (t *Tasks) Every(ctx context.Context, interval time.Duration, f func(ctx context.Context)) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for t.Take() {
		Guard(t.log, "a task", func() { f(ctx) })
		t.Done()
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Idle reports whether all that was taken is done.
func (t *Tasks) Idle() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.left == 0
}

// Wait waits until all that was taken is done.
func (t *Tasks) Wait() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.left > 0 {
		t.idle.Wait()
	}
}

// Drain takes nothing more and waits for what was taken. After a while it ends
// the context of what is too slow.
func (t *Tasks) Drain(within time.Duration) {
	t.mu.Lock()
	t.closed = true
	t.mu.Unlock()
	timer := time.AfterFunc(within, t.cancel)
	defer timer.Stop()
	t.Wait()
	t.cancel()
}
