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

// line is the connection below one gateway session. It bounds how long the
// other side may be silent: discordgo waits for HELLO without a limit while it
// holds the session's lock, and notices a dead connection only after five
// missed heartbeats.
type line struct {
	patience atomic.Int64 // a time.Duration

	mu   sync.Mutex
	conn net.Conn
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
			l.conn = conn
			l.mu.Unlock()
			return &impatientConn{conn, l}, nil
		},
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
