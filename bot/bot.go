package bot

import (
	"time"

	"smtpbot/bot/detect"
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
	return &Bot{catalog: c, detector: detect.New(c), store: s, cooldown: o.Cooldown, now: o.Now, meter: o.Meter}
}

// Catalog gives what the bot knows.
func (b *Bot) Catalog() *catalog.Catalog { return b.catalog }
