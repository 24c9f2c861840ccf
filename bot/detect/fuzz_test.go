package detect

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// seed feeds a fuzz target with the texts of testdata and with what breaks
// scanners.
func seed(f *testing.F) {
	for _, pattern := range []string{"testdata/loud/*.txtar", "testdata/quiet/*.txt"} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(data))
			for _, piece := range strings.Split(string(data), "\n-- ") {
				f.Add(piece)
			}
		}
	}
	for _, s := range []string{
		"", "5", "55", "550", "550-", "550 5", "550 5.", "550 5.1", "550 5.1.", "550 5.1.1", "\r\n", "> ", ">>>", "```", "```go\n", "&lt", "&lt;", "<mailto:",
		"<mailto:a|", "<mailto:a@b|c>", "\\", "\\n\\", "\\u003", "=", "=\r\n", "\x1b[", "\x1b[31m", "\u00a0", "\u200b550\u200b-5.1.1", "\xff\xfe550", "550\x00 5.1.1 denied",
		"Status: 5.1.1\n", "Diagnostic-Code:", "Diagnostic-Code: smtp;", "Action: failed\nStatus:", "(#5.1.1)", "#5.1.1 (#", "Remote host said:\n550", "550-\n550-\n550 ",
	} {
		f.Add(s)
	}
}

func FuzzScan(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, found := range detector().Scan(text) {
			if found.Start < 0 || found.End < found.Start || found.End > len(text) {
				t.Fatalf("evidence at %d to %d of %d bytes", found.Start, found.End, len(text))
			}
			if found.Cause == "" || found.Class == "" || found.Entry == "" || found.Count < 1 {
				t.Fatalf("incomplete: %+v", found)
			}
			for _, name := range []string{found.Names.Domain, found.Names.Sender, found.Names.Host} {
				if name != "" && hostName(name) != name {
					t.Fatalf("%q is no host name", name)
				}
			}
			if list := found.Names.List; list != "" && hostName(list) != list && !ownName(list) {
				t.Fatalf("%q is neither a host name nor a list's own", list)
			}
		}
	})
}

// ownName reports whether a list calls itself so.
func ownName(name string) bool {
	for _, list := range blockLists {
		if list.name == name {
			return true
		}
	}
	return false
}

// Whatever a text is, its view is no longer than the text, is UTF-8 if the text
// is, and every stretch of it stands for one of the text, in the same order. A
// text without any sign of wrapping is its own view.
func FuzzUnwrap(f *testing.F) {
	seed(f)
	for _, row := range wrapped {
		f.Add(row.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v := unwrap(text)
		if len(v.text) > len(text) {
			t.Fatalf("%d bytes grew to %d", len(text), len(v.text))
		}
		if utf8.ValidString(text) && !utf8.ValidString(v.text) {
			t.Fatalf("%q is no longer UTF-8: %q", text, v.text)
		}
		if signsOf(text) == 0 && v.text != text {
			t.Fatalf("%q became %q", text, v.text)
		}
		lastStart, lastEnd := 0, 0
		for at := range len(v.text) {
			start, end := v.span(at, at+1)
			if start < lastStart || end < lastEnd || end <= start || end > len(text) {
				t.Fatalf("byte %d of the view is %d to %d of %d, after %d to %d", at, start, end, len(text), lastStart, lastEnd)
			}
			lastStart, lastEnd = start, end
			if from, to := v.span(at/2, at+1); from > start || to != end {
				t.Fatalf("%d to %d of the view is %d to %d, and its last byte %d to %d", at/2, at+1, from, to, start, end)
			}
		}
	})
}
