package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/base64"
	"fmt"
	"time"

	"smtpbot/bot"
)

// Install implements [bot.Installs].
func (s *Store) Install(ctx context.Context, i bot.Installation, now time.Time) error {
	return s.exec(ctx, `INSERT INTO install (platform, owner, team, enterprise, sealed, created) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (platform, owner) DO UPDATE SET
			team = excluded.team, enterprise = excluded.enterprise, sealed = excluded.sealed, created = excluded.created`,
		i.Platform, cmp.Or(i.Team, i.Enterprise), i.Team, i.Enterprise, base64.StdEncoding.EncodeToString(i.Sealed), now.UnixMilli())
}

// Installation implements [bot.Installs].
func (s *Store) Installation(ctx context.Context, platform, team, enterprise string) (bot.Installation, bool, error) {
	found, err := list(ctx, s, installation, `SELECT platform, team, enterprise, sealed FROM install
		WHERE platform = $1 AND (owner = $2 OR owner = $3) AND owner <> ''
		ORDER BY CASE WHEN owner = $2 THEN 0 ELSE 1 END LIMIT 1`, platform, team, enterprise)
	if err != nil || len(found) == 0 {
		return bot.Installation{}, false, err
	}
	return found[0], true, nil
}

// Installed implements [bot.Installs].
func (s *Store) Installed(ctx context.Context, platform string) ([]bot.Installation, error) {
	return list(ctx, s, installation, `SELECT platform, team, enterprise, sealed FROM install WHERE platform = $1 ORDER BY owner`, platform)
}

func installation(rows *sql.Rows) (i bot.Installation, err error) {
	var sealed string
	if err := rows.Scan(&i.Platform, &i.Team, &i.Enterprise, &sealed); err != nil {
		return i, err
	}
	if i.Sealed, err = base64.StdEncoding.DecodeString(sealed); err != nil {
		return i, fmt.Errorf("decode an installation") // the error would repeat what it holds
	}
	return i, nil
}

// Uninstall implements [bot.Installs].
func (s *Store) Uninstall(ctx context.Context, platform, team string) error {
	return s.within(ctx, func(tx *sql.Tx) error {
		// The turns first, as who speaks takes them first: otherwise two could wait for each other.
		for _, table := range []string{"turn", "answer", "setting", "feedback", "asked", "bookmark"} {
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE platform = $1 AND team = $2`, platform, team); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM install WHERE platform = $1 AND owner = $2`, platform, team)
		return err
	})
}

// PutTicket implements [bot.Installs].
func (s *Store) PutTicket(ctx context.Context, kind, id string, until time.Time) error {
	return s.exec(ctx, `INSERT INTO ticket (kind, id, until) VALUES ($1, $2, $3)
		ON CONFLICT (kind, id) DO UPDATE SET until = excluded.until`, kind, id, until.UnixMilli())
}

// TakeTicket implements [bot.Installs]. Who deletes it has it.
func (s *Store) TakeTicket(ctx context.Context, kind, id string, now time.Time) (bool, error) {
	until, err := list(ctx, s, one[int64], `DELETE FROM ticket WHERE kind = $1 AND id = $2 RETURNING until`, kind, id)
	return err == nil && len(until) == 1 && now.UnixMilli() < until[0], err
}

// Forget implements [bot.Store].
func (s *Store) Forget(ctx context.Context, before time.Time) (n int64, err error) {
	err = s.within(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `DELETE FROM answer WHERE created < $1`, before.UnixMilli())
		if err != nil {
			return err
		}
		if n, err = done.RowsAffected(); err != nil {
			return err
		}
		for _, old := range []string{`turn WHERE taken < $1`, `asked WHERE created < $1`, `ticket WHERE until < $1`} {
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+old, before.UnixMilli()); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}
