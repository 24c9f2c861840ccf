package detect

import "strings"

// newQuick chooses the grams that stand for the phrases.
func newQuick(phrases []phrase) *quick {
	q := &quick{}
	for _, p := range phrases {
		if q.held > tableSize*3/4 || !q.anchor(p.text) {
			q.blind = true
			break
		}
	}
	return q
}

// anchor enters the grams of that word of a phrase which ordinary text holds
// least; ok is false where no word is long enough.
func (q *quick) anchor(phrase string) (ok bool) {
	best := 0
	var grams [stride]place
	for start := 0; start < len(phrase); start++ {
		end := start
		for end < len(phrase) && isWord(phrase[end]) {
			end++
		}
		if places, cost, found := q.cover(phrase, start, end); found && (!ok || cost < best) {
			best, grams, ok = cost, places, true
		}
		start = end
	}
	if ok {
		for _, p := range grams {
			q.enter(p)
		}
	}
	return ok
}

// cover gives a gram of a word for each distance from its start modulo the
// stride, the rarest ones, and how often they stand in text together. A gram
// may reach over an end of the word by one byte.
func (q *quick) cover(phrase string, start, end int) (grams [stride]place, cost int, ok bool) {
	var costs [stride]int
	try := func(n int, p place) {
		n %= stride
		if c := q.cost(p); costs[n] == 0 || c < costs[n] {
			grams[n], costs[n] = p, c
		}
	}
	if end-start < 4 {
		return grams, 0, false
	}
	for at := start; at+4 <= end; at++ {
		try(at-start, place{phrase, at, 0})
	}
	if phrase[start] < 0x80 && costs[stride-1] == 0 {
		try(stride-1, place{phrase, start, 1})
	}
	if n := (end - 3 - start) % stride; costs[n] == 0 && (end == len(phrase) || phrase[end] != '*') {
		try(n, place{phrase, end - 3, 0})
	}
	for _, c := range costs {
		if c == 0 {
			return grams, 0, false
		}
		cost += c
	}
	return grams, cost, true
}

// cost is how often a gram is met in ordinary text, of 1000⁴ grams, and how
// often another one is taken for it. One that already stands for another phrase
// is only looked at a little longer.
func (q *quick) cost(p place) int {
	grams := p.grams()
	often := share(grams[0]) // all signs that may end a word count as one
	if q.find(grams[0]).gram != 0 {
		return often/6 + 1
	}
	return often + len(grams)*(1e12>>gramBits) + 1
}

// enter puts a gram into the set.
func (q *quick) enter(p place) {
	for _, gram := range p.grams() {
		h := gramHash(gram)
		q.set[h>>6] |= 1 << (h & 63)
		e := q.find(gram)
		if e.gram == 0 {
			e.gram = gram
			q.held++
		}
		if n := len(e.places); n == 0 || e.places[n-1] != p { // bytes that fold alike come again
			e.places = append(e.places, p)
		}
	}
}

// grams gives the gram at a place: one, or, where it reaches over an end of its
// word, one for each byte that may stand there.
func (p place) grams() []uint32 {
	gram := uint32(0)
	open := -1
	for i := range 4 {
		at := p.at - p.skip + i
		if i < p.skip || at >= len(p.phrase) || !isWord(p.phrase[at]) {
			open = 8 * i
			continue
		}
		gram |= uint32(p.phrase[at]|0x20) << (8 * i)
	}
	if open < 0 {
		return []uint32{gram}
	}
	var list []uint32
	for c := range 256 {
		if b := byte(c); b >= 0x80 || !isWord(b) {
			list = append(list, gram|uint32(b|0x20)<<open)
		}
	}
	return list
}

// share is how often a gram stands in English text, by its letters, and by the
// words that everybody uses.
func share(gram uint32) int {
	bytes := [4]byte{byte(gram), byte(gram >> 8), byte(gram >> 16), byte(gram >> 24)}
	product := 1
	for i, c := range bytes {
		switch c |= 0x20; {
		case c >= 'a' && c <= 'z':
			product *= letterShare[c-'a']
		case c < 0x80:
			product *= 180 // what ends words, taken together
			bytes[i] = ' '
		}
	}
	if strings.Contains(everyday, string(bytes[:])) {
		product *= 1000
	}
	return product
}

// letterShare is how many letters of a thousand in English text are an a, a b …
var letterShare = [26]int{82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24, 67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1}

// everyday are words that people use in every conversation, about computers
// too. They only choose between grams: a word that is missing costs time alone.
const everyday = " this that these other whether there their they then with within without your you're work working have having from found around " +
	"sound back know known unknown knows what when where which while will would could should couldn't wouldn't doesn't didn't about after before again against " +
	"anything something nothing everything because being been being between both come coming does doing done each even every " +
	"first following give given giving going good great here into just keep know like line list little local long look make making " +
	"many might more most much must need never next number only over people place point problem question really right same " +
	"send server servers service services several since some still such sure system systems take than thank thanks them think thing things " +
	"those though through time times today together under until upon using used user users very want week well were went year yesterday " +
	"host hosts mail mails message messages address addresses error errors check checks checked file files name names " +
	"network program version update account access connect connection connections failed failing fails running trying try tried " +
	"please sorry maybe actually probably different important request requests response data date group groups open close closed " +
	"change changes changed support permission permissions login password script scripts details attention information " +
	"mailbox mailboxes deliver delivered delivery recipient recipients project subject block blocks blocked finds main turn turned application "
