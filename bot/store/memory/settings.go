package memory

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"smtpbot/bot"
	"smtpbot/catalog"
)

type (
	placeKey  struct{ platform, team, channel string }
	person    struct{ platform, user string }
	complaint struct {
		platform, team, entry string
		cause                 catalog.Cause
	}
	question struct{ platform, team, user, entry string }
	owner    struct{ platform, id string }
	ticket   struct{ kind, id string }
	bookmark struct{ platform, team, channel string }
)

// SettingsAt implements [bot.SettingsStore].
func (s *Store) SettingsAt(ctx context.Context, p bot.Place) ([]bot.Setting, error) {
	if err := s.lock(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	var list []bot.Setting
	for k, set := range s.settings {
		if k.platform == p.Platform && (k.channel == "" && k.team == p.Team || k.channel != "" && k.channel == p.Channel) {
			list = append(list, bot.Setting{Platform: k.platform, Team: k.team, Channel: k.channel, Settings: set})
		}
	}
	return list, nil
}

// Set implements [bot.SettingsStore].
func (s *Store) Set(ctx context.Context, set bot.Setting) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	k := placeKey{set.Platform, set.Team, set.Channel}
	old := s.settings[k]
	s.settings[k] = bot.Settings{Level: cmp.Or(set.Level, old.Level), Lang: cmp.Or(set.Lang, old.Lang)}
	return nil
}

// SetOptOut implements [bot.SettingsStore].
func (s *Store) SetOptOut(ctx context.Context, platform, user string, out bool) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	if out {
		s.optedOut[person{platform, user}] = true
	} else {
		delete(s.optedOut, person{platform, user})
	}
	return nil
}

// OptedOut implements [bot.SettingsStore].
func (s *Store) OptedOut(ctx context.Context, platform, user string) (bool, error) {
	if err := s.lock(ctx); err != nil {
		return false, err
	}
	defer s.mu.Unlock()
	return s.optedOut[person{platform, user}], nil
}

// AddFeedback implements [bot.Memory].
func (s *Store) AddFeedback(ctx context.Context, platform, team, entry string, choice catalog.Cause, _ time.Time) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	s.feedback = append(s.feedback, complaint{platform, team, entry, choice})
	return nil
}

// Feedback implements [bot.Memory].
func (s *Store) Feedback(ctx context.Context, platform, team string) ([]bot.Complaint, error) {
	if err := s.lock(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	times := map[complaint]int{}
	for _, c := range s.feedback {
		if c.platform == platform && c.team == team {
			times[c]++
		}
	}
	var list []bot.Complaint
	for c, n := range times {
		list = append(list, bot.Complaint{Entry: c.entry, Cause: c.cause, Times: n})
	}
	slices.SortFunc(list, func(a, b bot.Complaint) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), cmp.Compare(a.Entry, b.Entry), cmp.Compare(a.Cause, b.Cause))
	})
	return list, nil
}

// AddAsked implements [bot.Memory].
func (s *Store) AddAsked(ctx context.Context, platform, team, user, entry string, now time.Time) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	s.asked[question{platform, team, user, entry}] = now
	return nil
}

// Recent implements [bot.Memory].
func (s *Store) Recent(ctx context.Context, platform, team, user string, n int) ([]string, error) {
	if err := s.lock(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	var list []string
	for q := range s.asked {
		if q.platform == platform && q.team == team && q.user == user {
			list = append(list, q.entry)
		}
	}
	at := func(entry string) time.Time { return s.asked[question{platform, team, user, entry}] }
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(at(b).Compare(at(a)), cmp.Compare(a, b)) })
	return list[:min(n, len(list))], nil
}

// Install implements [bot.Installs].
func (s *Store) Install(ctx context.Context, i bot.Installation, _ time.Time) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	i.Sealed = slices.Clone(i.Sealed)
	s.installed[owner{i.Platform, cmp.Or(i.Team, i.Enterprise)}] = i
	return nil
}

// Installation implements [bot.Installs].
func (s *Store) Installation(ctx context.Context, platform, team, enterprise string) (bot.Installation, bool, error) {
	if err := s.lock(ctx); err != nil {
		return bot.Installation{}, false, err
	}
	defer s.mu.Unlock()
	for _, id := range []string{team, enterprise} {
		if i, ok := s.installed[owner{platform, id}]; ok && id != "" {
			return i, true, nil
		}
	}
	return bot.Installation{}, false, nil
}

// Installed implements [bot.Installs].
func (s *Store) Installed(ctx context.Context, platform string) ([]bot.Installation, error) {
	if err := s.lock(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	return sorted(s.installed, func(o owner) bool { return o.platform == platform }, func(a, b bot.Installation) int {
		return cmp.Compare(cmp.Or(a.Team, a.Enterprise), cmp.Or(b.Team, b.Enterprise))
	}), nil
}

// Uninstall implements [bot.Installs].
func (s *Store) Uninstall(ctx context.Context, platform, team string) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	maps.DeleteFunc(s.rows, func(_ key, r *bot.Row) bool { return r.Platform == platform && r.Team == team })
	maps.DeleteFunc(s.settings, func(k placeKey, _ bot.Settings) bool { return k.platform == platform && k.team == team })
	maps.DeleteFunc(s.asked, func(q question, _ time.Time) bool { return q.platform == platform && q.team == team })
	maps.DeleteFunc(s.bookmarks, func(k bookmark, _ bot.Bookmark) bool { return k.platform == platform && k.team == team })
	s.feedback = slices.DeleteFunc(s.feedback, func(c complaint) bool { return c.platform == platform && c.team == team })
	delete(s.installed, owner{platform, team})
	return nil
}

// PutTicket implements [bot.Installs].
func (s *Store) PutTicket(ctx context.Context, kind, id string, until time.Time) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	s.tickets[ticket{kind, id}] = until
	return nil
}

// TakeTicket implements [bot.Installs].
func (s *Store) TakeTicket(ctx context.Context, kind, id string, now time.Time) (bool, error) {
	if err := s.lock(ctx); err != nil {
		return false, err
	}
	defer s.mu.Unlock()
	until, ok := s.tickets[ticket{kind, id}]
	delete(s.tickets, ticket{kind, id})
	return ok && now.Before(until), nil
}

// SetBookmarks implements [bot.Bookmarks].
func (s *Store) SetBookmarks(ctx context.Context, platform string, list []bot.Bookmark, _ time.Time) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	for _, m := range list {
		s.bookmarks[bookmark{platform, m.Team, m.Channel}] = m
	}
	return nil
}

// Bookmarks implements [bot.Bookmarks].
func (s *Store) Bookmarks(ctx context.Context, platform string) ([]bot.Bookmark, error) {
	if err := s.lock(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	return sorted(s.bookmarks, func(b bookmark) bool { return b.platform == platform }, func(a, b bot.Bookmark) int {
		return cmp.Or(cmp.Compare(a.Team, b.Team), cmp.Compare(a.Channel, b.Channel))
	}), nil
}

// sorted gives the values whose keys are wanted, in an order.
func sorted[K comparable, V any](m map[K]V, wanted func(K) bool, order func(a, b V) int) (list []V) {
	for k, v := range m {
		if wanted(k) {
			list = append(list, v)
		}
	}
	slices.SortFunc(list, order)
	return list
}
