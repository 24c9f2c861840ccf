package detect

import "strings"

// tallied reports whether a line ends with a count in a column of its own, or
// with a share: "550 user unknown | 412 |", "550 5.1.1 user unknown: 12 %".
func tallied(after string) bool {
	head := strings.TrimRight(after, " |")
	bar := strings.HasSuffix(strings.TrimRight(after, " "), "|")
	number := strings.TrimRight(strings.TrimSuffix(head, ")"), "%x")
	counts := strings.HasSuffix(head, "%") || strings.HasSuffix(head, "x") || strings.HasSuffix(head, "%)") || strings.HasSuffix(head, "x)")
	number = strings.TrimRight(number, " ")
	gap := strings.TrimRight(number, "0123456789")
	if len(gap) == len(number) {
		return false
	}
	gap = strings.TrimRight(gap, " ")
	if gap == "" {
		return false
	}
	switch gap[len(gap)-1] {
	case '|', '\t', ';':
		return true
	case '.':
		return counts // "4.5 %"
	case ':', '(', ',', '=':
		return counts || bar
	}
	return false
}

// column reports whether a number stands in a column of counts, as uniq and
// pflogsumm print them: on the line above or below stands one that can be no
// reply code.
func (p *page) column(s *site, before string) bool {
	if strings.Trim(before, " ") != "" {
		return false
	}
	text := p.view.text
	count := func(line string) bool {
		line = strings.TrimLeft(line, " ")
		n := digits(line)
		return n > 0 && n != 3 && n+1 < len(line) && line[n] == ' ' && isLetter(line[n+1])
	}
	if end := lineEnd(text, s.start); end+1 < len(text) && count(text[end+1:lineEnd(text, end+1)]) {
		return true
	}
	return s.physical > 0 && count(text[strings.LastIndexByte(text[:s.physical-1], '\n')+1:s.physical-1])
}
