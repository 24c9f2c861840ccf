package slack

import (
	"sync"

	"github.com/slack-go/slack"
)

// room is a channel as one workspace sees it: a shared one may take what it is
// sent in one workspace's name, and not in another's.
type room struct{ team, channel string }

// refusedTokens remembers which tokens Slack refuses, so that they are not used
// again. It is lost with the process.
type refusedTokens struct {
	mu  sync.Mutex
	why map[*slack.Client]string // by the client that holds it; a new token has a new client
}

const maxTokens = 4096

func newRefusedTokens() *refusedTokens { return &refusedTokens{why: map[*slack.Client]string{}} }

// of says why Slack refuses a client's token, "" where it does not.
func (r *refusedTokens) of(api *slack.Client) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.why[api]
}

// refuse notes that Slack refuses a token, and reports whether that is new.
func (r *refusedTokens) refuse(api *slack.Client, code string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, known := r.why[api]
	if len(r.why) >= maxTokens {
		clear(r.why)
	}
	r.why[api] = code
	return !known
}

// accept notes that Slack takes a token.
func (r *refusedTokens) accept(api *slack.Client) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.why, api)
}
