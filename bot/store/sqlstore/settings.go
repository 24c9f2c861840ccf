package sqlstore

import (
	"context"
	"database/sql"
	"time"

	"smtpbot/bot"
	"smtpbot/catalog"
)

// SettingsAt implements [bot.SettingsStore].
func (s *Store) SettingsAt(ctx context.Context, p bot.Place) ([]bot.Setting, error) {
	return list(ctx, s, func(rows *sql.Rows) (set bot.Setting, err error) {
		err = rows.Scan(&set.Platform, &set.Team, &set.Channel, &set.Level, &set.Lang)
		return set, err
	}, `SELECT platform, team, channel, level, lang FROM setting
		WHERE platform = $1 AND (channel = '' AND team = $2 OR channel <> '' AND channel = $3)`, p.Platform, p.Team, p.Channel)
}

// Set implements [bot.SettingsStore].
func (s *Store) Set(ctx context.Context, set bot.Setting) error {
	return s.exec(ctx, `INSERT INTO setting (platform, team, channel, level, lang) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (platform, team, channel) DO UPDATE SET
			level = CASE WHEN excluded.level = '' THEN setting.level ELSE excluded.level END,
			lang = CASE WHEN excluded.lang = '' THEN setting.lang ELSE excluded.lang END`,
		set.Platform, set.Team, set.Channel, string(set.Level), set.Lang)
}

// SetOptOut implements [bot.SettingsStore].
func (s *Store) SetOptOut(ctx context.Context, platform, user string, out bool) error {
	if !out {
		return s.exec(ctx, `DELETE FROM optout WHERE platform = $1 AND usr = $2`, platform, user)
	}
	return s.exec(ctx, `INSERT INTO optout (platform, usr) VALUES ($1, $2) ON CONFLICT DO NOTHING`, platform, user)
}

// OptedOut implements [bot.SettingsStore].
func (s *Store) OptedOut(ctx context.Context, platform, user string) (bool, error) {
	n, err := list(ctx, s, one[int], `SELECT COUNT(*) FROM optout WHERE platform = $1 AND usr = $2`, platform, user)
	return err == nil && n[0] > 0, err
}

// AddFeedback implements [bot.Memory].
func (s *Store) AddFeedback(ctx context.Context, platform, team, entry string, choice catalog.Cause, now time.Time) error {
	return s.exec(ctx, `INSERT INTO feedback (platform, team, entry, cause, created) VALUES ($1, $2, $3, $4, $5)`,
		platform, team, entry, string(choice), now.UnixMilli())
}

// Feedback implements [bot.Memory].
func (s *Store) Feedback(ctx context.Context, platform, team string) ([]bot.Complaint, error) {
	return list(ctx, s, func(rows *sql.Rows) (c bot.Complaint, err error) {
		err = rows.Scan(&c.Entry, &c.Cause, &c.Times)
		return c, err
	}, `SELECT entry, cause, COUNT(*) AS times FROM feedback WHERE platform = $1 AND team = $2
		GROUP BY entry, cause ORDER BY times DESC, entry, cause`, platform, team)
}

// AddAsked implements [bot.Memory].
func (s *Store) AddAsked(ctx context.Context, platform, team, user, entry string, now time.Time) error {
	return s.exec(ctx, `INSERT INTO asked (platform, team, usr, entry, created) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (platform, team, usr, entry) DO UPDATE SET created = excluded.created`, platform, team, user, entry, now.UnixMilli())
}

// Recent implements [bot.Memory].
func (s *Store) Recent(ctx context.Context, platform, team, user string, n int) ([]string, error) {
	return list(ctx, s, one[string], `SELECT entry FROM asked WHERE platform = $1 AND team = $2 AND usr = $3
		ORDER BY created DESC, entry LIMIT $4`, platform, team, user, n)
}

// SetBookmarks implements [bot.Bookmarks].
func (s *Store) SetBookmarks(ctx context.Context, platform string, marks []bot.Bookmark, now time.Time) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		for _, m := range marks {
			if _, err := tx.ExecContext(ctx, `INSERT INTO bookmark (platform, team, channel, message, noted) VALUES ($1, $2, $3, $4, $5)
				ON CONFLICT (platform, team, channel) DO UPDATE SET message = excluded.message, noted = excluded.noted`,
				platform, m.Team, m.Channel, m.Message, now.UnixMilli()); err != nil {
				return err
			}
		}
		return nil
	})
}

// Bookmarks implements [bot.Bookmarks].
func (s *Store) Bookmarks(ctx context.Context, platform string) ([]bot.Bookmark, error) {
	return list(ctx, s, func(rows *sql.Rows) (m bot.Bookmark, err error) {
		err = rows.Scan(&m.Team, &m.Channel, &m.Message)
		return m, err
	}, `SELECT team, channel, message FROM bookmark WHERE platform = $1 ORDER BY team, channel`, platform)
}

func one[T any](rows *sql.Rows) (v T, err error) {
	err = rows.Scan(&v)
	return v, err
}

// list reads all rows of a query.
func list[T any](ctx context.Context, s *Store, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

func (s *Store) exec(ctx context.Context, query string, args ...any) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	_, err := s.db.ExecContext(ctx, query, args...)
	return err
}

// within runs a transaction.
func (s *Store) within(ctx context.Context, do func(*sql.Tx) error) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// deleteAll deletes of several tables what a condition holds for, at once.
func (s *Store) deleteAll(ctx context.Context, tables []string, condition string, args ...any) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		for _, table := range tables {
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE `+condition, args...); err != nil {
				return err
			}
		}
		return nil
	})
}
