package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// The end-to-end tests run the binary as its users do. A program that such a
// test needs and that is not there skips it, except where E2E_REQUIRED is set.

// patience is how long an end-to-end test waits for something to happen.
const patience = 30 * time.Second

var built struct {
	once sync.Once
	path string
	err  error
}

// buildBinary builds the binary once for all tests and gives its path.
func buildBinary(t testing.TB) string {
	t.Helper()
	built.once.Do(func() {
		dir, err := os.MkdirTemp("", "smtpbot-e2e-")
		if err != nil {
			built.err = err
			return
		}
		built.path = filepath.Join(dir, "smtpbot")
		if out, err := exec.Command("go", "build", "-o", built.path, ".").CombinedOutput(); err != nil {
			built.err = &exec.Error{Name: "go build: " + string(out), Err: err}
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.path
}

func TestMain(m *testing.M) {
	code := m.Run()
	if built.path != "" {
		os.RemoveAll(filepath.Dir(built.path))
	}
	os.Exit(code)
}

// missing skips a test for want of a program, or fails it where nothing may be skipped.
func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("E2E_REQUIRED") != "" {
		t.Fatalf("%s is missing, and E2E_REQUIRED is set", what)
	}
	t.Skipf("%s is missing", what)
}

// process is a running binary.
type process struct {
	t    testing.TB
	cmd  *exec.Cmd
	url  string // of the local page, without the last slash
	logs *syncBuffer
	done chan error
}

// startBinary serves with the given variables and nothing else from the
// environment, on a free port and a database of its own, and waits for the
// address that it prints.
func startBinary(t testing.TB, env ...string) *process {
	t.Helper()
	p := &process{t: t, cmd: exec.Command(buildBinary(t), "serve"), logs: &syncBuffer{}, done: make(chan error, 1)}
	p.cmd.Env = append([]string{
		"HOME=" + t.TempDir(), "SMTPBOT_LISTEN=127.0.0.1:0",
		"SMTPBOT_DATABASE_URL=sqlite:" + filepath.Join(t.TempDir(), "smtpbot.db"),
	}, env...)
	p.cmd.Stderr = p.logs
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	address := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(out).ReadString('\n')
		address <- line
		io.Copy(io.Discard, out)
		p.done <- p.cmd.Wait()
	}()
	t.Cleanup(func() { p.cmd.Process.Kill() })
	select {
	case line := <-address:
		_, url, ok := strings.Cut(strings.TrimSpace(line), "smtpbot is at ")
		if !ok {
			t.Fatalf("the first line does not name the address: %q\n%s", line, p.logs)
		}
		p.url = strings.TrimSuffix(url, "/")
	case <-time.After(patience):
		t.Fatalf("no address was printed\n%s", p.logs)
	}
	return p
}

// stop sends SIGTERM and checks that the process ends well within 10 seconds.
func (p *process) stop() {
	p.t.Helper()
	p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case err := <-p.done:
		if err != nil {
			p.t.Errorf("after SIGTERM: %v\n%s", err, p.logs)
		}
	case <-time.After(10 * time.Second):
		p.t.Errorf("still running 10 s after SIGTERM\n%s", p.logs)
	}
}

// get fetches a page of the process.
func (p *process) get(path string) (status int, body string) {
	p.t.Helper()
	resp, err := http.Get(p.url + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return resp.StatusCode, string(data)
}

// eventually polls until f is satisfied; what names what is waited for.
func eventually(t testing.TB, what string, f func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !f() {
		select {
		case <-ctx.Done():
			t.Fatalf("waited in vain for %s", what)
		case <-tick.C:
		}
	}
}

// syncBuffer collects what a process writes while the test reads it.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
