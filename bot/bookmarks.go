package bot

import (
	"context"
	"fmt"
)

// Bookmarks gives up to which message each team of a platform was read, and
// each channel that belongs to none.
func (b *Bot) Bookmarks(ctx context.Context, platform string) ([]Bookmark, error) {
	if b.store == nil {
		return nil, nil
	}
	list, err := b.store.Bookmarks(ctx, platform)
	if err != nil {
		return nil, fmt.Errorf("look up how far was read: %w", err)
	}
	return list, nil
}

// SetBookmarks notes up to which messages was read. It is for every few
// seconds, and not for every message.
func (b *Bot) SetBookmarks(ctx context.Context, platform string, list []Bookmark) error {
	if b.store == nil {
		return nil
	}
	if err := b.store.SetBookmarks(ctx, platform, list, b.now()); err != nil {
		return fmt.Errorf("note how far was read: %w", err)
	}
	return nil
}

// Vacated drops everything that is kept of a channel, because it is gone.
func (b *Bot) Vacated(ctx context.Context, p Place) error {
	if b.store == nil {
		return nil
	}
	if err := b.store.Vacate(ctx, p.Platform, p.Channel); err != nil {
		return fmt.Errorf("drop what is kept of a channel: %w", err)
	}
	return nil
}

// Uninstall drops everything that is kept of a team, because the bot was
// removed from it.
func (b *Bot) Uninstall(ctx context.Context, platform, team string) error {
	if b.store == nil {
		return nil
	}
	if err := b.store.Uninstall(ctx, platform, team); err != nil {
		return fmt.Errorf("drop what is kept of a team: %w", err)
	}
	return nil
}
