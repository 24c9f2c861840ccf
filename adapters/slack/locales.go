package slack

import (
	"context"
	"sync"
	"time"

	"github.com/slack-go/slack"
)

// locales remembers the languages of people who ask. What is not known is
// fetched behind the answer, which does not wait for it: the first answer to
// somebody is in English, the next in their language.
type locales struct {
	adapter *Adapter

	mu    sync.Mutex
	known map[string]locale
}

type locale struct {
	name string // "fr-FR", "" while it is being fetched
	at   time.Time
}

const (
	maxLocales = 4096
	localeFor  = 12 * time.Hour
)

func newLocales(a *Adapter) *locales { return &locales{adapter: a, known: map[string]locale{}} }

// of gives the locale of a person, whom the bot met in a workspace: "" where it is not known yet or cannot be
// asked for. It is called while a piece of work is taken.
func (l *locales) of(team, user string) string {
	if user == "" || !l.adapter.watches() {
		return ""
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	got, ok := l.known[user]
	if ok && time.Since(got.at) < localeFor {
		return got.name
	}
	if !ok && len(l.known) >= maxLocales {
		for other := range l.known { // any: it can be fetched again
			delete(l.known, other)
			break
		}
	}
	l.known[user] = locale{name: got.name, at: time.Now()}
	l.adapter.spawn(10*time.Second, func(ctx context.Context) {
		// https://docs.slack.dev/reference/methods/users.info
		api, err := l.adapter.client(ctx, team)
		var person *slack.User
		if err == nil {
			person, err = api.GetUserInfoContext(ctx, user)
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		if err != nil {
			delete(l.known, user)
			return
		}
		l.known[user] = locale{name: person.Locale, at: time.Now()}
	})
	return got.name
}
