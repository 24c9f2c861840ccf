package slack

import (
	"context"
	"sync"
	"time"

	"smtpbot/bot/card"
)

// asked knows what was noted a moment ago, so that the same question many times
// over is one note, and a flood of questions no flood of writes.
type asked struct {
	mu    sync.Mutex
	noted map[asking]time.Time
	busy  int
}

// asking is that somebody was given an answer.
type asking struct{ team, user, again string }

const (
	askedFor  = 10 * time.Minute
	maxAsked  = 4096
	maxNoting = 32 // notes that are being written; beyond that nothing is noted
)

func newAsked() *asked { return &asked{noted: map[asking]time.Time{}} }

func (n *asked) begin(key asking) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.busy >= maxNoting || time.Since(n.noted[key]) < askedFor {
		return false
	}
	if len(n.noted) >= maxAsked {
		clear(n.noted)
	}
	n.noted[key] = time.Now()
	n.busy++
	return true
}

func (n *asked) end() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.busy--
}

// remember notes what somebody asked for, so that they find it in their Home:
// the entry's key, behind the answer. It is called while a piece of work is
// taken.
func (a *Adapter) remember(team, user string, c card.Card) {
	if c.Again == "" || user == "" || !a.asked.begin(asking{team, user, c.Again}) {
		return
	}
	a.spawn(10*time.Second, func(ctx context.Context) {
		defer a.asked.end()
		entry, ok := a.bot.EntryOf(c.Again)
		if !ok { // a comparison, which explains several
			return
		}
		if err := a.bot.Asked(ctx, Name, team, user, entry); err != nil {
			a.log.Info("what was asked is not noted", "error", err)
		}
	})
}
