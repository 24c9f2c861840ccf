package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"smtpbot/bot"
	"smtpbot/catalog"
)

// Claim implements [bot.Store]. One statement decides: the primary key lets
// one claimant in, and what was explained a moment ago is held back.
func (s *Store) Claim(ctx context.Context, r bot.Row, cause catalog.Cause, now, leased, since time.Time) (bot.Claim, error) {
	if err := s.ready(ctx); err != nil {
		return bot.Taken, err
	}
	found, err := json.Marshal(r.Found)
	if err != nil {
		return bot.Taken, fmt.Errorf("encode findings: %w", err)
	}
	var state string
	err = s.db.QueryRowContext(ctx, `
		INSERT INTO answer (platform, channel, message, team, thread, lang, cause, found, state, answer, leased, created)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8,
			CASE WHEN EXISTS (
				SELECT 1 FROM answer
				WHERE platform = $1 AND channel = $2 AND cause = $7 AND created >= $11 AND state IN ('pending', 'answered')
			) THEN 'held' ELSE 'pending' END,
			'', $9, $10)
		ON CONFLICT DO NOTHING
		RETURNING state`,
		r.Platform, r.Channel, r.Message, r.Team, r.Thread, r.Lang, string(cause), string(found),
		leased.UnixMilli(), now.UnixMilli(), since.UnixMilli()).Scan(&state)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return bot.Taken, nil
	case err != nil:
		return bot.Taken, err
	case state == "held":
		return bot.Cooling, nil
	}
	return bot.Won, nil
}

// Answered implements [bot.Store].
func (s *Store) Answered(ctx context.Context, r bot.Row, answer string) error {
	return s.settle(ctx, r, "answered", answer)
}

// Dropped implements [bot.Store].
func (s *Store) Dropped(ctx context.Context, r bot.Row) error { return s.settle(ctx, r, "dropped", "") }

func (s *Store) settle(ctx context.Context, r bot.Row, state, answer string) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	_, err := s.db.ExecContext(ctx, `UPDATE answer SET state = $4, answer = $5 WHERE platform = $1 AND channel = $2 AND message = $3`,
		r.Platform, r.Channel, r.Message, state, answer)
	return err
}

// Overdue implements [bot.Store]. The condition on the lease stands twice: a
// process that waited for another's update sees the new lease and leaves the
// row alone.
func (s *Store) Overdue(ctx context.Context, platform string, now, leased time.Time, limit int) ([]bot.Row, error) {
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, `
		UPDATE answer SET leased = $3
		WHERE leased < $2 AND state = 'pending' AND (platform, channel, message) IN (
			SELECT platform, channel, message FROM answer
			WHERE platform = $1 AND state = 'pending' AND leased < $2
			ORDER BY created, message LIMIT $4)
		RETURNING platform, channel, message, team, thread, lang, found`,
		platform, now.UnixMilli(), leased.UnixMilli(), limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []bot.Row
	for rows.Next() {
		var r bot.Row
		var found string
		if err := rows.Scan(&r.Platform, &r.Channel, &r.Message, &r.Team, &r.Thread, &r.Lang, &found); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(found), &r.Found); err != nil {
			return nil, fmt.Errorf("decode findings: %w", err)
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

// Forget implements [bot.Store].
func (s *Store) Forget(ctx context.Context, before time.Time) (int64, error) {
	if err := s.ready(ctx); err != nil {
		return 0, err
	}
	done, err := s.db.ExecContext(ctx, `DELETE FROM answer WHERE created < $1`, before.UnixMilli())
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}
