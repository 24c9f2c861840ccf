package bot_test

import (
	"cmp"
	"fmt"
	"os"
	"strings"
	"testing"

	"smtpbot/bot"
)

// TestMailSources runs testdata/mail/eml.txtar: the part "x" is the source of a
// mail, the part "x: want" what is found in it, a line each. None of the
// headers there may make a finding, and many try.
func TestMailSources(t *testing.T) {
	const file = "testdata/mail/eml.txtar"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b := newBot(t, nil, bot.Options{})
	var out strings.Builder
	head, rest, _ := strings.Cut(string(data), "\n-- ")
	out.WriteString(head + "\n")
	pieces := strings.Split(rest, "\n-- ")
	for i := 0; i+1 < len(pieces); i += 2 {
		name, text, _ := strings.Cut(pieces[i], " --\n")
		text += "\n"
		_, want, _ := strings.Cut(strings.TrimSuffix(pieces[i+1], "\n")+"\n", " --\n")
		got := ""
		for _, f := range b.Explain(b.Catalog().Edition("en"), text).Findings {
			evidence := strings.ToValidUTF8(text[f.Start:f.End], "?")
			got += fmt.Sprintf("%s %s %s %s, %s | %.60q\n", cmp.Or(f.Reply, "-"), cmp.Or(f.Enhanced, "-"), f.Class, f.Cause, f.Title, evidence)
		}
		if got == "" {
			got = "-\n"
		}
		fmt.Fprintf(&out, "-- %s --\n%s-- %s: want --\n%s", name, text, name, got)
		if !*update && got != want {
			t.Errorf("%s:\n%sgot\n%swant\n%s", name, text, got, want)
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
