package slack

import (
	"context"
	"sync"
	"time"
)

// bots are the users that the bot is in the workspaces that installed it.
type bots struct {
	mu    sync.Mutex
	users map[string]bool
	read  time.Time
}

// hasBot reports whether a user is the bot in some workspace. Those of other
// processes are read from the store, at most once a minute.
func (w *workspaces) hasBot(ctx context.Context, user string) bool {
	w.bots.mu.Lock()
	defer w.bots.mu.Unlock()
	if w.bots.users[user] || w.store == nil || w.now().Sub(w.bots.read) < rememberFor {
		return w.bots.users[user]
	}
	all, err := w.store.Installed(ctx, Name)
	if err != nil {
		return false
	}
	users := make(map[string]bool, len(all))
	for _, i := range all {
		if g, err := w.opened(i); err == nil && g.User != "" {
			users[g.User] = true
		}
	}
	w.bots.users, w.bots.read = users, w.now()
	return users[user]
}
