package slack

import (
	"sync"
	"time"

	"github.com/slack-go/slack"
)

// aloneFor is how long a channel is left alone that takes nothing from the bot.
const aloneFor = time.Hour

// refusals remembers what Slack refused, so that it is not asked the same again
// and again. It is lost with the process.
type refusals struct {
	now func() time.Time

	mu       sync.Mutex
	channels map[[2]string]time.Time  // by team and channel: until when it is left alone
	tokens   map[*slack.Client]string // by the client that holds it: why; a new token has a new client
}

const (
	maxAlone  = 4096
	maxTokens = 4096
)

func newRefusals() *refusals {
	return &refusals{now: time.Now, channels: map[[2]string]time.Time{}, tokens: map[*slack.Client]string{}}
}

// alone reports whether a channel is left alone by a team.
func (r *refusals) alone(team, channel string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	until, ok := r.channels[[2]string{team, channel}]
	if ok && !until.After(r.now()) {
		delete(r.channels, [2]string{team, channel})
		ok = false
	}
	return ok
}

// leaveAlone notes that a channel takes nothing, and reports whether that is new.
func (r *refusals) leaveAlone(team, channel string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := [2]string{team, channel}
	if _, ok := r.channels[key]; ok {
		return false
	}
	if len(r.channels) >= maxAlone {
		for other := range r.channels { // any: it refuses once more
			delete(r.channels, other)
			break
		}
	}
	r.channels[key] = r.now().Add(aloneFor)
	return true
}

// welcome notes that the bot was let into a channel.
func (r *refusals) welcome(team, channel string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.channels, [2]string{team, channel})
}

// token says why Slack refuses a client's token, "" where it does not.
func (r *refusals) token(api *slack.Client) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.tokens[api]
}

// refuseToken notes that Slack refuses a token, and reports whether that is new.
func (r *refusals) refuseToken(api *slack.Client, code string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, known := r.tokens[api]
	if len(r.tokens) >= maxTokens {
		clear(r.tokens)
	}
	r.tokens[api] = code
	return !known
}

// acceptToken notes that Slack takes a token.
func (r *refusals) acceptToken(api *slack.Client) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.tokens, api)
}
