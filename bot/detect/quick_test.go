package detect

import (
	"path/filepath"
	"strings"
	"testing"
)

// The first look may say no only where reading finds nothing.
func checkFirstLook(t *testing.T, text string) {
	t.Helper()
	d := detector()
	if !d.quick.mayHold(text) {
		if found := d.read(text); len(found) > 0 {
			t.Errorf("%q: the first look passes over\n%s", text, show(text, found))
		}
	}
}

func TestFirstLookMissesNothing(t *testing.T) {
	if detector().quick.blind {
		t.Error("a trigger phrase has no word of four letters, or there are too many phrases: no text is passed over any more")
	}
	spaced := func(by string) func(string) string {
		return func(text string) string { return strings.ReplaceAll(text, " ", by) }
	}
	files, _ := filepath.Glob("testdata/loud/*.txtar")
	for _, file := range files {
		_, parts := readParts(t, file)
		for _, part := range parts {
			for _, wrap := range []func(string) string{
				func(text string) string { return text },
				strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace,
				strings.NewReplacer("\\", "\\\\", "\n", "\\n", `"`, `\"`).Replace,
				strings.NewReplacer("=", "=3D", "o", "o=\n", "5", "5=\r\n").Replace,
				strings.NewReplacer("r", "r\u200b", "5", "\u200d5").Replace,
				strings.NewReplacer("5", "５", "4", "４", ".", "．").Replace,
				strings.NewReplacer("e", "<b>e</b>", "\n", "<br>").Replace,
				strings.NewReplacer("5", "&#53;", "a", "&#x61;").Replace,
				func(text string) string { return "> > " + strings.ReplaceAll(text, "\n", "\n> > ") },
				func(text string) string { return "\x1b[31m" + text + "\x1b[0m" },
				spaced("\u00a0"), spaced("\n"), spaced("  \t"), spaced("&nbsp;"),
				strings.ToUpper, strings.TrimSpace,
			} {
				for lead := range stride { // wherever in the text a word begins
					checkFirstLook(t, strings.Repeat("-", lead)+" "+wrap(part.body))
				}
				checkFirstLook(t, wrap(part.body))
			}
		}
	}
}

// The first look knows the same characters as unwrap.
func TestFirstLookStopsAtOddCharacters(t *testing.T) {
	for c := 0x80; c < 0x100; c++ {
		if odd := signs[c]&signOdd != 0; odd != (openers[c] != 0) {
			t.Errorf("%#x begins a character that unwrap changes: %v, and the first look stops at it: %v", c, odd, !odd)
		}
	}
}

// Each trigger phrase by itself is met, at each place and as the end of a text.
func TestFirstLookMeetsEachPhrase(t *testing.T) {
	d := detector()
	for _, p := range d.triggers.phrases {
		for lead := range 2 * stride {
			for _, text := range []string{p.text, strings.ToUpper(p.text), strings.ReplaceAll(p.text, " ", "\n> ")} {
				text = strings.Repeat(".", lead) + text
				if d.triggers.in(text) && !d.quick.mayHold(text) {
					t.Errorf("%q is passed over", text)
				}
			}
		}
	}
}

func FuzzFirstLook(f *testing.F) {
	seed(f)
	for _, p := range detector().triggers.phrases {
		f.Add(p.text)
	}
	f.Fuzz(checkFirstLook)
}
