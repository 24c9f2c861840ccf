package detect

import (
	"strings"
	"unicode/utf8"
)

// quotedPrintable decodes a mail's source: soft line breaks, and the bytes
// written as "=3D" where the text surely is quoted-printable, for "SIZE=20088"
// is not. RFC 2045, section 6.7.
func (e *editor) quotedPrintable() {
	text := e.text
	sure := surelyQuoted(text)
	lineStart, read := 0, 0 // a line goes on behind its soft breaks
	for i := strings.IndexByte(text, '='); i >= 0; {
		if newline := strings.LastIndexByte(text[read:i], '\n'); newline >= 0 {
			lineStart = read + newline + 1
		}
		n := 1
		if length := softBreak(text, i); length > 0 {
			n = length
			if text[lineStart] == '>' { // a quoted mail is quoted on its next line, too
				for i+n < len(text) && (text[i+n] == '>' || text[i+n] == ' ' && i+n+1 < len(text) && text[i+n+1] == '>') {
					n++
				}
				if n > length {
					n += skip(text, i+n, " ") - i - n
				}
			}
			e.replace(i, i+n, "")
		} else if sure {
			if by, length := quotedBytes(text, i); length > 0 {
				e.replace(i, i+length, by)
				n = length
			}
		}
		read = i + n
		next := strings.IndexByte(text[read:], '=')
		if next < 0 {
			return
		}
		i = read + next
	}
}

// softBreak gives the length of "=" and the end of its line. A rule of equals
// signs and the padding of base64 are none.
func softBreak(text string, i int) int {
	if i > 0 && text[i-1] == '=' {
		return 0
	}
	rest := text[i+1:]
	switch {
	case strings.HasPrefix(rest, "\n"):
		return 2
	case strings.HasPrefix(rest, "\r\n"):
		return 3
	}
	return 0
}

// surelyQuoted looks for what only quoted-printable has: "=3D" between words,
// a blank written out at the end of a line, the bytes of a letter beyond ASCII.
func surelyQuoted(text string) bool {
	for i := strings.IndexByte(text, '='); i >= 0; {
		if c, ok := quotedByte(text[i:]); ok && i > 0 {
			before, behind := text[i-1], byte('\n')
			if i+3 < len(text) {
				behind = text[i+3]
			}
			switch {
			case c == '=' && !isSpace(before) && (isWord(behind) || behind == '"' || behind == '\'' || behind == '/'):
				return true
			case c == ' ' && !isLetter(before) && !isDigit(before) && before != '_' && (behind == '\n' || behind == '\r'):
				return true
			case c >= 0xc0 && isSmall(before) && isSmall(behind):
				return true
			case c >= 0xc2 && behind == '=':
				if second, ok := quotedByte(text[i+3:]); ok && second >= 0x80 && second < 0xc0 {
					return true
				}
			}
		}
		next := strings.IndexByte(text[i+1:], '=')
		if next < 0 {
			return false
		}
		i += 1 + next
	}
	return false
}

func isSmall(c byte) bool { return c >= 'a' && c <= 'z' }

// quotedBytes decodes the byte at i, or the bytes of the letters there.
// Letters and digits are never written so, and a number behind a "=" is a
// number.
func quotedBytes(text string, i int) (by string, length int) {
	c, ok := quotedByte(text[i:])
	switch {
	case !ok, c < utf8.RuneSelf && isWord(c), c < ' ' && c != '\n' && c != '\r' && c != '\t', c == 0x7f:
		return "", 0
	case c < utf8.RuneSelf:
		if isDigit(text[i+1]) && isDigit(text[i+2]) && i > 0 && isWord(text[i-1]) && isValue(text[i+3:], c == ' ') {
			return "", 0
		}
		return string(rune(c)), 3
	}
	var bytes []byte
	for ; ok && c >= utf8.RuneSelf; c, ok = quotedByte(text[i+length:]) {
		bytes = append(bytes, c)
		length += 3
	}
	return readable(bytes), length
}

// isValue reports whether what stands behind "port=25" shows that it is no byte:
// more digits, or the end of the word. At the end of a line a blank is written
// out, so there "=20" is one.
func isValue(rest string, blank bool) bool {
	if rest == "" || rest[0] == '\n' || rest[0] == '\r' {
		return !blank
	}
	return isDigit(rest[0]) || isSpace(rest[0])
}

// quotedByte reads "=" and two hexadecimal digits, which are capitals.
func quotedByte(s string) (byte, bool) {
	if len(s) < 3 || s[0] != '=' || isSmall(s[1]) || isSmall(s[2]) {
		return 0, false
	}
	c, ok := hex(s[1:], 2)
	return byte(c), ok
}
