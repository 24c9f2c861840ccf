package discord

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// line is the connection below one gateway session. It bounds what discordgo
// leaves unbounded:
//
//   - How long the other side may be silent. discordgo waits for HELLO without
//     a limit while it holds the session's lock, and notices a dead connection
//     only after five missed heartbeats.
//   - How fast is written. discordgo answers "invalid session" with a new
//     session at once; where Discord says that because it was too fast, the two
//     would go on until the sessions of the day are used up.
type line struct {
	patience atomic.Int64 // a time.Duration

	mu   sync.Mutex
	conn net.Conn
	next time.Time // when the next write is due, were all of them evenly spread
}

// Writes keep well below what Discord allows, 120 in a minute, but for the
// first ones: a handshake, an identification, a heartbeat.
//
// https://discord.com/developers/docs/events/gateway#rate-limiting
const (
	writeEvery = 2 * time.Second
	writeBurst = 10
)

// turn gives how long a write has to wait.
func (l *line) turn(now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.next.Before(now) {
		l.next = now
	}
	l.next = l.next.Add(writeEvery)
	return max(0, l.next.Sub(now)-writeBurst*writeEvery)
}

func (l *line) dialer() *websocket.Dialer {
	return &websocket.Dialer{
		Proxy:            http.ProxyFromEnvironment,
		HandshakeTimeout: 20 * time.Second,
		NetDialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			l.mu.Lock()
			l.conn, l.next = conn, time.Time{}
			l.mu.Unlock()
			return &impatientConn{conn, l}, nil
		},
	}
}

// allow sets how long the other side may be silent, also for a read under way.
func (l *line) allow(silence time.Duration) {
	l.patience.Store(int64(silence))
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn != nil {
		l.conn.SetReadDeadline(time.Now().Add(silence))
	}
}

// cut ends the connection without a word. A close frame with code 1000 would
// end the session too, and with it what Discord keeps for a resume.
func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn != nil {
		l.conn.Close()
	}
}

type impatientConn struct {
	net.Conn
	line *line
}

func (c *impatientConn) Read(p []byte) (int, error) {
	if err := c.Conn.SetReadDeadline(time.Now().Add(time.Duration(c.line.patience.Load()))); err != nil {
		return 0, err
	}
	n, err := c.Conn.Read(p)
	if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
		c.Conn.Close()
		return n, fmt.Errorf("nothing heard for %s", time.Duration(c.line.patience.Load()))
	}
	return n, err
}

func (c *impatientConn) Write(p []byte) (int, error) {
	time.Sleep(c.line.turn(time.Now()))
	return c.Conn.Write(p)
}
