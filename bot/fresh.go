package bot

import (
	"cmp"
	"slices"
	"sync"
	"time"
)

// fresh holds for some minutes what was found in messages, with the hosts and
// domains that a paste names. A row keeps keys and codes alone; while its
// message is young, the answer to an edit, a burst or a click names them all
// the same. It is lost with the process, and never written down.
type fresh struct {
	now func() time.Time

	mu     sync.Mutex
	known  map[messageKey][]Finding
	oldest []freshKey // in the order in which they came
}

type messageKey struct{ platform, channel, message string }

type freshKey struct {
	messageKey
	at time.Time
}

const (
	maxFresh      = 1024 // messages
	maxFreshFound = 32   // findings of one of them
)

func newFresh(now func() time.Time) *fresh {
	return &fresh{now: now, known: map[messageKey][]Finding{}}
}

// keep adds what was found in the message of a row, or in one that was folded
// into it.
func (f *fresh) keep(row Row, found []Finding) {
	if len(found) == 0 {
		return
	}
	key := messageKey{row.Platform, row.Channel, cmp.Or(row.Head, row.Message)}
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.now()
	for len(f.oldest) > 0 && (len(f.oldest) >= maxFresh || now.Sub(f.oldest[0].at) > Late) {
		delete(f.known, f.oldest[0].messageKey)
		f.oldest = f.oldest[1:]
	}
	if _, ok := f.known[key]; !ok {
		f.oldest = append(f.oldest, freshKey{key, now})
	}
	all := append(slices.Clone(found), f.known[key]...) // what an edit found comes before what stood there
	f.known[key] = all[:min(len(all), maxFreshFound)]
}

// of finds what was found as it was stored.
func (f *fresh) of(row Row, s Found) (Finding, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, one := range f.known[messageKey{row.Platform, row.Channel, row.Message}] {
		if s.like(storedOne(one)) {
			return one, true
		}
	}
	return Finding{}, false
}
