// Package sqlstore keeps the bot's rows in SQLite or PostgreSQL, with one SQL text.
package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Store keeps rows in a database. It opens lazily: a database that is away
// fails the call, not the start, and the next call tries again.
type Store struct {
	db       *sql.DB
	prepare  func() error // makes the folder of a file, for SQLite
	mu       sync.Mutex
	migrated bool
}

// Check says what is wrong with a database address. It never repeats the
// address, which may hold a password.
func Check(address string) error {
	switch scheme, rest, _ := strings.Cut(address, ":"); scheme {
	case "sqlite":
		if rest == "" {
			return fmt.Errorf("sqlite: needs the path of a file behind it, such as sqlite:/var/lib/smtpbot/smtpbot.db")
		}
		return nil
	case "postgres", "postgresql":
		if u, err := url.Parse(address); err != nil || u.Host == "" {
			return fmt.Errorf("is not an address of the form postgres://user:password@host/database")
		}
		return nil
	}
	return fmt.Errorf("has to begin with sqlite: or postgres://")
}

// Open makes a store on "sqlite:PATH" or "postgres://…".
func Open(address string) (*Store, error) {
	if err := Check(address); err != nil {
		return nil, err
	}
	path, isFile := strings.CutPrefix(address, "sqlite:")
	if !isFile {
		db, err := sql.Open("pgx", address)
		if err != nil {
			return nil, fmt.Errorf("open PostgreSQL: the address is not understood") // the driver's words may hold the password
		}
		db.SetMaxOpenConns(8)
		return &Store{db: db, prepare: func() error { return nil }}, nil
	}
	// One connection: SQLite takes one writer at a time, and waiting for the
	// pool is fairer than waiting for its lock. FULL: a claim survives a power cut.
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() + "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate"
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	db.SetMaxOpenConns(1)
	return &Store{db: db, prepare: func() error { return os.MkdirAll(filepath.Dir(path), 0o700) }}, nil
}

// Close gives the connections back.
func (s *Store) Close() error { return s.db.Close() }

// ready brings the schema up to date, once.
func (s *Store) ready(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.migrated {
		return nil
	}
	if err := s.prepare(); err != nil {
		return fmt.Errorf("prepare the database's folder: %w", err)
	}
	if err := s.migrate(ctx); err != nil {
		return fmt.Errorf("migrate the database: %w", err)
	}
	s.migrated = true
	return nil
}

// migrate runs the numbered files that the database has not seen, in one
// transaction. Replicas that start together are serialised by the lock that
// the first statement takes.
func (s *Store) migrate(ctx context.Context) error {
	if _, err := s.db.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY)`); err != nil {
		return err
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	names, err := fs.Glob(migrations, "migrations/*.sql") // sorted
	if err != nil {
		return err
	}
	for _, name := range names {
		// The row is the lock: a second replica waits here until the first commits.
		done, err := tx.ExecContext(ctx, `INSERT INTO migration (name) VALUES ($1) ON CONFLICT DO NOTHING`, filepath.Base(name))
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			if err != nil {
				return err
			}
			continue
		}
		text, err := migrations.ReadFile(name)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, string(text)); err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
	}
	return tx.Commit()
}

// Ping implements [bot.Store].
func (s *Store) Ping(ctx context.Context) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	return s.db.PingContext(ctx)
}
