package detect

import (
	"strings"
	"unicode/utf8"
)

// characters puts plain ones in the place of those that look like them or like
// nothing, makes every line end "\n", and drops a terminal's colours.
func (e *editor) characters() {
	text := e.text
	for i := 0; i < len(text); {
		c := text[i]
		n := 1
		switch {
		case c == '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				e.replace(i, i+1, "")
			} else {
				e.replace(i, i+1, "\n")
			}
		case c == 0x1b, c == '[', c == '^' && strings.HasPrefix(text[i:], "^[["):
			if length := control(text[i:]); length > 0 {
				e.replace(i, i+length, "")
				n = length
			}
		case c >= utf8.RuneSelf && signs[c]&signOdd != 0:
			by, length, ok := odd(text[i:])
			if ok {
				e.replace(i, i+length, by)
			}
			n = length
		}
		i += n
	}
}

// odd reads the character that a text begins with.
func odd(s string) (by string, length int, ok bool) {
	r, length := utf8.DecodeRuneInString(s)
	by, ok = plain(r)
	return by, length, ok
}

// plain gives what is read for a character that looks like another, or like
// nothing: spaces that do not break, marks without width or for the direction
// of writing, typographic quotes and dashes, full-width forms.
func plain(r rune) (by string, ok bool) {
	const ascii = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
	switch {
	case r >= 0xff01 && r <= 0xff5e:
		return ascii[r-0xff01 : r-0xff00], true
	case r >= 0x2000 && r <= 0x200a:
		return " ", true
	case r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x2064, r >= 0x2066 && r <= 0x2069:
		return "", true
	}
	switch r {
	case 0x00a0, 0x1680, 0x202f, 0x205f, 0x3000:
		return " ", true
	case 0x00ad, 0x061c, 0x180e, 0xfeff:
		return "", true
	case 0x0085, 0x2028, 0x2029:
		return "\n", true
	case 0x2018, 0x2019, 0x201a, 0x201b, 0x2032:
		return "'", true
	case 0x201c, 0x201d, 0x201e, 0x201f, 0x2033, 0x00ab, 0x00bb, 0x300c, 0x300d, 0x300e, 0x300f:
		return `"`, true
	case 0x2010, 0x2011, 0x2012, 0x2013, 0x2212:
		return "-", true
	case 0x2026:
		return "...", true
	}
	return "", false
}

// longestLink is how much of a terminal's hyperlink is looked at.
const longestLink = 2048

// control gives the length of a terminal's control sequence: colours and their
// relatives, ECMA-48 section 5.4, as the terminal got them, as "cat -v" shows
// them, or as a page shows them that drops the escape character; and the
// operating system commands of a hyperlink, section 8.3.89.
func control(s string) int {
	switch {
	case s[0] == '[':
		return colour(s, 1)
	case s[0] == '^':
		return colour(s, 3)
	case len(s) < 2:
		return 0
	case s[1] == ']':
		for i := 2; i < len(s) && i < longestLink; i++ {
			switch s[i] {
			case 0x07:
				return i + 1
			case 0x1b:
				if i+1 < len(s) && s[i+1] == '\\' {
					return i + 2
				}
				return 0
			case '\n':
				return 0
			}
		}
		return 0
	case s[1] != '[':
		return 0
	}
	for i := 2; i < len(s) && i < 20; i++ {
		switch c := s[i]; {
		case c >= 0x40 && c <= 0x7e:
			return i + 1
		case c < 0x20 || c > 0x3f:
			return 0
		}
	}
	return 0
}

// holdsColour reports whether a text sets a colour without an escape character.
func holdsColour(text string) bool {
	for i := strings.IndexByte(text, '['); i >= 0; {
		if colour(text[i:], 1) > 0 {
			return true
		}
		next := strings.IndexByte(text[i+1:], '[')
		if next < 0 {
			return false
		}
		i += 1 + next
	}
	return false
}

// colour gives the end of numbers and an "m" from i on, where they set a
// colour and are no stretch of time in brackets: "[0m", "[1;31m", not "[5m]".
func colour(s string, i int) int {
	start := i
	for i < len(s) && i < 20 && (isDigit(s[i]) || s[i] == ';') {
		i++
	}
	if i == len(s) || s[i] != 'm' || i+1 < len(s) && s[i+1] == ']' {
		return 0
	}
	// ECMA-48, section 8.3.117: 0 ends all, 30 to 49 and 90 to 107 are colours.
	switch parameters := s[start:i]; {
	case parameters == "0", parameters == "00", parameters == "1", parameters == "" && s[0] == '^',
		strings.Contains(parameters, ";"),
		len(parameters) == 2 && parameters[0] >= '3' && parameters[0] != '5' && parameters[0] != '6' && parameters[0] != '7' && parameters[0] != '8':
		return i + 1
	}
	return 0
}
