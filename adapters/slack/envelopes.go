package slack

import (
	"context"
	"sync"
)

// envelopes remembers what was taken lately. Slack may repeat an envelope, on
// another connection, because its acknowledgement was lost: a command is not
// answered twice, and the repetition is acknowledged.
type envelopes struct {
	mu     sync.Mutex
	known  map[string]*taking
	latest []string // a ring of ids
	next   int
}

// taking is an envelope that is being handled, or was.
type taking struct {
	done chan struct{}
	ok   bool // it was acknowledged; read once done is closed
}

const maxEnvelopes = 1024

func newEnvelopes() *envelopes {
	return &envelopes{known: map[string]*taking{}, latest: make([]string, maxEnvelopes)}
}

// begin notes an envelope, and reports whether it is the first with its id.
func (e *envelopes) begin(id string) (*taking, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if t, ok := e.known[id]; ok {
		return t, false
	}
	delete(e.known, e.latest[e.next])
	e.latest[e.next] = id
	e.next = (e.next + 1) % len(e.latest)
	t := &taking{done: make(chan struct{})}
	e.known[id] = t
	return t, true
}

// end notes how it went. What was not acknowledged may come again.
func (e *envelopes) end(id string, ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	t, known := e.known[id]
	if !known { // pushed out by a thousand others
		return
	}
	t.ok = ok
	close(t.done)
	if !ok {
		delete(e.known, id)
	}
}

// wait gives how it went.
func (t *taking) wait(ctx context.Context) bool {
	select {
	case <-t.done:
		return t.ok
	case <-ctx.Done():
		return false
	}
}
