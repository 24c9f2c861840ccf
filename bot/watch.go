package bot

import (
	"context"
	"fmt"
	"time"

	"smtpbot/bot/card"
	"smtpbot/bot/detect"
	"smtpbot/catalog"
)

// Message is what somebody wrote in a channel.
type Message struct {
	Place
	ID     string
	Text   string
	Lang   string    // locale of the channel or person, "" where unknown
	FromUs bool      // written by the bot itself
	Bot    bool      // written by any program
	Direct bool      // a conversation with the bot alone
	Edited bool      // the text replaces an earlier one
	Posted time.Time // when it was first written; zero where unknown
}

// Late is how long after a message was written an edit of it is still judged as new.
const Late = 10 * time.Minute

// Answer is a card that has to be sent, and the row that claims it.
type Answer struct {
	Card card.Card
	Row  Row
}

// Observe judges a message and gives the answer to it, or nil where the bot
// keeps silent. The claim is stored before Observe returns: of all processes
// that see the message one gets the answer, and whoever does not send it loses
// it to Overdue when the lease runs out. After an error nothing was claimed,
// and the platform should deliver the message again.
func (b *Bot) Observe(ctx context.Context, m Message) (*Answer, error) {
	if m.FromUs || m.Bot || (m.Edited && !m.Posted.IsZero() && b.now().Sub(m.Posted) > Late) {
		return nil, nil
	}
	e := b.catalog.Edition(m.Lang)
	found := b.Explain(e, m.Text).Findings
	if len(found) == 0 {
		b.meter.Observed(m.Platform, "silent")
		return nil, nil
	}
	cooldown := b.cooldown
	if m.Direct {
		cooldown = 0
	}
	row, won, err := b.claim(ctx, m, e, found, Lease, cooldown)
	if err != nil || !won {
		return nil, err
	}
	return &Answer{b.findingsCard(e, found), row}, nil
}

// claim stores the row of a message and reports whether it is ours to answer.
// A cool-down holds back what was explained in the channel within it.
func (b *Bot) claim(ctx context.Context, m Message, e *catalog.Edition, found []Finding, lease, cooldown time.Duration) (Row, bool, error) {
	row := Row{Place: m.Place, Message: m.ID, Lang: e.Lang(), Found: stored(found)}
	var cause catalog.Cause
	if len(found) > 0 {
		cause = found[0].Cause
	}
	now := b.now()
	since := now.Add(-cooldown)
	if cooldown == 0 {
		since = now.Add(time.Hour) // nothing is that young
	}
	claim, err := b.store.Claim(ctx, row, cause, now, now.Add(lease), since)
	if err != nil {
		b.meter.Observed(m.Platform, "failed")
		return Row{}, false, fmt.Errorf("claim a message: %w", err)
	}
	b.meter.Observed(m.Platform, claim.String())
	return row, claim == Won, nil
}

// Overdue takes over the answers that somebody claimed and did not send. Their
// cards are built anew from the catalogue.
func (b *Bot) Overdue(ctx context.Context, platform string) ([]Answer, error) {
	now := b.now()
	rows, err := b.store.Overdue(ctx, platform, now, now.Add(Lease), 20)
	if err != nil {
		return nil, fmt.Errorf("take over answers: %w", err)
	}
	var answers []Answer
	for _, row := range rows {
		if found := b.restored(row); len(found) > 0 {
			answers = append(answers, Answer{b.findingsCard(b.catalog.Edition(row.Lang), found), row})
		}
	}
	return answers, nil
}

// Forget drops what is older than Keep.
func (b *Bot) Forget(ctx context.Context) (int64, error) {
	return b.store.Forget(ctx, b.now().Add(-Keep))
}

// StoreReady reports whether the store can be reached.
func (b *Bot) StoreReady(ctx context.Context) error { return b.store.Ping(ctx) }

// stored keeps of findings what may be kept.
func stored(found []Finding) []Found {
	var list []Found
	for _, f := range found {
		list = append(list, Found{f.Entry, f.Reply, f.Enhanced, f.Cause, f.found.Count})
	}
	return list
}

// restored makes findings again from a row; what the paste named is gone.
func (b *Bot) restored(row Row) []Finding {
	e := b.catalog.Edition(row.Lang)
	var list []Finding
	for _, s := range row.Found {
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
			Title: card.Unmarked(e.Fill(entry.Title, nil)), found: f,
		})
	}
	return list
}
