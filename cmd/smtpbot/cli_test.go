package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// cli runs a command as main does and gives what it said.
func cli(t testing.TB, stdin io.Reader, env []string, args ...string) (status int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	status = run(context.Background(), args, env, streams{stdin, &o, &e})
	return status, o.String(), e.String()
}

const pasted = "550 5.1.1 <info@dest.example>: Recipient address rejected: User unknown"

func TestExitStatus(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bounce.txt")
	if err := os.WriteFile(file, []byte(pasted), 0o600); err != nil {
		t.Fatal(err)
	}
	rows := []struct {
		args   string
		stdin  string
		status int
		out    string // has to stand on standard output
		err    string // has to stand on standard error, which is one line
	}{
		{"lookup 503", "", 0, "503 · ", ""},
		{"lookup --lang fr 503", "", 0, "désordre", ""},
		{"lookup 503 --lang fr", "", 0, "désordre", ""},
		{"lookup mailbox full", "", 0, "mailbox", ""},
		{"lookup 550-5.7.26", "", 0, "550 5.7.26 · ", ""},
		{"lookup 5xx", "", 0, "5xx · ", ""},
		{"lookup qwertzuiop", "", 1, "Nothing here fits", ""},
		{"lookup qwertzuiop --json", "", 1, "", "nothing fits"},
		{"lookup", "", 2, "", "smtpbot lookup 503"},
		{"lookup 503 --bogus", "", 2, "", "usage: smtpbot lookup"},
		{"compare 221 503", "", 0, "221 vs 503", ""},
		{"compare 221", "", 2, "", "two to four"},
		{"compare 1 2 3 4 5 6", "", 2, "", "two to four"},
		{"search mailbox full", "", 0, "mailbox-full", ""},
		{"search qwertzuiop", "", 1, "", ""},
		{"search qwertzuiop --json", "", 1, `{"results":[]}`, ""},
		{"explain", pasted, 0, "550 5.1.1 · ", ""},
		{"explain -", pasted, 0, "550 5.1.1 · ", ""},
		{"explain " + file, "", 0, "550 5.1.1 · ", ""},
		{"explain", "see you at 5.50", 1, "No mail error found", ""},
		{"explain", "", 1, "Paste the error", ""},
		{"explain --json", "nothing here", 1, `{"findings":[]}`, ""},
		{"explain /no/such/file", "", 2, "", "there is no file"},
		{"explain a b", "", 2, "", "one file"},
		{"explain", "550 5.1.1 User unknown\x00\xff\xfe", 0, "550 5.1.1", ""},
		{"version", "", 0, "smtpbot ", ""},
		{"help", "", 0, "usage:", ""},
		{"lookup --help", "", 0, "usage: smtpbot lookup", ""},
		{"503", "", 2, "", "smtpbot lookup 503"},
		{"serve 503", "", 2, "", "smtpbot lookup 503"},
	}
	for _, row := range rows {
		t.Run(row.args, func(t *testing.T) {
			status, out, errs := cli(t, strings.NewReader(row.stdin), nil, strings.Fields(row.args)...)
			if status != row.status {
				t.Errorf("exit status %d; want %d\n%s%s", status, row.status, out, errs)
			}
			if !strings.Contains(out, row.out) {
				t.Errorf("standard output does not hold %q:\n%s", row.out, out)
			}
			if !strings.Contains(errs, row.err) || row.err == "" && errs != "" || strings.Count(errs, "\n") > 1 {
				t.Errorf("standard error is %q; want one line with %q", errs, row.err)
			}
		})
	}
}

// TestJSONKeys holds the objects to the keys that other tools rely on. They do
// not change with the language, and none is null.
func TestJSONKeys(t *testing.T) {
	const entry = "entry kind code title class meaning when fix who retry cause references related evidence"
	for _, lang := range []string{"en", "fr"} {
		for _, row := range []struct{ args, keys, inner, innerKeys string }{
			{"lookup 503", entry, "", ""}, {"lookup 5.1.1", entry, "", ""}, {"lookup 5xx", entry, "", ""}, {"lookup 471", entry, "", ""},
			{"lookup mailbox-full", entry, "", ""}, {"lookup google/no-such-user", entry, "", ""}, {"lookup 5.7.515", entry, "", ""},
			{"compare 221 503", "lead entries differences guidance", "entries", entry},
			{"search mailbox full", "results", "results", "entry title score"},
			{"explain", "findings", "findings", "reply enhanced class cause provider entry title step words start end card"},
		} {
			args := append(strings.Fields(row.args), "--json", "--lang", lang)
			status, out, errs := cli(t, strings.NewReader(pasted), nil, args...)
			if status != 0 {
				t.Errorf("%v: exit status %d: %s", args, status, errs)
				continue
			}
			object := keysAre(t, fmt.Sprint(args), []byte(out), row.keys)
			if row.inner != "" {
				var list []json.RawMessage
				if err := json.Unmarshal(object[row.inner], &list); err != nil || len(list) == 0 {
					t.Errorf("%v: %s is no list with something in it", args, row.inner)
					continue
				}
				for _, one := range list {
					keysAre(t, fmt.Sprint(args, " ", row.inner), one, row.innerKeys)
				}
			}
		}
	}
}

func keysAre(t *testing.T, where string, data []byte, keys string) map[string]json.RawMessage {
	t.Helper()
	var object map[string]json.RawMessage
	if err := json.Unmarshal(data, &object); err != nil {
		t.Errorf("%s: not one JSON object: %v", where, err)
		return nil
	}
	for _, key := range strings.Fields(keys) {
		if v, ok := object[key]; !ok || string(v) == "null" {
			t.Errorf("%s: %s is missing or null", where, key)
		}
	}
	if len(object) != len(strings.Fields(keys)) {
		t.Errorf("%s: %d keys; want %s", where, len(object), keys)
	}
	return object
}

func TestBatch(t *testing.T) {
	in := strings.Join([]string{
		`{"id": "a1", "text": "` + pasted + `"}`, `{"id": "a2", "text": "what does 550 mean?"}`,
		`{"id": "", "text": ""}`, `{"text": "250 ok", "id": "a4", "more": 1}`, `{"id": "a5", "text": "` + strings.Repeat("5", 200_000) + `"}`,
	}, "\n")
	status, out, errs := cli(t, strings.NewReader(in), nil, "explain", "--jsonl")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if status != 0 || errs != "" || len(lines) != 5 {
		t.Fatalf("exit status %d, %d lines, %q", status, len(lines), errs)
	}
	var first struct {
		ID       string
		Findings []struct {
			Reply, Enhanced, Class, Cause, Entry, Title string
			Start, End                                  int
		}
	}
	if err := json.Unmarshal([]byte(lines[0]), &first); err != nil || len(first.Findings) != 1 {
		t.Fatalf("%v: %s", err, lines[0])
	}
	f := first.Findings[0]
	if first.ID != "a1" || f.Reply != "550" || f.Enhanced != "5.1.1" || f.Class != "permanent" || f.Cause != "mailbox-unknown" || f.Start < 0 || f.End > len(pasted) || f.Start >= f.End {
		t.Errorf("the finding is wrong: %+v", f)
	}
	for i, want := range []string{"", `{"id":"a2","findings":[]}`, `{"id":"","findings":[]}`, `{"id":"a4","findings":[]}`, `{"id":"a5","findings":[]}`} {
		if want != "" && lines[i] != want {
			t.Errorf("line %d is %s; want %s", i+1, lines[i], want)
		}
	}
}

func TestBatchStopsAtABadLine(t *testing.T) {
	good := `{"id": "a", "text": "b"}`
	for _, bad := range []string{"", "x", "[]", `"text"`, "null", `{"id": "a"}`, `{"id": 1, "text": "b"}`, `{"id": "a", "text": null}`, `{"id": "a", "text": "b"`, `{"id": "a", "text": "b"} {}`} {
		status, out, errs := cli(t, strings.NewReader(good+"\n"+bad+"\n"+good+"\n"), nil, "explain", "--jsonl")
		if status != 2 || !strings.Contains(errs, "line 2") || strings.Count(errs, "\n") != 1 {
			t.Errorf("%q: exit status %d, %q", bad, status, errs)
		}
		if strings.Count(out, "\n") != 1 {
			t.Errorf("%q: the line before it is not answered, or the one behind it is: %q", bad, out)
		}
	}
	status, _, errs := cli(t, io.MultiReader(strings.NewReader(good+"\n"), iotest.ErrReader(io.ErrUnexpectedEOF)), nil, "explain", "--jsonl")
	if status != 2 || !strings.Contains(errs, "line 2") {
		t.Errorf("a pipe that breaks: exit status %d, %q", status, errs)
	}
}

func TestCheckNamesEachProblem(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty")
	secret := filepath.Join(dir, "secret")
	os.WriteFile(empty, nil, 0o600)
	os.WriteFile(secret, []byte("xoxb-from-a-file\n"), 0o600)
	home := "HOME=" + dir
	rows := []struct {
		name   string
		env    []string
		status int
		says   []string
	}{
		{"nothing", []string{home}, 0, []string{"No chat platform"}},
		{"half of Slack", []string{home, "SLACK_BOT_TOKEN=xoxb-hunter2"}, 2, []string{"SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "https://api.slack.com/apps"}},
		{"Slack without its bot token", []string{home, "SLACK_APP_TOKEN=xapp-hunter2"}, 2, []string{"SLACK_BOT_TOKEN", "https://api.slack.com/apps"}},
		{"Slack whole", []string{home, "SLACK_BOT_TOKEN=xoxb-hunter2", "SLACK_APP_TOKEN=xapp-hunter2"}, 0, []string{"ok: slack"}},
		{"Slack from a file", []string{home, "SLACK_BOT_TOKEN_FILE=" + secret, "SLACK_SIGNING_SECRET=hunter2hunter2hunter2hunter2hunt"}, 0, []string{"ok: slack"}},
		{"Discord's key, and no token", []string{home, "DISCORD_PUBLIC_KEY=hunter2"}, 2, []string{"DISCORD_PUBLIC_KEY", "https://discord.com/developers/applications"}},
		{"an empty file", []string{home, "DISCORD_BOT_TOKEN_FILE=" + empty}, 2, []string{"DISCORD_BOT_TOKEN_FILE", "empty"}},
		{"no such file", []string{home, "DISCORD_BOT_TOKEN_FILE=" + dir + "/none"}, 2, []string{"DISCORD_BOT_TOKEN_FILE", "cannot be read"}},
		{"twice", []string{home, "SLACK_BOT_TOKEN=hunter2", "SLACK_BOT_TOKEN_FILE=" + secret}, 2, []string{"SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE"}},
		{"a bad length of time", []string{home, "SMTPBOT_COOLDOWN=soon"}, 2, []string{"SMTPBOT_COOLDOWN", "10m"}},
		{"a negative one", []string{home, "SMTPBOT_COOLDOWN=-1m"}, 2, []string{"SMTPBOT_COOLDOWN"}},
		{"a bad level", []string{home, "SMTPBOT_LOG_LEVEL=loud"}, 2, []string{"SMTPBOT_LOG_LEVEL", "debug"}},
		{"another database", []string{home, "SMTPBOT_DATABASE_URL=mysql://root:hunter2@db"}, 2, []string{"SMTPBOT_DATABASE_URL", "postgres://"}},
		{"no home", nil, 2, []string{"SMTPBOT_DATABASE_URL"}},
		{"two at once", []string{home, "SMTPBOT_COOLDOWN=soon", "SLACK_BOT_TOKEN=xoxb-hunter2"}, 2, []string{"SMTPBOT_COOLDOWN", "SLACK_APP_TOKEN"}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			status, out, errs := cli(t, nil, row.env, "check")
			if status != row.status {
				t.Errorf("exit status %d; want %d\n%s%s", status, row.status, out, errs)
			}
			for _, want := range row.says {
				if !strings.Contains(out+errs, want) {
					t.Errorf("it does not say %q:\n%s%s", want, out, errs)
				}
			}
			if strings.Contains(out+errs, "hunter2") || strings.Contains(out+errs, "from-a-file") {
				t.Errorf("a secret shows:\n%s%s", out, errs)
			}
			if row.status == 2 { // a half configuration stops the start with the same words
				if status, _, again := cli(t, nil, row.env, "serve"); status != 2 || again != errs {
					t.Errorf("serve says %d %q", status, again)
				}
			}
		})
	}
}

func BenchmarkBatch(b *testing.B) {
	line := `{"id": "a1", "text": "` + pasted + `"}` + "\n"
	in := strings.NewReader(strings.Repeat(line, b.N))
	status, _, errs := cli(b, in, nil, "explain", "--jsonl")
	if status != 0 {
		b.Fatal(errs)
	}
}
