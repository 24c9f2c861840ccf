package slack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// two has the adapter keep two connections, and notes how long it waits.
func two(list *waitList) func(*rig, *hub) {
	return func(r *rig, _ *hub) {
		r.cfg.SocketConnections = 2
		r.pause = func(ctx context.Context, d time.Duration) error {
			list.add(d)
			return pause(ctx, min(d, 10*time.Millisecond))
		}
	}
}

type waitList struct {
	mu   sync.Mutex
	list []time.Duration
}

func (w *waitList) add(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.list = append(w.list, d)
}

func (w *waitList) has(d time.Duration) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Contains(w.list, d)
}

func paste(id, ts string) string {
	return envelopeJSON(id, "events_api", wrap("T1", "Ev"+ts, said(ts, unknownUser, "user", "U"+ts)))
}

// What comes on any of the connections is answered; what comes on several, once.
func TestSeveralSockets(t *testing.T) {
	r, h := socketRig(t, options{}, two(&waitList{}))
	a, b := h.next(), h.next()
	r.ready()
	a.send(paste("e1", "1.000100"))
	b.send(paste("e2", "2.000100"))
	h.ack(a)
	h.ack(b)
	r.api.waitPost()
	r.api.waitPost()

	const command = `{"team_id":"T1","channel_id":"C1","user_id":"U1","command":"/smtp","text":"503","response_url":"http://127.0.0.1:1/x","trigger_id":"1.2.3"}`
	a.send(envelopeJSON("c1", "slash_commands", command))
	if got := h.ack(a); len(got.Payload) == 0 {
		t.Error("the command was not answered")
	}
	b.send(envelopeJSON("c1", "slash_commands", command))
	if got := h.ack(b); got.ID != "c1" || len(got.Payload) > 0 {
		t.Errorf("the repetition was answered with %s", got.Payload)
	}
	b.send(paste("e1", "1.000100")) // the acknowledgement of a was lost
	h.ack(b)
	b.send(paste("e9", "1.000100"))
	h.ack(b)
	r.settle()
	if n := len(r.api.posted()); n != 2 {
		t.Errorf("%d posts", n)
	}
}

// When Slack announces an end, the successor is open before it comes, and what
// still arrives on the old connection is taken.
func TestSocketWarning(t *testing.T) {
	for _, why := range []string{"warning", "refresh_requested"} {
		t.Run(why, func(t *testing.T) {
			r, h := socketRig(t, options{})
			old := h.next()
			r.ready()
			old.send(fmt.Sprintf(`{"type":"disconnect","reason":%q,"debug_info":{"host":"applink-1"}}`, why))
			young := h.next()
			old.send(paste("e1", "1.000100"))
			if got := h.ack(old); got.ID != "e1" {
				t.Errorf("acknowledged %q", got.ID)
			}
			if err := r.Ready(); err != nil {
				t.Errorf("not ready between two connections: %v", err)
			}
			old.Close()
			young.send(paste("e2", "2.000100"))
			h.ack(young)
			r.api.waitPost()
			r.api.waitPost()
			if err := r.Ready(); err != nil || len(h.conns) > 0 {
				t.Errorf("ready: %v; %d connections more", err, len(h.conns))
			}
		})
	}
}

// What was not acknowledged when a connection broke comes again on another, and
// is answered once.
func TestSocketBreaksBeforeTheAcknowledgement(t *testing.T) {
	r, h := socketRig(t, options{}, two(&waitList{}))
	a, b := h.next(), h.next()
	r.ready()
	a.send(paste("e1", "1.000100"))
	a.UnderlyingConn().Close() // as if a cable were cut
	b.send(paste("e1", "1.000100"))
	if got := h.ack(b); got.ID != "e1" {
		t.Errorf("acknowledged %q", got.ID)
	}
	r.api.waitPost()
	c := h.next() // in the place of a
	c.send(paste("e1", "1.000100"))
	h.ack(c)
	r.settle()
	if n := len(r.api.posted()); n != 1 {
		t.Errorf("%d posts", n)
	}
}

// More connections than Slack allows are not opened again and again.
func TestTooManySockets(t *testing.T) {
	for _, why := range []string{tooMany, linkDisabled} {
		t.Run(why, func(t *testing.T) {
			list := &waitList{}
			r, h := socketRig(t, options{}, two(list))
			a, b := h.next(), h.next()
			b.send(fmt.Sprintf(`{"type":"disconnect","reason":%q}`, why))
			b.Close()
			h.next()
			if !list.has(lastPause) {
				t.Errorf("waited %v", list.list)
			}
			if !strings.Contains(r.logs.String(), why) {
				t.Errorf("logged %s", r.logs)
			}
			r.ready() // the other connection stood
			a.send(paste("e1", "1.000100"))
			h.ack(a)
		})
	}
}

// A connection that Slack refuses with a reason is told in /readyz.
func TestSocketIsRefused(t *testing.T) {
	r, h := socketRig(t, options{}, func(_ *rig, h *hub) { h.hello = `{"type":"disconnect","reason":"link_disabled"}` })
	h.next()
	r.ready("Socket Mode: link_disabled")
}

func TestEnvelopesAreBounded(t *testing.T) {
	e := newEnvelopes()
	for i := range 3 * maxEnvelopes {
		id := fmt.Sprint(i)
		if _, first := e.begin(id); !first {
			t.Fatal("known")
		}
		e.end(id, i%2 == 0)
	}
	if len(e.known) > maxEnvelopes {
		t.Errorf("%d are kept", len(e.known))
	}
}
