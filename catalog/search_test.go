package catalog_test

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestQueries asks what people ask, in both languages, and looks at the place
// of the entry that they mean.
func TestQueries(t *testing.T) {
	data, err := os.ReadFile("testdata/queries.txt")
	if err != nil {
		t.Fatal(err)
	}
	e := load(t).Edition("en")
	asked := 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		sign, among := " = ", 1
		if strings.Contains(line, " ~ ") {
			sign, among = " ~ ", 3
		}
		query, want, ok := strings.Cut(line, sign)
		if !ok {
			t.Fatalf("not a query: %q", line)
		}
		asked++
		var got []string
		for _, h := range e.Search(query, among) {
			got = append(got, h.Key)
		}
		if !slices.ContainsFunc(strings.Fields(want), func(key string) bool { return slices.Contains(got, key) }) {
			t.Errorf("%q finds %q; want %s", query, got, want)
		}
	}
	if asked < 150 {
		t.Errorf("%d queries; 150 are the least", asked)
	}
}

func BenchmarkSearch(b *testing.B) {
	e := load(b).Edition("en")
	e.Search("warm up", 1)
	for b.Loop() {
		e.Search("gmail mailbox full", 10)
	}
}

// TestQuestions holds the words of a question that say nothing of mail to
// finding nothing, and to pushing nothing aside.
func TestQuestions(t *testing.T) {
	e := load(t).Edition("en")
	for query, want := range map[string]string{
		"who are you":                    "",
		"what can you do for me":         "",
		"how do I fix dmarc":             "sender-authentication",
		"how long does greylisting take": "greylisted",
	} {
		hits := e.Search(query, 3)
		got := ""
		if len(hits) > 0 {
			got = hits[0].Key
		}
		if got != want {
			t.Errorf("%q finds %q first; want %q", query, got, want)
		}
	}
}
