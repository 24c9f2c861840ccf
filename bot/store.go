package bot

import (
	"context"
	"time"

	"smtpbot/catalog"
)

// Place is where a message stands.
type Place struct {
	Platform string // "slack", "discord", "web"
	Team     string // workspace or guild that received it; not part of a message's identity
	Channel  string
	Thread   string // the thread it belongs to, "" at the top of a channel
}

// Found is one finding as it is stored: keys and codes, never text.
type Found struct {
	Entry    string        `json:"entry"`
	Reply    string        `json:"reply,omitempty"`
	Enhanced string        `json:"enhanced,omitempty"`
	Cause    catalog.Cause `json:"cause"`
	Count    int           `json:"count,omitempty"`
}

// Row is what is kept of a message that the bot speaks about: the claim to be
// the one who answers, the outbox, and the memory of the answer, in one.
type Row struct {
	Place
	Message string // the platform's id of the message; with platform and channel the row's identity
	Lang    string
	Found   []Found
	Answer  string // the platform's id of the answer, "" while it is pending
}

// Claim is how an attempt to take a message ended.
type Claim int

const (
	Won     Claim = iota // the message is ours to answer
	Taken                // it has a row already: answered, being answered, or held back
	Cooling              // held back: its cause was explained in this channel a moment ago
)

func (c Claim) String() string { return [...]string{"answered", "repeated", "cooling"}[c] }

// Store keeps rows. All methods are safe for concurrent use by several
// processes on one database, return promptly when the context ends, and keep
// what they stored through a crash.
type Store interface {
	// Claim stores the row of a message that has none, leased until then.
	// Where cause was answered or is pending in the same channel since the
	// given time, the row is stored as held back. Of several claimants of one
	// message exactly one gets Won or Cooling.
	Claim(ctx context.Context, row Row, cause catalog.Cause, now, leased, since time.Time) (Claim, error)

	// Answered notes the answer's id. A message without a row is no error.
	Answered(ctx context.Context, row Row, answer string) error

	// Dropped notes that there will be no answer, because the platform refused it for good.
	Dropped(ctx context.Context, row Row) error

	// Overdue takes over at most limit pending rows of a platform whose lease
	// ran out before now, the oldest first, and leases them anew. No row is
	// given to two callers.
	Overdue(ctx context.Context, platform string, now, leased time.Time, limit int) ([]Row, error)

	// Forget drops the rows that were stored before a time and says how many.
	Forget(ctx context.Context, before time.Time) (int64, error)

	// Ping reports whether the store can be reached.
	Ping(ctx context.Context) error
}
