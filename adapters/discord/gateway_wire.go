package discord

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// Operations of the gateway.
//
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes
const (
	opDispatch  = 0
	opHeartbeat = 1
	opIdentify  = 2
	opResume    = 6
	opReconnect = 7
	opInvalid   = 9
	opHello     = 10
	opAck       = 11
)

const (
	maxFrame    = 64 << 20         // a server with all its channels is some megabytes
	writeWithin = 10 * time.Second // then the line is dead
)

var (
	errReconnect = errors.New("discord asked to connect anew")
	errInvalid   = errors.New("discord does not take the session now")
	errForgotten = fmt.Errorf("%w: it is over", errInvalid)
	errNoAnswer  = errors.New("a heartbeat was not answered")
	errBroken    = errors.New("discord sent what cannot be read")
)

// frame is one frame of the gateway, and event one that carries news.
type frame struct {
	Op   int             `json:"op"`
	Seq  int64           `json:"s"`
	Type string          `json:"t"`
	Data json.RawMessage `json:"d"`
}

type event struct {
	Type string
	Data json.RawMessage
}

// conversation is one connection of a shard.
type conversation struct {
	conn *websocket.Conn

	mu    sync.Mutex  // of writes
	acked atomic.Bool // the last heartbeat was answered
	seq   atomic.Int64
	cause atomic.Pointer[error] // why we closed it
}

// converse connects, begins or resumes the session, and takes events until the
// connection ends. The error says why it ended.
func (s *shard) converse(ctx context.Context) error {
	a := s.adapter
	s.up = false
	at := s.resume
	introduced := func(bool) {}
	if s.session == "" {
		at = s.home
		s.seq = 0
		leave, err := s.gate.enter(ctx, s.id)
		if err != nil {
			return err
		}
		var once sync.Once
		introduced = func(begun bool) { once.Do(func() { leave(begun) }) }
		defer introduced(false)
	}
	c, err := s.dial(ctx, at)
	if err != nil {
		if s.session != "" { // next time where all begin
			s.resume = s.home
		}
		return err
	}
	stop := context.AfterFunc(ctx, func() { c.end(ctx.Err(), websocket.CloseNormalClosure) })
	defer stop()
	defer c.conn.Close()

	c.conn.SetReadDeadline(time.Now().Add(a.openWithin))
	hello, err := c.read()
	if err != nil {
		return err
	}
	var greeting struct {
		Interval int64 `json:"heartbeat_interval"`
	}
	if hello.Op != opHello || json.Unmarshal(hello.Data, &greeting) != nil || greeting.Interval <= 0 {
		return errBroken
	}
	every := time.Duration(greeting.Interval) * time.Millisecond
	c.seq.Store(s.seq)
	c.acked.Store(true)
	beating, rest := context.WithCancel(ctx)
	var heart sync.WaitGroup
	heart.Go(func() { c.beat(beating, every) })
	defer heart.Wait()
	defer rest()

	if err := s.introduce(c); err != nil {
		return err
	}
	introduced(true)
	for {
		silence := max(2*every, time.Second)
		if !s.up {
			silence = a.openWithin
		}
		c.conn.SetReadDeadline(time.Now().Add(silence))
		f, err := c.read()
		if err != nil {
			return err
		}
		switch f.Op {
		case opDispatch:
			s.take(f)
			s.seq = f.Seq
			c.seq.Store(f.Seq)
		case opHeartbeat:
			err = c.write(opHeartbeat, c.last())
		case opAck:
			c.acked.Store(true)
		case opReconnect:
			// A code that leaves the session to be resumed.
			c.end(errReconnect, websocket.CloseServiceRestart)
			return errReconnect
		case opInvalid:
			c.end(errInvalid, websocket.CloseServiceRestart)
			if resumable := false; json.Unmarshal(f.Data, &resumable) != nil || !resumable {
				return errForgotten
			}
			return errInvalid
		}
		if err != nil {
			return err
		}
	}
}

// dial opens a connection, to where Discord said.
func (s *shard) dial(ctx context.Context, at string) (*conversation, error) {
	ctx, cancel := context.WithTimeout(ctx, s.adapter.openWithin)
	defer cancel()
	dialer := websocket.Dialer{Proxy: http.ProxyFromEnvironment, NetDialContext: (&net.Dialer{}).DialContext}
	conn, response, err := dialer.DialContext(ctx, address(at), http.Header{"User-Agent": {s.adapter.agent()}})
	if err != nil {
		if response != nil {
			return nil, fmt.Errorf("the gateway answered %d", response.StatusCode)
		}
		return nil, err
	}
	conn.SetReadLimit(maxFrame)
	return &conversation{conn: conn}, nil
}

// introduce says who we are: of a session that goes on, or of a new one.
//
// https://discord.com/developers/docs/events/gateway-events#identify
func (s *shard) introduce(c *conversation) error {
	a := s.adapter
	if s.session != "" {
		return c.write(opResume, map[string]any{"token": "Bot " + a.config.Token, "session_id": s.session, "seq": s.seq})
	}
	s.asked = intents
	if !a.watching.Load() {
		s.asked &^= discordgo.IntentMessageContent
	}
	return c.write(opIdentify, map[string]any{
		"token": "Bot " + a.config.Token, "intents": s.asked, "compress": true, "large_threshold": 50,
		"shard":      [2]int{s.id, s.total},
		"properties": map[string]string{"os": runtime.GOOS, "browser": "smtpbot", "device": "smtpbot"},
	})
}

// take hands on what happened. Of a new session it keeps what a resume needs.
func (s *shard) take(f frame) {
	a := s.adapter
	if f.Type == "READY" {
		var ready struct {
			Session string `json:"session_id"`
			Resume  string `json:"resume_gateway_url"`
		}
		if json.Unmarshal(f.Data, &ready) == nil && ready.Session != "" {
			s.session, s.resume = ready.Session, ready.Resume
			if s.resume == "" {
				s.resume = s.home
			}
		}
	}
	a.happened(s, event{f.Type, f.Data})
	if f.Type == "READY" || f.Type == "RESUMED" {
		s.up = true
		a.setState(s.id, nil)
		a.log.Info("connected to discord", "shard", s.id, "shards", s.total, "resumed", f.Type == "RESUMED")
	}
}

// read gives the next frame.
func (c *conversation) read() (frame, error) {
	kind, raw, err := c.conn.ReadMessage()
	if why := c.cause.Load(); err != nil && why != nil {
		return frame{}, *why
	}
	if err != nil {
		return frame{}, err
	}
	if kind == websocket.BinaryMessage { // a large one comes packed
		z, err := zlib.NewReader(bytes.NewReader(raw))
		if err != nil {
			return frame{}, errBroken
		}
		if raw, err = io.ReadAll(io.LimitReader(z, maxFrame)); err != nil {
			return frame{}, errBroken
		}
	}
	var f frame
	if json.Unmarshal(raw, &f) != nil {
		return frame{}, errBroken
	}
	return f, nil
}

func (c *conversation) write(op int, data any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.conn.SetWriteDeadline(time.Now().Add(writeWithin))
	return c.conn.WriteJSON(map[string]any{"op": op, "d": data})
}

// last is what a heartbeat carries: the last event, or null before the first.
func (c *conversation) last() any {
	if n := c.seq.Load(); n > 0 {
		return n
	}
	return nil
}

// beat sends heartbeats, the first after a part of the interval that chance
// decides, and ends the connection where one is not answered before the next:
// the line is dead though nobody closed it.
//
// https://discord.com/developers/docs/events/gateway#sending-heartbeats
func (c *conversation) beat(ctx context.Context, every time.Duration) {
	for wait := rand.N(every); sleep(ctx, wait) == nil; wait = every {
		if !c.acked.Swap(false) {
			c.cut(errNoAnswer)
			return
		}
		if err := c.write(opHeartbeat, c.last()); err != nil {
			c.cut(err)
			return
		}
	}
}

// cut ends the connection without a word: nobody would hear it.
func (c *conversation) cut(why error) {
	c.cause.CompareAndSwap(nil, &why)
	c.conn.NetConn().Close()
}

// end says goodbye with a code, 1000 to end the session too.
func (c *conversation) end(why error, code int) {
	c.cause.CompareAndSwap(nil, &why)
	c.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
	c.conn.NetConn().Close()
}
