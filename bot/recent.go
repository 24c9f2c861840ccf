package bot

import (
	"context"
	"sync"
	"time"
)

// recent is a store that remembers for a moment what is set for a place: a busy
// channel does not ask the database for every message. What this process
// changes holds at once, what another one changes after a second.
type recent struct {
	Store
	now func() time.Time

	mu      sync.Mutex
	known   map[Place]glance
	changes int // how often something was changed
}

// A glance is what was read, and until when it is good.
type glance struct {
	list  []Setting
	until time.Time
}

const (
	recentFor = time.Second
	maxRecent = 4096
)

func newRecent(s Store, now func() time.Time) *recent {
	return &recent{Store: s, now: now, known: map[Place]glance{}}
}

// SettingsAt implements [SettingsStore]. Nobody may change the list.
func (r *recent) SettingsAt(ctx context.Context, p Place) ([]Setting, error) {
	p.Thread, p.Parent = "", ""
	r.mu.Lock()
	got, ok := r.known[p]
	before := r.changes
	r.mu.Unlock()
	if ok && r.now().Before(got.until) {
		return got.list, nil
	}
	list, err := r.Store.SettingsAt(ctx, p)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.changes == before {
		if len(r.known) >= maxRecent {
			clear(r.known)
		}
		r.known[p] = glance{list, r.now().Add(recentFor)}
	}
	return list, nil
}

// Set implements [SettingsStore].
func (r *recent) Set(ctx context.Context, s Setting) error {
	defer r.forget()
	return r.Store.Set(ctx, s)
}

// Uninstall implements [Installs].
func (r *recent) Uninstall(ctx context.Context, platform, team string) error {
	defer r.forget()
	return r.Store.Uninstall(ctx, platform, team)
}

// Vacate implements [Rows].
func (r *recent) Vacate(ctx context.Context, platform, channel string) error {
	defer r.forget()
	return r.Store.Vacate(ctx, platform, channel)
}

// forget drops all: changes are rare, and what was read while one was made
// may be of before it.
func (r *recent) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.known)
	r.changes++
}
