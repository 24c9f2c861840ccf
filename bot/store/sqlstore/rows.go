package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"smtpbot/bot"
)

// columns of a row, in the order in which values and scan have them.
const columns = `platform, channel, message, team, thread, usr, lang, cause, found, how, state, answer, head, version, revised, leased, due, created`

// mostNear bounds what a claim looks at. More errors than that in one thread,
// or in a channel within a cool-down, are nothing to speak about at all.
const mostNear = 500

// Claim implements [bot.Rows]. The channel's turn makes sure that nobody else
// speaks meanwhile, and the primary key that a message has one row.
func (s *Store) Claim(ctx context.Context, row bot.Row, since time.Time, judge func([]bot.Row) []bot.Row) (bool, error) {
	if known, err := s.known(ctx, row.Platform, row.Channel, row.Message); known || err != nil {
		return false, err
	}
	won := false
	err := s.inTurn(ctx, row.Place, func(tx *sql.Tx) error {
		root := cmp.Or(row.Thread, row.Message)
		near, err := selectRows(ctx, tx, `SELECT `+columns+` FROM answer
			WHERE platform = $1 AND channel = $2 AND (due >= $3 OR thread = $4 OR message = $4)
			ORDER BY created DESC, message DESC LIMIT $5`,
			row.Platform, row.Channel, since.UnixMilli(), root, mostNear)
		if err != nil {
			return err
		}
		for i, r := range judge(near) {
			if i > 0 {
				if err := save(ctx, tx, r); err != nil {
					return err
				}
				continue
			}
			values, err := values(r)
			if err != nil {
				return err
			}
			done, err := tx.ExecContext(ctx, `INSERT INTO answer (`+columns+`)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) ON CONFLICT DO NOTHING`, values...)
			if err != nil {
				return err
			}
			if n, err := done.RowsAffected(); err != nil || n == 0 {
				return err // somebody was faster: what it changes is theirs, too
			}
			won = true
		}
		return nil
	})
	return won && err == nil, err
}

// Update implements [bot.Rows].
func (s *Store) Update(ctx context.Context, platform, channel, message string, step func(bot.Row) (bot.Row, bool)) (bot.Row, bool, error) {
	if known, err := s.known(ctx, platform, channel, message); !known || err != nil {
		return bot.Row{}, false, err
	}
	var row bot.Row
	changed := false
	err := s.inTurn(ctx, bot.Place{Platform: platform, Channel: channel}, func(tx *sql.Tx) error {
		// Written first and read then: the lease cannot change behind our back.
		rows, err := selectRows(ctx, tx, `UPDATE answer SET leased = leased WHERE platform = $1 AND channel = $2 AND message = $3
			RETURNING `+columns, platform, channel, message)
		if err != nil || len(rows) == 0 {
			return err
		}
		if row, err = whole(ctx, tx, rows[0]); err != nil {
			return err
		}
		if row, changed = step(row); !changed {
			return nil
		}
		return save(ctx, tx, row)
	})
	return row, changed && err == nil, err
}

// Remembered implements [bot.Rows].
func (s *Store) Remembered(ctx context.Context, platform, channel, message string) (bot.Row, bool, error) {
	if err := s.ready(ctx); err != nil {
		return bot.Row{}, false, err
	}
	rows, err := selectRows(ctx, s.db, `SELECT `+columns+` FROM answer
		WHERE platform = $1 AND channel = $2 AND (message = $3 OR answer = $3 AND answer <> '')
		ORDER BY CASE WHEN message = $3 THEN 0 ELSE 1 END LIMIT 1`, platform, channel, message)
	if err != nil || len(rows) == 0 {
		return bot.Row{}, false, err
	}
	row, err := whole(ctx, s.db, rows[0])
	return row, err == nil, err
}

// Overdue implements [bot.Rows]. The condition on the lease stands twice: a
// process that waited for another's update sees the new lease and leaves the
// row alone.
func (s *Store) Overdue(ctx context.Context, platform string, states [2]bot.State, now, leased, oldest time.Time, limit int) ([]bot.Row, error) {
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	if _, err := s.db.ExecContext(ctx, `UPDATE answer SET state = 'dropped'
		WHERE platform = $1 AND state IN ($2, $3) AND leased < $4 AND due < $5`,
		platform, string(states[0]), string(states[1]), now.UnixMilli(), oldest.UnixMilli()); err != nil {
		return nil, err
	}
	rows, err := selectRows(ctx, s.db, `
		UPDATE answer SET leased = $5
		WHERE leased < $4 AND state IN ($2, $3) AND (platform, channel, message) IN (
			SELECT platform, channel, message FROM answer
			WHERE platform = $1 AND state IN ($2, $3) AND leased < $4
			ORDER BY due, message LIMIT $6)
		RETURNING `+columns,
		platform, string(states[0]), string(states[1]), now.UnixMilli(), leased.UnixMilli(), limit)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		if rows[i], err = whole(ctx, s.db, rows[i]); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// Vacate implements [bot.Rows].
func (s *Store) Vacate(ctx context.Context, platform, channel string) error {
	return s.deleteAll(ctx, []string{"turn", "answer", "setting", "bookmark"}, "platform = $1 AND channel = $2", platform, channel)
}

// known reports whether a message has a row. Most that happens in a channel is
// about messages that have none, and needs no turn.
func (s *Store) known(ctx context.Context, platform, channel, message string) (bool, error) {
	if err := s.ready(ctx); err != nil {
		return false, err
	}
	var n int
	err := s.db.QueryRowContext(ctx, `SELECT COUNT(*) FROM answer WHERE platform = $1 AND channel = $2 AND message = $3`,
		platform, channel, message).Scan(&n)
	return n > 0, err
}

// inTurn runs a transaction during which no other has the channel.
func (s *Store) inTurn(ctx context.Context, p bot.Place, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	// PostgreSQL lets the next writer of this row wait until the transaction
	// ends; what that reads then, it reads anew (READ COMMITTED).
	if _, err := tx.ExecContext(ctx, `INSERT INTO turn (platform, channel, team, taken) VALUES ($1, $2, $3, $4)
		ON CONFLICT (platform, channel) DO UPDATE SET taken = excluded.taken,
			team = CASE WHEN excluded.team = '' THEN turn.team ELSE excluded.team END`,
		p.Platform, p.Channel, p.Team, time.Now().UnixMilli()); err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// save writes what may change of a row.
func save(ctx context.Context, tx *sql.Tx, r bot.Row) error {
	found, err := json.Marshal(r.Found)
	if err != nil {
		return fmt.Errorf("encode findings: %w", err)
	}
	_, err = tx.ExecContext(ctx, `UPDATE answer SET lang = $4, cause = $5, found = $6, how = $7, state = $8, answer = $9,
		head = $10, version = $11, revised = $12, leased = $13, due = $14
		WHERE platform = $1 AND channel = $2 AND message = $3`,
		r.Platform, r.Channel, r.Message, r.Lang, string(r.Cause), string(found), string(r.How), string(r.State), r.Answer,
		r.Head, r.Version, r.Revised.UnixMilli(), r.Leased.UnixMilli(), r.Due.UnixMilli())
	return err
}

// values are a row's, in the order of columns.
func values(r bot.Row) ([]any, error) {
	found, err := json.Marshal(r.Found)
	if err != nil {
		return nil, fmt.Errorf("encode findings: %w", err)
	}
	return []any{
		r.Platform, r.Channel, r.Message, r.Team, r.Thread, r.User, r.Lang, string(r.Cause), string(found), string(r.How), string(r.State),
		r.Answer, r.Head, r.Version, r.Revised.UnixMilli(), r.Leased.UnixMilli(), r.Due.UnixMilli(), r.Created.UnixMilli(),
	}, nil
}

// querier is a database, or a transaction on it.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func selectRows(ctx context.Context, q querier, query string, args ...any) (list []bot.Row, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var r bot.Row
		var found string
		var revised, leased, due, created int64
		if err := rows.Scan(&r.Platform, &r.Channel, &r.Message, &r.Team, &r.Thread, &r.User, &r.Lang, &r.Cause, &found, &r.How, &r.State,
			&r.Answer, &r.Head, &r.Version, &revised, &leased, &due, &created); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(found), &r.Found); err != nil {
			return nil, fmt.Errorf("decode findings: %w", err)
		}
		r.Revised, r.Leased, r.Due, r.Created = moment(revised), moment(leased), moment(due), moment(created)
		list = append(list, r)
	}
	return list, rows.Err()
}

// whole adds to a row what was folded into it.
func whole(ctx context.Context, q querier, r bot.Row) (bot.Row, error) {
	folded, err := selectRows(ctx, q, `SELECT `+columns+` FROM answer
		WHERE platform = $1 AND channel = $2 AND head = $3 AND state = 'folded' ORDER BY created, message`, r.Platform, r.Channel, r.Message)
	for _, f := range folded {
		r.Folded = append(r.Folded, f.Found...)
	}
	return r, err
}

func moment(milliseconds int64) time.Time { return time.UnixMilli(milliseconds).UTC() }
