package bot

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"smtpbot/bot/card"
)

// Message is what somebody wrote in a channel.
type Message struct {
	Place
	ID      string
	User    string // who wrote it, as the platform's id
	Text    string
	Logs    *Logs     // what the mail logs among its files hold, as WithFiles gives it
	Lang    string    // locale of the channel or person, "" where unknown
	FromUs  bool      // written by the bot itself
	Bot     bool      // written by any program
	Direct  bool      // a conversation with the bot alone
	Admin   bool      // the person may change the place's settings; read by Ask
	Edited  bool      // the text replaces an earlier one
	Posted  time.Time // when it was first written; zero where unknown
	Revised time.Time // when it was last edited; zero where unknown
}

// Late is how long after a message was written an edit of it is still judged as new.
const Late = 10 * time.Minute

// Answer is a card that has to be sent, and the row that claims it.
type Answer struct {
	Card card.Card
	Row  Row
	How  Level // LevelReply: in the thread, for all; LevelQuiet: to the poster alone; LevelReact: an emoji, nothing said

	// Again is set where somebody had it before and did not say how it went: it
	// may have been sent.
	Again bool

	// Change is set where nothing has to be sent: the error belongs to an answer
	// that stands, and that one has to be edited.
	Change *Change
}

// Observe judges a message and gives the answer to it, or nil where the bot
// keeps silent. The claim is stored before Observe returns: of all processes
// that see the message one gets the answer, and whoever does not send it loses
// it to Overdue when the lease runs out. After an error nothing was claimed,
// and the platform should deliver the message again.
//
// There is one answer for a message, and for the further errors that the same
// person pastes right behind it. A cause that was explained in the thread, or
// within the cool-down in the channel, is not explained again: the message gets
// a mark, and its answer when somebody asks for it.
func (b *Bot) Observe(ctx context.Context, m Message) (*Answer, error) {
	if m.Edited {
		answer, change, err := b.Edited(ctx, m)
		if change != nil {
			answer = &Answer{Card: change.Card, Row: change.Row, How: change.Row.How, Change: change}
		}
		return answer, err
	}
	if m.FromUs || m.Bot {
		return nil, nil
	}
	return b.observed(ctx, m, b.heard(m))
}

// observed judges a message by what was found in it.
func (b *Bot) observed(ctx context.Context, m Message, found []Finding) (*Answer, error) {
	if len(found) == 0 {
		b.meter.Observed(m.Platform, "silent")
		return nil, nil
	}
	how, lang, err := b.manner(ctx, m)
	if err != nil {
		b.meter.Observed(m.Platform, "failed")
		return nil, err
	}
	if how == LevelOff {
		b.meter.Observed(m.Platform, "off")
		return nil, nil
	}
	e := b.catalog.Edition(lang)
	claim, err := b.claim(ctx, m, e.Lang(), how, found, Lease)
	switch {
	case err != nil || claim.outcome == repeated:
		return nil, err
	case claim.outcome == folded && claim.head != nil && claim.head.State == Changing:
		change := b.change(*claim.head)
		return &Answer{Card: change.Card, Row: change.Row, How: change.Row.How, Change: &change}, nil
	case claim.outcome == folded:
		return nil, nil
	}
	return &Answer{Card: b.findingsCard(e, b.explained(e, found)), Row: claim.row, How: claim.row.How}, nil
}

// manner says how loud the bot may be about a message, LevelOff for not at
// all, and in which language. What all read is in the channel's language where
// one is set, what one person reads in theirs.
func (b *Bot) manner(ctx context.Context, m Message) (Level, string, error) {
	if m.Direct {
		return LevelReply, m.Lang, nil
	}
	out, err := b.OptedOut(ctx, m.Platform, m.User)
	if err != nil || out {
		return LevelOff, m.Lang, err
	}
	s, err := b.SettingsFor(ctx, m.Place)
	if err != nil {
		return LevelOff, m.Lang, err
	}
	if s.Level == LevelQuiet {
		return s.Level, cmp.Or(m.Lang, s.Lang), nil
	}
	return s.Level, cmp.Or(s.Lang, m.Lang), nil
}

// Overdue takes over the answers that somebody claimed and did not send. Their
// cards are built anew from the catalogue.
func (b *Bot) Overdue(ctx context.Context, platform string) ([]Answer, error) {
	rows, err := b.overdue(ctx, platform, [2]State{Pending, Pending}, Stale)
	if err != nil {
		return nil, fmt.Errorf("take over answers: %w", err)
	}
	var answers []Answer
	for _, row := range rows {
		if len(row.all()) > 0 {
			answers = append(answers, Answer{Card: b.FindingsCard(row.Lang, row), Row: row, How: row.How, Again: true})
		}
	}
	return answers, nil
}

func (b *Bot) overdue(ctx context.Context, platform string, states [2]State, age time.Duration) ([]Row, error) {
	now := b.now()
	return b.store.Overdue(ctx, platform, states, now, now.Add(Lease), now.Add(-age), 20)
}

// Forget drops what is older than Keep.
func (b *Bot) Forget(ctx context.Context) (int64, error) {
	return b.store.Forget(ctx, b.now().Add(-Keep))
}

// StoreReady reports whether the store can be reached.
func (b *Bot) StoreReady(ctx context.Context) error { return b.store.Ping(ctx) }
