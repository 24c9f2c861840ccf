// Package discordtest is a strict stand-in for Discord: gateway, HTTP
// interface and files on one local server. It keeps to what Discord documents
// and what the wire shows, checks every body it gets, and fails the test at the
// first thing that Discord would refuse or that it does not know.
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

	Shards         int                      // that GET /gateway/bot recommends
	MaxConcurrency int                      // identifications at the same time
	IdentifyEvery  time.Duration            // of one shard in a row of MaxConcurrency; 0 for no limit
	Now            func() time.Time         // the clock of deadlines
	Patience       time.Duration            // how long Await waits
	Name           func(user string) string // of a person, as it is shown

	t       testing.TB
	http    *httptest.Server
	public  ed25519.PublicKey
	private ed25519.PrivateKey

	mu           sync.Mutex
	changed      chan struct{} // closed and renewed at every change
	lastID       uint64
	down, mute   bool
	silent       int // connections that get no HELLO
	torn         int // events that are sent by half
	refusals     []int
	invalid      []bool // op 9 for the next resumes: may it be resumed
	faults       []*fault
	limits       []*limit
	sessions     map[string]*session
	began        map[int]time.Time // by row of MaxConcurrency: the last identification
	guilds       []*Guild
	channels     map[string]*Channel
	commands     map[string][]map[string]any // by guild, "" for the global ones
	messages     map[string]*Message
	order        []string
	nonces       map[string]string
	files        map[string]File // by path on the CDN
	interactions map[string]*pending
	requests     map[string]int // by "POST /channels/{}/messages"
	statuses     map[int]int
	identified   int
	resumed      int
	writes       int // of commands
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
		Shards: 1, MaxConcurrency: 1, Now: time.Now, Patience: patience, Name: func(string) string { return "somebody" },
		t: t, public: public, private: private, changed: make(chan struct{}),
		sessions: map[string]*session{}, began: map[int]time.Time{}, channels: map[string]*Channel{},
		commands: map[string][]map[string]any{}, messages: map[string]*Message{}, nonces: map[string]string{}, files: map[string]File{},
		interactions: map[string]*pending{}, requests: map[string]int{}, statuses: map[int]int{},
		guilds: []*Guild{{ID: "800000000000000001", Locale: "en-US"}},
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

// ID makes a new id: a snowflake of now.
//
// https://discord.com/developers/docs/reference#snowflakes
func (s *Server) ID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.id()
}

func (s *Server) id() string {
	id := uint64(s.Now().UnixMilli()-epoch) << 22
	if id <= s.lastID {
		id = s.lastID + 1
	}
	s.lastID = id
	return strconv.FormatUint(id, 10)
}

const epoch = 1420070400000 // the first second of 2015

// made is when an id was made.
func made(id string) time.Time {
	n, _ := strconv.ParseUint(id, 10, 64)
	return time.UnixMilli(int64(n>>22) + epoch)
}

// note tells whoever waits that something changed. The lock is held.
func (s *Server) note() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// Await waits until a condition holds, which is asked at every change.
func (s *Server) Await(what string, holds func() bool) {
	s.t.Helper()
	deadline := time.After(s.Patience)
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

// Requests counts the requests of a kind, such as "POST /channels/{}/messages".
func (s *Server) Requests(kind string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests[kind]
}

// Invalid counts the answers of which Discord allows 10,000 in ten minutes.
//
// https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
func (s *Server) Invalid() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.statuses[http.StatusUnauthorized] + s.statuses[http.StatusForbidden] + s.statuses[http.StatusTooManyRequests]
}

var ids = regexp.MustCompile(`/[0-9]{5,}|/interaction-token-[^/]*`)

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	down := s.down
	if !down {
		s.requests[r.Method+" "+ids.ReplaceAllString(strings.TrimPrefix(r.URL.Path, "/api/v10"), "/{}")]++
	}
	s.note()
	s.mu.Unlock()
	switch {
	case down:
		hangUp(w)
	case strings.EqualFold(r.Header.Get("Upgrade"), "websocket"):
		s.serveGateway(w, r)
	case strings.HasPrefix(r.URL.Path, "/attachments/"):
		s.serveFile(w, r)
	default:
		s.serveREST(w, r)
	}
}

// hangUp ends a connection without an answer.
func hangUp(w http.ResponseWriter) {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		conn.Close()
	}
}
