package discordtest

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Bits of the intents.
//
// https://discord.com/developers/docs/events/gateway#list-of-intents
const (
	IntentGuilds         = 1 << 0
	IntentGuildMessages  = 1 << 9
	IntentDirectMessages = 1 << 12
	IntentMessageContent = 1 << 15
)

// Gateway operations.
const (
	opDispatch = iota
	opHeartbeat
	opIdentify
	opPresence
	_
	_
	opResume
	opReconnect
	_
	opInvalid
	opHello
	opAck
)

// session is one session at the gateway. It outlives its connections.
type session struct {
	id      string
	intents int
	packed  bool // large payloads go out as zlib
	events  []event
	over    bool // closed by the client with 1000 or 1001

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

// connection is one connection; writes come from several goroutines.
type connection struct {
	mu sync.Mutex
	ws *websocket.Conn
}

func (c *connection) send(v any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ws.WriteJSON(v)
}

func (c *connection) sendPacked(v any) {
	raw, _ := json.Marshal(v)
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write(raw)
	z.Close()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ws.WriteMessage(websocket.BinaryMessage, b.Bytes())
}

func (c *connection) close(code int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
	c.ws.Close()
}

func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	if q := r.URL.Query(); q.Get("encoding") != "json" || q.Get("v") == "" {
		s.t.Errorf("gateway: query %q", r.URL.RawQuery)
	}
	ws, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer ws.Close()
	ws.SetReadLimit(4096) // https://discord.com/developers/docs/events/gateway#sending-events
	c := &connection{ws: ws}
	s.mu.Lock()
	silent := s.silent > 0
	if silent {
		s.silent--
	}
	beat := s.HeartbeatMS
	s.note()
	s.mu.Unlock()
	if !silent {
		c.send(map[string]any{"op": opHello, "d": map[string]any{"heartbeat_interval": beat}})
	}
	var x *session
	defer func() {
		s.mu.Lock()
		if x != nil && x.conn == c {
			x.conn = nil
		}
		s.note()
		s.mu.Unlock()
	}()
	for {
		_, raw, err := ws.ReadMessage()
		if err != nil {
			if x != nil && websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway) {
				s.mu.Lock()
				x.over = x.over || x.conn == c // not where we closed first
				s.mu.Unlock()
			}
			return
		}
		var m struct {
			Op   int             `json:"op"`
			Data json.RawMessage `json:"d"`
		}
		if json.Unmarshal(raw, &m) != nil {
			c.close(4002)
			return
		}
		switch m.Op {
		case opHeartbeat:
			s.mu.Lock()
			mute := s.mute
			s.mu.Unlock()
			if !mute {
				c.send(map[string]any{"op": opAck})
			}
		case opIdentify:
			if x != nil {
				c.close(4005)
				return
			}
			if x = s.identify(c, m.Data); x == nil {
				return
			}
		case opResume:
			if x != nil {
				c.close(4005)
				return
			}
			var over bool
			if x, over = s.resume(c, m.Data); over {
				return
			}
		case opPresence:
		default:
			if x == nil {
				c.close(4003)
			} else {
				c.close(4001)
			}
			return
		}
	}
}

func (s *Server) identify(c *connection, raw json.RawMessage) *session {
	var d struct {
		Token      string         `json:"token"`
		Intents    *int           `json:"intents"`
		Compress   bool           `json:"compress"`
		Properties map[string]any `json:"properties"`
		Shard      []int          `json:"shard"`
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		c.close(4002)
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.note()
	s.identified++
	if len(s.refusals) > 0 {
		code := s.refusals[0]
		s.refusals = s.refusals[1:]
		c.close(code)
		return nil
	}
	switch {
	case strings.TrimPrefix(d.Token, "Bot ") != s.Token:
		c.close(4004)
		return nil
	case d.Intents == nil || *d.Intents < 0 || *d.Intents >= 1<<26:
		c.close(4013)
		return nil
	case *d.Intents&IntentMessageContent != 0 && !s.AllowsContent:
		c.close(4014)
		return nil
	case d.Properties["os"] == nil && d.Properties["$os"] == nil:
		s.t.Errorf("identify: no properties: %v", d.Properties)
	}
	x := &session{id: "session-" + s.id(), intents: *d.Intents, packed: d.Compress, conn: c}
	s.sessions[x.id] = x
	var unavailable []map[string]any
	for _, g := range s.guilds {
		unavailable = append(unavailable, map[string]any{"id": g.ID, "unavailable": true})
	}
	s.push(x, "READY", map[string]any{
		"v": 10, "session_id": x.id, "resume_gateway_url": s.gatewayURL(), "guilds": unavailable,
		"user":        map[string]any{"id": s.BotID, "username": "smtpbot", "bot": true, "discriminator": "0"},
		"application": map[string]any{"id": s.AppID, "flags": 0}, "shard": []int{0, 1},
	})
	if x.intents&IntentGuilds != 0 {
		for _, g := range s.guilds {
			s.push(x, "GUILD_CREATE", map[string]any{
				"id": g.ID, "name": "A guild", "preferred_locale": g.Locale, "channels": []any{}, "members": []any{}, "roles": []any{},
			})
		}
	}
	return x
}

// resume gives the session that goes on. A session that cannot be resumed is
// answered with op 9, and the client may identify on the same connection.
func (s *Server) resume(c *connection, raw json.RawMessage) (x *session, over bool) {
	var d struct {
		Token     string `json:"token"`
		SessionID string `json:"session_id"`
		Seq       int    `json:"seq"`
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		c.close(4002)
		return nil, true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.note()
	if strings.TrimPrefix(d.Token, "Bot ") != s.Token {
		c.close(4004)
		return nil, true
	}
	if len(s.invalid) > 0 {
		again := s.invalid[0]
		s.invalid = s.invalid[1:]
		c.send(map[string]any{"op": opInvalid, "d": again})
		return nil, false
	}
	x = s.sessions[d.SessionID]
	switch {
	case x == nil || x.over:
		c.send(map[string]any{"op": opInvalid, "d": false})
		return nil, false
	case d.Seq > len(x.events):
		c.close(4007)
		return nil, true
	}
	s.resumed++
	x.conn = c
	for _, e := range x.events[d.Seq:] {
		c.send(e)
	}
	s.push(x, "RESUMED", map[string]any{})
	return x, false
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

// live are the sessions that get events: the last one that was made, as long
// as its client did not end it. An earlier one is what a lost client left. The
// lock is held.
func (s *Server) live() []*session {
	var last *session
	for _, x := range s.sessions {
		if !x.over && (last == nil || x.id > last.id) {
			last = x
		}
	}
	if last == nil {
		return nil
	}
	return []*session{last}
}

func (s *Server) gatewayURL() string { return "ws" + strings.TrimPrefix(s.http.URL, "http") }
