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
	"smtpbot/catalog"
)

// Store keeps rows in memory.
type Store struct {
	mu   sync.Mutex
	rows map[key]*row
}

type key struct{ platform, channel, message string }

type row struct {
	bot.Row
	cause           catalog.Cause
	state           string // pending, answered, held, dropped
	leased, created time.Time
}

// New makes an empty store.
func New() *Store { return &Store{rows: map[key]*row{}} }

func keyOf(r bot.Row) key { return key{r.Platform, r.Channel, r.Message} }

// Claim implements [bot.Store].
func (s *Store) Claim(ctx context.Context, r bot.Row, cause catalog.Cause, now, leased, since time.Time) (bot.Claim, error) {
	if err := ctx.Err(); err != nil {
		return bot.Taken, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rows[keyOf(r)] != nil {
		return bot.Taken, nil
	}
	state, claim := "pending", bot.Won
	for _, o := range s.rows {
		if o.Platform == r.Platform && o.Channel == r.Channel && o.cause == cause && !o.created.Before(since) &&
			(o.state == "pending" || o.state == "answered") {
			state, claim = "held", bot.Cooling
		}
	}
	r.Found = slices.Clone(r.Found)
	s.rows[keyOf(r)] = &row{r, cause, state, leased, now}
	return claim, nil
}

// Answered implements [bot.Store].
func (s *Store) Answered(ctx context.Context, r bot.Row, answer string) error {
	return s.settle(ctx, r, "answered", answer)
}

// Dropped implements [bot.Store].
func (s *Store) Dropped(ctx context.Context, r bot.Row) error { return s.settle(ctx, r, "dropped", "") }

func (s *Store) settle(ctx context.Context, r bot.Row, state, answer string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.rows[keyOf(r)]; o != nil {
		o.state, o.Answer = state, answer
	}
	return nil
}

// Overdue implements [bot.Store].
func (s *Store) Overdue(ctx context.Context, platform string, now, leased time.Time, limit int) ([]bot.Row, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var due []*row
	for _, o := range s.rows {
		if o.Platform == platform && o.state == "pending" && o.leased.Before(now) {
			due = append(due, o)
		}
	}
	slices.SortFunc(due, func(a, b *row) int {
		return cmp.Or(a.created.Compare(b.created), cmp.Compare(a.Message, b.Message))
	})
	var rows []bot.Row
	for _, o := range due[:min(limit, len(due))] {
		o.leased = leased
		rows = append(rows, o.Row)
	}
	return rows, nil
}

// Forget implements [bot.Store].
func (s *Store) Forget(ctx context.Context, before time.Time) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var n int64
	for k, o := range s.rows {
		if o.created.Before(before) {
			delete(s.rows, k)
			n++
		}
	}
	return n, nil
}

// Ping implements [bot.Store].
func (s *Store) Ping(ctx context.Context) error { return ctx.Err() }
