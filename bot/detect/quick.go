package detect

import "math/bits"

// quick is the first look at a text as it was pasted. Nearly every message of
// a channel holds no code and no wording of a bounce, and this says so at more
// than a gigabyte a second, before anything is unwrapped or copied.
//
// Its no is certain, for the wrapping too: whatever could hide a code or a word
// from it makes it say yes. Its yes only means that the text has to be read.
//
// Of each trigger phrase one word is its anchor, for a word survives line
// breaks, quoting and markup. Three grams of four bytes stand for it, at three
// successive distances from its start, counted modulo three: so one of them is
// met where only every third place of a text is looked at.
//
// A text is read in blocks. A few instructions without a branch say whether a
// block holds a gram of the set, or a byte that may begin a code or a wrapping;
// only then it is looked at closely.
type quick struct {
	blind bool // a phrase has no anchor, or there are too many: every text has to be read
	set   [1 << gramBits / 64]uint64

	// What the grams of the set stand for, by the upper bits of their hash: those
	// of a bucket are samples[n] for n in held[starts[bucket]:starts[bucket+1]].
	starts  [1<<bucketBits + 1]uint16
	held    []uint16
	samples []sample
}

// sample is a gram of an anchor.
type sample struct {
	gram, mask uint32 // small letters; the mask leaves out what stands beyond the word
	skip       int    // from the gram to the word's start
	anchor     *anchor
}

// anchor is a word that stands for phrases.
type anchor struct {
	word   string
	places []place
	next   uint32 // with which letters the next word may begin, a bit for each; 0 where it need not be a word
}

// place is where an anchor stands in a phrase.
type place struct {
	phrase string
	at     int
}

const (
	block      = 24
	stride     = 3
	gramBits   = 18 // 32 KB, in the nearest cache of any processor
	bucketBits = 13
)

// Eight bytes at once: a byte of each is added, masked or compared alike.
const (
	ones  = 0x0101_0101_0101_0101
	highs = 0x80 * ones
)

// mayHold reports whether a text may hold an error.
func (q *quick) mayHold(text string) bool {
	if q.blind || q.look(text, text, 0) {
		return true
	}
	var rest [block + 1]byte // ends in a NUL: the end of a text ends a word
	done := max(0, len(text)-1) / block * block
	copy(rest[:], text[done:])
	return q.look(string(rest[:]), text, done)
}

// look reads the blocks of a piece of a text, which begins at base, as far as
// one more byte stands behind them.
func (q *quick) look(piece, text string, base int) bool {
	for i := 0; i+block < len(piece); i += block {
		s := piece[i : i+block+1]
		first, second, third := signsIn(s[:8]), signsIn(s[8:16]), signsIn(s[16:24])
		grams := q.has(half(s)) | q.has(half(s[3:]))<<1 | q.has(half(s[6:]))<<2 | q.has(half(s[9:]))<<3 |
			q.has(half(s[12:]))<<4 | q.has(half(s[15:]))<<5 | q.has(half(s[18:]))<<6 | q.has(half(s[21:]))<<7
		if uint64(first|second|third)|grams == 0 {
			continue
		}
		if first != 0 && begin(s[:8], text, base+i) || second != 0 && begin(s[8:16], text, base+i+8) || third != 0 && begin(s[16:24], text, base+i+16) {
			return true
		}
		for ; grams != 0; grams &= grams - 1 {
			if n := stride * bits.TrailingZeros64(grams); q.worded(text, base+i+n, half(s[n:])) {
				return true
			}
		}
	}
	return false
}

// begin reports whether a code or a wrapping may begin in a piece of a text.
func begin(s, text string, base int) bool {
	for n := range len(s) {
		if openers[s[n]] != 0 && base+n < len(text) && mayBegin(text, base+n) {
			return true
		}
	}
	return false
}

// openers are the bytes with which mayBegin has to do.
var openers = [256]uint32{
	'4': 1, '5': 1, '<': 1, '=': 1, '&': 1, '#': 1, '[': 1, '\\': 1, '`': 1, 0x1b: 1,
	0xc2: 1, 0xd8: 1, 0xe1: 1, 0xe2: 1, 0xe3: 1, 0xef: 1,
}

// signsIn is not 0 where one of eight bytes is an opener.
func signsIn(s string) uint32 {
	_ = s[7]
	return openers[s[0]] | openers[s[1]] | openers[s[2]] | openers[s[3]] | openers[s[4]] | openers[s[5]] | openers[s[6]] | openers[s[7]]
}

func half(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// has is 1 where a gram may be in the set.
func (q *quick) has(gram uint32) uint64 {
	h := gramHash(gram)
	return q.set[h>>6] >> (h & 63) & 1
}

// gramHash is the same for small letters and large ones.
func gramHash(gram uint32) uint32 { return (gram | 0x2020_2020) * 0x9e37_79b1 >> (32 - gramBits) }

// worded reports whether a phrase may stand around a gram.
func (q *quick) worded(text string, at int, gram uint32) bool {
	bucket := gramHash(gram) >> (gramBits - bucketBits)
	for _, n := range q.held[q.starts[bucket]:q.starts[bucket+1]] {
		if s := &q.samples[n]; (gram|0x2020_2020)&s.mask == s.gram && s.anchor.mayStand(text, at+s.skip) {
			return true
		}
	}
	return false
}

// mayStand reports whether one of an anchor's phrases may stand about a place.
func (a *anchor) mayStand(text string, at int) bool {
	end := at + len(a.word)
	if at < 0 || end > len(text) {
		return false
	}
	for i := range len(a.word) {
		if lower(text[at+i]) != a.word[i] {
			return false
		}
	}
	if a.next != 0 && end+1 < len(text) && text[end] == ' ' {
		if c := lower(text[end+1]); c >= 'a' && c <= 'z' && a.next>>(c-'a')&1 == 0 {
			return false // what nearly every "could you" is
		}
	}
	for _, p := range a.places {
		if mayEnd(text, end, p.phrase[p.at+len(a.word):]) && mayStart(text, at, p.phrase[:p.at]) {
			return true
		}
	}
	return false
}
