package slack

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

// What could not be said in time is left to whoever finds it overdue.
func TestQueueHasATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := New(Config{}, nil, slog.New(slog.DiscardHandler))
		var said []string
		a.tasks.Take()
		a.queue("C1", func(ctx context.Context) { said = append(said, "slow"); <-ctx.Done() })
		a.queue("C1", func(context.Context) { said = append(said, "late") })
		a.tasks.Done()
		a.tasks.Wait()
		if diff := cmp.Diff([]string{"slow"}, said); diff != "" || time.Since(epoch) != sendWithin {
			t.Errorf("after %s: %s", time.Since(epoch), diff)
		}
	})
}

// epoch is when the time of synctest begins.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// Where there is no time to wait as long as Slack wants, the channel stays held:
// the next in its lane waits, and does not ask.
func TestLaneStaysHeld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &Adapter{holds: newHolds(), pause: pause}
		calls := 0
		try := func(limit time.Duration) error {
			ctx, cancel := context.WithTimeout(t.Context(), limit)
			defer cancel()
			return a.inTurn(ctx, "C1", func(context.Context) error {
				if calls++; time.Since(epoch) < time.Minute {
					return &slack.RateLimitedError{RetryAfter: time.Minute - time.Since(epoch)}
				}
				return nil
			})
		}
		if err := try(10 * time.Second); err == nil || calls != 1 {
			t.Errorf("%v after %d calls", err, calls)
		}
		if err := try(10 * time.Second); err == nil || calls != 1 {
			t.Errorf("%v after %d calls", err, calls)
		}
		if err := try(2 * time.Minute); err != nil || calls != 2 || time.Since(epoch) < time.Minute {
			t.Errorf("%v after %d calls and %s", err, calls, time.Since(epoch))
		}
	})
}

// A channel that takes nothing is left alone, which is logged once; other
// channels are not.
func TestChannelIsLeftAlone(t *testing.T) {
	for _, code := range []string{"not_in_channel", "is_archived", "restricted_action_read_only_channel", "channel_not_found"} {
		t.Run(code, func(t *testing.T) {
			r := newRig(t, options{})
			r.api.failing(func(method string, _ int, w http.ResponseWriter) bool {
				if method == "chat.postMessage" {
					says(code)(w)
				}
				return method == "chat.postMessage"
			})
			for i := range 5 {
				r.event(wrap("T1", fmt.Sprint("Ev", i), said(fmt.Sprintf("%d.000100", i+1), unknownUser, "user", fmt.Sprint("U", i))))
				r.settle()
			}
			if n := r.api.called("chat.postMessage"); n != 1 || strings.Count(r.logs.String(), "left alone for an hour") != 1 {
				t.Errorf("%d calls; log %s", n, r.logs)
			}
			r.api.failing(nil)
			r.event(wrap("T1", "Ev10", said("10.000100", unknownUser, "channel", "C2")))
			r.settle()
			if diff := cmp.Diff([]string{"chat.postMessage 10.000100"}, r.api.saying()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A bot that is let in again is there again.
func TestLetInAgain(t *testing.T) {
	r := newRig(t, options{})
	r.refusals.LeaveAlone(room{"T061EG9R6", shapeChannel})
	r.event(shape(t, "message"))
	r.settle()
	if said := r.api.saying(); len(said) != 0 {
		t.Errorf("said %q", said)
	}
	r.event(shape(t, "member_joined_channel"))
	r.event(shape(t, "message"))
	r.settle()
	if said := r.api.saying(); !slices.Contains(said, "chat.postMessage "+shapeTS) {
		t.Errorf("said %q", said)
	}
}

// A token that Slack refuses is not used again, until the API takes it.
func TestTokenIsNotUsedAgain(t *testing.T) {
	r := newRig(t, options{})
	r.api.failing(func(method string, _ int, w http.ResponseWriter) bool { says("account_inactive")(w); return true })
	for i := range 3 {
		if _, err := r.send(context.Background(), answerTo(fmt.Sprint(i, ".000100"))); err == nil || !strings.Contains(err.Error(), "account_inactive") {
			t.Errorf("sent: %v", err)
		}
	}
	if n := r.api.called("chat.postMessage"); n != 1 {
		t.Errorf("%d calls", n)
	}
	if err := r.Ready(); err == nil || !strings.Contains(err.Error(), "account_inactive") {
		t.Errorf("ready: %v", err)
	}
	r.api.failing(nil)
	r.tokens.accept(r.own)
	if _, err := r.send(context.Background(), answerTo("9.000100")); err != nil {
		t.Error(err)
	}
}

// Of many pastes at once in one channel each is answered in its turn.
func TestOrderInAChannel(t *testing.T) {
	r := newRig(t, options{})
	var want []string
	for i := range 30 {
		ts := fmt.Sprintf("%d.000100", 100+i)
		r.event(wrap("T1", fmt.Sprint("Ev", i), said(ts, unknownUser, "user", fmt.Sprint("U", i), "thread_ts", fmt.Sprint(i+1, ".000100"))))
		want = append(want, fmt.Sprintf("chat.postMessage %d.000100", i+1))
	}
	r.settle()
	if diff := cmp.Diff(want, r.api.saying()); diff != "" {
		t.Error(diff)
	}
}
