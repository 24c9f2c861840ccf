package sqlstore_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"smtpbot/bot"
	"smtpbot/bot/store/sqlstore"
	"smtpbot/bot/store/storetest"
)

func open(t *testing.T, address string) *sqlstore.Store {
	t.Helper()
	s, err := sqlstore.Open(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestSQLite(t *testing.T) {
	storetest.Run(t, func(t *testing.T) bot.Store {
		return open(t, "sqlite:"+filepath.Join(t.TempDir(), "new folder", "smtpbot?.db"))
	})
}

// TestTwoProcesses opens one file twice, as two processes would.
func TestTwoProcesses(t *testing.T) {
	address := "sqlite:" + filepath.Join(t.TempDir(), "smtpbot.db")
	a, b := open(t, address), open(t, address)
	row := bot.Row{Place: bot.Place{Platform: "slack", Channel: "C1"}, Message: "1", State: bot.Pending}
	mine := func([]bot.Row) []bot.Row { return []bot.Row{row} }
	if won, err := a.Claim(context.Background(), row, time.Now(), mine); err != nil || !won {
		t.Fatalf("first claim: %t, %v; want won", won, err)
	}
	if won, err := b.Claim(context.Background(), row, time.Now(), mine); err != nil || won {
		t.Fatalf("second claim: %t, %v; want lost", won, err)
	}
}

// TestMends proves that a store whose folder cannot be made fails the call,
// and works once the obstacle is gone.
func TestMends(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.WriteFile(dir, nil, 0o600); err != nil { // a file where the folder has to be
		t.Fatal(err)
	}
	s := open(t, "sqlite:"+filepath.Join(dir, "smtpbot.db"))
	if err := s.Ping(context.Background()); err == nil {
		t.Fatal("a store without a folder says that it is ready")
	}
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	if err := s.Ping(context.Background()); err != nil {
		t.Fatalf("the store did not mend itself: %v", err)
	}
}

// TestPostgreSQL runs where SMTPBOT_TEST_POSTGRES names a server's database
// that the suite may empty.
func TestPostgreSQL(t *testing.T) {
	address := os.Getenv("SMTPBOT_TEST_POSTGRES")
	if address == "" {
		t.Skip("SMTPBOT_TEST_POSTGRES names no database")
	}
	storetest.Run(t, func(t *testing.T) bot.Store {
		s := open(t, address)
		if err := s.Ping(context.Background()); err != nil { // makes the tables
			t.Fatal(err)
		}
		db, err := sql.Open("pgx", address)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for _, table := range []string{"answer", "turn", "setting", "optout", "feedback", "asked", "install", "ticket", "bookmark"} {
			if _, err := db.Exec("DELETE FROM " + table); err != nil {
				t.Fatal(err)
			}
		}
		return s
	})
}

func TestCheckNeverRepeatsTheAddress(t *testing.T) {
	for _, address := range []string{"", "sqlite:", "mysql://root:hunter2@db/x", "postgres:hunter2", "postgres://hunter2 %zz"} {
		err := sqlstore.Check(address)
		if err == nil {
			t.Errorf("%q passes", address)
		} else if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q leaks its password: %v", address, err)
		}
	}
	for _, address := range []string{"sqlite:/var/lib/x.db", "postgres://u:p@h/d"} {
		if err := sqlstore.Check(address); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// TestOldRowsAreKept opens a database of the first schema.
func TestOldRowsAreKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "smtpbot.db")
	first, err := os.ReadFile("migrations/0001_answer.sql")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		`CREATE TABLE migration (name TEXT PRIMARY KEY)`, `INSERT INTO migration VALUES ('0001_answer.sql')`, string(first),
		`INSERT INTO answer VALUES ('slack', 'C1', '1', 'T1', '', 'en', 'spam', '[{"entry":"550"}]', 'answered', 'a1', 1000, 2000)`,
		`INSERT INTO answer VALUES ('slack', 'C1', '2', 'T1', '', 'en', 'spam', 'null', 'held', '', 1000, 2000)`,
	} {
		if _, err := db.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
	db.Close()
	s := open(t, "sqlite:"+file)
	for id, want := range map[string]bot.State{"1": bot.Answered, "2": bot.Gone} {
		r, ok, err := s.Remembered(context.Background(), "slack", "C1", id)
		if err != nil || !ok || r.State != want || r.How != bot.LevelReply || r.Due != time.UnixMilli(2000).UTC() {
			t.Errorf("%s: %+v, %t, %v; want it %s", id, r, ok, err, want)
		}
	}
}
