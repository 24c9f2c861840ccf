package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// These tests run the binary against local-slack, a server that speaks Slack's
// protocols (npm: local-slack-linux-x64). It takes everything that it is sent;
// what Slack would refuse, the proxy between the two finds.

const (
	general   = "C01GEN"
	alice     = "U01ALICE"
	slackUser = "U0BOT"
)

// pasted lines, in the encoding in which Slack delivers them.
const (
	pastedUnknown = "our mail to jo came back: &lt;<mailto:jo@dest.example|jo@dest.example>&gt;: host <http://mx.dest.example|mx.dest.example>[192.0.2.9] said: 550 5.1.1 &lt;<mailto:jo@dest.example|jo@dest.example>&gt;: Recipient address rejected: User unknown in virtual mailbox table (in reply to RCPT TO command)"
	pastedFull    = "status=deferred (host <http://mx.other.example|mx.other.example>[192.0.2.8] said: 452 4.2.2 The recipient's inbox is out of storage space. Please direct the recipient to free some)"
	pastedLogin   = "530 5.7.0 Must issue a STARTTLS command first"
)

func TestSlack(t *testing.T) {
	for name, start := range slackTransports(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, p := start(t)
			p.ready()

			for question, words := range map[string][]string{
				"503": {"503"}, "221 vs 503": {"221", "503"}, "help": {"/smtp"}, "": {"/smtp"}, "5.1.1": {"5.1.1"}, pastedUnknown: {"550 5.1.1"},
				"<!channel> \x00": nil,
			} {
				answer := s.command(question)
				for _, w := range words {
					if !strings.Contains(answer, w) {
						t.Errorf("/smtp %s: %q is not in %q", question, w, answer)
					}
				}
			}

			first := s.say(pastedUnknown)
			s.answered(first, "550 5.1.1")
			again := s.say(pastedUnknown)                                                                                 // the same cause, a moment later
			s.control("edit-message", map[string]any{"channel": general, "user": alice, "ts": first, "text": pastedFull}) // it has its answer
			chat := s.say("the meeting is at 5.30, room 550")
			bot := s.say(pastedFull, "user", slackUser)
			loud := s.say("<!channel> @everyone 452 4.3.1 Insufficient system storage", "user", "U02BOB")
			s.answered(loud, "452 4.3.1")
			inThread := s.say(pastedLogin, "thread_ts", chat)
			s.answered(chat, "530")
			deleted := s.say("nothing to see")
			s.control("delete-message", map[string]any{"channel": general, "user": alice, "ts": deleted})
			edited := s.say("wait", "user", person(0))
			s.control("edit-message", map[string]any{"channel": general, "user": person(0), "ts": edited, "text": "554 5.7.1 &lt;a@b.example&gt;: Relay access denied"})
			s.answered(edited, "554 5.7.1")
			asked := s.say("<@" + slackUser + "> compare 450 vs 550")
			s.answered(asked, "450", "550")
			s.settled()

			for thread, want := range map[string]int{first: 1, again: 0, chat: 1, bot: 0, loud: 1, inThread: 0, deleted: 0, edited: 1, asked: 1, "": 0} {
				if n := len(s.answers(thread)); n != want {
					t.Errorf("%d answers in thread %q, want %d: %v", n, thread, want, s.answers(thread))
				}
			}
			for _, m := range s.messages() {
				if all := m.Text + fmt.Sprint(m.Blocks); m.BotID != "" && (strings.Contains(all, "<!") || strings.Contains(all, "jo@")) {
					t.Errorf("the bot said %s", all)
				}
			}

			// The button of an answer opens a modal for who pressed it.
			s.control("interact", map[string]any{"channel": general, "messageTs": s.answers(first)[0].TS, "user": "U02BOB",
				"action": map[string]string{"type": "button", "action_id": "details", "value": "lookup 5.1.1"}})
			eventually(t, "the answer to a button", func() bool { return strings.Contains(s.log(), "views.open") })

			p.stop()
			for _, secret := range []string{"dest.example", "jo@", "xoxb-", "xapp-", "test-signing-secret"} {
				if strings.Contains(p.logs.String(), secret) {
					t.Errorf("the log holds %q:\n%s", secret, p.logs)
				}
			}
		})
	}
}

// The bot starts while Slack is down, says so, and mends itself.
func TestSlackIsDownAtFirst(t *testing.T) {
	slackProgram(t)
	t.Parallel()
	port := freePort(t)
	p := startBinary(t, append(slackTokens, "SLACK_APP_TOKEN=xapp-test-token", fmt.Sprintf("SLACK_API_URL=http://127.0.0.1:%d/api/", port))...)
	p.ready("slack", "connection refused")
	if status, _ := p.get("/healthz"); status != http.StatusOK {
		t.Errorf("alive, but /healthz is %d", status)
	}
	s := startSlack(t, port, "")
	p.ready()
	s.answered(s.say(pastedUnknown), "550 5.1.1")
	p.stop()
}

// A message is answered once though the process is killed in between, and the
// next one finds the rows of the last.
func TestSlackOnceAcrossARestart(t *testing.T) {
	slackProgram(t)
	t.Parallel()
	s := startSlackBehindProxy(t, "")
	database := "SMTPBOT_DATABASE_URL=sqlite:" + filepath.Join(t.TempDir(), "rows.db")
	p := s.startBinary("SLACK_APP_TOKEN=xapp-test-token", database)
	p.ready()
	first := s.say(pastedUnknown)
	s.answered(first, "550 5.1.1")
	p.cmd.Process.Kill()
	<-p.done
	p = s.startBinary("SLACK_APP_TOKEN=xapp-test-token", database)
	p.ready()
	s.control("edit-message", map[string]any{"channel": general, "user": alice, "ts": first, "text": pastedFull})
	s.settled()
	if n := len(s.answers(first)); n != 1 {
		t.Errorf("%d answers", n)
	}
	p.stop()
}

// Lines of a corpus outside the project, where SMTPBOT_CORPUS names its folder.
func TestSlackCorpus(t *testing.T) {
	dir := os.Getenv("SMTPBOT_CORPUS")
	if dir == "" {
		t.Skip("SMTPBOT_CORPUS is not set")
	}
	file, err := os.Open(filepath.Join(dir, "positives-lines.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	s, p := slackTransports(t)["socket"](t, "SMTPBOT_COOLDOWN=0")
	p.ready()
	threads := map[string]string{} // to the corpus' id
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for n := 0; lines.Scan() && len(threads) < 60; n++ {
		var entry struct{ ID, Text string }
		if err := json.Unmarshal(lines.Bytes(), &entry); err != nil {
			t.Fatal(err)
		}
		if n%15 == 0 && len(entry.Text) < 10_000 {
			threads[s.say(escape.Replace(entry.Text), "user", person(len(threads)))] = entry.ID
		}
	}
	s.settled()
	silent := 0
	for thread, id := range threads {
		switch n := len(s.answers(thread)); {
		case n > 1:
			t.Errorf("%s: %d answers", id, n)
		case n == 0:
			silent++
		}
	}
	t.Logf("%d of %d lines were answered", len(threads)-silent, len(threads))
	if silent > len(threads)/4 {
		t.Errorf("silent about %d of %d lines", silent, len(threads))
	}
}
