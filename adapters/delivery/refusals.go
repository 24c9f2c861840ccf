package delivery

import (
	"sync"
	"time"
)

// Refusals remembers what a platform refused, so that it is not asked the same
// again and again. K says what: a channel, or one thing in it. All is lost with
// the process.
type Refusals[K comparable] struct {
	mu    sync.Mutex
	until map[K]time.Time
}

const (
	// AloneFor is how long what refused is left alone.
	AloneFor = time.Hour

	maxAlone = 4096
)

// NewRefusals makes a memory that holds nothing.
func NewRefusals[K comparable]() *Refusals[K] {
	return &Refusals[K]{until: map[K]time.Time{}}
}

// Alone reports whether something is left alone.
func (r *Refusals[K]) Alone(what K) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.alone(what)
}

// alone forgets what is over. The lock is held.
func (r *Refusals[K]) alone(what K) bool {
	until, ok := r.until[what]
	if ok && !until.After(time.Now()) {
		delete(r.until, what)
		ok = false
	}
	return ok
}

// LeaveAlone notes that something was refused, and reports whether that is new.
func (r *Refusals[K]) LeaveAlone(what K) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.alone(what) {
		return false
	}
	if len(r.until) >= maxAlone {
		for other := range r.until { // any: it refuses once more
			delete(r.until, other)
			break
		}
	}
	r.until[what] = time.Now().Add(AloneFor)
	return true
}

// Welcome notes that what was refused may be taken now.
func (r *Refusals[K]) Welcome(what K) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.until, what)
}
