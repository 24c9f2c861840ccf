package main

import (
	"database/sql"
	"flag"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
)

// minute makes the test of a bad line last a minute, and that of a crash wait
// for the leases of the process that died.
var minute = flag.Bool("minute", false, "test broken lines in real time")

// pastes posts errors, each in a channel of its own, over all guilds in turn.
func pastes(s *discordtest.Server, guilds []string, n int) (list []*discordtest.Message) {
	for i := range n {
		list = append(list, s.Post(discordtest.Message{GuildID: guilds[i%len(guilds)], Content: discordPaste}))
	}
	return list
}

// replies counts the answers to each message.
func replies(s *discordtest.Server) map[string]int {
	n := map[string]int{}
	for _, m := range s.Sent("") {
		n[m.ReplyTo]++
	}
	return n
}

// eachOnce waits until every message is answered, and wants no second answer.
func eachOnce(t *testing.T, s *discordtest.Server, list []*discordtest.Message) {
	t.Helper()
	defer func() {
		if t.Failed() {
			t.Logf("%d of %d answered", len(replies(s)), len(list))
		}
	}()
	s.Await("an answer to each", func() bool {
		n := replies(s)
		for _, m := range list {
			if n[m.ID] == 0 {
				return false
			}
		}
		return true
	})
	// What is told again is not answered again.
	for _, m := range list {
		s.Repeat(m)
	}
	last := s.Post(discordtest.Message{Content: "<@" + s.BotID + "> 503"})
	s.AwaitSent(last.ChannelID, 1)
	n := replies(s)
	for _, m := range list {
		if n[m.ID] != 1 {
			t.Errorf("%d answers to a message", n[m.ID])
		}
	}
	if len(n) != len(list)+1 {
		t.Errorf("%d messages have answers, want %d", len(n), len(list)+1)
	}
}

// A process is killed in the middle of 200 errors: each is answered once, those
// too that were written while there was none.
func TestDiscordOnceThroughACrash(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t, func(s *discordtest.Server) { s.Patience = bot.Lease + patience })
	guilds := []string{s.Guild()}
	for range 4 {
		guilds = append(guilds, s.AddGuild("en-US"))
	}
	// Discord takes five messages in five seconds in a channel.
	s.Ration("POST", "^/channels/[0-9]+/messages$", 5, 5*time.Second)
	s.Ration("GET", "^/channels/[0-9]+/messages$", 5, 5*time.Second)
	database := filepath.Join(t.TempDir(), "rows.db")
	env := append(discordEnv(s), "SMTPBOT_DATABASE_URL=sqlite:"+database)

	p := startBinary(t, env...)
	discordReady(t, p, s)
	// All guilds have been seen before: nobody is answered for what was there
	// before the bot.
	list := pastes(s, guilds, 10)
	s.AwaitSent("", 10)
	eventually(t, "a note on how far was read", func() bool { return bookmarks(t, database) >= len(guilds) })
	list = append(list, pastes(s, guilds, 90)...)
	s.AwaitSent("", 30)
	p.cmd.Process.Kill()
	<-p.done
	answered := len(s.Sent(""))
	list = append(list, pastes(s, guilds, 60)...)
	if !*minute {
		age(t, database)
	}

	p = startBinary(t, env...)
	discordReady(t, p, s)
	list = append(list, pastes(s, guilds, 40)...)
	eachOnce(t, s, list)
	t.Logf("%d of %d were answered before the kill; %d requests for what was written meanwhile; %d refusals",
		answered, len(list), s.Requests("GET /channels/{}/messages"), s.Invalid())
	if n := s.Invalid(); n > 0 {
		t.Errorf("%d requests were refused", n)
	}
	p.stop()
}

// bookmarks counts how many notes there are on how far was read.
func bookmarks(t *testing.T, database string) (n int) {
	t.Helper()
	inDatabase(t, database, func(db *sql.DB) error { return db.QueryRow("SELECT count(*) FROM bookmark").Scan(&n) })
	return n
}

// age lets the leases of a process that died run out, as if it had died a
// while ago.
func age(t *testing.T, database string) {
	t.Helper()
	inDatabase(t, database, func(db *sql.DB) error {
		_, err := db.Exec("UPDATE answer SET leased = 0")
		return err
	})
}

func inDatabase(t *testing.T, file string, f func(*sql.DB) error) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := f(db); err != nil {
		t.Fatal(err)
	}
}

// A line that breaks again and again loses nothing and doubles nothing.
func TestDiscordOnABadLine(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t, func(s *discordtest.Server) { s.Patience = 4 * patience })
	p := startBinary(t, discordEnv(s)...)
	discordReady(t, p, s)
	guilds := []string{s.Guild()}
	cuts, every := 10, 50*time.Millisecond
	if *minute {
		cuts, every = 30, 2*time.Second
	}
	var list []*discordtest.Message
	tick := time.NewTicker(every)
	defer tick.Stop()
	for i := range cuts {
		if !*minute {
			s.Await("a connection to break", s.Connected)
		}
		list = append(list, pastes(s, guilds, 2)...)
		switch i % 3 {
		case 0:
			s.Cut()
		case 1:
			s.Tear(1) // the next event breaks off in the middle
		case 2:
			s.Reconnect()
		}
		list = append(list, pastes(s, guilds, 3)...)
		<-tick.C
	}
	eachOnce(t, s, list)
	identified, resumed := s.Sessions()
	t.Logf("%d cuts, %d messages, %d sessions, %d resumed", cuts, len(list), identified, resumed)
	if identified > 2 {
		t.Errorf("%d sessions were begun", identified)
	}
	p.stop()
	if log := p.logs.String(); strings.Contains(log, "panic") || strings.Contains(log, "level=ERROR") {
		t.Errorf("the log complains:\n%s", log)
	}
}
