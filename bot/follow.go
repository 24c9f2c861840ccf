package bot

import (
	"context"
	"fmt"
	"slices"
	"time"

	"smtpbot/bot/card"
	"smtpbot/bot/detect"
	"smtpbot/catalog"
)

// Change says that an answer that stands has to be edited, or taken away. What
// Row.How says of it holds here, too: of a mark, the mark goes; what the poster
// alone was shown cannot be edited on most platforms, and is shown anew.
type Change struct {
	Row    Row
	Card   card.Card // what it has to say; the zero value where Remove
	Remove bool
}

// Edited follows an edit. It gives an answer where the edit added an error to
// a young message, and a change where it altered or removed the error of one
// that was answered. Of all processes that see the edit, one gets either.
func (b *Bot) Edited(ctx context.Context, m Message) (*Answer, *Change, error) {
	if m.FromUs || m.Bot {
		return nil, nil, nil
	}
	found := b.heard(m)
	row, known, err := b.Remembered(ctx, m.Platform, m.Channel, m.ID)
	if err != nil {
		return nil, nil, err
	}
	young := m.Posted.IsZero() || b.now().Sub(m.Posted) <= Late
	switch {
	case !known && !young:
		return nil, nil, nil
	case !known:
		answer, err := b.observed(ctx, m, found)
		if answer != nil && answer.Change != nil {
			return nil, answer.Change, err
		}
		return answer, nil, err
	case row.Message != m.ID: // an answer of ours has that id
		return nil, nil, nil
	case len(found) > 0: // what may not be said any more is not said by an edit, either
		how, _, err := b.manner(ctx, m)
		if err != nil || how == LevelOff {
			return nil, nil, err
		}
	}
	b.fresh.keep(row, found)
	now := b.now()
	return b.follow(ctx, m.Place, m.ID, func(r Row) (Row, bool) { return r.edited(stored(found), m.Revised, now, young) })
}

// Deleted follows the deletion of a message. It gives nil where nothing was
// answered, or where the answer went with the message.
func (b *Bot) Deleted(ctx context.Context, p Place, message string) (*Change, error) {
	now := b.now()
	_, change, err := b.follow(ctx, p, message, func(r Row) (Row, bool) { return r.deleted(now) })
	return change, err
}

// Reacted gives the whole answer to a message that bears the bot's mark alone,
// once, when somebody else than its writer clicks the mark.
func (b *Bot) Reacted(ctx context.Context, p Place, message, user string) (*Answer, error) {
	row, known, err := b.Remembered(ctx, p.Platform, p.Channel, message)
	if err != nil || !known || row.How != LevelReact {
		return nil, err
	}
	how, _, err := b.manner(ctx, Message{Place: p, User: row.User})
	if err != nil || how == LevelOff {
		return nil, err
	}
	now := b.now()
	answer, _, err := b.follow(ctx, p, row.Message, func(r Row) (Row, bool) { return r.wanted(user, now) })
	return answer, err
}

// Offer gives the offer of an answer, once, when somebody clicks the mark on a
// message of LevelQuiet, on a platform that could not show the answer to its
// writer alone: Answer.How is LevelOffer.
func (b *Bot) Offer(ctx context.Context, p Place, message string) (*Answer, error) {
	row, known, err := b.Remembered(ctx, p.Platform, p.Channel, message)
	if err != nil || !known || row.How != LevelQuiet {
		return nil, err
	}
	how, _, err := b.manner(ctx, Message{Place: p, User: row.User})
	if err != nil || how == LevelOff {
		return nil, err
	}
	now := b.now()
	answer, _, err := b.follow(ctx, p, row.Message, func(r Row) (Row, bool) { return r.offered(now) })
	return answer, err
}

// Dismiss remembers that the answer to a message was deleted by hand, so that
// it is never sent again. The id may be the message's or the answer's.
func (b *Bot) Dismiss(ctx context.Context, p Place, message string) error {
	row, known, err := b.Remembered(ctx, p.Platform, p.Channel, message)
	if err != nil || !known {
		return err
	}
	if _, _, err := b.store.Update(ctx, p.Platform, p.Channel, row.Message, Row.dismissed); err != nil {
		return fmt.Errorf("note an answer that was deleted: %w", err)
	}
	return nil
}

// Remembered finds the row of a message by its id, or by that of its answer.
func (b *Bot) Remembered(ctx context.Context, platform, channel, message string) (Row, bool, error) {
	if b.store == nil || message == "" {
		return Row{}, false, nil
	}
	row, ok, err := b.store.Remembered(ctx, platform, channel, message)
	if err != nil {
		return Row{}, false, fmt.Errorf("look for an answer: %w", err)
	}
	return row, ok, nil
}

// follow takes a step with a row, and says what has to be done then: by us,
// because of all processes the one whose step changes the row gets it.
func (b *Bot) follow(ctx context.Context, p Place, message string, step func(Row) (Row, bool)) (*Answer, *Change, error) {
	var was Row
	row, ours, err := b.store.Update(ctx, p.Platform, p.Channel, message, func(r Row) (Row, bool) {
		was = r
		return step(r)
	})
	if err != nil {
		return nil, nil, fmt.Errorf("follow a message: %w", err)
	}
	if !ours {
		return nil, nil, nil
	}
	if row.Head != "" { // the answer that speaks for it has to change
		now := b.now()
		return b.follow(ctx, p, row.Head, func(r Row) (Row, bool) { return r.refreshed(now) })
	}
	if row.Version == was.Version {
		return nil, nil, nil
	}
	switch row.State {
	case Pending:
		if was.State != Pending || was.How != row.How {
			return &Answer{Card: b.FindingsCard(row.Lang, row), Row: row, How: row.How}, nil, nil
		}
	case Changing, Removing, Clearing:
		change := b.change(row)
		return nil, &change, nil
	}
	return nil, nil, nil
}

// change says what has to be done with a row's answer.
func (b *Bot) change(row Row) Change {
	if row.State == Removing || row.State == Clearing {
		return Change{Row: row, Remove: true}
	}
	return Change{Row: row, Card: b.FindingsCard(row.Lang, row)}
}

// OverdueChanges takes over the changes that somebody was to make and did not.
// An answer that has to go is not left standing for being old.
func (b *Bot) OverdueChanges(ctx context.Context, platform string) ([]Change, error) {
	changing, err := b.overdue(ctx, platform, [2]State{Changing, Changing}, Stale)
	if err != nil {
		return nil, fmt.Errorf("take over changes: %w", err)
	}
	going, err := b.overdue(ctx, platform, [2]State{Removing, Clearing}, 24*time.Hour)
	if err != nil {
		return nil, fmt.Errorf("take over changes: %w", err)
	}
	var changes []Change
	for _, row := range append(changing, going...) {
		changes = append(changes, b.change(row))
	}
	return changes, nil
}

// FindingsCard builds the answer to a row anew, from keys and codes: what the
// paste named is gone, but for a young one. A row without findings has no card.
func (b *Bot) FindingsCard(lang string, row Row) card.Card {
	e := b.catalog.Edition(lang)
	found := b.restored(e, row)
	if len(found) == 0 {
		return card.Card{}
	}
	return b.findingsCard(e, found)
}

// explained puts findings into the words of another language.
func (b *Bot) explained(e *catalog.Edition, found []Finding) []Finding {
	list := slices.Clone(found)
	for i, f := range found {
		list[i] = b.anew(e, f)
	}
	return list
}

func (b *Bot) anew(e *catalog.Edition, f Finding) Finding {
	made := b.finding(e, f.found)
	made.log, made.at = f.log, f.at
	return made
}

// restored makes findings of what was stored.
func (b *Bot) restored(e *catalog.Edition, row Row) []Finding {
	var list []Finding
	for _, s := range row.all() {
		if f, ok := b.fresh.of(row, s); ok {
			f.found.Count, f.log = s.Count, s.Log
			list = append(list, b.anew(e, f))
			continue
		}
		f := detect.Finding{Diagnosis: catalog.Diagnosis{Entry: s.Entry, Cause: s.Cause}, Count: s.Count}
		f.Reply, _ = catalog.ParseReply(s.Reply)
		f.Enhanced, _ = catalog.ParseEnhanced(s.Enhanced)
		f.Class = f.Enhanced.Class()
		if f.Reply != 0 {
			f.Class = f.Reply.Class()
		}
		if f.Class == "" {
			f.Class = catalog.Permanent
		}
		entry := entryOf(e, f)
		list = append(list, Finding{
			Reply: s.Reply, Enhanced: s.Enhanced, Class: f.Class, Cause: s.Cause, Entry: s.Entry,
			Title: card.Unmarked(e.Fill(entry.Title, nil)), found: f, log: s.Log,
		})
	}
	return list
}
