package discordtest

import (
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// Bits of the intents.
//
// https://discord.com/developers/docs/events/gateway#list-of-intents
const (
	IntentGuilds          = 1 << 0
	IntentGuildMessages   = 1 << 9
	IntentGuildReactions  = 1 << 10
	IntentDirectMessages  = 1 << 12
	IntentDirectReactions = 1 << 13
	IntentMessageContent  = 1 << 15
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
	began, frames := time.Now(), 0
	for {
		// A client that does not beat is let go, and may resume.
		ws.SetReadDeadline(time.Now().Add(max(2*time.Duration(beat)*time.Millisecond, 5*time.Second)))
		_, raw, err := ws.ReadMessage()
		if late, ok := err.(net.Error); ok && late.Timeout() {
			c.close(4009)
			return
		}
		if err != nil {
			if x != nil && websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway) && !c.cold() {
				s.mu.Lock()
				x.over = x.over || x.conn == c // not where we closed first
				s.mu.Unlock()
			}
			return
		}
		if c.cold() {
			continue
		}
		if frames++; time.Since(began) > time.Minute {
			began, frames = time.Now(), 1
		}
		if frames > 120 { // https://discord.com/developers/docs/events/gateway#rate-limiting
			s.t.Error("gateway: more than 120 events in a minute")
			c.close(4008)
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
			var over bool
			if x, over = s.identify(c, m.Data); over {
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

// identify makes a session. One that comes too fast is answered with op 9, and
// the client may identify on the same connection.
func (s *Server) identify(c *connection, raw json.RawMessage) (x *session, over bool) {
	var d struct {
		Token      string         `json:"token"`
		Intents    *int           `json:"intents"`
		Compress   bool           `json:"compress"`
		Properties map[string]any `json:"properties"`
		Shard      *[2]int        `json:"shard"`
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		c.close(4002)
		return nil, true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.note()
	s.identified++
	if len(s.refusals) > 0 {
		code := s.refusals[0]
		s.refusals = s.refusals[1:]
		c.close(code)
		return nil, true
	}
	shard := [2]int{0, 1}
	if d.Shard != nil {
		shard = *d.Shard
	}
	switch {
	case strings.TrimPrefix(d.Token, "Bot ") != s.Token:
		c.close(4004)
		return nil, true
	case shard[0] < 0 || shard[0] >= shard[1]:
		c.close(4010)
		return nil, true
	case d.Intents == nil || *d.Intents < 0 || *d.Intents >= 1<<26:
		c.close(4013)
		return nil, true
	case *d.Intents&IntentMessageContent != 0 && !s.AllowsContent:
		c.close(4014)
		return nil, true
	case d.Properties["os"] == nil && d.Properties["$os"] == nil:
		s.t.Errorf("identify: no properties: %v", d.Properties)
	}
	// https://discord.com/developers/docs/events/gateway#sharding-max-concurrency
	row := shard[0] % max(1, s.MaxConcurrency)
	if last, ok := s.began[row]; ok && s.IdentifyEvery > 0 && time.Since(last) < s.IdentifyEvery {
		s.t.Errorf("identify: shard %d comes %s after one of the same row", shard[0], time.Since(last))
		c.send(map[string]any{"op": opInvalid, "d": false})
		return nil, false
	}
	s.began[row] = time.Now()
	x = &session{id: "session-" + s.id(), shard: shard, intents: *d.Intents, packed: d.Compress, conn: c}
	s.sessions[x.id] = x
	unavailable := []map[string]any{}
	for _, g := range s.guilds {
		if x.sees(g.ID) {
			unavailable = append(unavailable, map[string]any{"id": g.ID, "unavailable": true})
		}
	}
	s.push(x, "READY", map[string]any{
		"v": 10, "session_id": x.id, "resume_gateway_url": s.gatewayURL(), "guilds": unavailable,
		"user":        map[string]any{"id": s.BotID, "username": "smtpbot", "bot": true, "discriminator": "0"},
		"application": map[string]any{"id": s.AppID, "flags": s.appFlags()}, "shard": shard,
	})
	if x.intents&IntentGuilds != 0 {
		for _, g := range s.guilds {
			if x.sees(g.ID) && !g.away {
				s.push(x, "GUILD_CREATE", s.guildWire(g))
			}
		}
	}
	return x, false
}

// appFlags says whether the application may read messages.
//
// https://discord.com/developers/docs/resources/application#application-object-application-flags
func (s *Server) appFlags() int {
	if s.AllowsContent {
		return 1 << 19
	}
	return 0
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
