package bot

import "context"

// Ask answers a message that is put to the bot itself: its name stands in it
// (the adapter has taken that off), or nobody else reads the conversation. It
// is Command for everyone to see, answered once like what Observe finds: nil
// where somebody else claimed the message, and after an error nothing was
// claimed. Edits are not asked anew.
func (b *Bot) Ask(ctx context.Context, m Message) (*Answer, error) {
	if m.FromUs || m.Bot || m.Edited {
		return nil, nil
	}
	e := b.catalog.Edition(m.Lang)
	found := b.Explain(e, m.Text).Findings
	lease := Lease
	if len(found) == 0 {
		// A question is not stored, so nobody could answer it later: the row
		// keeps others away and is never overdue.
		lease = Keep
	}
	claim, err := b.claim(ctx, m, e.Lang(), levelAsked, found, lease) // who asks gets an answer, however young the last one is
	if err != nil || claim.outcome == repeated {
		return nil, err
	}
	answer := b.Command(ctx, Request{Place: m.Place, Text: m.Text, Lang: m.Lang, User: m.User, Admin: m.Admin})
	answer.Private = false
	return &Answer{Card: answer, Row: claim.row, How: LevelReply}, nil
}
