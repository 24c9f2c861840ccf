package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/bot/store/memory"
)

func TestSocketMode(t *testing.T) {
	r, h := socketRig(t, options{})
	c := h.next()
	r.ready()

	c.send(envelopeJSON("e1", "slash_commands", `{"token":"x","team_id":"T1","channel_id":"C1","user_id":"U1","command":"/smtp","text":"221 vs 503","response_url":"http://127.0.0.1:1/x","trigger_id":"1.2.3","is_enterprise_install":"false"}`))
	if a := h.ack(c); a.ID != "e1" || !strings.Contains(checkWebhook(t, a.Payload), "503") {
		t.Errorf("acknowledged %s", a.Payload)
	}

	paste := wrap("T1", "Ev1", said("1.000100", unknownUser))
	c.send(envelopeJSON("e2", "events_api", paste))
	c.send(envelopeJSON("e2", "events_api", paste)) // the same envelope again
	c.send(envelopeJSON("e3", "events_api", paste)) // the same event in another
	for range 3 {
		if a := h.ack(c); len(a.Payload) != 0 {
			t.Errorf("acknowledged %s", a.Payload)
		}
	}
	r.api.waitPost()

	// What is not known is acknowledged, and what is no envelope is passed over.
	for i, message := range []string{
		envelopeJSON("u1", "events_api", wrap("T1", "Ev2", `{"type":"quantum_message","text":["550"]}`)),
		envelopeJSON("u2", "events_api", wrap("T1", "Ev3", `{"type":"message","channel":{"id":"C1"},"ts":7}`)),
		envelopeJSON("u3", "workflow_of_tomorrow", `{"a":1}`),
		envelopeJSON("u4", "slash_commands", `[]`), envelopeJSON("u5", "interactive", `"x"`), envelopeJSON("u6", "interactive", `{"type":"view_closed"}`), envelopeJSON("u7", "events_api", `null`),
	} {
		c.send(`{"type":"strange"}`)
		c.send(`not JSON`)
		c.send(message)
		if a := h.ack(c); a.ID != fmt.Sprintf("u%d", i+1) {
			t.Errorf("acknowledged %q after %s", a.ID, message)
		}
	}
	r.settle()
	if n := len(r.api.posted()); n != 1 {
		t.Errorf("%d posts", n)
	}
	if strings.Contains(r.logs.String(), "dest.example") || strings.Contains(r.logs.String(), "secret-ticket") {
		t.Errorf("logged %s", r.logs)
	}
}

func TestSocketButtons(t *testing.T) {
	r, h := socketRig(t, options{})
	c := h.next()
	c.send(envelopeJSON("b1", "interactive", `{"type":"block_actions","trigger_id":"1.2.ab","user":{"id":"U1"},"team":{"id":"T1"},"channel":{"id":"C1"},"container":{"type":"message","thread_ts":"1.000100"},"actions":[{"type":"button","action_id":"details","value":"lookup 550"}]}`))
	if a := h.ack(c); a.ID != "b1" || len(a.Payload) > 0 {
		t.Errorf("acknowledged %v", a)
	}
	r.api.waitPost()
	if got := r.api.view(); !strings.Contains(got, "`550`") {
		t.Errorf("shown: %s", got)
	}
}

// small takes acknowledgements that Slack would take.
type small []string

func (s *small) ack(id string, body any) error {
	if data, _ := json.Marshal(body); len(data) > 19<<10 {
		return errLargeAck
	}
	*s = append(*s, id)
	return nil
}

// No command gives 20 KB today; languages with long letters may.
func TestLargeAnswersGoToTheResponseURL(t *testing.T) {
	got := make(chan []byte, 1)
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		got <- body
	}))
	defer hook.Close()
	r := newRig(t, options{})
	c := card.Card{Title: "Large", Body: []card.Block{{List: slices.Repeat([]string{strings.Repeat("長い行です ", 40)}, 100)}}}
	r.tasks.Take()
	var acks small
	m := ephemeral(c, "")
	raw, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if !r.acknowledge(&acks, "l1", readyMessage{m, raw}, hook.URL) || len(acks) != 1 || acks[0] != "l1" {
		t.Errorf("acknowledged %q", acks)
	}
	r.tasks.Done()
	r.settle()
	if body := <-got; len(body) < 20*1024 {
		t.Errorf("%d bytes are not large", len(body))
	} else {
		checkWebhook(t, body)
	}
}

func TestSocketReconnects(t *testing.T) {
	r, h := socketRig(t, options{})
	c := h.next()
	r.ready()
	c.send(`{"type":"disconnect","reason":"refresh_requested","debug_info":{"host":"applink-1"}}`)
	c = h.next()
	c.send(envelopeJSON("e1", "events_api", wrap("T1", "Ev1", said("1.000100", unknownUser))))
	h.ack(c)
	r.api.waitPost()
	c.Close() // without a word
	c = h.next()
	r.ready()
	c.send(envelopeJSON("e2", "events_api", wrap("T1", "Ev2", said("2.000100", mailboxFull))))
	h.ack(c)
	r.api.waitPost()
}

func TestSocketPings(t *testing.T) {
	t.Run("come", func(t *testing.T) {
		_, h := socketRig(t, options{}, func(r *rig, h *hub) { r.cfg.PingInterval, h.pings = 400*time.Millisecond, 20*time.Millisecond })
		c := h.next()
		for range 40 { // twice the interval
			select {
			case <-c.pongs:
			case <-time.After(deadline):
				t.Fatal("a ping was not answered")
			}
		}
		if len(h.conns) != 0 {
			t.Error("connected anew while pings came")
		}
	})
	t.Run("stay out", func(t *testing.T) {
		_, h := socketRig(t, options{}, func(r *rig, h *hub) { r.cfg.PingInterval = 30 * time.Millisecond })
		h.next()
		h.next()
	})
}

// Without a claim there is no acknowledgement, so that Slack delivers it again.
func TestSocketStoreIsDown(t *testing.T) {
	var mu sync.Mutex
	down := true
	r, h := socketRig(t, options{store: &brokenStore{memory.New(), func() error {
		mu.Lock()
		defer mu.Unlock()
		if down {
			return errors.New("no connection")
		}
		return nil
	}}})
	c := h.next()
	paste := wrap("T1", "Ev1", said("1.000100", unknownUser))
	c.send(envelopeJSON("e1", "events_api", paste))
	c.send(envelopeJSON("e2", "events_api", wrap("T1", "Ev2", said("2.000100", "good morning"))))
	if a := h.ack(c); a.ID != "e2" {
		t.Errorf("acknowledged %s", a.ID)
	}
	mu.Lock()
	down = false
	mu.Unlock()
	c.send(envelopeJSON("e1", "events_api", paste))
	if a := h.ack(c); a.ID != "e1" {
		t.Errorf("acknowledged %s", a.ID)
	}
	r.api.waitPost()
}

func TestSocketPanic(t *testing.T) {
	var mu sync.Mutex
	fault := true
	r, h := socketRig(t, options{store: &brokenStore{memory.New(), func() error {
		mu.Lock()
		defer mu.Unlock()
		if fault {
			fault = false
			panic(unknownUser)
		}
		return nil
	}}})
	c := h.next()
	c.send(envelopeJSON("e1", "events_api", wrap("T1", "Ev1", said("1.000100", unknownUser))))
	for !strings.Contains(r.logs.String(), "recovered") { // the first is through
		select {
		case a := <-c.acks:
			t.Fatalf("acknowledged %s", a.ID)
		case <-time.After(time.Millisecond):
		}
	}
	c.send(envelopeJSON("e1", "events_api", wrap("T1", "Ev1", said("1.000100", unknownUser))))
	h.ack(c)
	r.api.waitPost()
}

// While Slack is out of reach the process runs, says so, answers signed
// commands, keeps what it claimed, and mends itself.
func TestOutOfReach(t *testing.T) {
	var mu sync.Mutex
	down := true
	r, h := socketRig(t, options{}, func(r *rig, _ *hub) {
		r.api.fail = func(_ string, _ int, w http.ResponseWriter) bool {
			mu.Lock()
			defer mu.Unlock()
			if down {
				hangUp(w)
			}
			return false
		}
	})
	r.ready("the API at http", "Socket Mode")
	if got := r.command("503"); !strings.Contains(got, "503") {
		t.Errorf("a command was answered with %q", got)
	}
	r.event(wrap("T1", "Ev1", said("1.000100", unknownUser))) // it is claimed, and waits
	mu.Lock()
	down = false
	mu.Unlock()
	h.next()
	r.ready()
	r.api.waitPost()
}

func TestTokensThatAreRefused(t *testing.T) {
	var mu sync.Mutex
	wrong := true
	r, h := socketRig(t, options{}, func(r *rig, _ *hub) {
		r.api.fail = func(method string, _ int, w http.ResponseWriter) bool {
			mu.Lock()
			defer mu.Unlock()
			if wrong && (method == "apps.connections.open" || method == "auth.test") {
				says("invalid_auth")(w)
				return true
			}
			return false
		}
	})
	r.ready("invalid_auth", "Socket Mode: invalid_auth")
	mu.Lock()
	wrong = false
	mu.Unlock()
	h.next()
	r.ready()
}

// A stop finishes what was taken and takes no more.
func TestStop(t *testing.T) {
	hold := make(chan struct{})
	var once sync.Once
	t.Cleanup(func() { once.Do(func() { close(hold) }) })
	f := options{unknown: true, config: func(c *Config) { c.AppToken, c.PingInterval = "xapp-test-token", time.Hour }}
	r := newRig(t, f)
	r.pause = pause
	h := newHub(t, r.api)
	asked := make(chan struct{}, 10)
	r.api.fail = func(method string, _ int, _ http.ResponseWriter) bool {
		if method == "chat.postMessage" {
			asked <- struct{}{}
			<-hold
		}
		return false
	}
	stop := r.run()
	c := h.next()
	r.ready()
	c.send(envelopeJSON("e1", "events_api", wrap("T1", "Ev1", said("1.000100", unknownUser))))
	h.ack(c)
	<-asked // the answer is on its way
	stopped := make(chan struct{})
	go func() { stop(); close(stopped) }()
	for r.tasks.Take() {
		r.tasks.Done()
	}
	if w := r.post("/slack/events", "application/json", wrap("T1", "Ev2", said("2.000100", mailboxFull))); w.Code != http.StatusServiceUnavailable {
		t.Errorf("status %d while stopping", w.Code)
	}
	select {
	case <-stopped:
		t.Error("it did not wait for the answer")
	default:
	}
	once.Do(func() { close(hold) })
	select {
	case <-stopped:
	case <-time.After(deadline):
		t.Fatal("it does not stop")
	}
	if n := len(r.api.posted()); n != 1 {
		t.Errorf("%d posts", n)
	}
}

// What a process claimed and did not send, because it was killed, the next one sends.
func TestTakeOver(t *testing.T) {
	store := memory.New()
	long := time.Now().Add(-10 * time.Minute)
	row := bot.Row{Place: bot.Place{Platform: Name, Team: "T1", Channel: "C1", Thread: "1.000100"}, Message: "2.000100", Lang: "en", How: bot.LevelReply, State: bot.Pending,
		Found: []bot.Found{{Entry: "mailbox-unknown", Reply: "550", Enhanced: "5.1.1", Cause: "mailbox-unknown"}}, Created: long, Due: long, Leased: long.Add(bot.Lease)}
	question := row
	question.Message, question.Found, question.Leased = "3.000100", nil, long.Add(bot.Keep)
	gone := row
	gone.Message, gone.State, gone.Answer, gone.Version = "4.000100", bot.Clearing, "1700009990.000004", 1
	for _, r := range []bot.Row{row, question, gone} {
		if _, err := store.Claim(context.Background(), r, long, func([]bot.Row) []bot.Row { return []bot.Row{r} }); err != nil {
			t.Fatal(err)
		}
	}
	r := newRig(t, options{store: store, unknown: true})
	r.pause = pause
	r.takeOver = time.Millisecond
	stop := r.run()
	r.api.waitPost()
	r.api.waitPost()
	stop()
	if said := r.api.saying(); len(said) != 2 || !slices.Contains(said, "chat.delete 1700009990.000004") {
		t.Errorf("said %q", said)
	}
	posts := r.api.posted()
	if len(posts) != 1 || posts[0].Get("thread_ts") != "1.000100" || !strings.Contains(posts[0].Get("text"), "550 5.1.1") {
		t.Errorf("posted %v", posts)
	}
}
