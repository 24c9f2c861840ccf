package detect

import (
	"math"
	"slices"
)

// cover is a word, and at which distances from its start the grams stand that
// are looked for: one for each distance modulo the stride. One may reach over
// an end of the word by one byte.
type cover struct {
	word string
	at   [stride]int
}

// option is a cover with the phrases that have its word.
type option struct {
	cover
	cost   int
	places []place
}

// newQuick chooses the words and the grams that stand for the phrases.
func newQuick(phrases []phrase) *quick {
	options := optionsOf(phrases)
	with := map[string][]int{} // the options that have a phrase
	for i, o := range options {
		for _, p := range o.places {
			with[p.phrase] = append(with[p.phrase], i)
		}
	}
	q, covered := &quick{}, map[string]bool{}
	for i, places := range better(options, with, cheapest(options, with)) {
		if len(places) == 0 {
			continue
		}
		a := &anchor{options[i].word, places, nextOf(options[i].word, places)}
		for _, at := range options[i].at {
			q.samples = append(q.samples, newSample(a, at))
		}
		for _, p := range places {
			covered[p.phrase] = true
		}
	}
	q.index()
	q.blind = q.blind || slices.ContainsFunc(phrases, func(p phrase) bool { return !covered[p.text] })
	return q
}

// cheapest chooses words, and the phrases that each stands for: always the word
// next that costs least for each phrase that is still without one.
func cheapest(options []option, with map[string][]int) [][]place {
	chosen, covered := make([][]place, len(options)), map[string]bool{}
	left := make([]int, len(options)) // how many places of an option are without a word
	for i, o := range options {
		left[i] = len(o.places)
	}
	for {
		best, least := -1, 0.0
		for i, o := range options {
			if cost := float64(o.cost) / float64(left[i]); left[i] > 0 && (best < 0 || cost < least) {
				best, least = i, cost
			}
		}
		if best < 0 {
			return chosen
		}
		for _, p := range options[best].places {
			if !covered[p.phrase] {
				chosen[best] = append(chosen[best], p)
			}
		}
		for _, p := range chosen[best] {
			if covered[p.phrase] { // it has the word twice
				continue
			}
			covered[p.phrase] = true
			for _, i := range with[p.phrase] {
				left[i]--
			}
		}
	}
}

// better puts in the place of a word that costs much, for it stands in every
// other message, the others that its phrases have, where these cost less
// together.
func better(options []option, with map[string][]int, chosen [][]place) [][]place {
	for i, o := range options {
		others, cost := map[int][]place{}, 0
		for _, p := range chosen[i] {
			best, least := -1, math.MaxInt
			for _, n := range with[p.phrase] {
				extra := options[n].cost
				if len(chosen[n])+len(others[n]) > 0 {
					extra = 0
				}
				if n != i && extra < least {
					best, least = n, extra
				}
			}
			if best < 0 {
				cost = math.MaxInt
				break
			}
			k := slices.IndexFunc(options[best].places, func(q place) bool { return q.phrase == p.phrase })
			others[best] = append(others[best], options[best].places[k])
			cost += least
		}
		if cost >= o.cost {
			continue
		}
		chosen[i] = nil
		for n, places := range others {
			chosen[n] = append(chosen[n], places...)
		}
	}
	return chosen
}

// nextOf gives the letters with which the word behind a word begins in its
// phrases, 0 where one of them need not go on with a word.
func nextOf(word string, places []place) (next uint32) {
	for _, p := range places {
		rest := p.phrase[p.at+len(word):]
		if len(rest) < 2 || rest[0] != ' ' || rest[1] < 'a' || rest[1] > 'z' {
			return 0
		}
		next |= 1 << (rest[1] - 'a')
	}
	return next
}

// optionsOf lists the words that may stand for the phrases.
func optionsOf(phrases []phrase) (options []option) {
	known, common := map[cover]int{}, frequency()
	type spelt struct {
		word string
		open bool
	}
	covers := map[spelt]option{}
	for _, p := range phrases {
		for start := 0; start < len(p.text); start++ {
			end := start
			for end < len(p.text) && isWord(p.text[end]) {
				end++
			}
			w := spelt{p.text[start:end], end < len(p.text) && p.text[end] == '*'}
			c, ok := covers[w]
			if !ok {
				c.cover, c.cost = coverOf(w.word, w.open, common)
				covers[w] = c
			}
			if c.cost < math.MaxInt {
				if _, ok := known[c.cover]; !ok {
					known[c.cover] = len(options)
					options = append(options, c)
				}
				o := &options[known[c.cover]]
				o.places = append(o.places, place{p.text, start})
			}
			start = end
		}
	}
	return options
}

// index puts the grams of the samples into the set and into their buckets.
func (q *quick) index() {
	var buckets [1 << bucketBits][]uint16
	for n, s := range q.samples {
		for _, gram := range s.grams() {
			h := gramHash(gram)
			q.set[h>>6] |= 1 << (h & 63)
			if b := &buckets[h>>(gramBits-bucketBits)]; !slices.Contains(*b, uint16(n)) {
				*b = append(*b, uint16(n))
			}
		}
	}
	for h, bucket := range buckets {
		q.held = append(q.held, bucket...)
		q.starts[h+1] = uint16(len(q.held))
	}
	q.blind = len(q.held) > math.MaxUint16
}

// coverOf chooses, for each distance modulo the stride, the gram of a word that
// ordinary text holds least, and says how often they stand in text together,
// of 1000⁴ grams: math.MaxInt where the word is too short.
// The word of an open end may go on.
func coverOf(word string, open bool, common map[string]int) (c cover, cost int) {
	if len(word) < 4 {
		return c, math.MaxInt
	}
	c.word = word
	var costs [stride]int
	try := func(at int) {
		s := newSample(&anchor{word: c.word}, at)
		// How often it is met, and how often another gram is taken for it: all
		// signs that may end a word count as one.
		grams := s.grams()
		sum := share(grams[0], common) + len(grams)*(1e12>>gramBits)
		if n := (at + stride) % stride; costs[n] == 0 || sum < costs[n] {
			c.at[n], costs[n] = at, sum
		}
	}
	for at := range len(c.word) - 3 {
		try(at)
	}
	if c.word[0] < 0x80 {
		try(-1)
	}
	if !open {
		try(len(c.word) - 3)
	}
	for _, n := range costs {
		if n == 0 {
			return c, math.MaxInt
		}
		cost += n
	}
	return c, cost
}

// newSample makes a sample of the four bytes that begin at a distance from the
// start of an anchor's word.
func newSample(a *anchor, at int) sample {
	s := sample{skip: -at, anchor: a}
	for i := range 4 {
		if at := at + i; at >= 0 && at < len(a.word) {
			s.gram |= uint32(a.word[at]|0x20) << (8 * i)
			s.mask |= 0xff << (8 * i)
		}
	}
	return s
}

// grams gives the gram of a sample: one, or, where it reaches over an end of
// its word, one for each byte that may stand there.
func (s *sample) grams() (list []uint32) {
	if s.mask == math.MaxUint32 {
		return []uint32{s.gram}
	}
	for c := range 256 {
		if b := byte(c); b >= 0x80 || !isWord(b) {
			list = append(list, s.gram|uint32(b|0x20)*0x0101_0101&^s.mask)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// share is how often a gram stands in English text, of 1000⁴ grams: as often as
// was counted, or by its letters.
func share(gram uint32, common map[string]int) int {
	bytes := [4]byte{byte(gram), byte(gram >> 8), byte(gram >> 16), byte(gram >> 24)}
	product := 1
	for i, c := range bytes {
		switch {
		case c >= 'a' && c <= 'z':
			product *= letterShare[c-'a']
		case c < 0x80:
			product *= 180 // what ends words, taken together
			bytes[i] = ' '
		}
	}
	return max(product, common[string(bytes[:])])
}

// frequency gives the share of each gram that was counted.
func frequency() map[string]int {
	common := map[string]int{}
	for _, row := range frequent {
		for i := 0; i < len(row.grams); i += 4 {
			common[row.grams[i:i+4]] = max(common[row.grams[i:i+4]], row.share)
		}
	}
	return common
}

// letterShare is how many letters of a thousand in English text are an a, a b …
var letterShare = [26]int{82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24, 67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1}
