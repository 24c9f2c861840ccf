package slack

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// serveSocket keeps a connection of Socket Mode until the context ends.
func (a *Adapter) serveSocket(ctx context.Context) {
	wait := time.Second
	for ctx.Err() == nil {
		connected, err := a.session(ctx)
		if ctx.Err() != nil {
			return
		}
		if connected {
			wait = time.Second
		}
		a.setSocket(reason(err)) // never "": a session ends with an error
		_ = a.pause(ctx, max(wait, retryAfter(err)))
		wait = min(2*wait, lastPause)
	}
}

// session connects and takes envelopes until the context ends or no connection
// can be had. slack-go renews the connection when Slack asks for it; where that
// fails the session ends, because slack-go would wait for up to five minutes.
func (a *Adapter) session(ctx context.Context) (connected bool, err error) {
	// The connection outlives the context until what was taken is acknowledged.
	alive, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	client := socketmode.New(a.app, socketmode.OptionPingInterval(a.cfg.PingInterval), socketmode.OptionLog(silent))
	ended := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				a.panicked("socket", p)
				ended <- errPanic
			}
		}()
		ended <- client.RunContext(alive)
	}()

	var handlers sync.WaitGroup
	slots := make(chan struct{}, 4*senders)
	var failed error // why there is no connection
	for {
		select {
		case <-ctx.Done():
			handlers.Wait()
			flush, stop := context.WithTimeout(alive, time.Second)
			_ = a.pause(flush, 100*time.Millisecond) // acknowledgements are written by another goroutine
			stop()
			cancel()
			<-ended
			return connected, nil
		case err := <-ended:
			handlers.Wait()
			if failed != nil {
				err = failed
			}
			return connected, err
		case event := <-client.Events:
			switch event.Type {
			case socketmode.EventTypeHello:
				connected = true
				a.setSocket("")
			case socketmode.EventTypeConnecting:
				if connected {
					a.setSocket("connecting anew")
				}
			case socketmode.EventTypeConnectionError:
				if e, ok := event.Data.(*slack.ConnectionErrorEvent); ok {
					failed = e.ErrorObj
				}
				cancel()
			case socketmode.EventTypeEventsAPI, socketmode.EventTypeSlashCommand, socketmode.EventTypeInteractive, socketmode.EventTypeErrorBadMessage:
				e, ok := envelopeOf(event)
				if !ok || !a.tasks.take() {
					continue
				}
				slots <- struct{}{}
				handlers.Go(func() {
					defer func() { <-slots; a.tasks.done() }()
					a.onEnvelope(client, e)
				})
			}
		}
	}
}

// envelopeOf takes the envelope as it came. What slack-go could not decode, an
// event that is newer than itself, is an envelope all the same.
func envelopeOf(event socketmode.Event) (e envelope, ok bool) {
	if bad, isBad := event.Data.(*socketmode.ErrorBadMessage); isBad {
		return e, json.Unmarshal(bad.Message, &e) == nil && e.ID != ""
	}
	if event.Request == nil {
		return e, false
	}
	return envelope{event.Request.EnvelopeID, event.Request.Type, event.Request.Payload}, event.Request.EnvelopeID != ""
}

// onEnvelope handles and acknowledges one envelope. Without acknowledgement
// Slack delivers it again.
func (a *Adapter) onEnvelope(client *socketmode.Client, e envelope) {
	ctx, cancel := context.WithTimeout(a.tasks.ctx, ackWithin)
	defer cancel()
	responseURL := ""
	answer, err := a.guard(func() (reply, error) {
		switch e.Type {
		case socketmode.RequestTypeEventsAPI:
			return a.onEvent(ctx, e.Payload)
		case socketmode.RequestTypeSlashCommands:
			var c command
			if json.Unmarshal(e.Payload, &c) != nil {
				return reply{}, nil
			}
			responseURL = c.ResponseURL
			return a.onCommand(ctx, c), nil
		case socketmode.RequestTypeInteractive:
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
	a.acknowledge(ctx, client, e.ID, answer.body, responseURL)
	if answer.after != nil {
		answer.after()
	}
}

// acknowledge sends an acknowledgement and what goes with it. slack-go refuses
// what Slack would drop in silence, 20 KB and more; that takes the other way.
func (a *Adapter) acknowledge(ctx context.Context, client *socketmode.Client, id string, body any, responseURL string) {
	err := client.AckCtx(ctx, id, body)
	if m, ok := body.(slack.WebhookMessage); ok && err != nil && ctx.Err() == nil && responseURL != "" {
		err = client.AckCtx(ctx, id, nil)
		a.spawn(sendWithin, func(ctx context.Context) {
			if err := a.whisper(ctx, responseURL, m); err != nil {
				a.log.Warn("a command was not answered", "error", err)
			}
		})
	}
	if err != nil {
		a.log.Warn("an acknowledgement was not sent", "envelope", id, "error", reason(err))
	}
}
