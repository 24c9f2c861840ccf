package discord

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"smtpbot/bot"
)

var labelKey = regexp.MustCompile(`Label\("([a-z.]+[a-z])"`)

// Every text that is asked for by its key is there.
func TestLabelsAreThere(t *testing.T) {
	t.Parallel()
	e := newBot(t, nil, bot.Options{}).Catalog().Edition("en")
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range labelKey.FindAllStringSubmatch(string(raw), -1) {
			if !e.HasLabel(m[1]) && !strings.HasSuffix(file, "_test.go") {
				t.Errorf("%s asks for the label %s", file, m[1])
			}
		}
	}
}

func TestKnows(t *testing.T) {
	t.Parallel()
	c := newBot(t, nil, bot.Options{}).Catalog()
	for locale, want := range map[string]bool{"fr": true, "fr-CA": true, "en-US": true, "en-GB": true, "en": true, "da": false, "": false, "xx-YY": false, "zh-CN": false} {
		if got := knows(c, locale); got != want {
			t.Errorf("knows(%q) = %t", locale, got)
		}
	}
}
