package delivery

import "context"

// Slots bounds how much of something is done at a time.
type Slots chan struct{}

// NewSlots makes n slots.
func NewSlots(n int) Slots { return make(Slots, n) }

// Enter waits for a slot, which Leave gives back, or for the end of the context.
func (s Slots) Enter(ctx context.Context) bool {
	select {
	case s <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

// Leave gives a slot back.
func (s Slots) Leave() { <-s }
