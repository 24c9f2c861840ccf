package discord

import (
	"sync"
	"time"
)

// aloneFor is how long a channel is left alone that takes nothing from the bot.
const aloneFor = time.Hour

// What a channel may refuse. One that takes no reactions can take replies.
const (
	posts = "messages"
	marks = "reactions"
	looks = "history"
)

// refusals remembers what Discord refused, so that it is not asked the same
// again and again: who gets 10,000 refusals within ten minutes is locked out. It
// is lost with the process.
//
// https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
type refusals struct {
	now func() time.Time

	mu    sync.Mutex
	until map[[2]string]time.Time // by channel and what it refuses
}

const maxAlone = 4096

func newRefusals() *refusals {
	return &refusals{now: time.Now, until: map[[2]string]time.Time{}}
}

// alone reports whether a channel is left alone.
func (r *refusals) alone(channel, kind string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	until, ok := r.until[[2]string{channel, kind}]
	if ok && !until.After(r.now()) {
		delete(r.until, [2]string{channel, kind})
		ok = false
	}
	return ok
}

// leaveAlone notes that a channel refuses something, and reports whether that is new.
func (r *refusals) leaveAlone(channel, kind string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := [2]string{channel, kind}
	if until, ok := r.until[key]; ok && until.After(r.now()) {
		return false
	}
	if len(r.until) >= maxAlone {
		for other := range r.until { // any: it refuses once more
			delete(r.until, other)
			break
		}
	}
	r.until[key] = r.now().Add(aloneFor)
	return true
}

// welcome notes that what the bot may do in a channel can have changed.
func (r *refusals) welcome(channel string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, kind := range []string{posts, marks, looks} {
		delete(r.until, [2]string{channel, kind})
	}
}
