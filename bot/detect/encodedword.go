package detect

import (
	"io"
	"mime"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// encodedWords decodes the words of a header that are written in another
// charset, "=?utf-8?Q?...?=". RFC 2047.
func (e *editor) encodedWords() {
	text := e.text
	decoder := mime.WordDecoder{CharsetReader: charsetReader}
	last := -1 // the end of the word before
	for i := strings.Index(text, "=?"); i >= 0; {
		n := 1
		if length := wordLength(text[i:]); length > 0 {
			by, err := decoder.Decode(text[i : i+length])
			by = strings.Map(printable, strings.ToValidUTF8(by, "?"))
			if err == nil && len(by) <= length {
				if last >= 0 && strings.Trim(text[last:i], " \t\r\n") == "" {
					e.replace(last, i, "") // section 6.2: what stands between two words is no text
				}
				e.replace(i, i+length, by)
				n = length
				last = i + n
			}
		}
		next := strings.Index(text[i+n:], "=?")
		if next < 0 {
			return
		}
		i += n + next
	}
}

// longestWord bounds an encoded word; section 2 allows 75 octets, and many
// programs write more.
const longestWord = 1000

// wordLength gives the length of the encoded word that a text begins with.
func wordLength(s string) int {
	s = s[:min(len(s), longestWord)]
	part := 0
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == '?':
			part++
			if part == 1 && (i+2 >= len(s) || s[i+2] != '?' || strings.IndexByte("bBqQ", s[i+1]) < 0) {
				return 0
			}
			if part == 3 {
				if i+1 < len(s) && s[i+1] == '=' {
					return i + 2
				}
				return 0
			}
		case c <= ' ', part == 0 && (c == '=' || c >= 0x7f || i > 60):
			return 0
		}
	}
	return 0
}

func printable(r rune) rune {
	if r < ' ' || r == 0x7f {
		return ' '
	}
	return r
}

// charsetReader knows the charsets that web pages, and so mails, are written
// in.
func charsetReader(charset string, input io.Reader) (io.Reader, error) {
	encoding, err := htmlindex.Get(charset)
	if err != nil {
		return nil, err
	}
	return encoding.NewDecoder().Reader(input), nil
}
