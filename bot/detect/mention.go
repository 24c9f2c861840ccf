package detect

import "strings"

// mentioned reports whether codes are no more than a word of what somebody
// says: no reply's text follows, but the end of a quotation, of brackets or of
// a sentence. Who got them himself shows an error all the same.
func (p *page) mentioned(s *site) bool {
	text := p.view.text
	if s.start > 0 && text[s.start-1] == '=' {
		return false // a field of a log
	}
	if s.hash || s.more || s.apart || s.end >= len(text) {
		return false
	}
	c := text[s.end]
	if s.enhanced.IsZero() && c != ' ' && c != '"' {
		return false
	}
	switch c {
	case '"', '\'', '`':
		if strings.LastIndexByte(text[max(s.physical, s.start-reach):s.start], c) < 0 || !s.enhanced.IsZero() && text[s.start-1] != c {
			return false
		}
	case ':': // "550 5.7.1: the code that says least"
		lower := false
		for _, m := range p.between(s.end, s.end+3) {
			lower = lower || m.phrase.kind == prose && m.phrase.points > 0 && text[m.at] >= 'a'
		}
		if !lower {
			return false
		}
	case ',', ';', '!', ')', ']':
	case '.':
		if s.end+1 < len(text) && !isSpace(text[s.end+1]) {
			return false
		}
	case ' ':
		if !strings.HasPrefix(text[s.end:], " ...") || !s.enhanced.IsZero() {
			return false
		}
	default:
		return false
	}
	for _, m := range p.between(max(s.physical, s.start-reach), s.start) {
		if m.phrase.kind == speaks { // "User unknown (550 5.1.1)"
			return false
		}
		if m.phrase.kind == owns && s.start-m.end <= 3 {
			return false
		}
	}
	return true
}

// sentenceEnds reports whether a sentence ends in a text: what was asked before
// is not asked about the codes behind it.
func sentenceEnds(gap string) bool {
	return strings.Contains(gap, "? ") || strings.Contains(gap, ". ") || strings.Contains(gap, ": ") || strings.Contains(gap, "! ")
}

// against weighs what tells that somebody speaks or writes about codes.
func (p *page) against(s *site, position, framed int) int {
	minus := 0
	if p.program(s) {
		minus = min(minus, pointsLesson)
		p.written = append(p.written, s.line.start)
	}
	if before, after := p.beside(s); p.tabled(s) || p.closed(s) || strings.Trim(before, " |*-") == "" && tallied(after) {
		minus = min(minus, pointsTable)
	}
	if p.counted(s) {
		minus = min(minus, pointsCounted)
	}
	if p.mentioned(s) {
		minus = min(minus, pointsSentence)
	}
	if p.unframed(position, framed) && (p.aside(s) || p.headed(s, position+framed)) {
		minus = min(minus, pointsCounted)
	}
	return minus
}

// closed reports whether a quotation or a code span holds the codes and no
// more, and a sentence goes on behind it: what follows are not the words of a
// reply.
func (p *page) closed(s *site) bool {
	text := p.view.text
	if s.start == 0 || s.end+1 >= len(text) || s.enhanced.IsZero() {
		return false
	}
	if c := text[s.end]; (c == '"' || c == '\'') && c == text[s.start-1] {
		return isSpace(text[s.end+1]) && s.reply != 0 && p.mentioned(s)
	}
	if text[s.start-1] != '`' || text[s.end] != '`' {
		return false
	}
	at := skip(text, s.end, " \n`")
	for _, m := range p.between(at, at+1) {
		if m.phrase.kind == prose && text[at] >= 'a' {
			return true
		}
	}
	return at < len(text) && strings.IndexByte(",;:.!?)\"", text[at]) >= 0
}
