package bot

import (
	"slices"
	"time"

	"smtpbot/catalog"
)

// Place is where a message stands.
type Place struct {
	Platform string // "slack", "discord", "web"
	Team     string // workspace or guild that received it; not part of a message's identity
	Channel  string
	Thread   string // the thread it belongs to, "" at the top of a channel
	Parent   string // of a thread that is a channel of its own: the channel it hangs in, whose settings it has; not stored
}

// Found is one finding as it is stored: keys and codes, never text.
type Found struct {
	Entry    string        `json:"entry"`
	Reply    string        `json:"reply,omitempty"`
	Enhanced string        `json:"enhanced,omitempty"`
	Cause    catalog.Cause `json:"cause"`
	Count    int           `json:"count,omitempty"`
	Log      Log           `json:"log,omitzero"` // of the first finding of a log
}

// Row is what is kept of a message that the bot speaks about: the claim to be
// the one who answers, the outbox, and the memory of the answer, in one.
type Row struct {
	Place
	Message string // the platform's id of the message; with platform and channel the row's identity
	User    string // who wrote it
	Lang    string
	Found   []Found
	Folded  []Found       // what further messages of a burst added; read from their rows
	Cause   catalog.Cause // of the first finding
	How     Level         // how it is or was answered: LevelReply, LevelQuiet, LevelReact or LevelOffer
	State   State
	Answer  string    // the platform's id of the answer, "" while there is none
	Head    string    // of a message that was folded: the one whose answer speaks for it
	Version int       // counts the changes of what the answer has to say
	Revised time.Time // when the message was last edited; zero where unknown
	Leased  time.Time // until when the one who took it may act
	Due     time.Time // when what has to be done fell due
	Created time.Time
}

// State is how far a message has got.
type State string

const (
	Pending  State = "pending"  // an answer has to be sent
	Answered State = "answered" // the answer stands
	Changing State = "changing" // the answer stands, and has to say something else
	Removing State = "removing" // the answer stands, and has to go: its error was edited away
	Clearing State = "clearing" // the answer stands, and has to go: its message was deleted
	Removed  State = "removed"  // nothing stands; an edit may bring the error back
	Gone     State = "gone"     // nothing stands, for good: the message or its answer was deleted
	Dropped  State = "dropped"  // nothing stands: the platform refused it, or it got too old
	Folded   State = "folded"   // the answer to another message speaks for it
)

// stands reports whether a row's cause is, or is about to be, explained.
func (r Row) stands() bool {
	return r.State == Pending || r.State == Answered || r.State == Changing || r.State == Folded
}

// root is the thread that a message belongs to, or would begin.
func (r Row) root() string {
	if r.Thread != "" {
		return r.Thread
	}
	return r.Message
}

// all is what the answer has to say, each thing once.
func (r Row) all() []Found {
	var list []Found
	for _, f := range append(slices.Clone(r.Found), r.Folded...) {
		if i := slices.IndexFunc(list, f.like); i >= 0 {
			list[i].Count, list[i].Log = list[i].Count+f.Count, list[i].Log.plus(f.Log)
			continue
		}
		list = append(list, f)
	}
	return list
}

// like reports whether two findings read the same in an answer.
func (f Found) like(o Found) bool { f.Count, f.Log = o.Count, o.Log; return f == o }

// alike reports whether two answers read the same. Only that to a log counts.
func alike(a, b []Found) bool {
	return slices.EqualFunc(a, b, func(f, o Found) bool { return f.like(o) && f.Log == o.Log })
}

// The steps below are what may happen to a row. A store applies one at a time
// (Rows.Update), so that of several processes one sees a change happen.

// answered notes that a version of the answer was sent, and its id. What
// happened to the message meanwhile is left to be taken over, at once.
func (r Row) answered(how Level, version int, id string, now time.Time) (Row, bool) {
	if r.How != how {
		return r, false
	}
	switch {
	case r.State == Pending && r.Version > version && how != LevelReact:
		r.State = Changing
	case r.State == Pending:
		r.State = Answered
	case r.State == Removed && r.Answer == "" && how != LevelQuiet:
		r.State = Removing
	case r.State == Gone && r.Answer == "" && (how == LevelReply || how == LevelOffer):
		r.State = Clearing
	default:
		return r, false
	}
	r.Answer, r.Leased = id, now
	return r, true
}

// dropped notes that there will be no answer.
func (r Row) dropped() (Row, bool) {
	switch r.State {
	case Pending, Changing, Removing, Clearing:
		r.State = Dropped
		return r, true
	}
	return r, false
}

// changed notes that the answer was edited to a version.
func (r Row) changed(version int) (Row, bool) {
	switch {
	case r.State == Changing && r.Version == version:
		r.State = Answered
	default:
		return r, false
	}
	return r, true
}

// removed notes that an answer was taken away. Where the error came back
// meanwhile, it is answered anew, at once.
func (r Row) removed(answer string, now time.Time) (Row, bool) {
	switch {
	case r.State == Removing:
		r.State, r.Answer = Removed, ""
	case r.State == Clearing:
		r.State, r.Answer = Gone, ""
	case r.State == Changing && r.Answer == answer:
		r.State, r.Answer, r.Due, r.Leased = Pending, "", now, now
	default:
		return r, false
	}
	return r, true
}

// says brings a row up to what its answer has to say now, where it said before
// something else. Version counts on where the answer has to change.
func (r Row) says(before []Found, now time.Time) Row {
	all := r.all()
	next := r.State
	switch {
	case alike(before, all) && (len(all) > 0) == r.stands():
		return r
	case len(all) == 0 && (r.State == Pending || r.How == LevelQuiet): // what one person alone was shown fades by itself
		next, r.Answer = Removed, ""
	case len(all) == 0:
		next = Removing
	case r.State == Removed:
		next = Pending
	case r.State == Removing, r.State == Changing, r.State == Answered && r.How != LevelReact:
		next = Changing
	}
	if next != r.State || next == Changing {
		r.State, r.Due, r.Leased = next, now, now.Add(Lease)
	}
	r.Version++
	return r
}

// edited puts other findings in the place of those of a message. What an edit
// took away comes back while the message is young.
func (r Row) edited(found []Found, revised, now time.Time, young bool) (Row, bool) {
	switch {
	case r.State == Gone, r.State == Dropped, r.State == Clearing, r.State == Removed && !young:
		return r, false
	case revised.Before(r.Revised) && !revised.IsZero(), alike(r.Found, found):
		return r, false
	}
	if !revised.IsZero() {
		r.Revised = revised
	}
	before := r.all()
	r.Found, r.Cause = found, ""
	if len(found) > 0 {
		r.Cause = found[0].Cause
	}
	if r.State == Folded { // its answer is another message's
		return r, true
	}
	return r.says(before, now), true
}

// refreshed follows a change in a message that was folded into this one.
func (r Row) refreshed(now time.Time) (Row, bool) {
	if r.State == Gone || r.State == Dropped || r.State == Clearing || r.State == Removed {
		return r, false
	}
	return r.says(nil, now), true
}

// deleted notes that the message is gone. Nothing has to be taken away of what
// goes with it, or what one person alone was shown.
func (r Row) deleted(now time.Time) (Row, bool) {
	switch {
	case r.State == Gone || r.State == Clearing:
		return r, false
	case (r.How == LevelReply || r.How == LevelOffer) && (r.State == Answered || r.State == Changing || r.State == Removing):
		r.State, r.Due, r.Leased = Clearing, now, now.Add(Lease)
	default:
		r.State = Gone
	}
	r.Found, r.Version = nil, r.Version+1
	return r, true
}

// dismissed notes that somebody took the answer away.
func (r Row) dismissed() (Row, bool) {
	if r.State == Gone {
		return r, false
	}
	r.State, r.Answer, r.Version = Gone, "", r.Version+1
	return r, true
}

// wanted turns the mark on a message into a whole answer, because somebody
// else than its writer asked for it.
func (r Row) wanted(user string, now time.Time) (Row, bool) {
	if r.How != LevelReact || r.State != Answered && r.State != Pending || user == "" || user == r.User || len(r.all()) == 0 {
		return r, false
	}
	r.How, r.State, r.Answer, r.Version = LevelReply, Pending, "", r.Version+1
	r.Due, r.Leased = now, now.Add(Lease)
	return r, true
}

// offered turns the mark on a message whose answer is for its writer alone into
// an offer, because somebody clicked it.
func (r Row) offered(now time.Time) (Row, bool) {
	if r.How != LevelQuiet || r.State != Answered && r.State != Pending || len(r.all()) == 0 {
		return r, false
	}
	r.How, r.State, r.Answer, r.Version = LevelOffer, Pending, "", r.Version+1
	r.Due, r.Leased = now, now.Add(Lease)
	return r, true
}
