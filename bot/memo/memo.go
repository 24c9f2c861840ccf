// Package memo remembers what was made, by what it was made of.
package memo

import "sync"

// Memo keeps a number of values. It is safe for concurrent use.
type Memo[K comparable, V any] struct {
	most  int
	mu    sync.RWMutex
	known map[K]V
}

// New makes a memo of at most so many values: it begins anew when it is full.
func New[K comparable, V any](most int) *Memo[K, V] {
	return &Memo[K, V]{most: most, known: map[K]V{}}
}

// Of gives the value of a key, which compose makes where it is not known.
func (m *Memo[K, V]) Of(key K, compose func() V) V {
	m.mu.RLock()
	v, ok := m.known[key]
	m.mu.RUnlock()
	if ok {
		return v
	}
	v = compose()
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.known) >= m.most {
		clear(m.known)
	}
	m.known[key] = v
	return v
}
