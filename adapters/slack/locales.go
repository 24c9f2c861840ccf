package slack

import (
	"cmp"
	"context"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"smtpbot/bot"
	"smtpbot/catalog"
)

// locales remembers the languages of people who ask.
type locales struct {
	adapter *Adapter

	mu    sync.Mutex
	known map[string]locale
}

// A locale is what Slack says of somebody's language. It is good until a time;
// while it is being fetched anew, the one before counts.
type locale struct {
	name    string // "fr-FR", "" where unknown
	until   time.Time
	fetched chan struct{} // closed when the first answer is there, or none can be had
}

const (
	maxLocales = 4096
	localeFor  = 12 * time.Hour
	// noLocaleFor is how long Slack is not asked again after it did not answer.
	noLocaleFor = time.Minute
	// localeWithin is how long an answer waits for a language that is not known yet.
	localeWithin = 700 * time.Millisecond
)

func newLocales(a *Adapter) *locales { return &locales{adapter: a, known: map[string]locale{}} }

// of gives the locale of a person whom the bot met in a workspace, "" where it
// is not known yet or cannot be asked for. It is called while a piece of work is
// taken, and waits for nothing.
func (l *locales) of(team, user string) string {
	got, _ := l.get(team, user)
	return got
}

// soon is of that waits a moment for who was never met before.
func (l *locales) soon(ctx context.Context, team, user string) string {
	got, fetched := l.get(team, user)
	if fetched == nil {
		return got
	}
	ctx, cancel := context.WithTimeout(ctx, localeWithin)
	defer cancel()
	select {
	case <-fetched:
	case <-ctx.Done():
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.known[user].name
}

// get gives what is known, and what to wait for where nothing is.
func (l *locales) get(team, user string) (string, <-chan struct{}) {
	if user == "" || !l.adapter.watches() {
		return "", nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	got, ok := l.known[user]
	if ok && time.Now().Before(got.until) {
		return got.name, got.waiting()
	}
	if !ok && len(l.known) >= maxLocales {
		for other := range l.known { // any: it can be fetched again
			delete(l.known, other)
			break
		}
	}
	if got.fetched == nil {
		got.fetched = make(chan struct{})
	}
	got.until = time.Now().Add(noLocaleFor)
	l.known[user] = got
	l.adapter.spawn(10*time.Second, func(ctx context.Context) { l.fetch(ctx, team, user, got) })
	return got.name, got.waiting()
}

// waiting is what to wait for, nil for nothing.
func (l locale) waiting() <-chan struct{} {
	if l.name != "" || l.fetched == nil {
		return nil
	}
	select {
	case <-l.fetched: // there was no answer
		return nil
	default:
		return l.fetched
	}
}

// fetch asks Slack. https://docs.slack.dev/reference/methods/users.info
func (l *locales) fetch(ctx context.Context, team, user string, got locale) {
	var person *slack.User
	err := l.adapter.as(ctx, team, func(api *slack.Client) (err error) {
		person, err = api.GetUserInfoContext(ctx, user)
		return err
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	if err == nil {
		l.known[user] = locale{name: person.Locale, until: time.Now().Add(localeFor)}
	}
	select {
	case <-got.fetched:
	default:
		close(got.fetched)
	}
}

// lang is the language of an answer to one person: their own, where the
// catalogue has it, else the channel's, else the workspace's, and never "", so
// that nobody looks for the settings again. What is set for a conversation with
// the bot, that person set for themselves.
func (a *Adapter) lang(ctx context.Context, p bot.Place, user string) string {
	if isDirect(p.Channel) {
		return cmp.Or(a.channelLang(ctx, p, user), catalog.English)
	}
	own := a.locales.soon(ctx, p.Team, user)
	if a.has(own) {
		return own
	}
	return cmp.Or(a.settings(ctx, p).Lang, own, catalog.English)
}

// langAtOnce is lang without the store, for what has to be there within three
// seconds.
func (a *Adapter) langAtOnce(ctx context.Context, team, user string) string {
	return a.locales.soon(ctx, team, user)
}

// channelLang is the language of what stands in a channel: the channel's, where
// one is set, else that of who asked for it.
func (a *Adapter) channelLang(ctx context.Context, p bot.Place, user string) string {
	if set := a.settings(ctx, p).Lang; set != "" {
		return set
	}
	return a.locales.soon(ctx, p.Team, user)
}

// settings gives the defaults where the store does not answer soon.
func (a *Adapter) settings(ctx context.Context, p bot.Place) bot.Settings {
	ctx, cancel := context.WithTimeout(ctx, localeWithin)
	defer cancel()
	s, err := a.bot.SettingsFor(ctx, p)
	if err != nil {
		a.log.Info("settings could not be read", "error", err, "channel", p.Channel)
	}
	return s
}

// has reports whether the catalogue speaks a language.
func (a *Adapter) has(locale string) bool {
	base := func(tag string) string {
		before, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
		return strings.ToLower(before)
	}
	return locale != "" && base(locale) == base(a.bot.Catalog().MatchLanguage(locale))
}
