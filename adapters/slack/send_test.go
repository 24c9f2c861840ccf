package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"smtpbot/bot"
	"smtpbot/bot/card"
)

func answerTo(ts string) bot.Answer {
	return bot.Answer{
		Card: card.Card{Title: "`550` · Secret words", Body: []card.Block{{Text: "More secret words."}}},
		Row:  bot.Row{Place: bot.Place{Platform: Name, Channel: "C1"}, Message: ts},
	}
}

func status(code int, header ...string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		fmt.Fprint(w, "<html>Oops</html>")
	}
}

func says(code string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"ok":false,"error":%q,"response_metadata":{"messages":["[ERROR] Secret words"]}}`, code)
	}
}

func hangUp(http.ResponseWriter) { panic(http.ErrAbortHandler) }

func TestSend(t *testing.T) {
	for _, tt := range []struct {
		name    string
		answers []func(http.ResponseWriter) // before it works
		calls   int
		waits   []time.Duration // at least
		refused bool
		err     string
	}{
		{"at once", nil, 1, nil, false, ""},
		{"limited", []func(http.ResponseWriter){status(429, "Retry-After", "7")}, 2, []time.Duration{7 * time.Second}, false, ""},
		{"limited without a time", []func(http.ResponseWriter){status(429)}, 2, []time.Duration{firstPause}, false, ""},
		{"limited in words", []func(http.ResponseWriter){says("ratelimited")}, 2, []time.Duration{firstPause}, false, ""},
		{"server fault", []func(http.ResponseWriter){status(500), status(503)}, 3, []time.Duration{firstPause, 2 * firstPause}, false, ""},
		{"server fault in words", []func(http.ResponseWriter){says("internal_error")}, 2, []time.Duration{firstPause}, false, ""},
		{"network", []func(http.ResponseWriter){hangUp, hangUp}, 3, []time.Duration{firstPause, 2 * firstPause}, false, ""},
		{"no JSON", []func(http.ResponseWriter){status(200)}, 2, []time.Duration{firstPause}, false, ""},
		{"never", []func(http.ResponseWriter){status(500), status(500), status(500), status(500), status(500), status(500), status(500), status(500)}, 7, nil, false, "HTTP status 500"},

		{"not in the channel", []func(http.ResponseWriter){says("not_in_channel")}, 1, nil, true, "not_in_channel"},
		{"archived", []func(http.ResponseWriter){says("is_archived")}, 1, nil, true, "is_archived"},
		{"channel is gone", []func(http.ResponseWriter){says("channel_not_found")}, 1, nil, true, "channel_not_found"},
		{"read only", []func(http.ResponseWriter){says("restricted_action_read_only_channel")}, 1, nil, true, "restricted_action_read_only_channel"},
		{"token revoked", []func(http.ResponseWriter){says("token_revoked")}, 1, nil, false, "token_revoked"},
		{"scope missing", []func(http.ResponseWriter){says("missing_scope")}, 1, nil, false, "missing_scope"},
		{"code that is none", []func(http.ResponseWriter){says("Secret words!")}, 1, nil, false, "unknown_error"},
		{"blocks are refused", []func(http.ResponseWriter){says("invalid_blocks")}, 2, nil, false, ""},
		{"words are refused too", []func(http.ResponseWriter){says("invalid_blocks"), says("msg_too_long")}, 2, nil, true, "msg_too_long"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, options{})
			r.api.failing(func(method string, n int, w http.ResponseWriter) bool {
				if method == "chat.postMessage" && n <= len(tt.answers) {
					tt.answers[n-1](w)
					return true
				}
				return false
			})
			id, err := r.send(context.Background(), answerTo("1.000100"))
			if n := r.api.called("chat.postMessage"); n != tt.calls {
				t.Errorf("%d calls, want %d", n, tt.calls)
			}
			if errors.Is(err, bot.ErrRefused) != tt.refused || (err == nil) != (tt.err == "") || (err == nil) != (id != "") {
				t.Errorf("id %q, error %v", id, err)
			}
			if err != nil && (!strings.Contains(err.Error(), tt.err) || strings.Contains(err.Error(), "ecret") || strings.Contains(err.Error(), "127.0.0.1")) {
				t.Errorf("error %v", err)
			}
			for i, d := range tt.waits {
				if i >= len(r.waits.list) || r.waits.list[i] < d {
					t.Errorf("waits %v, want %v", r.waits.list, tt.waits)
					break
				}
			}
			if strings.Contains(r.logs.String(), "ecret words") {
				t.Errorf("logged %s", r.logs)
			}
		})
	}
}

func TestPauseGivesUpWhereThereIsNoTime(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := pause(ctx, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	cancel()
	if err := pause(ctx, time.Second); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if err := pause(context.Background(), time.Nanosecond); err != nil {
		t.Error(err)
	}
}

// A refused answer is dropped and does not come back; one that could not be
// sent is sent later.
func TestRefusedAndLater(t *testing.T) {
	r := newRig(t, options{})
	r.api.failing(func(_ string, _ int, w http.ResponseWriter) bool { says("is_archived")(w); return true })
	r.event(wrap("T1", "Ev1", said("1.000100", unknownUser)))
	r.settle()
	r.api.failing(nil)
	r.event(wrap("T1", "Ev1", said("1.000100", unknownUser)))
	r.settle()
	if n := len(r.api.posted()); n != 0 {
		t.Errorf("%d posts", n)
	}
}
