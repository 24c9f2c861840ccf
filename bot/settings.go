package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Level is how loud the bot is in a channel.
type Level string

// The levels, in order of loudness.
const (
	LevelOff   Level = "off"   // it does not look at the channel
	LevelReact Level = "react" // one emoji; the answer comes when somebody else clicks it
	LevelQuiet Level = "quiet" // the answer is shown to the one who pasted the error
	LevelReply Level = "reply" // the answer stands in the thread, for all
)

// LevelOffer is no level of a channel, but how an answer may be said: a line
// with a button that shows it to whoever presses that. A platform that cannot
// show something to one person out of its own marks a message at LevelQuiet,
// and makes the offer when somebody clicks the mark ([Bot.Offer]).
const LevelOffer Level = "offer"

// Levels lists the levels in order of loudness.
func Levels() []Level { return []Level{LevelOff, LevelReact, LevelQuiet, LevelReply} }

// LangAuto sets that everybody is answered in their own language, whatever is
// set for all of a team's channels.
const LangAuto = "auto"

// Settings are what can be set for a place. "" stands for what is not set there.
type Settings struct {
	Level Level
	Lang  string
}

// ErrNoStore says that nothing can be kept, because the bot has no store.
var ErrNoStore = errors.New("the bot has no store")

// SettingsFor gives what holds in a place: what its team set for the channel,
// else for all its channels, else the default. Where several teams share a
// channel, the quietest of their levels wins. With an error it gives the default.
func (b *Bot) SettingsFor(ctx context.Context, p Place) (Settings, error) {
	def := Settings{Level: LevelReply}
	if b.store == nil {
		return def, nil
	}
	list, err := b.store.SettingsAt(ctx, p)
	if err != nil {
		return def, fmt.Errorf("read settings: %w", err)
	}
	var team, own, parent Settings
	if p.Parent != "" && p.Parent != p.Channel {
		above := p
		above.Channel = p.Parent
		set, err := b.store.SettingsAt(ctx, above)
		if err != nil {
			return def, fmt.Errorf("read settings: %w", err)
		}
		for _, s := range set {
			if s.Channel != "" && s.Team == p.Team {
				parent = s.Settings
			}
		}
	}
	others := LevelReply
	for _, s := range list {
		switch {
		case s.Channel == "":
			team = s.Settings
		case s.Team == p.Team:
			own = s.Settings
		case s.Level != "":
			others = quieter(others, s.Level)
		}
	}
	set := Settings{
		Level: quieter(cmp.Or(own.Level, parent.Level, team.Level, LevelReply), others),
		Lang:  cmp.Or(own.Lang, parent.Lang, team.Lang),
	}
	if set.Lang == LangAuto {
		set.Lang = ""
	}
	return set, nil
}

// settingsWithin is how long a question waits for settings. With the store
// away it is answered as where nothing is set.
const settingsWithin = time.Second

// langOf gives the language that is set for a place, "" where none is, or
// where that cannot be read in time.
func (b *Bot) langOf(ctx context.Context, p Place) string {
	ctx, cancel := context.WithTimeout(ctx, settingsWithin)
	defer cancel()
	s, _ := b.SettingsFor(ctx, p)
	return s.Lang
}

func quieter(a, b Level) Level {
	if slices.Index(Levels(), b) < slices.Index(Levels(), a) {
		return b
	}
	return a
}

// ChangeSettings sets for a channel, or with none for all the team's, what of
// change is not "", and gives what holds there then. Whether the person may is
// the adapter's to check.
func (b *Bot) ChangeSettings(ctx context.Context, p Place, change Settings) (Settings, error) {
	if b.store == nil {
		return Settings{}, ErrNoStore
	}
	if change.Level != "" && !slices.Contains(Levels(), change.Level) {
		return Settings{}, fmt.Errorf("there is no such level")
	}
	if change.Lang != "" && change.Lang != LangAuto && !slices.Contains(b.catalog.Languages(), change.Lang) {
		return Settings{}, fmt.Errorf("there is no such language")
	}
	if err := b.store.Set(ctx, Setting{p.Platform, p.Team, p.Channel, change}); err != nil {
		return Settings{}, fmt.Errorf("change settings: %w", err)
	}
	return b.SettingsFor(ctx, p)
}

// OptOut notes whether a person wants no answers to what they write.
func (b *Bot) OptOut(ctx context.Context, platform, user string, out bool) error {
	if b.store == nil {
		return ErrNoStore
	}
	if err := b.store.SetOptOut(ctx, platform, user, out); err != nil {
		return fmt.Errorf("note who wants no answers: %w", err)
	}
	return nil
}

// OptedOut reports whether a person wants no answers to what they write.
func (b *Bot) OptedOut(ctx context.Context, platform, user string) (bool, error) {
	if b.store == nil || user == "" {
		return false, nil
	}
	out, err := b.store.OptedOut(ctx, platform, user)
	if err != nil {
		return false, fmt.Errorf("read who wants no answers: %w", err)
	}
	return out, nil
}
