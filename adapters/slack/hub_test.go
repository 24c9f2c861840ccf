package slack

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"smtpbot/adapters/adaptertest"
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
	adaptertest.Await(r.t, fmt.Sprintf("%q", words), func() bool {
		err := r.Ready()
		missing := func(w string) bool { return !strings.Contains(err.Error(), w) }
		return err == nil && len(words) == 0 || err != nil && len(words) > 0 && !slices.ContainsFunc(words, missing)
	}, func() string { return fmt.Sprintf("Ready() = %v", r.Ready()) })
}
