package bot

import (
	"context"
	"fmt"
	"slices"

	"smtpbot/catalog"
)

// Wrong notes that an entry did not fit what somebody pasted, and the cause
// that they chose instead: keys of the catalogue, never text.
func (b *Bot) Wrong(ctx context.Context, p Place, entry string, choice catalog.Cause) error {
	if b.store == nil {
		return ErrNoStore
	}
	if _, ok := b.catalog.Edition("").Entry(entry); !ok {
		return fmt.Errorf("note what was called wrong: there is no such entry")
	}
	if !slices.Contains(catalog.Causes(), choice) {
		return fmt.Errorf("note what was called wrong: there is no such cause")
	}
	if err := b.store.AddFeedback(ctx, p.Platform, p.Team, entry, choice, b.now()); err != nil {
		return fmt.Errorf("note what was called wrong: %w", err)
	}
	return nil
}

// Asked notes that a person asked for an entry, so that they find it again.
// What is no key of the catalogue is not kept.
func (b *Bot) Asked(ctx context.Context, platform, team, user, entry string) error {
	if b.store == nil || user == "" {
		return nil
	}
	if _, ok := b.catalog.Edition("").Entry(entry); !ok {
		return nil
	}
	if err := b.store.AddAsked(ctx, platform, team, user, entry, b.now()); err != nil {
		return fmt.Errorf("note what was asked: %w", err)
	}
	return nil
}

// Recent gives the keys of the entries that a person asked for, the newest
// first, each once.
func (b *Bot) Recent(ctx context.Context, platform, team, user string, n int) ([]string, error) {
	if b.store == nil || user == "" {
		return nil, nil
	}
	keys, err := b.store.Recent(ctx, platform, team, user, n)
	if err != nil {
		return nil, fmt.Errorf("read what was asked: %w", err)
	}
	return keys, nil
}
