package slack

import (
	"context"
	"encoding/json"
	"sync"
	"time"
)

// Slack closes each connection of Socket Mode every few hours, and says so a
// little before. What it delivers goes to one of an app's connections, ten at
// the most. So there are several, and each gets its successor before it ends;
// slack-go's own client ends first, and drops what is not acknowledged by then.
// https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect

const (
	defaultConnections = 2
	maxConnections     = 10

	// steady is how long a connection has to last for the next to be opened at
	// once when it ends.
	steady = 10 * time.Second

	// retireAfter is how long a connection still takes what Slack sends when its
	// successor is open.
	retireAfter = 10 * time.Second
)

// serveSocket keeps the connections until the context ends, and what was taken
// is acknowledged.
func (a *Adapter) serveSocket(ctx context.Context) {
	var lines sync.WaitGroup
	for range min(max(a.cfg.SocketConnections, 1), maxConnections) {
		lines.Go(func() { a.keepSocket(ctx) })
	}
	lines.Wait()
}

// keepSocket keeps one connection.
func (a *Adapter) keepSocket(ctx context.Context) {
	var serving sync.WaitGroup
	defer serving.Wait()
	var old *socket
	for wait := time.Second; ctx.Err() == nil; {
		s, err := a.open(ctx)
		if err != nil {
			a.noSocket(reason(err))
			_ = a.pause(ctx, max(wait, retryAfter(err)))
			wait = min(2*wait, lastPause)
			continue
		}
		if old != nil {
			time.AfterFunc(retireAfter, old.finish)
		}
		opened := time.Now()
		serving.Go(func() { s.serve(ctx) })
		select {
		case <-s.leaving:
		case <-ctx.Done():
			return
		}
		old = s
		switch why := s.why(); {
		case why == tooMany, why == linkDisabled: // opening more makes it worse
			a.log.Warn("slack ended a connection of Socket Mode", "reason", why)
			_ = a.pause(ctx, lastPause)
		case time.Since(opened) < steady:
			_ = a.pause(ctx, wait)
			wait = min(2*wait, lastPause)
		default:
			wait = time.Second
		}
	}
}

// The reasons of a disconnect message that are no matter of routine.
const (
	tooMany      = "too_many_websockets"
	linkDisabled = "link_disabled" // Socket Mode was switched off
)

// open connects, one connection at a time, and waits for Slack's greeting.
func (a *Adapter) open(ctx context.Context) (*socket, error) {
	select {
	case a.opening <- struct{}{}:
		defer func() { <-a.opening }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	_, address, err := a.app.StartSocketModeContext(ctx)
	if err != nil {
		return nil, err
	}
	return a.dial(ctx, address)
}

// gotSocket and noSocket keep count of the connections, for Ready.
func (a *Adapter) gotSocket() {
	a.mu.Lock()
	a.sockets++
	a.mu.Unlock()
	a.setSocket("")
}

func (a *Adapter) lostSocket(why string) {
	a.mu.Lock()
	a.sockets--
	a.mu.Unlock()
	a.noSocket(why)
}

func (a *Adapter) noSocket(why string) {
	a.mu.Lock()
	some := a.sockets > 0
	a.mu.Unlock()
	if !some {
		a.setSocket(why)
	}
}

// An acknowledger sends an acknowledgement, and what goes with it.
type acknowledger interface {
	ack(id string, body any) error
}

// onEnvelope handles and acknowledges one envelope. Without acknowledgement
// Slack delivers it again.
func (a *Adapter) onEnvelope(s acknowledger, e envelope) {
	ctx, cancel := context.WithTimeout(a.tasks.Context(), ackWithin)
	defer cancel()
	took, first := a.envelopes.begin(e.ID)
	if !first {
		if took.wait(ctx) {
			_ = s.ack(e.ID, nil)
		}
		return
	}
	done := false
	defer func() { a.envelopes.end(e.ID, done) }()
	responseURL := ""
	answer, err := a.guard(func() (reply, error) {
		switch e.Type {
		case "events_api":
			return a.onEvent(ctx, e.Payload)
		case "slash_commands":
			var c command
			if json.Unmarshal(e.Payload, &c) != nil {
				return reply{}, nil
			}
			responseURL = c.ResponseURL
			return a.onCommand(ctx, c), nil
		case "interactive":
			var in interaction
			if json.Unmarshal(e.Payload, &in) != nil {
				return reply{}, nil
			}
			return a.onInteraction(ctx, in), nil
		}
		return reply{}, nil
	})
	if err != nil {
		a.log.Error("an event was not taken; slack delivers it again", "error", err)
		return
	}
	done = a.acknowledge(s, e.ID, answer.body, responseURL)
	if answer.after != nil {
		answer.after()
	}
}

// acknowledge sends an acknowledgement and what goes with it. What is too large
// to go with it takes the other way.
func (a *Adapter) acknowledge(s acknowledger, id string, body any, responseURL string) bool {
	err := s.ack(id, body)
	if answer, ok := body.(readyMessage); ok && err == errLargeAck && responseURL != "" {
		err = s.ack(id, nil)
		a.spawn(sendWithin, func(ctx context.Context) {
			if err := a.whisper(ctx, responseURL, answer.message); err != nil {
				a.log.Warn("a command was not answered", "error", err)
			}
		})
	}
	if err != nil {
		a.log.Warn("an acknowledgement was not sent", "envelope", id, "error", reason(err))
	}
	return err == nil
}
