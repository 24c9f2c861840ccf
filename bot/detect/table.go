package detect

import "strings"

// fewest is how many different codes side by side make a table of codes. Two
// may be two errors.
const fewest = 3

// tabled reports whether a code stands in a table or a list of codes, as
// manuals have them. A pair of codes does not count: a list of pairs is what
// somebody copied from a day's bounces.
func (p *page) tabled(s *site) bool {
	if s.reply != 0 && !s.enhanced.IsZero() || s.hash {
		return false
	}
	text := p.view.text
	seen := map[codes]bool{}
	take := func(c codes, ok bool) bool {
		ok = ok && (c.reply != 0) == (s.reply != 0) && c.reply != 0 == c.enhanced.IsZero()
		if ok {
			seen[codes{reply: c.reply, enhanced: c.enhanced}] = true
		}
		return ok
	}
	if at := item(text, s.physical); at == s.start {
		for i, n := s.physical, 0; i < len(text) && n < 8 && take(readCodes(text, item(text, i))); n++ {
			i = lineEnd(text, i) + 1
		}
		for i, n := s.physical, 0; i > 0 && n < 8; n++ {
			i = strings.LastIndexByte(text[:i-1], '\n') + 1
			if !take(readCodes(text, item(text, i))) {
				break
			}
		}
		if len(seen) >= fewest {
			return true
		}
	}
	clear(seen)
	_, after := p.beside(s)
	end := s.end + min(len(after), near)
	for i := max(s.physical, s.start-near); i < end; i++ {
		if c, ok := readCodes(text, i); take(c, ok) {
			i = c.end
		}
	}
	return len(seen) >= fewest
}

// near is how far from a code the next one of a list stands on its line.
const near = 90

// item passes over what stands before an item of a list.
func item(text string, i int) int {
	return min(skip(text, i, " \t*-|\"'`"), max(0, len(text)-1))
}
