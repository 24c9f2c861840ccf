// Package discordtest is a strict stand-in for Discord: gateway and HTTP
// interface on one local server. It keeps to what Discord documents and what
// the wire shows, checks every body it gets, and fails the test at the first
// thing that Discord would refuse or that it does not know.
package discordtest

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long a test waits for what has to come.
const patience = 15 * time.Second

// Server stands in for Discord.
type Server struct {
	Token         string // of the bot
	AppID, BotID  string
	HeartbeatMS   int  // the interval in HELLO
	AllowsContent bool // Message Content Intent is switched on in the portal
	Validator     *Validator

	t       testing.TB
	http    *httptest.Server
	public  ed25519.PublicKey
	private ed25519.PrivateKey

	mu           sync.Mutex
	changed      chan struct{} // closed and renewed at every change
	lastID       uint64
	down, mute   bool
	silent       int // connections that get no HELLO
	refusals     []int
	invalid      []bool // op 9 for the next resumes: may it be resumed
	faults       []*fault
	sessions     map[string]*session
	guilds       []Guild
	commands     []map[string]any
	messages     map[string]*Message
	order        []string
	nonces       map[string]string
	interactions map[string]*pending
	requests     []string // "POST /channels/{}/messages", in order
	identified   int
	resumed      int
	writes       int // of commands
}

// Guild is a server, in Discord's words a guild.
type Guild struct {
	ID     string
	Locale string
}

type fault struct {
	method  string
	path    *regexp.Regexp
	left    int
	status  int
	body    string
	headers map[string]string
}

// New starts a server with one guild, which ends with the test. What differs
// from a plain server is set before it starts: from then on requests read it.
func New(t testing.TB, set ...func(*Server)) *Server {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{
		Token: "MTIz.discordtest.token", AppID: "900000000000000001", BotID: "900000000000000001",
		HeartbeatMS: 41250, AllowsContent: true, Validator: LoadValidator(t),
		t: t, public: public, private: private, changed: make(chan struct{}),
		sessions: map[string]*session{}, messages: map[string]*Message{}, nonces: map[string]string{},
		interactions: map[string]*pending{},
		guilds:       []Guild{{ID: "800000000000000001", Locale: "en-US"}},
	}
	for _, f := range set {
		f(s)
	}
	s.http = httptest.NewUnstartedServer(http.HandlerFunc(s.serve)) // requests read the field: it is set before any can come
	s.http.Start()
	t.Cleanup(s.close)
	return s
}

func (s *Server) close() {
	s.mu.Lock()
	for _, x := range s.sessions {
		x.drop()
	}
	s.mu.Unlock()
	s.http.CloseClientConnections()
	s.http.Close()
}

// URL is what DISCORD_API_URL has to be.
func (s *Server) URL() string { return s.http.URL }

// PublicKey is what DISCORD_PUBLIC_KEY has to be.
func (s *Server) PublicKey() string { return hex.EncodeToString(s.public) }

// Guild is the first guild.
func (s *Server) Guild() string { return s.guilds[0].ID }

// AddGuild adds a guild before somebody connects.
func (s *Server) AddGuild(locale string) string {
	id := s.ID()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.guilds = append(s.guilds, Guild{id, locale})
	return id
}

// ID makes a new id: a snowflake of now.
//
// https://discord.com/developers/docs/reference#snowflakes
func (s *Server) ID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.id()
}

func (s *Server) id() string {
	id := uint64(time.Now().UnixMilli()-1420070400000) << 22
	if id <= s.lastID {
		id = s.lastID + 1
	}
	s.lastID = id
	return strconv.FormatUint(id, 10)
}

// note tells whoever waits that something changed. The lock is held.
func (s *Server) note() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// Await waits until a condition holds, which is asked at every change.
func (s *Server) Await(what string, holds func() bool) {
	s.t.Helper()
	deadline := time.After(patience)
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if holds() {
			return
		}
		select {
		case <-changed:
		case <-deadline:
			s.t.Fatalf("waited in vain for %s", what)
		}
	}
}

// Down makes the server unreachable, or reachable again: connections are
// closed without an answer.
func (s *Server) Down(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
	if down {
		for _, x := range s.sessions {
			x.drop()
		}
	}
	s.note()
}

// Fail answers the next requests that fit with a status and a body.
func (s *Server) Fail(times int, method, path string, status int, body string, headers map[string]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &fault{method, regexp.MustCompile(path), times, status, body, headers})
}

// Requests counts the requests of a kind, such as "POST /channels/{}/messages".
func (s *Server) Requests(kind string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, r := range s.requests {
		if r == kind {
			n++
		}
	}
	return n
}

var ids = regexp.MustCompile(`/[0-9]{5,}|/interaction-token-[^/]*`)

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	down := s.down
	if !down {
		s.requests = append(s.requests, r.Method+" "+ids.ReplaceAllString(strings.TrimPrefix(r.URL.Path, "/api/v10"), "/{}"))
	}
	s.note()
	s.mu.Unlock()
	if down {
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			conn.Close()
		}
		return
	}
	if strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
		s.serveGateway(w, r)
		return
	}
	s.serveREST(w, r)
}
