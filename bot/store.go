package bot

import (
	"context"
	"time"

	"smtpbot/catalog"
)

// Store keeps what the bot has to remember. All methods are safe for
// concurrent use by several processes on one database, return promptly when
// the context ends, and keep what they stored through a crash.
type Store interface {
	Rows
	SettingsStore
	Memory
	Installs
	Bookmarks

	// Forget drops rows and questions that were stored before a time, and what
	// no longer counts by now, and says how many rows went.
	Forget(ctx context.Context, before time.Time) (int64, error)

	// Ping reports whether the store can be reached.
	Ping(ctx context.Context) error
}

// Rows keeps one row for each message that the bot speaks about. Claim and
// Update take the channel's turn: of all processes one at a time decides what
// is said in a channel.
type Rows interface {
	// Claim stores the row of a message that has none, and reports whether it
	// did. What is stored is up to judge: it gets the rows of the channel that
	// fell due since then or belong to the message's thread, the newest first,
	// and gives back the row, and those of the others that change by it.
	Claim(ctx context.Context, row Row, since time.Time, judge func(near []Row) []Row) (bool, error)

	// Update changes the row of a message: step gets it as it stands, and gives
	// back what it becomes, or false to leave it alone. Update reports whether
	// it was changed, with the row that stands then.
	Update(ctx context.Context, platform, channel, message string, step func(Row) (Row, bool)) (Row, bool, error)

	// Remembered finds a row by the id of its message, or of its answer.
	Remembered(ctx context.Context, platform, channel, message string) (Row, bool, error)

	// Vacate deletes everything that is kept of a channel.
	Vacate(ctx context.Context, platform, channel string) error

	// Overdue takes over at most limit rows of a platform that are in one of two
	// states and whose lease ran out before now, the oldest first, and leases
	// them anew. No row is given to two callers. What fell due before oldest is
	// dropped instead.
	Overdue(ctx context.Context, platform string, states [2]State, now, leased, oldest time.Time, limit int) ([]Row, error)
}

// SettingsStore keeps what people set.
type SettingsStore interface {
	// SettingsAt lists what is set for a channel, by whichever team, and for the
	// place's own team as a whole.
	SettingsAt(ctx context.Context, p Place) ([]Setting, error)

	// Set stores of a setting what is not "".
	Set(ctx context.Context, s Setting) error

	// SetOptOut stores whether a person wants no answers.
	SetOptOut(ctx context.Context, platform, user string, out bool) error
	OptedOut(ctx context.Context, platform, user string) (bool, error)
}

// Setting is what one team set for one of its channels, or for all of them.
type Setting struct {
	Platform, Team string
	Channel        string // "" for the whole team
	Settings
}

// Memory keeps keys of the catalogue that people asked for, or called wrong.
type Memory interface {
	AddFeedback(ctx context.Context, platform, team, entry string, choice catalog.Cause, now time.Time) error

	// Feedback counts what was called wrong, the most frequent first.
	Feedback(ctx context.Context, platform, team string) ([]Complaint, error)

	AddAsked(ctx context.Context, platform, team, user, entry string, now time.Time) error
	Recent(ctx context.Context, platform, team, user string, n int) ([]string, error)
}

// Complaint counts how often people said that an entry did not fit, and what
// they took to be the cause.
type Complaint struct {
	Entry string
	Cause catalog.Cause
	Times int
}

// Installs keeps the installations of an app in several workspaces, and what
// may be used once.
type Installs interface {
	// Install stores an installation in the place of an earlier one.
	Install(ctx context.Context, i Installation, now time.Time) error

	// Installation finds that of the team, else that of its enterprise as a whole.
	Installation(ctx context.Context, platform, team, enterprise string) (Installation, bool, error)

	// Installed lists the installations of a platform.
	Installed(ctx context.Context, platform string) ([]Installation, error)

	// Uninstall deletes everything that is kept of a team: rows, settings, what
	// people asked and called wrong, and the installation. For an installation
	// in a whole enterprise, team is the enterprise.
	Uninstall(ctx context.Context, platform, team string) error

	// PutTicket stores an id that TakeTicket takes once, until a time.
	PutTicket(ctx context.Context, kind, id string, until time.Time) error
	TakeTicket(ctx context.Context, kind, id string, now time.Time) (bool, error)
}

// Bookmarks keep up to which message a platform was read that does not deliver
// again what the bot missed.
type Bookmarks interface {
	// SetBookmarks stores each in the place of an earlier one.
	SetBookmarks(ctx context.Context, platform string, list []Bookmark, now time.Time) error
	Bookmarks(ctx context.Context, platform string) ([]Bookmark, error)
}

// Bookmark is up to which message a team was read, or a channel that belongs to
// none.
type Bookmark struct{ Team, Channel, Message string }

// Installation is one workspace's consent, or that of a whole enterprise.
type Installation struct {
	Platform   string
	Team       string // "" where the whole enterprise installed it
	Enterprise string
	Sealed     []byte // what grants access, sealed (package seal)
}
