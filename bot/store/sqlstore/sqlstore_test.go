package sqlstore_test

import (
	"context"
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
	row := bot.Row{Place: bot.Place{Platform: "slack", Channel: "C1"}, Message: "1"}
	now := time.Now()
	first, err := a.Claim(context.Background(), row, "spam", now, now.Add(time.Minute), now)
	if err != nil || first != bot.Won {
		t.Fatalf("first claim: %v, %v; want won", first, err)
	}
	second, err := b.Claim(context.Background(), row, "spam", now, now.Add(time.Minute), now)
	if err != nil || second != bot.Taken {
		t.Fatalf("second claim: %v, %v; want taken", second, err)
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
		if _, err := s.Forget(context.Background(), time.Now().Add(1e6*time.Hour)); err != nil {
			t.Fatal(err)
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
