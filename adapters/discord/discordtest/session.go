package discordtest

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// session is one session at the gateway. It outlives its connections.
type session struct {
	id      string
	shard   [2]int
	intents int
	packed  bool // large payloads go out as zlib
	events  []event
	over    bool // closed by the client with 1000 or 1001, or forgotten

	conn *connection
}

type event struct {
	Op   int             `json:"op"`
	Seq  int             `json:"s"`
	Type string          `json:"t"`
	Data json.RawMessage `json:"d"`
}

func (x *session) drop() {
	if x.conn != nil {
		x.conn.ws.NetConn().Close()
		x.conn = nil
	}
}

// sees reports whether a session's shard serves a guild, "" for conversations.
func (x *session) sees(guild string) bool {
	return shardOf(guild, x.shard[1]) == x.shard[0]
}

// connection is one connection; writes come from several goroutines.
type connection struct {
	mu     sync.Mutex
	ws     *websocket.Conn
	frozen bool // it stands, but nothing goes through
}

func (c *connection) send(v any) {
	raw, _ := json.Marshal(v)
	c.write(websocket.TextMessage, raw)
}

func (c *connection) sendPacked(v any) {
	raw, _ := json.Marshal(v)
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write(raw)
	z.Close()
	c.write(websocket.BinaryMessage, b.Bytes())
}

func (c *connection) write(kind int, raw []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.frozen {
		c.ws.SetWriteDeadline(time.Now().Add(5 * time.Second))
		c.ws.WriteMessage(kind, raw)
	}
}

// tear writes the head of a frame that never ends, and hangs up.
func (c *connection) tear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ws.NetConn().Write([]byte{0x81, 126, 4, 0, '{', '"', 't', '"'})
	c.ws.NetConn().Close()
}

func (c *connection) freeze() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.frozen = true
}

func (c *connection) cold() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.frozen
}

func (c *connection) close(code int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
	c.ws.Close()
}

// push gives an event to a session, which keeps it for a resume. The lock is held.
func (s *Server) push(x *session, kind string, data any) {
	raw, err := json.Marshal(data)
	if err != nil {
		s.t.Errorf("encode %s: %v", kind, err)
		return
	}
	e := event{opDispatch, len(x.events) + 1, kind, raw}
	x.events = append(x.events, e)
	switch {
	case x.conn == nil:
	case s.torn > 0:
		s.torn--
		x.conn.tear()
		x.conn = nil
	case x.packed:
		x.conn.sendPacked(e)
	default:
		x.conn.send(e)
	}
}

// Dispatch sends an event as it is to every session.
func (s *Server) Dispatch(kind string, data any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.live() {
		s.push(x, kind, data)
	}
}

// live are the sessions that get events: of each shard the last one that was
// made, as long as its client did not end it. An earlier one is what a lost
// client left. The lock is held.
func (s *Server) live() []*session {
	last := map[[2]int]*session{}
	for _, x := range s.sessions {
		if o := last[x.shard]; !x.over && (o == nil || newer(x, o)) {
			last[x.shard] = x
		}
	}
	var list []*session
	for _, x := range last {
		list = append(list, x)
	}
	slices.SortFunc(list, func(a, b *session) int { return a.shard[0] - b.shard[0] })
	return list
}

func newer(a, b *session) bool {
	return len(a.id) > len(b.id) || len(a.id) == len(b.id) && a.id > b.id
}

func (s *Server) gatewayURL() string { return "ws" + strings.TrimPrefix(s.http.URL, "http") }
