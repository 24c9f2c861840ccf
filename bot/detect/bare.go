package detect

import "strings"

// bare reports whether a reply code stands as a value of its own: Nodemailer's
// "responseCode: 550," beside the reply itself, the "code: 550" of an object.
// What follows is another value. Only where a quoted text follows directly, as
// in Python's "(550, b'…')" and in JSON, may that be the words.
func (p *page) bare(s *site) bool {
	if !s.enhanced.IsZero() {
		return false
	}
	rest := strings.TrimLeft(p.view.text[s.end:s.stop], `"'`)
	switch {
	case rest == "", strings.IndexByte("\n}])", rest[0]) >= 0:
		return true
	case rest[0] != ',':
		return false
	}
	rest = strings.TrimLeft(rest[1:], " ")
	return rest == "" || strings.IndexByte("\"'b", rest[0]) < 0
}
