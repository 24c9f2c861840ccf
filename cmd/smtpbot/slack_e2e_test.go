package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// These tests run the binary against local-slack, a server that speaks Slack's
// protocols (npm: local-slack-linux-x64). It takes everything that it is sent;
// what Slack would refuse, the tests in adapters/slack find.

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

// localSlack is a running local-slack.
type localSlack struct {
	t   testing.TB
	url string
}

// slackProgram finds local-slack, or skips the test.
func slackProgram(t testing.TB) string {
	t.Helper()
	path := os.Getenv("LOCAL_SLACK_BIN")
	if path == "" {
		path, _ = filepath.Abs("../../.ci/node_modules/local-slack-linux-x64/bin/local-slack")
	}
	if _, err := os.Stat(path); err != nil {
		missing(t, "local-slack ("+path+")")
	}
	return path
}

// startSlack runs local-slack on a port, 0 for any; requestURL is empty for
// Socket Mode.
func startSlack(t testing.TB, port int, requestURL string) *localSlack {
	t.Helper()
	program := slackProgram(t)
	app := map[string]string{
		"appId": "A01APP", "botUserId": slackUser, "botName": "smtpbot", "botToken": "xoxb-test-token", "appToken": "xapp-test-token",
		"signingSecret": "test-signing-secret", "mode": "socket",
	}
	if requestURL != "" {
		app["mode"], app["requestUrl"] = "events", requestURL
	}
	users, members := []any{map[string]string{"id": alice, "name": "alice"}, map[string]string{"id": "U02BOB", "name": "bob"}}, []string{alice, "U02BOB", slackUser}
	for i := range 60 { // what one person pastes in a row gets one answer
		users, members = append(users, map[string]string{"id": person(i), "name": strings.ToLower(person(i))}), append(members, person(i))
	}
	channels := []any{map[string]any{"id": general, "name": "general", "members": members}}
	for i, id := range rooms {
		channels = append(channels, map[string]any{"id": id, "name": fmt.Sprint("room-", i), "members": members})
	}
	config, _ := json.Marshal(map[string]any{"app": app, "users": users, "channels": channels})
	file := filepath.Join(t.TempDir(), "slack.json")
	if err := os.WriteFile(file, config, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "--config", file, "--port", fmt.Sprint(port), "--base-host", "127.0.0.1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	found := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if _, url, ok := strings.Cut(lines.Text(), "Web UI:"); ok {
				found <- strings.TrimSpace(url)
			}
		}
		close(found)
	}()
	select {
	case url, ok := <-found:
		if !ok {
			t.Fatal("local-slack ended")
		}
		return &localSlack{t, url}
	case <-time.After(patience):
		t.Fatal("local-slack does not start")
		return nil
	}
}

// log is what happened in it, as text.
func (s *localSlack) log() string {
	s.t.Helper()
	resp, err := http.Get(s.url + "/_control/log")
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(body)
}

// person is the id of one of many users.
func person(i int) string { return fmt.Sprintf("U9%02d", i) }

// freePort is a port that was free a moment ago.
func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// control does something as a user would, and gives what Slack then holds.
func (s *localSlack) control(what string, fields map[string]any) (m slackMessage) {
	s.t.Helper()
	body, _ := json.Marshal(fields)
	started := time.Now()
	resp, err := http.Post(s.url+"/_control/"+what, "application/json", bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	data, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != http.StatusOK {
		s.t.Fatalf("%s: %s %s", what, resp.Status, data)
	}
	// It answers after the acknowledgement, for which Slack waits three seconds.
	if took := time.Since(started); took > 3*time.Second {
		s.t.Errorf("%s was acknowledged after %s", what, took)
	}
	var answer struct{ Message slackMessage }
	_ = json.Unmarshal(data, &answer)
	return answer.Message
}

// say writes a message and gives its id.
func (s *localSlack) say(text string, more ...any) string {
	s.t.Helper()
	fields := map[string]any{"channel": general, "user": alice, "text": text}
	for i := 0; i+1 < len(more); i += 2 {
		fields[more[i].(string)] = more[i+1]
	}
	return s.control("message", fields).TS
}

// command types /smtp, and gives the answer, which only alice may see.
func (s *localSlack) command(text string) string {
	s.t.Helper()
	before := len(s.ephemeral())
	s.control("command", map[string]any{"channel": general, "user": alice, "command": "/smtp", "text": text})
	eventually(s.t, "the answer to /smtp "+text, func() bool { return len(s.ephemeral()) > before })
	return s.ephemeral()[before].Text
}

type slackMessage struct {
	TS       string            `json:"ts"`
	ThreadTS string            `json:"thread_ts"`
	User     string            `json:"user"`
	BotID    string            `json:"bot_id"`
	Subtype  string            `json:"subtype"`
	Text     string            `json:"text"`
	Blocks   []json.RawMessage `json:"blocks"`
}

func (s *localSlack) messages() []slackMessage { return s.messagesIn(general) }

func (s *localSlack) messagesIn(channel string) []slackMessage {
	s.t.Helper()
	resp, err := http.Get(s.url + "/_control/messages/" + channel)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	var list struct{ Messages []slackMessage }
	if err := json.NewDecoder(resp.Body).Decode(&list); err != nil {
		s.t.Fatal(err)
	}
	return list.Messages
}

func (s *localSlack) ephemeral() (list []slackMessage) {
	for _, m := range s.messages() {
		if m.BotID != "" && m.Subtype == "ephemeral" {
			list = append(list, m)
		}
	}
	return list
}

// answers are what the bot said in a thread; "" stands for the channel itself.
func (s *localSlack) answers(thread string) (list []slackMessage) {
	for _, m := range s.messages() {
		if m.BotID != "" && m.Subtype != "ephemeral" && m.ThreadTS == thread {
			list = append(list, m)
		}
	}
	return list
}

// answered waits for the one answer in a thread, and checks its words.
func (s *localSlack) answered(thread string, words ...string) {
	s.t.Helper()
	eventually(s.t, "an answer in thread "+thread, func() bool { return len(s.answers(thread)) > 0 })
	got := s.answers(thread)[0]
	for _, w := range words {
		if !strings.Contains(got.Text, w) {
			s.t.Errorf("%q is not in %q", w, got.Text)
		}
	}
	if len(got.Blocks) < 2 {
		s.t.Errorf("an answer of %d blocks", len(got.Blocks))
	}
}

// settled asks something and waits for the answer: what was said before it has
// been judged by then, and what was to be answered is on its way at least. The
// cause is one that nothing else in these tests has.
func (s *localSlack) settled() {
	s.t.Helper()
	s.answered(s.say("<@"+slackUser+"> 211"), "211")
}

var slackTokens = []string{"SLACK_BOT_TOKEN=xoxb-test-token", "SLACK_PING_INTERVAL=10m"}

// ready waits until the process says that it is, or that these words are why not.
func (p *process) ready(words ...string) {
	p.t.Helper()
	eventually(p.t, "readiness "+strings.Join(words, ", "), func() bool {
		status, body := p.get("/readyz")
		for _, w := range words {
			if !strings.Contains(body, w) {
				return false
			}
		}
		return (status == http.StatusOK) == (len(words) == 0)
	})
}

// The two transports, each with a bot and a Slack that talk to each other.
func slackTransports(t *testing.T) map[string]func(*testing.T) (*localSlack, *process) {
	slackProgram(t)
	return map[string]func(*testing.T) (*localSlack, *process){
		"socket": func(t *testing.T) (*localSlack, *process) {
			s := startSlack(t, 0, "")
			return s, startBinary(t, append(slackTokens, "SLACK_APP_TOKEN=xapp-test-token", "SLACK_API_URL="+s.url+"/api/")...)
		},
		"http": func(t *testing.T) (*localSlack, *process) {
			port := freePort(t)
			p := startBinary(t, append(slackTokens, "SLACK_SIGNING_SECRET=test-signing-secret", fmt.Sprintf("SLACK_API_URL=http://127.0.0.1:%d/api/", port))...)
			return startSlack(t, port, p.url+"/slack/events"), p
		},
	}
}

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
	s := startSlack(t, 0, "")
	database := "SMTPBOT_DATABASE_URL=sqlite:" + filepath.Join(t.TempDir(), "rows.db")
	env := append(slices.Clone(slackTokens), "SLACK_APP_TOKEN=xapp-test-token", "SLACK_API_URL="+s.url+"/api/", database)
	p := startBinary(t, env...)
	p.ready()
	first := s.say(pastedUnknown)
	s.answered(first, "550 5.1.1")
	p.cmd.Process.Kill()
	<-p.done
	p = startBinary(t, env...)
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
	s := startSlack(t, 0, "")
	p := startBinary(t, append(slackTokens, "SLACK_APP_TOKEN=xapp-test-token", "SLACK_API_URL="+s.url+"/api/", "SMTPBOT_COOLDOWN=0")...)
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
