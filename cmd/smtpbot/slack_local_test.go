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

// localSlack is a running local-slack.
type localSlack struct {
	t   testing.TB
	url string

	proxy *slackProxy // between it and the process; nil where they talk directly
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
		return &localSlack{t: t, url: url}
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

// The two transports, each with a bot and a Slack that talk to each other
// through a proxy.
func slackTransports(t *testing.T) map[string]func(t *testing.T, env ...string) (*localSlack, *process) {
	slackProgram(t)
	return map[string]func(*testing.T, ...string) (*localSlack, *process){
		"socket": func(t *testing.T, env ...string) (*localSlack, *process) {
			s := startSlackBehindProxy(t, "")
			return s, s.startBinary(append(env, "SLACK_APP_TOKEN=xapp-test-token")...)
		},
		"http": func(t *testing.T, env ...string) (*localSlack, *process) {
			s := startSlackBehindProxy(t, "/slack/events")
			return s, s.startBinary(append(env, "SLACK_SIGNING_SECRET=test-signing-secret")...)
		},
	}
}

// startSlackBehindProxy runs local-slack; path is where the process takes what
// comes over HTTP, "" for Socket Mode.
func startSlackBehindProxy(t testing.TB, path string) *localSlack {
	t.Helper()
	x := newSlackProxy(t)
	if path != "" {
		path = x.url + path
	}
	s := startSlack(t, 0, path)
	s.proxy = x
	x.toSlack(s)
	return s
}

// startBinary runs the process on the other side of the proxy.
func (s *localSlack) startBinary(env ...string) *process {
	s.t.Helper()
	p := startBinary(s.t, slices.Concat(slackTokens, []string{"SLACK_API_URL=" + s.proxy.url + "/api/"}, env)...)
	s.proxy.toProcess(p)
	return p
}
