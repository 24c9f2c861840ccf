package bot

import (
	"slices"
	"strings"
	"sync"

	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// memo keeps the answers to the shortest questions, which are asked most: a
// code, or two. Whoever asks gets the same.
type memo struct {
	mu    sync.RWMutex
	cards map[short]card.Card
}

// short is a question of nothing but codes, and its language.
type short struct{ lang, text string }

const (
	maxMemo  = 1024
	maxShort = 32
)

func newMemo() *memo { return &memo{cards: map[short]card.Card{}} }

// of gives the answer to a question, which compose finds where it is not known.
// Nothing is kept of questions with words in them.
func (m *memo) of(e *catalog.Edition, text string, compose func() card.Card) card.Card {
	if len(text) > maxShort || strings.Trim(text, "0123456789.x-/ vs") != "" {
		return compose()
	}
	key := short{e.Lang(), text}
	m.mu.RLock()
	c, ok := m.cards[key]
	m.mu.RUnlock()
	if ok {
		return c
	}
	c = compose()
	c.Body, c.Links, c.Actions = slices.Clip(c.Body), slices.Clip(c.Links), slices.Clip(c.Actions) // nobody adds to what others read
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.cards) >= maxMemo {
		clear(m.cards)
	}
	m.cards[key] = c
	return c
}
