package detect

import (
	"cmp"
	"slices"
)

// phrase is a piece of wording that tells something about the text around it.
// It is written in lower case. A blank in it stands for any white space, also
// over the end of a line; a star at its end leaves the last word open, and one
// between blanks stands for a word.
type phrase struct {
	text   string
	kind   kind
	points int
}

// phrases makes a row of a table: texts that are evidence of one kind and
// count alike.
func phrases(kind kind, points int, texts ...string) []phrase {
	list := make([]phrase, len(texts))
	for i, text := range texts {
		list[i] = phrase{text, kind, points}
	}
	return list
}

// mark is a phrase that was found.
type mark struct {
	at, end int
	phrase  *phrase
}

// lexicon finds many phrases in one pass over a text. It looks only where a
// word or a sign begins, and there only at phrases with the same first
// characters.
type lexicon struct {
	phrases []phrase
	// The phrases by the hash of their first three bytes: those of a hash stand
	// in byStart from starts[hash] up to starts[hash+1], the longest first.
	byStart []opening
	starts  [1<<startBits + 1]uint16
}

// opening is how a phrase begins: up to eight bytes, in small letters. Where
// the text has a blank alone between its words, mask says which of them have to
// be in it, else first does, for the first word.
type opening struct {
	bytes, mask, first uint64
	phrase             *phrase
}

func openingOf(p *phrase) opening {
	o := opening{phrase: p}
	word := true
	for i := 0; i < min(len(p.text), 8) && !wild(p.text, i); i++ {
		word = word && p.text[i] != ' '
		o.bytes |= uint64(p.text[i]|0x20) << (8 * i)
		o.mask |= 0xff << (8 * i)
		if word {
			o.first = o.mask
		}
	}
	return o
}

// wild reports whether the byte of a phrase is a star that stands for
// something.
func wild(phrase string, i int) bool {
	return phrase[i] == '*' && i > 0 && (i == len(phrase)-1 && phrase[i-1] != '*' ||
		i < len(phrase)-1 && phrase[i-1] == ' ' && phrase[i+1] == ' ')
}

// start is eight bytes of a text, to be compared with openings.
type start struct {
	bytes uint64 // made small letters, and some signs alike, which does no harm
	loose bool   // more than a blank may stand between words
}

func startAt(text string, i int) start {
	x := wordAt(text, i)
	tab, line, blank := x^'\t'*ones, x^'\n'*ones, x^' '*ones
	spaces := (blank - ones) &^ blank & highs
	return start{x | 0x20*ones, ((tab-ones)&^tab|(line-ones)&^line)&highs|spaces&(spaces<<8) != 0}
}

func (o *opening) fits(s start) bool {
	if s.loose {
		return s.bytes&o.first == o.bytes&o.first
	}
	return s.bytes&o.mask == o.bytes
}

const startBits = 12

func newLexicon(phrases []phrase) *lexicon {
	x := &lexicon{phrases: phrases}
	hashes := make(map[*phrase]uint32, len(phrases))
	for i := range phrases {
		p := &phrases[i]
		text := p.text
		if len(text) < 3 {
			text += "  " // what ends a word ends it as a blank does
		}
		hashes[p] = startHash(text, 0)
		x.byStart = append(x.byStart, openingOf(p))
		x.starts[hashes[p]+1]++
	}
	for h := range 1 << startBits {
		x.starts[h+1] += x.starts[h]
	}
	slices.SortStableFunc(x.byStart, func(a, b opening) int {
		return cmp.Or(cmp.Compare(hashes[a.phrase], hashes[b.phrase]), len(b.phrase.text)-len(a.phrase.text))
	})
	return x
}

// startHash hashes the three bytes from i on. All that is no letter, digit or
// sign of a phrase's beginning counts as a blank.
func startHash(s string, i int) uint32 {
	second, third := byte(' '), byte(' ')
	if i+1 < len(s) {
		second = folded[s[i+1]]
		if i+2 < len(s) && second != ' ' {
			third = folded[s[i+2]]
		}
	}
	return (uint32(folded[s[i]])<<16 | uint32(second)<<8 | uint32(third)) * 0x9e37_79b1 >> (32 - startBits)
}

// folded gives a byte of a word in lower case, and a blank for any other.
var folded = func() (table [256]byte) {
	for i := range table {
		table[i] = ' '
		if c := byte(i); isWord(c) {
			table[i] = lower(c)
		}
	}
	return table
}()

// begins reports whether a phrase may begin at a place: not with a blank, and
// not in the middle of a word.
func begins(text string, i int) bool {
	c := text[i]
	return c != ' ' && (folded[c] == ' ' || c >= 0xc0 || i == 0 || folded[text[i-1]] == ' ')
}

// at gives the phrases that may begin at a place.
func (x *lexicon) at(text string, i int) []opening {
	h := startHash(text, i)
	return x.byStart[x.starts[h]:x.starts[h+1]]
}

// find appends the phrases of a text to marks, in order. Where several begin
// at one place, the longest of each kind counts.
func (x *lexicon) find(text string, marks []mark) []mark {
	for i := range len(text) {
		if !begins(text, i) {
			continue
		}
		list := x.at(text, i)
		if len(list) == 0 {
			continue
		}
		here, start := len(marks), startAt(text, i)
		for n := range list {
			o := &list[n]
			if !o.fits(start) {
				continue
			}
			end := match(text, i, o.phrase.text)
			if end < 0 {
				continue
			}
			known := false
			for _, m := range marks[here:] {
				known = known || m.phrase.kind == o.phrase.kind
			}
			if !known {
				marks = append(marks, mark{i, end, o.phrase})
			}
		}
	}
	return marks
}

// in reports whether a text holds any of the phrases.
func (x *lexicon) in(text string) bool {
	for i := range len(text) {
		if !begins(text, i) {
			continue
		}
		list := x.at(text, i)
		if len(list) == 0 {
			continue
		}
		start := startAt(text, i)
		for n := range list {
			if o := &list[n]; o.fits(start) && match(text, i, o.phrase.text) >= 0 {
				return true
			}
		}
	}
	return false
}

// wordAt gives eight bytes, the first one lowest, and a NUL for each that lies
// behind the text.
func wordAt(text string, i int) uint64 {
	if i+8 <= len(text) {
		return word(text[i:])
	}
	if len(text) >= 8 {
		return word(text[len(text)-8:]) >> (8 * (i + 8 - len(text)))
	}
	var short [8]byte
	copy(short[:], text[i:])
	return word(string(short[:]))
}

// word gives the first eight bytes of a text: one load.
func word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// match gives the end of a phrase that begins at i, or -1.
func match(text string, i int, phrase string) int {
	for j := 0; j < len(phrase); j++ {
		c := phrase[j]
		if c != '*' && c != ' ' { // nearly always
			if i >= len(text) || lower(text[i]) != c {
				return -1
			}
			i++
			continue
		}
		if c == '*' && j == len(phrase)-1 && phrase[j-1] != '*' {
			return i
		}
		if c == '*' && j > 0 && phrase[j-1] == ' ' && j+1 < len(phrase) && phrase[j+1] == ' ' {
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
