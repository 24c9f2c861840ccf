package detect

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"smtpbot/catalog"
)

var update = flag.Bool("update", false, "write what the tests see as what they want")

var detector = sync.OnceValue(func() *Detector {
	c, err := catalog.Load(catalog.Files())
	if err != nil {
		panic(err)
	}
	return New(c)
})

// TestLoud runs testdata/loud: texts in which something has to be found, each
// followed by what. A file is in the txtar format; the part "x" is a text, the
// part "x: want" its findings, a line each.
func TestLoud(t *testing.T) {
	files, _ := filepath.Glob("testdata/loud/*.txtar")
	if len(files) == 0 {
		t.Fatal("no files")
	}
	for _, file := range files {
		head, parts := readParts(t, file)
		var out strings.Builder
		out.WriteString(head)
		for i := 0; i < len(parts); i++ {
			text, want := parts[i], ""
			if i+1 < len(parts) && parts[i+1].name == text.name+": want" {
				want = parts[i+1].body
				i++
			}
			got := show(text.body, detector().Scan(text.body))
			if got == "" {
				t.Errorf("%s: %s: nothing is found in\n%s", file, text.name, text.body)
			}
			fmt.Fprintf(&out, "-- %s --\n%s-- %s: want --\n%s", text.name, text.body, text.name, got)
			if !*update && got != want {
				t.Errorf("%s: %s:\n%sgot\n%swant\n%s", file, text.name, text.body, got, want)
			}
		}
		if *update {
			if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestQuiet runs testdata/quiet: texts in which nothing may be found, a line
// each, or, where a file has lines of "%%", what stands between them.
func TestQuiet(t *testing.T) {
	files, _ := filepath.Glob("testdata/quiet/*.txt")
	if len(files) == 0 {
		t.Fatal("no files")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		separator := "\n"
		if strings.Contains(string(data), "\n%%\n") {
			separator = "\n%%\n"
		}
		for _, text := range strings.Split(strings.TrimSpace(string(data)), separator) {
			if found := detector().Scan(text); len(found) > 0 {
				t.Errorf("%s: %q:\n%s", file, text, show(text, found))
			}
		}
	}
}

type part struct{ name, body string }

func readParts(t *testing.T, file string) (head string, parts []part) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		name, isHead := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "-- ")
		name, isTail := strings.CutSuffix(name, " --")
		switch {
		case isHead && isTail:
			parts = append(parts, part{name: name})
		case len(parts) == 0:
			head += line
		default:
			parts[len(parts)-1].body += line
		}
	}
	return head, parts
}

// show writes findings a line each: codes, class, cause, entry, count, names,
// and how the evidence begins.
func show(text string, findings []Finding) string {
	var b strings.Builder
	dash := func(s string) string {
		if s == "" {
			return "-"
		}
		return s
	}
	for _, f := range findings {
		fmt.Fprintf(&b, "%s %s %s %s %s x%d", dash(f.Reply.String()), dash(f.Enhanced.String()), f.Class, f.Cause, f.Entry, f.Count)
		for _, n := range [...]struct{ key, value string }{
			{"domain", f.Names.Domain}, {"sender", f.Names.Sender}, {"host", f.Names.Host}, {"list", f.Names.List}, {"provider", f.Names.Provider},
		} {
			if n.value != "" {
				fmt.Fprintf(&b, " %s=%s", n.key, n.value)
			}
		}
		evidence := strings.ToValidUTF8(text[f.Start:f.End], "?")
		fmt.Fprintf(&b, " | %.40q\n", evidence)
	}
	return b.String()
}

// TestCorpus counts over a labelled corpus that is no part of the project; it
// is skipped where SMTPBOT_CORPUS names no folder.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("SMTPBOT_CORPUS")
	if dir == "" {
		t.Skip("SMTPBOT_CORPUS is not set")
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var errors, found, quiet, alarms int
		for line := range strings.Lines(string(data)) {
			var record struct {
				Text   string
				Expect *struct{}
			}
			if err := json.Unmarshal([]byte(line), &record); err != nil {
				t.Fatal(err)
			}
			n := len(detector().Scan(record.Text))
			switch {
			case record.Expect == nil:
				quiet++
				alarms += min(n, 1)
			default:
				errors++
				found += min(n, 1)
			}
		}
		t.Logf("%s: %d of %d errors found, %d alarms in %d texts", filepath.Base(file), found, errors, alarms, quiet)
		if found*100 < errors*95 {
			t.Errorf("%s: fewer than 95 of 100 errors were found", filepath.Base(file))
		}
		if alarms*1000 > quiet*5 {
			t.Errorf("%s: too many alarms", filepath.Base(file))
		}
	}
}
