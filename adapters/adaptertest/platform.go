// Package adaptertest holds every chat platform to the same behaviour: one
// suite, which an adapter's tests run on their stand-in for the platform.
package adaptertest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"smtpbot/bot"
	"smtpbot/bot/store/memory"
	"smtpbot/catalog"
)

// Platform is a stand-in for a platform, with an adapter on it. Ids are the
// platform's own.
type Platform interface {
	// Start begins a process with a bot; Stop ends it as SIGTERM does.
	Start(b *bot.Bot)
	Stop()

	// Refuse makes the platform fail every call of the bot, or work again.
	Refuse(refuse bool)

	// What people do. What a Message leaves out is made up.
	Post(m Message) (id string)
	Edit(id, text string)
	Delete(id string)
	Repeat(id string)           // the platform tells of a message once more
	Mark(id, user string)       // somebody clicks the bot's mark
	Command(text string) string // what stands behind /smtp; the words that the person alone is shown
	Press(a Answer, label string) string

	// Settle waits until all that people did is dealt with.
	Settle()

	Answers(id string) []Answer // that stand below a message, for all to read
	Marked(id string) bool      // it bears the bot's mark
	Whispered(id string) string // what the writer alone can read of it, if that writer does what the platform asks for
	Place(id string) bot.Place  // where a message stands
	User(name string) string    // the platform's id of a person
	Log() string
}

// Message is what somebody writes. In the same channel or thread stands what
// names it alike.
type Message struct {
	Text      string
	User      string // "" for alice
	Channel   string // "" for general
	In        string // id of the message whose thread it stands in
	Direct    bool
	Mention   bool // it begins with the bot's name
	ByProgram bool
	File      *File
}

// File is attached to a message.
type File struct{ Name, Body string }

// Answer is what the bot said for all to read.
type Answer struct {
	ID, Text string
	Pings    []string // whom it notifies
	Buttons  []string
}

// Run runs the suite. Platforms are made anew for every part.
func Run(t *testing.T, make func(t *testing.T) Platform) {
	for _, part := range []struct {
		name string
		test func(*world)
	}{
		{"silent on chat", silentOnChat},
		{"one answer", oneAnswer},
		{"redelivered", redelivered},
		{"in a thread", inAThread},
		{"cool-down", cooldown},
		{"burst", burst},
		{"level off", levelOff},
		{"level react", levelReact},
		{"level quiet", levelQuiet},
		{"edit that changes", editChanges},
		{"edit that removes", editRemoves},
		{"edit that adds", editAdds},
		{"edit that comes late", editLate},
		{"delete", deleted},
		{"opt out", optOut},
		{"direct", direct},
		{"mention", mention},
		{"attachment", attachment},
		{"log", mailLog},
		{"log, restart in the middle", logRestart},
		{"command", command},
		{"button", button},
		{"store away", storeAway},
		{"restart in the middle", restart},
		{"two that see the same", twice},
	} {
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			w := &world{t: t, Platform: make(t), store: &Store{Store: memory.New()}}
			w.Start(w.bot())
			part.test(w)
			w.Stop()
			w.checkLog()
		})
	}
}

// world is one platform with what a test does to it.
type world struct {
	t *testing.T
	Platform
	store *Store
	clock Clock
}

// bot makes a bot as a process does; all share the store and the clock.
func (w *world) bot() *bot.Bot {
	w.t.Helper()
	c, err := known()
	if err != nil {
		w.t.Fatal(err)
	}
	return bot.New(c, w.store, bot.Options{Cooldown: 10 * time.Minute, Now: w.clock.Now})
}

// known is the catalogue that is built in; it is read once.
var known = sync.OnceValues(func() (*catalog.Catalog, error) { return catalog.Load(catalog.Files()) })

// Clock is a clock that can be put forward.
type Clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

// Now is what it shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

// Advance puts it forward.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}

// Store is a store that can be away, as a database is.
type Store struct {
	bot.Store
	mu   sync.Mutex
	away bool
}

// Away takes it away, or brings it back.
func (s *Store) Away(away bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.away = away
}

var errAway = errors.New("the database is away")

func (s *Store) reach() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.away {
		return errAway
	}
	return nil
}

// Claim implements [bot.Store].
func (s *Store) Claim(ctx context.Context, row bot.Row, since time.Time, judge func([]bot.Row) []bot.Row) (bool, error) {
	if err := s.reach(); err != nil {
		return false, err
	}
	return s.Store.Claim(ctx, row, since, judge)
}

// Update implements [bot.Store].
func (s *Store) Update(ctx context.Context, platform, channel, message string, step func(bot.Row) (bot.Row, bool)) (bot.Row, bool, error) {
	if err := s.reach(); err != nil {
		return bot.Row{}, false, err
	}
	return s.Store.Update(ctx, platform, channel, message, step)
}

// SettingsAt implements [bot.Store].
func (s *Store) SettingsAt(ctx context.Context, p bot.Place) ([]bot.Setting, error) {
	if err := s.reach(); err != nil {
		return nil, err
	}
	return s.Store.SettingsAt(ctx, p)
}

// OptedOut implements [bot.Store].
func (s *Store) OptedOut(ctx context.Context, platform, user string) (bool, error) {
	if err := s.reach(); err != nil {
		return false, err
	}
	return s.Store.OptedOut(ctx, platform, user)
}

// Remembered implements [bot.Store].
func (s *Store) Remembered(ctx context.Context, platform, channel, message string) (bot.Row, bool, error) {
	if err := s.reach(); err != nil {
		return bot.Row{}, false, err
	}
	return s.Store.Remembered(ctx, platform, channel, message)
}

// Ping implements [bot.Store].
func (s *Store) Ping(ctx context.Context) error { return errors.Join(s.reach(), s.Store.Ping(ctx)) }
