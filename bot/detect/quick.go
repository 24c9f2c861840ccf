package detect

import "math/bits"

// quick is the first look at a text as it was pasted. Nearly every message of
// a channel holds no code and no wording of a bounce, and this says so at about
// a gigabyte a second, before anything is unwrapped or copied.
//
// Its no is certain, for the wrapping too: whatever could hide a code or a word
// from it makes it say yes. Its yes only means that the text has to be read.
//
// Of each trigger phrase one word is its anchor, for a word survives line
// breaks, quoting and markup. Three grams of four bytes stand for it, at three
// successive distances from its start, counted modulo three: so one of them is
// met where only every third place of a text is looked at.
type quick struct {
	blind bool // a phrase has no anchor, or there are too many: every text has to be read
	set   [1 << gramBits / 64]uint64
	table [tableSize]entry
	held  int // entries of the table that are taken
}

// entry lists where a gram stands. Entries whose grams have the same hash
// follow one another.
type entry struct {
	gram   uint32 // with small letters; 0 where there is none
	places []place
}

// place is where a gram stands: skip bytes before a letter of a phrase.
type place struct {
	phrase   string
	at, skip int
}

const (
	stride    = 3
	gramBits  = 17 // 16 KB: one in forty grams is taken for another
	tableSize = 1 << 13
)

// Eight bytes at once: a byte of each is added, masked or compared alike.
const (
	ones  = 0x0101_0101_0101_0101
	highs = 0x80 * ones
	small = 0x20 * ones // makes letters small, and some signs alike, which does no harm
)

// mayHold reports whether a text may hold an error.
func (q *quick) mayHold(text string) bool {
	if q.blind || mayBeWrapped(text) || q.look(text, text, 0) {
		return true
	}
	done := 0
	if len(text) >= 8 {
		done = (len(text)-8)/(2*stride)*(2*stride) + 2*stride
	}
	var rest [8]byte // ends in a NUL: the end of a text ends a word
	copy(rest[:], text[done:])
	return q.look(string(rest[:]), text, done)
}

// look reads a piece of a text, which begins at base, two grams at a time.
func (q *quick) look(piece, text string, base int) bool {
	for i := 0; i+8 <= len(piece); i += 2 * stride {
		s := piece[i : i+8]
		x := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		y := x | small
		a, b := gramHash(uint32(y)), gramHash(uint32(y>>24))
		grams := q.set[a>>6]>>(a&63) | q.set[b>>6]>>(b&63)
		if marks := signsIn(x) | x&highs; marks|grams&1 != 0 {
			for ; marks != 0; marks &= marks - 1 {
				if at := base + i + bits.TrailingZeros64(marks)/8; at < len(text) && mayBegin(text, at) {
					return true
				}
			}
			if q.worded(text, base+i, uint32(y)) || q.worded(text, base+i+stride, uint32(y>>24)) {
				return true
			}
		}
	}
	return false
}

func gramHash(gram uint32) uint32 { return gram * 0x9e37_79b1 >> (32 - gramBits) }

// signsIn marks the bytes that are 4, 5, < or =, which differ in two bits alone.
func signsIn(x uint64) uint64 {
	x = x&(0xf6*ones) ^ 0x34*ones
	return (x - ones) &^ x & highs
}

// worded reports whether a phrase may stand around a gram.
func (q *quick) worded(text string, at int, gram uint32) bool {
	h := gramHash(gram)
	if q.set[h>>6]>>(h&63)&1 == 0 {
		return false
	}
	for _, p := range q.find(gram).places {
		if mayMatch(text, at+p.skip, p) {
			return true
		}
	}
	return false
}

// find gives the entry of a gram, or the free one where it would stand.
func (q *quick) find(gram uint32) *entry {
	h := gramHash(gram) % tableSize
	for q.table[h].gram != gram && q.table[h].gram != 0 {
		h = (h + 1) % tableSize
	}
	return &q.table[h]
}
