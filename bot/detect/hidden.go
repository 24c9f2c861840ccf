package detect

import (
	"strings"
	"unicode/utf8"
)

// What follows belongs to the first look. It reads the text as it was pasted,
// so it has to say yes wherever unwrap may bring a code or a word to light.

// hides reports whether a byte may belong to markup or to a character that
// unwrap takes out or puts another in place of.
func hides(c byte) bool {
	switch c {
	case '&', '*', '_', '~', '`', '|', '[', ']':
		return true
	}
	return c >= 0x80
}

// mayBegin reports whether a byte may begin a code, or a wrapping that hides
// one.
func mayBegin(text string, i int) bool {
	switch c := text[i]; {
	case c == '4', c == '5':
		return mayBeCode(text, i)
	case c == '=':
		return encodes(text, i)
	case c == '<':
		return tags(text, i)
	case c == '&':
		return refers(text, i)
	case c == '#':
		return strings.HasPrefix(text[i:], "#01") // a line break, as rsyslog writes it
	case c == '[':
		return links(text, i)
	case c == '`':
		return splits(text, i)
	case c == '\\', c == 0x1b:
		return true
	case c >= 0x80:
		return vanishes(text, i)
	}
	return false
}

// mayBeCode reports whether a digit may begin a code.
func mayBeCode(text string, i int) bool {
	if i+3 > len(text) || !mayShape(text, i+1) {
		return false
	}
	for j := max(0, i-4); j < min(i+16, len(text)); j++ {
		if hides(text[j]) {
			return true
		}
	}
	_, ok := readCodes(text, i)
	return ok
}

// mayShape reports whether what follows a 4 or 5 may make it a code: two
// digits, or numbers between dots.
func mayShape(text string, i int) bool {
	switch c := text[i]; {
	case isDigit(c):
		if c := text[i+1]; !isDigit(c) {
			return hides(c)
		}
		return i+2 == len(text) || !isLetter(text[i+2]) && !isDigit(text[i+2])
	case c == '.':
		j := i + 1
		for j < len(text) && isDigit(text[j]) && j < i+4 {
			j++
		}
		return j < len(text) && (text[j] == '.' || hides(text[j]))
	default:
		return hides(c)
	}
}

// encodes reports whether a = may belong to an encoded word or to
// quoted-printable. RFC 2047, section 2; RFC 2045, section 6.7.
func encodes(text string, i int) bool {
	if i+1 == len(text) {
		return false
	}
	switch c := text[i+1]; {
	case c == '\n', c == '\r', c == '?', c == '<', hides(c):
		return true
	case c == '1': // "version=12": no character that a text holds
		return false
	default:
		_, ok := quotedByte(text[i:])
		return ok
	}
}

// tags reports whether a < begins markup that takes a word or a code apart.
// Slack's links and mentions are everywhere and stand between blanks.
func tags(text string, i int) bool {
	if i+1 == len(text) || !isLetter(text[i+1]) && strings.IndexByte("/!?@#:", text[i+1]) < 0 {
		return false
	}
	_, end := chatLink(text, i)
	return end == 0 || i > 0 && isWord(text[i-1]) || end < len(text) && isWord(text[end])
}

// refers reports whether a & may begin an entity that hides something: any but
// the three that Slack writes.
func refers(text string, i int) bool {
	rest := text[i+1:]
	if strings.HasPrefix(rest, "lt;") || strings.HasPrefix(rest, "gt;") {
		return false
	}
	rest = strings.TrimPrefix(rest, "amp;")
	return rest != "" && (rest[0] == '#' || isLetter(rest[0])) && strings.IndexByte(rest[:min(len(rest), longestEntity+1)], ';') > 0
}

// links reports whether a [ begins a colour, or a link that takes a word apart.
func links(text string, i int) bool {
	if i+1 < len(text) && (isDigit(text[i+1]) || text[i+1] == 'm') {
		return control(text[i:]) > 0
	}
	label := strings.IndexAny(text[i+1:], "]\n[") + i + 1
	if label <= i || !strings.HasPrefix(text[label:], "](") {
		return false
	}
	end := strings.IndexAny(text[label:], ")\n") + label
	return i > 0 && isWord(text[i-1]) || end > label && end+1 < len(text) && isWord(text[end+1])
}

// splits reports whether a backquote stands in the middle of a word.
func splits(text string, i int) bool {
	end := i
	for end < len(text) && text[end] == '`' {
		end++
	}
	return i > 0 && isWord(text[i-1]) && end < len(text) && isWord(text[end])
}

// vanishes reports whether unwrap takes out the character at i in the middle of
// a word, or puts a letter or a digit in its place.
func vanishes(text string, i int) bool {
	if signs[text[i]]&signOdd == 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	by, ok := plain(r)
	return ok && (by == "" && i > 0 && isWord(text[i-1]) || by != "" && isWord(by[0]))
}

// mayEnd reports whether a text may go on with the rest of a phrase behind its
// anchor. Of what stands between its words only what may hide a word matters.
func mayEnd(text string, i int, phrase string) bool {
	for j := 0; j < len(phrase); j++ {
		c := phrase[j]
		if isWord(c) {
			if i >= len(text) {
				return false
			}
			if lower(text[i]) != c {
				return parts(text[i])
			}
			i++
			continue
		}
		if c == '*' && j+1 == len(phrase) {
			return true // an open end
		}
		for i < len(text) && !isWord(text[i]) {
			if parts(text[i]) {
				return true
			}
			i++
		}
		if strings.HasPrefix(phrase[j:], " * ") {
			return true // any word
		}
		if j+1 == len(phrase) {
			return true // a sign is its own end
		}
	}
	return i >= len(text) || text[i] >= 0x80 || !isWord(text[i])
}

// mayStart does the same for what stands before the anchor.
func mayStart(text string, i int, phrase string) bool {
	for j := len(phrase) - 1; j >= 0; j-- {
		c := phrase[j]
		if isWord(c) {
			if i == 0 {
				return false
			}
			i--
			if lower(text[i]) != c {
				return parts(text[i])
			}
			continue
		}
		for i > 0 && !isWord(text[i-1]) {
			i--
			if parts(text[i]) {
				return true
			}
		}
		if j == 0 || strings.HasSuffix(phrase[:j+1], " * ") {
			return true
		}
	}
	return i == 0 || text[i-1] >= 0x80 || !isWord(text[i-1])
}

// parts reports whether a byte may stand between the words of a phrase and be
// more than a sign: an end of a link, of markup, of an entity.
func parts(c byte) bool {
	switch c {
	case '<', '>', '=', '(', ';':
		return true
	}
	return hides(c)
}
