package slack

import (
	"cmp"
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

	"github.com/gorilla/websocket"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/bot/store/memory"
)

// hub is the other end of Socket Mode.
type hub struct {
	t *testing.T
	*httptest.Server
	conns chan *conn // as they come
	pings time.Duration
	hello string // in the place of Slack's greeting
}

type conn struct {
	*websocket.Conn
	write sync.Mutex
	acks  chan ack
	pongs chan struct{}
	gone  chan struct{}
}

type ack struct {
	ID      string          `json:"envelope_id"`
	Payload json.RawMessage `json:"payload"`
}

func newHub(t *testing.T, f *api) *hub {
	h := &hub{t: t, conns: make(chan *conn, 100)}
	h.Server = httptest.NewUnstartedServer(http.HandlerFunc(h.serve))
	h.Start()
	t.Cleanup(h.CloseClientConnections)
	f.open = func() string {
		return "ws" + strings.TrimPrefix(h.URL, "http") + "/link/?ticket=secret-ticket&app_id=A01APP"
	}
	return h
}

func (h *hub) serve(w http.ResponseWriter, r *http.Request) {
	ws, err := (&websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}).Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &conn{Conn: ws, acks: make(chan ack, 100), pongs: make(chan struct{}, 1000), gone: make(chan struct{})}
	ws.SetPongHandler(func(string) error {
		select {
		case c.pongs <- struct{}{}:
		default:
		}
		return nil
	})
	hello := `{"type":"hello","num_connections":1,"debug_info":{"host":"applink-1","build_number":1,"approximate_connection_time":18060},"connection_info":{"app_id":"A01APP"}}`
	c.send(cmp.Or(h.hello, hello))
	if h.pings > 0 {
		go func() {
			tick := time.NewTicker(h.pings)
			defer tick.Stop()
			for {
				select {
				case <-c.gone:
					return
				case <-tick.C:
					_ = ws.WriteControl(websocket.PingMessage, []byte("Ping from applink-1"), time.Now().Add(time.Second))
				}
			}
		}()
	}
	h.conns <- c
	defer close(c.gone)
	for {
		_, message, err := ws.ReadMessage()
		if err != nil {
			return
		}
		var a ack
		if json.Unmarshal(message, &a) == nil {
			c.acks <- a
		}
	}
}

func (c *conn) send(message string) {
	c.write.Lock()
	defer c.write.Unlock()
	_ = c.WriteMessage(websocket.TextMessage, []byte(message))
}

func (h *hub) next() *conn {
	h.t.Helper()
	select {
	case c := <-h.conns:
		return c
	case <-time.After(deadline):
		h.t.Fatal("nobody connected")
		return nil
	}
}

func (h *hub) ack(c *conn) ack {
	h.t.Helper()
	select {
	case a := <-c.acks:
		return a
	case <-time.After(deadline):
		h.t.Fatal("nothing was acknowledged")
		return ack{}
	}
}

func envelopeJSON(id, kind, payload string) string {
	return fmt.Sprintf(`{"envelope_id":%q,"type":%q,"accepts_response_payload":%v,"retry_attempt":0,"retry_reason":"","payload":%s}`, id, kind, kind == "slash_commands", payload)
}

// socketRig runs an adapter on Socket Mode.
func socketRig(t *testing.T, o options, prepare ...func(*rig, *hub)) (*rig, *hub) {
	t.Helper()
	o.config = func(c *Config) { c.AppToken, c.PingInterval = "xapp-test-token", time.Hour }
	o.unknown = true
	r := newRig(t, o)
	r.pause = func(ctx context.Context, d time.Duration) error { return pause(ctx, min(d, 10*time.Millisecond)) }
	h := newHub(t, r.api)
	for _, f := range prepare {
		f(r, h)
	}
	r.run()
	return r, h
}

// run starts the adapter; the test's end stops it.
func (r *rig) run() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			select {
			case err := <-done:
				if err != nil {
					r.t.Errorf("Run: %v", err)
				}
			case <-time.After(deadline):
				r.t.Error("Run did not end")
			}
		})
	}
	r.t.Cleanup(stop)
	return stop
}

// ready waits until Ready gives nil, or an error with these words in it.
func (r *rig) ready(words ...string) {
	r.t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(deadline); time.Now().Before(end); <-tick.C {
		err := r.Ready()
		if len(words) == 0 && err == nil {
			return
		}
		found := err != nil && len(words) > 0
		for _, w := range words {
			found = found && strings.Contains(err.Error(), w)
		}
		if found {
			return
		}
	}
	r.t.Fatalf("Ready() = %v, waited for %q", r.Ready(), words)
}

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
	r.settleSoon()
	if n := len(r.api.posted()); n != 1 {
		t.Errorf("%d posts", n)
	}
	if strings.Contains(r.logs.String(), "dest.example") || strings.Contains(r.logs.String(), "secret-ticket") {
		t.Errorf("logged %s", r.logs)
	}
}

// settleSoon waits for what was taken while more may be taken.
func (r *rig) settleSoon() {
	done := make(chan struct{})
	go func() { r.tasks.group.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(deadline):
		r.t.Fatal("tasks do not end")
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
	r.tasks.take()
	var acks small
	if !r.acknowledge(&acks, "l1", ephemeral(c, ""), hook.URL) || len(acks) != 1 || acks[0] != "l1" {
		t.Errorf("acknowledged %q", acks)
	}
	r.tasks.done()
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
	for r.tasks.take() {
		r.tasks.done()
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
