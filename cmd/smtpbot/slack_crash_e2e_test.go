package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"sync"
	"testing"
)

// rooms are channels besides the general one, so that much can be said at a time.
var rooms = [...]string{"C02ROOM", "C03ROOM", "C04ROOM", "C05ROOM", "C06ROOM"}

// relay stands between local Slack and the process. Local Slack delivers an
// event once; relay keeps what was not acknowledged and delivers it again, as
// Slack does: https://docs.slack.dev/apis/events-api#retries
type relay struct {
	t   testing.TB
	url string // for local Slack

	mu     sync.Mutex
	to     string           // the process
	events map[string]event // by the id of the message
}

type event struct {
	header http.Header
	body   []byte
	acked  bool
}

func newRelay(t testing.TB) *relay {
	r := &relay{t: t, events: map[string]event{}}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, in *http.Request) {
		body, _ := io.ReadAll(in.Body)
		w.WriteHeader(r.deliver(in.Header, body))
	}))
	t.Cleanup(web.Close)
	r.url = web.URL + "/slack/events"
	return r
}

// deliver gives an event to the process, and what this says: 502 while there is none.
func (r *relay) deliver(header http.Header, body []byte) int {
	var outer struct{ Event struct{ Type, TS string } }
	_ = json.Unmarshal(body, &outer)
	r.mu.Lock()
	to := r.to
	r.mu.Unlock()
	status := http.StatusBadGateway
	req, err := http.NewRequest(http.MethodPost, to+"/slack/events", bytes.NewReader(body))
	if err != nil {
		return status
	}
	req.Header = header
	if resp, err := http.DefaultClient.Do(req); err == nil {
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		status = resp.StatusCode
	}
	if outer.Event.Type == "message" {
		r.mu.Lock()
		defer r.mu.Unlock()
		acked := status == http.StatusOK || r.events[outer.Event.TS].acked
		r.events[outer.Event.TS] = event{header, body, acked}
	}
	return status
}

func (r *relay) sendTo(p *process) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.to = p.url
}

// acknowledged gives the ids of the messages that a process has taken, or has not.
func (r *relay) acknowledged(taken bool) (list []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for ts, e := range r.events {
		if e.acked == taken {
			list = append(list, ts)
		}
	}
	return list
}

// again delivers events a further time.
func (r *relay) again(list []string) {
	r.t.Helper()
	for _, ts := range list {
		r.mu.Lock()
		e := r.events[ts]
		r.mu.Unlock()
		header := e.header.Clone()
		header.Set("X-Slack-Retry-Num", "1")
		header.Set("X-Slack-Retry-Reason", "http_error")
		if status := r.deliver(header, e.body); status != http.StatusOK {
			r.t.Errorf("an event that came again: %d", status)
		}
	}
}

// inThreads counts the answers of the bot in each thread of the rooms.
func (s *localSlack) inThreads() map[string]int {
	s.t.Helper()
	n := map[string]int{}
	for _, room := range rooms {
		for _, m := range s.messagesIn(room) {
			if m.BotID != "" {
				n[m.ThreadTS]++
			}
		}
	}
	return n
}

// states gives the state of each row, by the id of the message.
func states(t *testing.T, database string) map[string]string {
	t.Helper()
	list := map[string]string{}
	inDatabase(t, database, func(db *sql.DB) error {
		rows, err := db.Query("SELECT message, state FROM answer")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var message, state string
			if err := rows.Scan(&message, &state); err != nil {
				return err
			}
			list[message] = state
		}
		return rows.Err()
	})
	return list
}

// A process is killed in the middle of 200 errors: what it acknowledged is in
// its store, and each message is answered once, those too that Slack could not
// deliver while there was no process.
func TestSlackOnceThroughACrash(t *testing.T) {
	slackProgram(t)
	t.Parallel()
	const all = 200
	r := newRelay(t)
	s := startSlack(t, 0, r.url)
	s.proxy = newSlackProxy(t)
	s.proxy.toSlack(s)
	database := filepath.Join(t.TempDir(), "rows.db")
	env := []string{"SLACK_SIGNING_SECRET=test-signing-secret", "SMTPBOT_COOLDOWN=0", "SMTPBOT_DATABASE_URL=sqlite:" + database}
	p := s.startBinary(env...)
	p.ready()
	r.sendTo(p)

	// Nobody writes twice in a room: what one person pastes in a row gets one answer.
	var posting sync.WaitGroup
	next := make(chan int)
	for range 8 {
		posting.Go(func() {
			for i := range next {
				s.say(pastedUnknown, "channel", rooms[i%len(rooms)], "user", person(i/len(rooms)))
			}
		})
	}
	posting.Go(func() {
		for i := range all {
			next <- i
		}
		close(next)
	})
	eventually(t, "some answers", func() bool { return len(s.inThreads()) >= 60 })
	p.cmd.Process.Kill()
	<-p.done
	posting.Wait()

	taken, missed, stored, before := r.acknowledged(true), r.acknowledged(false), states(t, database), s.inThreads()
	if len(taken)+len(missed) != all || len(missed) == 0 || len(before) >= len(stored) {
		t.Errorf("%d messages were acknowledged, %d not, %d stored, %d answered: that is not the middle", len(taken), len(missed), len(stored), len(before))
	}
	for _, ts := range taken {
		if stored[ts] == "" {
			t.Error("a message was acknowledged that is not in the store")
		}
	}
	unnoted := 0 // said, and not yet noted as said: the next process finds them in their threads
	for ts := range before {
		if stored[ts] == "pending" {
			unnoted++
		}
	}

	age(t, database)
	p = s.startBinary(env...)
	p.ready()
	r.sendTo(p)
	r.again(missed)
	defer func() {
		if t.Failed() {
			t.Logf("%d messages have answers; rows: %v\n%s", len(s.inThreads()), states(t, database), p.logs)
		}
	}()
	eventually(t, "an answer to each", func() bool { return len(s.inThreads()) == all })
	r.again(slices.Concat(taken, missed)) // what is told again is not answered again
	s.settled()
	p.stop() // after what was taken is said

	for ts, n := range s.inThreads() {
		if n != 1 {
			t.Errorf("%d answers to a message that was %q at the kill", n, stored[ts])
		}
	}
	for ts, state := range states(t, database) {
		if state != "answered" {
			t.Errorf("the row of %s is %s", ts, state)
		}
	}
	t.Logf("at the kill: %d acknowledged, %d stored, %d answered, %d of these not noted; %d delivered again",
		len(taken), len(stored), len(before), unnoted, len(missed))
}
