package bot

import (
	"cmp"
	"context"
	"fmt"

	"smtpbot/bot/card"
)

// welcomeID stands in a channel's row in the place of a message's id: no
// platform has such an id.
const welcomeID = "welcome"

// Greet gives the line that the bot says when it was let into a channel: that
// it watches there, and how to change that. It gives nil where the bot was
// greeting before, for as long as rows are kept, and where it is to keep still.
func (b *Bot) Greet(ctx context.Context, p Place, lang string) (*Answer, error) {
	s, err := b.SettingsFor(ctx, p)
	if err != nil || s.Level == LevelOff || b.store == nil {
		return nil, err
	}
	e := b.catalog.Edition(cmp.Or(s.Lang, lang))
	p.Thread = ""
	now := b.now()
	row := Row{
		Place: p, Message: welcomeID, Lang: e.Lang(), How: LevelReply, State: Pending,
		Leased: now.Add(Keep), Due: now, Created: now, // nobody says it later
	}
	first, err := b.store.Claim(ctx, row, now, func([]Row) []Row { return []Row{row} })
	if err != nil {
		return nil, fmt.Errorf("claim a welcome: %w", err)
	}
	if !first {
		return nil, nil
	}
	line := card.Card{Tone: card.Note, Body: []card.Block{{Text: e.Label("welcome." + string(s.Level))}}}
	return &Answer{Card: line, Row: row, How: LevelReply}, nil
}

// Withheld counts that a platform did not deliver what people wrote, because it
// was too much.
func (b *Bot) Withheld(platform string) { b.meter.Observed(platform, "withheld") }
