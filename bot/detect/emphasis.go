package detect

import (
	"cmp"
	"slices"
	"strings"
)

// emphasis takes off what makes words bold, slanted, struck or hidden in
// Slack, Discord and Markdown, the marks of code and links, and the backslash
// before a sign that shall be none. Marks come in pairs on one line, touch the
// words within and no word without; what does not is a mask, a pattern or a
// name, and stays.
// https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis
func (e *editor) emphasis() {
	text := e.text
	m := markup{text: text, unescapes: !isPattern(text)}
	for m.start = 0; m.start < len(text); m.start = m.end + 1 {
		m.end = lineEnd(text, m.start)
		m.readLine()
		for _, c := range m.cuts {
			e.replace(c.at, c.end, "")
		}
	}
}

// markup is the markup of one line.
type markup struct {
	text       string
	unescapes  bool // a backslash before a sign is not read
	start, end int
	cuts       []cut
	opened     [4 * 4]cut // the last mark of each sign and length that may open
	coded      int        // -1 not looked for; where the first code of the line is, or the line's end
}

// cut is a piece that goes.
type cut struct{ at, end int }

// isPattern reports whether a text holds a regular expression or a path: there
// a backslash is read.
func isPattern(text string) bool {
	for i := strings.IndexByte(text, '\\'); i >= 0 && i+1 < len(text); {
		if c := text[i+1]; isWord(c) || strings.IndexByte(`.()$^?+{}\`, c) >= 0 {
			return true
		}
		next := strings.IndexByte(text[i+1:], '\\')
		if next < 0 {
			return false
		}
		i += 1 + next
	}
	return false
}

func (m *markup) readLine() {
	text := m.text
	m.cuts, m.opened, m.coded = m.cuts[:0], [4 * 4]cut{}, -1
	for i := m.start; i < m.end; {
		n := 1
		switch text[i] {
		case '\\':
			if m.unescapes && i+1 < m.end && strings.IndexByte("*_~`|<>#@[]-!", text[i+1]) >= 0 {
				m.cuts = append(m.cuts, cut{i, i + 1})
				n = 2
			}
		case '`':
			n = m.code(i)
		case '*':
			n = m.mark(i, 0, 3)
		case '_':
			n = m.mark(i, 1, 3)
		case '~':
			n = m.mark(i, 2, 2)
		case '|':
			n = m.mark(i, 3, 2)
		case '[':
			m.link(i)
		default:
			next := strings.IndexAny(text[i:m.end], "\\`*_~|[")
			if next < 0 {
				next = m.end - i
			}
			n = next
		}
		i += n
	}
	slices.SortFunc(m.cuts, func(a, b cut) int { return cmp.Compare(a.at, b.at) })
}

// mark reads a row of one sign, which opens or closes, and gives its length.
func (m *markup) mark(i, sign, most int) int {
	text := m.text
	end := i
	for end < m.end && text[end] == text[i] {
		end++
	}
	n := end - i
	if n > most || text[i] == '|' && n != 2 {
		return n
	}
	before, behind := byte(' '), byte(' ')
	if i > m.start {
		before = text[i-1]
	}
	if end < m.end {
		behind = text[end]
	}
	open := &m.opened[sign*4+n]
	switch {
	case open.end > 0 && !isSpace(before) && strings.IndexByte("@/", before) < 0 && strings.IndexByte(" \t)]}\"'<>.,;:!?*_~`|", behind) >= 0 && m.sure(open.end, i):
		m.cuts = append(m.cuts, *open, cut{i, end})
		*open = cut{}
	case strings.IndexByte(" \t([{\"'<>*_~`|", before) >= 0 && !isSpace(behind) && strings.IndexByte("@./", behind) < 0:
		*open = cut{i, end}
	}
	return n
}

// sure reports whether the marks around a stretch may go. Around a code alone
// they stay, for so people write who explain it, unless the other code stands
// beside it.
func (m *markup) sure(from, to int) bool {
	text := m.text
	inner := strings.Trim(text[from:to], " *_~`|:.,")
	if inner == "" {
		return false
	}
	if text[to-1] == ':' || strings.HasPrefix(strings.TrimLeft(text[to:m.end], "*_~`|"), ":") {
		if strings.Trim(inner, "0123456789. -") == "" {
			return false // an item of a list
		}
	}
	if len(inner) > len("5.123.123") || inner[0] != '4' && inner[0] != '5' {
		return true
	}
	if reply := len(inner) == 3 && isDigit(inner[1]) && isDigit(inner[2]); reply {
		next := skip(text, to, " *_~`|-")
		_, _, ok := readEnhanced(text, next)
		return ok || next < m.end && (text[next] == '4' || text[next] == '5') && beginsEnhanced(text[next:m.end])
	}
	if beginsEnhanced(inner) {
		before := strings.TrimRight(text[max(m.start, from-12):from], " *_~`|-")
		return isReplyBefore(before, len(before))
	}
	return true
}

// looksCode reports whether a text begins as a code does, marked or not.
func looksCode(s string) bool {
	if s == "" || s[0] != '4' && s[0] != '5' {
		return false
	}
	if len(s) >= 3 && isDigit(s[1]) && isDigit(s[2]) {
		return len(s) == 3 || !isWord(s[3])
	}
	return beginsEnhanced(s)
}

// beginsEnhanced reports whether a text begins as an enhanced code does,
// whatever stands behind it.
func beginsEnhanced(s string) bool {
	n := 0
	for n < len(s) && (isDigit(s[n]) || s[n] == '.') {
		n++
	}
	_, _, ok := readEnhanced(s[:n], 0)
	return ok
}

// code reads what stands in backquotes, and gives its length. The quotes go
// where a reply stands in them or before them. In the middle of a sentence
// they stay: there somebody talks about the words.
func (m *markup) code(i int) int {
	text := m.text
	n := 1
	for i+n < m.end && text[i+n] == '`' {
		n++
	}
	next := strings.IndexByte(text[i+n:m.end], '`')
	if n > 2 || next <= 0 {
		return n
	}
	at := i + n + next
	end := at
	for end < m.end && text[end] == '`' {
		end++
	}
	if end-at != n {
		return at - i
	}
	if m.carries(i) && m.sure(i+n, at) {
		m.cuts = append(m.cuts, cut{i, i + n}, cut{at, end})
	}
	return end - i
}

// carries reports whether a reply may begin at a place of the line, or began
// before it.
func (m *markup) carries(i int) bool {
	before := strings.TrimRight(m.text[m.start:i], " \t")
	if before == "" || before[len(before)-1] == ':' {
		return true
	}
	if m.coded < 0 {
		m.coded = m.start
		for m.coded < m.end {
			if m.coded == m.start || !isWord(m.text[m.coded-1]) {
				if looksCode(m.text[m.coded:m.end]) {
					break
				}
			}
			m.coded++
		}
	}
	return m.coded < i
}

// link reads a link with a label, [label](https://…), of which the label stays.
func (m *markup) link(i int) {
	text := m.text
	n := strings.IndexAny(text[i+1:m.end], "[]")
	if n <= 0 || text[i+1+n] != ']' {
		return
	}
	at := i + 1 + n
	address := strings.TrimPrefix(text[at+1:m.end], "(<")
	if len(address) == m.end-at-1 {
		address = strings.TrimPrefix(address, "(")
	}
	if len(address) == m.end-at-1 || !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "mailto:") {
		return
	}
	end := strings.IndexAny(address, ")[ \t")
	if end < 0 || address[end] != ')' {
		return
	}
	m.cuts = append(m.cuts, cut{i, i + 1}, cut{at, m.end - len(address) + end + 1})
}
