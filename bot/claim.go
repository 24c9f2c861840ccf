package bot

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Outcomes of a claim, as they are counted.
const (
	won      = "answered" // the message is ours to answer
	cooling  = "cooling"  // ours, but its cause was explained a moment ago: a mark alone
	folded   = "folded"   // the answer to an earlier message of a burst speaks for it
	repeated = "repeated" // it has a row already
)

// claimed is what came of a claim.
type claimed struct {
	outcome string
	row     Row
	head    *Row // of a burst, where its answer changes
}

// claim stores the row of a message, if that has none.
func (b *Bot) claim(ctx context.Context, m Message, lang string, how Level, found []Finding, lease time.Duration) (claimed, error) {
	now := b.now()
	row := Row{
		Place: m.Place, Message: m.ID, User: m.User, Lang: lang, Found: stored(found), How: how, State: Pending,
		Revised: m.Revised, Leased: now.Add(lease), Due: now, Created: now,
	}
	if len(found) > 0 {
		row.Cause = found[0].Cause
	}
	got := claimed{outcome: repeated}
	first, err := b.store.Claim(ctx, row, now.Add(-max(b.cooldown, BurstFor)), func(near []Row) []Row {
		if m.Direct || how == levelAsked {
			row.How = LevelReply
			got = claimed{won, row, nil}
			return []Row{row}
		}
		got = b.beside(row, near, now)
		if got.head != nil {
			return []Row{got.row, *got.head}
		}
		return []Row{got.row}
	})
	switch {
	case err != nil:
		b.meter.Observed(m.Platform, "failed")
		return claimed{}, fmt.Errorf("claim a message: %w", err)
	case !first:
		got = claimed{outcome: repeated}
	default:
		b.fresh.keep(got.row, found)
	}
	b.meter.Observed(m.Platform, got.outcome)
	return got, nil
}

// levelAsked is how a question is answered: for all, whatever the channel's level.
const levelAsked Level = "asked"

// beside decides what a message gets, by what the channel got before it. It
// has no other input, so that a store may call it within a transaction.
func (b *Bot) beside(row Row, near []Row, now time.Time) claimed {
	for _, head := range near {
		if head.Message == row.Message || row.How == LevelReact || !head.begins(row, now) {
			continue
		}
		head.Folded = nil
		for _, r := range slices.Backward(near) { // the oldest first
			if r.State == Folded && r.Head == head.Message {
				head.Folded = append(head.Folded, r.Found...)
			}
		}
		row.State, row.Head, row.How = Folded, head.Message, head.How
		got := claimed{folded, row, nil}
		before := head.all()
		head.Folded = append(head.Folded, row.Found...)
		if after := head.says(before, now); after.Version != head.Version {
			got.head = &after
		}
		return got
	}
	since := now.Add(-b.cooldown)
	for _, r := range near {
		recent := b.cooldown > 0 && !r.Due.Before(since)
		if r.Cause == row.Cause && r.told(row.User) && (recent || r.root() == row.root()) {
			row.How = LevelReact
			return claimed{cooling, row, nil}
		}
	}
	return claimed{won, row, nil}
}

// begins reports whether a row is the first of a burst that another belongs
// to. The answer to a question stays what it is.
func (r Row) begins(next Row, now time.Time) bool {
	return len(r.Found) > 0 && r.User != "" && r.User == next.User && r.Thread == next.Thread && r.How == next.How &&
		(r.State == Pending || r.State == Answered || r.State == Changing) && now.Sub(r.Created) <= BurstFor
}

// told reports whether a person could read the explanation of a row's cause.
func (r Row) told(user string) bool {
	return r.stands() && (r.How == LevelReply || r.How == LevelQuiet && r.User == user)
}

// stored keeps of findings what may be kept.
func stored(found []Finding) []Found {
	var list []Found
	for _, f := range found {
		list = append(list, storedOne(f))
	}
	return list
}

func storedOne(f Finding) Found {
	return Found{f.Entry, f.Reply, f.Enhanced, f.Cause, f.found.Count, f.log}
}
