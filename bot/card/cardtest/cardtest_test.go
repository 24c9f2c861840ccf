package cardtest

import (
	"testing"
	"unicode/utf8"

	"smtpbot/bot/card"
)

func TestNamesDiffer(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range Cards() {
		if n.Name == "" || seen[n.Name] {
			t.Errorf("%q twice", n.Name)
		}
		seen[n.Name] = true
	}
}

// The plain-text renderer stands every card; the platforms' renderers have
// tests of their own.
func TestText(t *testing.T) {
	for _, n := range Cards() {
		t.Run(n.Name, func(t *testing.T) {
			if text := card.Text(n.Card); n.Name != "broken UTF-8" && !utf8.ValidString(text) {
				t.Error("broken UTF-8")
			}
		})
	}
}
