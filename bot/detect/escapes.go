package detect

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// escapes decodes what programs print for characters that are hard to see:
// JSON (RFC 8259, section 7), Python's repr, Go's %q, also where one was put
// into the other ("\\n"), and rsyslog's "#012". They are decoded only where a
// text surely holds some, for "C:\new" does not.
func (e *editor) escapes() {
	text := e.text
	if strings.Contains(text, "#01") {
		e.rsyslog()
		e.settle()
		text = e.text
	}
	if !hasEscapes(text) {
		return
	}
	for i := strings.IndexByte(text, '\\'); i >= 0; {
		by, n := escape(text[i:])
		if by != "" {
			e.replace(i, i+n, by)
		}
		next := strings.IndexByte(text[i+n:], '\\')
		if next < 0 {
			return
		}
		i += n + next
	}
}

// slashes counts the backslashes at the start of a text: one for each time
// that it was escaped, or more.
func slashes(s string) int {
	n := 0
	for n < len(s) && s[n] == '\\' {
		n++
	}
	return n
}

// hasEscapes reports whether a text was printed by a program that escapes:
// only there a backslash is more than a backslash.
func hasEscapes(text string) bool {
	for i := strings.IndexByte(text, '\\'); i >= 0; {
		n := slashes(text[i:])
		at := i + n
		if at == len(text) {
			return false
		}
		switch text[at] {
		case '"', '\'', '/':
			return true
		case 'n', 'r', 't':
			if endsEscape(text[at+1:]) {
				return true
			}
		case 'u':
			if _, ok := hex(text[at+1:], 4); ok {
				return true
			}
		case 'x':
			if _, ok := hex(text[at+1:], 2); ok {
				return true
			}
		}
		next := strings.IndexByte(text[at:], '\\')
		if next < 0 {
			return false
		}
		i = at + next
	}
	return false
}

// endsEscape reports whether what stands behind "\n" shows that it is an
// escape and no path or pattern: no small letter.
func endsEscape(rest string) bool {
	return rest == "" || rest[0] < 'a' || rest[0] > 'z'
}

// escape reads one escape, with all its backslashes. by is "" where it is
// none, and n then what may be passed over.
func escape(s string) (by string, n int) {
	n = slashes(s)
	if n == len(s) {
		return "", n
	}
	switch c := s[n]; c {
	case 'n', 'r':
		if n > 1 && !endsEscape(s[n+1:]) {
			return "", n + 1 // "C:\\new" in JSON
		}
		if rest := s[n+1:]; c == 'r' && slashes(rest) == n && len(rest) > n && rest[n] == 'n' {
			return "\n", 2*n + 2
		}
		return "\n", n + 1
	case 't':
		if n > 1 && !endsEscape(s[n+1:]) {
			return "", n + 1
		}
		return " ", n + 1
	case '"', '\'', '/':
		return s[n : n+1], n + 1
	case 'u':
		if r, ok := hex(s[n+1:], 4); ok {
			length := n + 5
			if utf16.IsSurrogate(r) {
				if low := s[length:]; slashes(low) == n && len(low) > n && low[n] == 'u' {
					if second, ok := hex(low[n+1:], 4); ok {
						r = utf16.DecodeRune(r, second)
						length += n + 5
					}
				}
			}
			if utf8.ValidRune(r) && r != 0 {
				return string(r), length
			}
			return "", n + 1
		}
	case 'x':
		if by, length := hexBytes(s, n); length > 0 {
			return by, length
		}
	}
	return "", n
}

// hexBytes reads as many \xNN as stand in a row.
func hexBytes(s string, slash int) (by string, length int) {
	var bytes []byte
	for slashes(s[length:]) == slash && strings.HasPrefix(s[length+slash:], "x") {
		b, ok := hex(s[length+slash+1:], 2)
		if !ok || b == 0 {
			break
		}
		bytes = append(bytes, byte(b))
		length += slash + 3
	}
	return readable(bytes), length
}

// readable gives bytes as text: as UTF-8 if they are that, else as what most
// text that is no UTF-8 is written in.
func readable(bytes []byte) string {
	if utf8.Valid(bytes) {
		return string(bytes)
	}
	var b strings.Builder
	for _, c := range bytes {
		b.WriteRune(charmap.Windows1252.DecodeByte(c))
	}
	return b.String()
}

// hex reads a number of hexadecimal digits.
func hex(s string, digits int) (n rune, ok bool) {
	if len(s) < digits {
		return 0, false
	}
	for i := range digits {
		c := lower(s[i])
		switch {
		case isDigit(c):
			n = n<<4 | rune(c-'0')
		case c >= 'a' && c <= 'f':
			n = n<<4 | rune(c-'a'+10)
		default:
			return 0, false
		}
	}
	return n, true
}

// rsyslog decodes control characters as rsyslog writes them into a log: "#"
// and three octal digits. The words on both sides touch them, unlike a
// ticket's number.
// https://www.rsyslog.com/doc/rainerscript/global.html (parser.escapeControlCharactersOnReceive)
func (e *editor) rsyslog() {
	text := e.text
	for i := strings.Index(text, "#01"); i >= 0; {
		n := len("#01")
		if i > 0 && strings.IndexByte(" \t\n([{#", text[i-1]) < 0 || e.done == i && i > 0 {
			by := ""
			switch rest := text[i:]; {
			case strings.HasPrefix(rest, "#015#012"):
				by, n = "\n", 8
			case strings.HasPrefix(rest, "#012"):
				by, n = "\n", 4
			case strings.HasPrefix(rest, "#011"):
				by, n = " ", 4
			}
			if by != "" {
				e.replace(i, i+n, by)
			}
		}
		next := strings.Index(text[i+n:], "#01")
		if next < 0 {
			return
		}
		i += n + next
	}
}
