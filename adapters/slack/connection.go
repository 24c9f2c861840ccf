package slack

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// A socket is one connection of Socket Mode.
type socket struct {
	adapter *Adapter
	conn    *websocket.Conn
	writing sync.Mutex
	taken   sync.WaitGroup // envelopes that are not acknowledged yet

	leaving   chan struct{} // closed when a successor is needed
	once      sync.Once
	said      atomic.Pointer[string] // why Slack ends it
	finishing atomic.Bool
}

const (
	// maxSocketAck is what an acknowledgement may hold: more Slack drops in silence.
	// https://docs.slack.dev/apis/events-api/using-socket-mode#command
	maxSocketAck = 20 << 10

	helloWithin = 10 * time.Second
	writeWithin = 5 * time.Second
)

// errLargeAck says that a body does not go with an acknowledgement.
var errLargeAck = errors.New("too large to go with an acknowledgement")

// A socketError is a reason that Slack gave for ending a connection.
type socketError string

func (e socketError) Error() string { return string(e) }

// dial opens a connection, and waits until Slack says hello.
func (a *Adapter) dial(ctx context.Context, address string) (*socket, error) {
	dialer := websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: helloWithin}
	conn, answer, err := dialer.DialContext(ctx, address, nil)
	if err != nil {
		return nil, err
	}
	if answer.Body != nil {
		answer.Body.Close()
	}
	s := &socket{adapter: a, conn: conn, leaving: make(chan struct{})}
	conn.SetReadLimit(2 * maxBody)
	conn.SetPingHandler(func(data string) error {
		s.alive()
		_ = conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(writeWithin)) // where it fails, reading fails, too
		return nil
	})
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	_ = conn.NetConn().SetReadDeadline(time.Now().Add(helloWithin))
	for {
		m, err := s.next()
		switch {
		case err != nil:
			conn.Close()
			return nil, err
		case m.Type == "hello":
			a.gotSocket()
			return s, nil
		case m.Type == "disconnect":
			conn.Close()
			return nil, socketError(word(m.Reason))
		}
	}
}

// serve takes envelopes until the connection or the context ends. It returns
// when what was taken is acknowledged.
func (s *socket) serve(ctx context.Context) {
	stop := context.AfterFunc(ctx, s.finish)
	defer stop()
	a, why := s.adapter, "connecting anew"
	for s.alive(); ; s.alive() {
		m, err := s.next()
		if err != nil {
			break
		}
		switch {
		case m.Type == "disconnect":
			reason := word(m.Reason)
			s.said.Store(&reason)
			if why = reason; reason == "warning" || reason == "refresh_requested" {
				why = "connecting anew"
			}
			s.leave()
		case m.ID != "" && a.tasks.Take():
			a.handling <- struct{}{}
			s.taken.Go(func() {
				defer func() { <-a.handling; a.tasks.Done() }()
				a.onEnvelope(s, m.envelope)
			})
		}
	}
	s.leave()
	a.lostSocket(why)
	s.taken.Wait()
	_ = s.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(writeWithin))
	s.conn.Close()
}

// A socketMessage is an envelope, or what Slack says about the connection.
type socketMessage struct {
	envelope
	Reason string `json:"reason"` // of disconnect
}

// next reads a message. What is none is passed over.
func (s *socket) next() (m socketMessage, err error) {
	for {
		_, data, err := s.conn.ReadMessage()
		if err != nil {
			return m, err
		}
		if json.Unmarshal(data, &m) == nil {
			return m, nil
		}
		m = socketMessage{}
	}
}

// alive notes a sign of life. Slack pings every few seconds; after a while
// without a sign, reading fails.
func (s *socket) alive() {
	_ = s.conn.NetConn().SetReadDeadline(time.Now().Add(s.adapter.cfg.PingInterval))
	if s.finishing.Load() {
		_ = s.conn.NetConn().SetReadDeadline(time.Now())
	}
}

// finish has serve take nothing more.
func (s *socket) finish() {
	s.finishing.Store(true)
	_ = s.conn.NetConn().SetReadDeadline(time.Now())
}

func (s *socket) leave() { s.once.Do(func() { close(s.leaving) }) }

// why is the reason that Slack gave for the end, "" where it gave none.
func (s *socket) why() string {
	if said := s.said.Load(); said != nil {
		return *said
	}
	return ""
}

// ack sends an acknowledgement.
func (s *socket) ack(id string, body any) error {
	data, err := json.Marshal(struct {
		ID      string `json:"envelope_id"`
		Payload any    `json:"payload,omitempty"`
	}{id, body})
	if err != nil {
		return errors.New("an acknowledgement that is no JSON")
	}
	if len(data) >= maxSocketAck {
		return errLargeAck
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	_ = s.conn.SetWriteDeadline(time.Now().Add(writeWithin))
	return s.conn.WriteMessage(websocket.TextMessage, data)
}
