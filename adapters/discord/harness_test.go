package discord

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"smtpbot/adapters/adaptertest"
	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
	"smtpbot/bot/store/memory"
	"smtpbot/catalog"
)

// The tests wait more than they work: closing a session of discordgo takes a
// second. So more of them run side by side than there are processors.
func TestMain(m *testing.M) {
	flag.Parse()
	atOnce := 1
	flag.Visit(func(f *flag.Flag) {
		if f.Name == "test.parallel" {
			atOnce = 0
		}
	})
	if atOnce > 0 {
		flag.Set("test.parallel", "12")
	}
	os.Exit(m.Run())
}

// known is the catalogue that is built in; it is read once, and its words are
// sorted before somebody has to answer within three seconds.
var known = sync.OnceValues(func() (*catalog.Catalog, error) {
	c, err := catalog.Load(catalog.Files())
	if err == nil {
		for _, lang := range c.Languages() {
			c.Edition(lang).Search("mailbox", 1)
		}
	}
	return c, err
})

func newBot(t testing.TB, s bot.Store, o bot.Options) *bot.Bot {
	t.Helper()
	c, err := known()
	if err != nil {
		t.Fatal(err)
	}
	return bot.New(c, s, o)
}

// pasted is an error as people paste it.
const pasted = "host mx.dest.example said: 550 5.1.1 <bob@dest.example>: Recipient address rejected: User unknown"

// rig is an adapter that runs against a stand-in for Discord.
type rig struct {
	t       *testing.T
	discord *discordtest.Server
	adapter *Adapter
	store   bot.Store
	clock   *adaptertest.Clock
	http    string // where interactions go over HTTP
	log     *safeBuffer

	mu      sync.Mutex
	changed chan struct{}
	events  map[string]int

	stop  context.CancelFunc
	ended chan error
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// newRig makes an adapter that does not run yet.
func newRig(t *testing.T, server *discordtest.Server, store bot.Store) *rig {
	t.Helper()
	r := &rig{
		t: t, discord: server, store: store, clock: &adaptertest.Clock{}, log: &safeBuffer{},
		changed: make(chan struct{}), events: map[string]int{}, ended: make(chan error, 1),
	}
	base, err := url.Parse(server.URL())
	if err != nil {
		t.Fatal(err)
	}
	key, err := hex.DecodeString(server.PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	b := newBot(t, store, bot.Options{Now: r.clock.Now})
	log := slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	r.adapter = New(Config{Token: server.Token, PublicKey: key, API: base}, b, log)
	r.adapter.pause = time.Millisecond
	r.adapter.rest.pause = time.Millisecond
	r.adapter.now = r.clock.Now
	r.adapter.every = 5 * time.Millisecond
	r.adapter.turn = 0
	r.adapter.noteEvery = 5 * time.Millisecond
	r.adapter.handled = func(event string) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.events[event]++
		close(r.changed)
		r.changed = make(chan struct{})
	}
	mux := http.NewServeMux()
	r.adapter.Routes(mux)
	web := httptest.NewServer(mux)
	t.Cleanup(web.Close)
	r.http = web.URL + "/discord/interactions"
	return r
}

// run starts the adapter and stops it with the test.
func (r *rig) run() {
	ctx, stop := context.WithCancel(context.Background())
	r.stop = stop
	go func() { r.ended <- r.adapter.Run(ctx) }()
	r.t.Cleanup(func() {
		stop()
		select {
		case err := <-r.ended:
			if err != nil {
				r.t.Errorf("Run: %v", err)
			}
		case <-time.After(10 * time.Second):
			r.t.Error("Run did not end")
		}
		if r.t.Failed() {
			r.t.Log(r.log.String())
		}
		if strings.Contains(r.log.String(), r.discord.Token) || strings.Contains(r.log.String(), "interaction-token") {
			r.t.Errorf("a token is in the log:\n%s", r.log)
		}
		if strings.Contains(r.log.String(), "dest.example") {
			r.t.Errorf("a paste is in the log:\n%s", r.log)
		}
	})
}

// start gives a rig that is connected and has registered its commands.
func start(t *testing.T) *rig {
	t.Helper()
	t.Parallel()
	r := newRig(t, discordtest.New(t), memory.New())
	r.run()
	r.ready()
	return r
}

func (r *rig) ready() {
	r.t.Helper()
	r.discord.Await("the commands", func() bool { names, _ := r.discord.Commands(); return len(names) == 4 })
	r.await("Ready", func() bool { return r.adapter.Ready() == nil })
}

// await waits for a state of the adapter that no event announces.
func (r *rig) await(what string, holds func() bool) {
	r.t.Helper()
	adaptertest.Await(r.t, what, holds, func() string { return fmt.Sprintf("%v\n%s", r.adapter.Ready(), r.log) })
}

func (r *rig) count(event string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.events[event]
}

// settled waits until n events of a kind have been dealt with to the end.
func (r *rig) settled(event string, n int) {
	r.t.Helper()
	r.await(fmt.Sprintf("%d of %s", n, event), func() bool { return r.count(event) >= n })
}

// unsent counts the answers that wait to be sent.
func (r *rig) unsent() int {
	now := r.clock.Now()
	rows, err := r.store.Overdue(r.t.Context(), name, [2]bot.State{bot.Pending, bot.Pending}, now, now, time.Time{}, 10)
	if err != nil {
		r.t.Error(err)
	}
	return len(rows)
}

// brokenStore fails as a database does that is away.
type brokenStore struct {
	bot.Store
	mu    sync.Mutex
	fails int
}

func (s *brokenStore) Claim(ctx context.Context, row bot.Row, since time.Time, judge func([]bot.Row) []bot.Row) (bool, error) {
	s.mu.Lock()
	fails := s.fails > 0
	s.fails--
	s.mu.Unlock()
	if fails {
		return false, errors.New("the database is away")
	}
	return s.Store.Claim(ctx, row, since, judge)
}
