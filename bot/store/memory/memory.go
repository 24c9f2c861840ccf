// Package memory is a store that forgets when the process ends: for tests, and
// for trying the bot without a database.
package memory

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"smtpbot/bot"
)

// Store keeps everything in memory.
type Store struct {
	mu        sync.Mutex
	rows      map[key]*bot.Row
	settings  map[placeKey]bot.Settings
	optedOut  map[person]bool
	feedback  []complaint
	asked     map[question]time.Time
	installed map[owner]bot.Installation
	tickets   map[ticket]time.Time
	bookmarks map[bookmark]bot.Bookmark
}

type key struct{ platform, channel, message string }

// New makes an empty store.
func New() *Store {
	return &Store{
		rows: map[key]*bot.Row{}, settings: map[placeKey]bot.Settings{}, optedOut: map[person]bool{}, asked: map[question]time.Time{},
		installed: map[owner]bot.Installation{}, tickets: map[ticket]time.Time{}, bookmarks: map[bookmark]bot.Bookmark{},
	}
}

// lock takes the store, unless the context has ended.
func (s *Store) lock(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	return nil
}

func keyOf(r bot.Row) key { return key{r.Platform, r.Channel, r.Message} }

// Claim implements [bot.Rows].
func (s *Store) Claim(ctx context.Context, row bot.Row, since time.Time, judge func([]bot.Row) []bot.Row) (bool, error) {
	if err := s.lock(ctx); err != nil {
		return false, err
	}
	defer s.mu.Unlock()
	if s.rows[keyOf(row)] != nil {
		return false, nil
	}
	root := cmp.Or(row.Thread, row.Message)
	var near []bot.Row
	for _, r := range s.rows {
		if r.Platform == row.Platform && r.Channel == row.Channel && (!r.Due.Before(since) || r.Thread == root || r.Message == root) {
			near = append(near, copied(*r))
		}
	}
	slices.SortFunc(near, func(a, b bot.Row) int {
		return cmp.Or(b.Created.Compare(a.Created), cmp.Compare(b.Message, a.Message))
	})
	for _, r := range judge(near) {
		s.put(r)
	}
	return true, nil
}

// Update implements [bot.Rows].
func (s *Store) Update(ctx context.Context, platform, channel, message string, step func(bot.Row) (bot.Row, bool)) (bot.Row, bool, error) {
	if err := s.lock(ctx); err != nil {
		return bot.Row{}, false, err
	}
	defer s.mu.Unlock()
	stored := s.rows[key{platform, channel, message}]
	if stored == nil {
		return bot.Row{}, false, nil
	}
	row, ok := step(s.whole(*stored))
	if ok {
		s.put(row)
	}
	return row, ok, nil
}

// Remembered implements [bot.Rows].
func (s *Store) Remembered(ctx context.Context, platform, channel, message string) (bot.Row, bool, error) {
	if err := s.lock(ctx); err != nil {
		return bot.Row{}, false, err
	}
	defer s.mu.Unlock()
	if r := s.rows[key{platform, channel, message}]; r != nil {
		return s.whole(*r), true, nil
	}
	for _, r := range s.rows {
		if r.Platform == platform && r.Channel == channel && r.Answer == message && message != "" {
			return s.whole(*r), true, nil
		}
	}
	return bot.Row{}, false, nil
}

// Overdue implements [bot.Rows].
func (s *Store) Overdue(ctx context.Context, platform string, states [2]bot.State, now, leased, oldest time.Time, limit int) ([]bot.Row, error) {
	if err := s.lock(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	var due []*bot.Row
	for _, r := range s.rows {
		switch {
		case r.Platform != platform || !slices.Contains(states[:], r.State) || !r.Leased.Before(now):
		case r.Due.Before(oldest):
			r.State = bot.Dropped
		default:
			due = append(due, r)
		}
	}
	slices.SortFunc(due, func(a, b *bot.Row) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Message, b.Message))
	})
	var rows []bot.Row
	for _, r := range due[:min(limit, len(due))] {
		r.Leased = leased
		rows = append(rows, s.whole(*r))
	}
	return rows, nil
}

// Vacate implements [bot.Rows].
func (s *Store) Vacate(ctx context.Context, platform, channel string) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	for k := range s.rows {
		if k.platform == platform && k.channel == channel {
			delete(s.rows, k)
		}
	}
	for k := range s.settings {
		if k.platform == platform && k.channel == channel {
			delete(s.settings, k)
		}
	}
	for k := range s.bookmarks {
		if k.platform == platform && k.channel == channel {
			delete(s.bookmarks, k)
		}
	}
	return nil
}

// Forget implements [bot.Store].
func (s *Store) Forget(ctx context.Context, before time.Time) (int64, error) {
	if err := s.lock(ctx); err != nil {
		return 0, err
	}
	defer s.mu.Unlock()
	var n int64
	for k, r := range s.rows {
		if r.Created.Before(before) {
			delete(s.rows, k)
			n++
		}
	}
	for k, at := range s.asked {
		if at.Before(before) {
			delete(s.asked, k)
		}
	}
	for k, until := range s.tickets {
		if until.Before(before) {
			delete(s.tickets, k)
		}
	}
	return n, nil
}

// Ping implements [bot.Store].
func (s *Store) Ping(ctx context.Context) error { return ctx.Err() }

func (s *Store) put(r bot.Row) {
	r = copied(r)
	r.Parent, r.Folded = "", nil
	s.rows[keyOf(r)] = &r
}

// whole adds to a row what was folded into it.
func (s *Store) whole(r bot.Row) bot.Row {
	var folded []bot.Row
	for _, o := range s.rows {
		if o.State == bot.Folded && o.Platform == r.Platform && o.Channel == r.Channel && o.Head == r.Message {
			folded = append(folded, *o)
		}
	}
	slices.SortFunc(folded, func(a, b bot.Row) int {
		return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.Message, b.Message))
	})
	r = copied(r)
	for _, o := range folded {
		r.Folded = append(r.Folded, o.Found...)
	}
	return r
}

// copied shares no memory with a row.
func copied(r bot.Row) bot.Row {
	r.Found = slices.Clone(r.Found)
	return r
}
