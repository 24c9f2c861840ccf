package discord

import (
	"context"
	"sync"
	"time"
)

// work counts what was taken and is not finished. Nothing can be taken before
// it is opened or after it is drained.
type work struct {
	mu   sync.Mutex
	ctx  context.Context // of all work; nil while nothing is taken
	left int
	idle chan struct{} // closed when nothing is left, nil before somebody waits
}

func (w *work) open(ctx context.Context) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ctx = ctx
}

// begin takes a piece of work; done must be called when it is finished.
func (w *work) begin() (ctx context.Context, done func(), ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ctx == nil {
		return nil, nil, false
	}
	w.left++
	return w.ctx, w.end, true
}

func (w *work) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.left--
	if w.left == 0 && w.idle != nil {
		close(w.idle)
		w.idle = nil
	}
}

// drain takes nothing more and waits for what was taken, or until the time is over.
func (w *work) drain(within time.Duration) {
	w.mu.Lock()
	w.ctx = nil
	if w.left == 0 {
		w.mu.Unlock()
		return
	}
	idle := make(chan struct{})
	w.idle = idle
	w.mu.Unlock()
	timer := time.NewTimer(within)
	defer timer.Stop()
	select {
	case <-idle:
	case <-timer.C:
	}
}
