package detect

import "slices"

// phrase is a piece of wording that tells something about the text around it.
// It is written in lower case. A blank in it stands for any white space, also
// over the end of a line; a star at its end leaves the last word open, and one
// inside stands for a run without white space.
type phrase struct {
	text   string
	kind   kind
	points int
}

// mark is a phrase that was found.
type mark struct {
	at, end int
	phrase  *phrase
}

// lexicon finds many phrases in one pass over a text. It looks only where a
// word or a sign begins, and there only at phrases with the same two first
// characters.
type lexicon struct {
	phrases []phrase
	starts  [1024][]uint16 // by the hash of the first two bytes
}

func newLexicon(tables ...[]phrase) *lexicon {
	x := &lexicon{phrases: slices.Concat(tables...)}
	for i, p := range x.phrases {
		h := startHash(p.text, 0)
		x.starts[h] = append(x.starts[h], uint16(i))
	}
	for _, list := range x.starts {
		slices.SortFunc(list, func(a, b uint16) int { return len(x.phrases[b].text) - len(x.phrases[a].text) })
	}
	return x
}

func startHash(s string, i int) int {
	second := byte(' ')
	if i+1 < len(s) {
		second = lower(s[i+1])
		if isSpace(second) {
			second = ' '
		}
	}
	return (int(lower(s[i]))<<5 ^ int(second)) & 1023
}

// find appends the phrases of a text to marks, in order. Where several begin
// at one place, the longest of each kind counts.
func (x *lexicon) find(text string, marks []mark) []mark {
	for i := 0; i < len(text); i++ {
		if i > 0 && isWord(text[i]) && isWord(text[i-1]) && text[i] < 0xc0 {
			continue
		}
		here := len(marks)
		for _, n := range x.starts[startHash(text, i)] {
			p := &x.phrases[n]
			end := match(text, i, p.text)
			if end < 0 {
				continue
			}
			known := false
			for _, m := range marks[here:] {
				known = known || m.phrase.kind == p.kind
			}
			if !known {
				marks = append(marks, mark{i, end, p})
			}
		}
	}
	return marks
}

// match gives the end of a phrase that begins at i, or -1.
func match(text string, i int, phrase string) int {
	for j := 0; j < len(phrase); j++ {
		c := phrase[j]
		if c == '*' && j == len(phrase)-1 {
			return i
		}
		if c == '*' {
			for n := 0; i < len(text) && !isSpace(text[i]) && n < 100; n++ {
				i++
			}
			continue
		}
		if i >= len(text) {
			return -1
		}
		if c == ' ' {
			if !isSpace(text[i]) {
				return -1
			}
			for i < len(text) && isSpace(text[i]) {
				i++
			}
			continue
		}
		if lower(text[i]) != c {
			return -1
		}
		i++
	}
	if i < len(text) && isWord(text[i]) && isWord(text[i-1]) && text[i] < 0x80 {
		return -1
	}
	return i
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func isSpace(c byte) bool  { return c == ' ' || c == '\n' || c == '\t' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return lower(c) >= 'a' && lower(c) <= 'z' }

// isWord reports whether a byte belongs to a word; a byte beyond ASCII does.
func isWord(c byte) bool { return isLetter(c) || isDigit(c) || c >= 0x80 }
