package slack

import (
	"context"
	"sync"
	"time"
)

// tasks counts what was taken and is not finished, so that a stop can wait for it.
type tasks struct {
	mu     sync.Mutex
	closed bool
	group  sync.WaitGroup
	slots  chan struct{} // how many send at a time

	ctx    context.Context // ends when waiting has been long enough
	cancel context.CancelFunc
}

func newTasks(slots int) *tasks {
	t := &tasks{slots: make(chan struct{}, slots)}
	t.ctx, t.cancel = context.WithCancel(context.Background())
	return t
}

// take begins a piece of work, which done ends. After close nothing is taken.
func (t *tasks) take() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return false
	}
	t.group.Add(1)
	return true
}

func (t *tasks) done() { t.group.Done() }

// spawn does something more for a piece of work that was taken and is not done
// yet. f gets a context that lasts until the deadline, and a slot.
func (t *tasks) spawn(deadline time.Time, f func(ctx context.Context)) {
	t.group.Go(func() {
		ctx, cancel := context.WithDeadline(t.ctx, deadline)
		defer cancel()
		select {
		case t.slots <- struct{}{}:
			defer func() { <-t.slots }()
			f(ctx)
		case <-ctx.Done(): // what was claimed and is not sent, Redeliver takes over
		}
	})
}

// begin does so without a slot, for what keeps to limits of its own.
func (t *tasks) begin(deadline time.Time, f func(ctx context.Context)) {
	t.group.Go(func() {
		ctx, cancel := context.WithDeadline(t.ctx, deadline)
		defer cancel()
		f(ctx)
	})
}

func (t *tasks) close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
}

// drain waits until all is done, at most so long, and then ends the rest.
func (t *tasks) drain(limit time.Duration) {
	t.close()
	timer := time.AfterFunc(limit, t.cancel)
	t.group.Wait()
	timer.Stop()
	t.cancel()
}
