package bot

import (
	"time"

	"smtpbot/bot/card"
	"smtpbot/bot/detect"
	"smtpbot/bot/memo"
	"smtpbot/catalog"
)

// Options are what an operator can set. Zero values mean the defaults.
type Options struct {
	Cooldown time.Duration    // how long a cause is not explained again in a channel; 0 for never
	Now      func() time.Time // the clock; time.Now
	Meter    Meter            // counts what happens; nobody
}

// Lease is how long a claimant may take to send an answer before another
// process takes the message over. It is longer than the retries of a send.
const Lease = 2 * time.Minute

// BurstFor is how long after a message further errors of the same person are
// taken for parts of one paste, and share one answer.
const BurstFor = 20 * time.Second

// Stale is the age at which an answer that is still to be sent is dropped. A
// platform stops delivering an event anew after a few minutes (Slack after
// about six), so what is older waited for a bot that was away, and the person
// has moved on: an answer then is noise.
const Stale = 15 * time.Minute

// Keep is how long the row of an answered message is kept.
const Keep = 30 * 24 * time.Hour

// Bot answers questions and explains pasted errors. It is safe for concurrent use.
type Bot struct {
	catalog  *catalog.Catalog
	detector *detect.Detector
	store    Store
	cooldown time.Duration
	now      func() time.Time
	meter    Meter
	verbs    []Verb
	memo     *memo.Memo[short, card.Card]
	fresh    *fresh
}

// New makes a bot. The store is used by Observe and what belongs to it alone;
// a bot that only answers commands may have none.
func New(c *catalog.Catalog, s Store, o Options) *Bot {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Meter == nil {
		o.Meter = noMeter{}
	}
	if s != nil {
		s = newRecent(s, o.Now)
	}
	return &Bot{catalog: c, detector: detect.New(c), store: s, cooldown: o.Cooldown, now: o.Now, meter: o.Meter, verbs: verbs(), memo: memo.New[short, card.Card](maxMemo), fresh: newFresh(o.Now)}
}

// Installs gives the installations that the store keeps, or nil without a store.
func (b *Bot) Installs() Installs {
	if b.store == nil {
		return nil
	}
	return b.store
}

// Catalog gives what the bot knows.
func (b *Bot) Catalog() *catalog.Catalog { return b.catalog }
