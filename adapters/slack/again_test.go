package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smtpbot/adapters/slack/blockkit"
	"smtpbot/bot"
	"smtpbot/bot/store/memory"
)

// firstID is the id of the first message that the bot posts.
const firstID = "1700009999.000001"

func takenOver(a bot.Answer) bot.Answer { a.Again = true; return a }

// in is an answer in a thread that began before its message.
func inThread(thread string, a bot.Answer) bot.Answer { a.Row.Thread = thread; return a }

func ofVersion(n int, a bot.Answer) bot.Answer { a.Row.Version = n; return a }

// What is sent a further time is looked for first, and what is sent for the
// first time is not.
func TestSentAgain(t *testing.T) {
	const post, update, look = "chat.postMessage", "chat.update", "conversations.replies"
	for _, tt := range []struct {
		name  string
		said  []bot.Answer // before
		edit  bool         // the last of these
		send  bot.Answer
		fail  map[string]func(http.ResponseWriter)
		calls []string // which the sending makes
		id    string
	}{
		{"a first time", nil, false, answerTo("1.000100"), nil, []string{post}, firstID},
		{"it stands", []bot.Answer{answerTo("1.000100")}, false, takenOver(answerTo("1.000100")), nil, []string{look}, firstID},
		{"it stands in a thread", []bot.Answer{inThread("1.000100", answerTo("2.000100"))}, false, takenOver(inThread("1.000100", answerTo("2.000100"))), nil, []string{look}, firstID},
		{"it does not stand", nil, false, takenOver(answerTo("1.000100")), nil, []string{look, post}, firstID},
		{
			"another answer stands in the thread", []bot.Answer{inThread("1.000100", answerTo("2.000100")), answerTo("1.000100")}, false,
			takenOver(inThread("1.000100", answerTo("2.00010"))), nil, []string{look, post}, "1700009999.000003",
		},
		{"an earlier version stands", []bot.Answer{answerTo("1.000100")}, false, takenOver(ofVersion(1, answerTo("1.000100"))), nil, []string{look, update}, firstID},
		{"it was edited since", []bot.Answer{ofVersion(1, answerTo("1.000100"))}, true, takenOver(ofVersion(2, answerTo("1.000100"))), nil, []string{look}, firstID},
		{"it stands on a later page", slices.Repeat([]bot.Answer{inThread("1.000100", answerTo("2.000100"))}, lookAtMost+3), false, takenOver(answerTo("1.000100")), nil, []string{look, look, post}, "1700009999.000019"},
		{
			"no scope to look", []bot.Answer{answerTo("1.000100")}, false, takenOver(answerTo("1.000100")),
			map[string]func(http.ResponseWriter){look: says("missing_scope")}, []string{look, post}, "1700009999.000002",
		},
		{
			"no look for an hour", []bot.Answer{answerTo("1.000100")}, false, takenOver(answerTo("1.000100")),
			map[string]func(http.ResponseWriter){look: status(429, "Retry-After", "3600")}, []string{look, post}, "1700009999.000002",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, options{})
			for i, a := range tt.said {
				id, err := r.send(context.Background(), a)
				if err != nil {
					t.Fatal(err)
				}
				if tt.edit && i == len(tt.said)-1 {
					row := tt.send.Row
					row.Answer = id
					if err := r.edit(context.Background(), bot.Change{Card: tt.send.Card, Row: row}); err != nil {
						t.Fatal(err)
					}
				}
			}
			var calls []string
			r.api.failing(func(method string, _ int, w http.ResponseWriter) bool {
				calls = append(calls, method)
				if f := tt.fail[method]; f != nil {
					f(w)
					return true
				}
				return false
			})
			r.pause = pause
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
			defer cancel()
			id, err := r.send(ctx, tt.send)
			if err != nil || id != tt.id {
				t.Errorf("id %q, want %q; error %v", id, tt.id, err)
			}
			if diff := cmp.Diff(tt.calls, calls); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
		})
	}
}

// A look that has to wait for a minute is waited for.
func TestLookIsWaitedFor(t *testing.T) {
	r := newRig(t, options{})
	r.api.failing(func(method string, n int, w http.ResponseWriter) bool {
		if method == "conversations.replies" && n == 1 {
			status(429, "Retry-After", "60")(w)
			return true
		}
		return false
	})
	if _, err := r.send(context.Background(), answerTo("1.000100")); err != nil {
		t.Fatal(err)
	}
	id, err := r.send(context.Background(), takenOver(answerTo("1.000100")))
	if n := r.api.called("chat.postMessage"); id != firstID || err != nil || n != 1 || !slices.Contains(r.waits.list, time.Minute) {
		t.Errorf("id %q, error %v, %d posts, waits %v", id, err, n, r.waits.list)
	}
}

// Slack took what was posted, and nobody learnt of it: the thread is looked at
// before it is posted again.
func TestLostAnswer(t *testing.T) {
	for _, tt := range []struct {
		name  string
		fail  func(http.ResponseWriter) // the first post fails so; nil: Slack takes it, and its answer gets lost
		posts int
		looks int
	}{
		{"taken", nil, 1, 1},
		{"not taken", hangUp, 2, 1},
		{"a fault", status(502), 2, 1},
		{"a fault in words", says("fatal_error"), 2, 1},
		{"no JSON", status(200), 2, 1},
		{"limited", status(429, "Retry-After", "1"), 2, 0},
		{"refused in words", says("ratelimited"), 2, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, options{})
			first := func(method string, n int) bool { return method == "chat.postMessage" && n == 1 }
			r.api.mu.Lock()
			r.api.lose = func(method string, n int) bool { return tt.fail == nil && first(method, n) }
			r.api.mu.Unlock()
			r.api.failing(func(method string, n int, w http.ResponseWriter) bool {
				if tt.fail != nil && first(method, n) {
					tt.fail(w)
					return true
				}
				return false
			})
			id, err := r.send(context.Background(), answerTo("1.000100"))
			if id != firstID || err != nil || len(r.api.posted()) != 1 {
				t.Errorf("id %q, error %v, %d posts", id, err, len(r.api.posted()))
			}
			if posts, looks := r.api.called("chat.postMessage"), r.api.called("conversations.replies"); posts != tt.posts || looks != tt.looks {
				t.Errorf("%d posts, want %d; %d looks, want %d", posts, tt.posts, looks, tt.looks)
			}
		})
	}
}

// A connection that did not come about carried nothing.
func TestNothingArrivedThatWasNotConnected(t *testing.T) {
	_, err := http.Get("http://127.0.0.1:1/")
	if err == nil || mayStand(err) {
		t.Errorf("%v", err)
	}
}

// A process posts an answer and ends before it notes that: the next one finds
// it, notes it, and follows it.
func TestTakenOverThoughItStands(t *testing.T) {
	now := time.Now()
	store := memory.New()
	r := newRig(t, options{store: &forgetful{Store: store}})
	r.event(wrap("T1", "Ev1", said("1.000100", unknownUser)))
	r.settle()
	if n := len(r.api.posted()); n != 1 {
		t.Fatalf("%d posts", n)
	}
	b := bot.New(testCatalog(t), store, bot.Options{Now: func() time.Time { return now.Add(bot.Lease + time.Minute) }})
	late, err := b.Overdue(context.Background(), Name)
	if err != nil || len(late) != 1 {
		t.Fatalf("%d are overdue, %v", len(late), err)
	}
	if err := b.Deliver(context.Background(), late[0], r.send); err != nil {
		t.Fatal(err)
	}
	row, _, err := b.Remembered(context.Background(), Name, "C1", "1.000100")
	if n := len(r.api.posted()); n != 1 || row.State != bot.Answered || row.Answer != firstID || err != nil {
		t.Errorf("%d posts; the row is %s with %q; %v", n, row.State, row.Answer, err)
	}
}

// forgetful is a store on which the notes of a process that ends get lost.
type forgetful struct{ bot.Store }

func (s *forgetful) Update(ctx context.Context, platform, channel, message string, step func(bot.Row) (bot.Row, bool)) (bot.Row, bool, error) {
	row, _, err := s.Remembered(ctx, platform, channel, message)
	return row, false, err
}

// Every version of an answer has its mark, once, and another one.
func TestStamp(t *testing.T) {
	r := newRig(t, options{})
	a := answerTo("1.000100")
	for n := range 3 {
		a.Row.Version = n
		m := stamp(r.dress(a.Row, a.Card), a.Row)
		raw, err := json.Marshal(m.blocks)
		if err = errors.Join(err, blockkit.CheckMessage(m.text, raw)); err != nil {
			t.Error(err)
		}
		var ids []string
		for _, b := range m.blocks {
			if b.ID() != "" {
				ids = append(ids, b.ID())
			}
		}
		if got, want := strings.Join(ids, ", "), fmt.Sprintf("answer to 1.000100/%d", n); got != want {
			t.Errorf("marked %q, want %q", got, want)
		}
	}
}
