package detect

import (
	"html"
	"strings"
	"unicode/utf8"
)

// entities decodes the references that Slack and web pages put in the place of
// a mail address' brackets, and further ones of HTML. A page's source that is
// pasted into Slack has them twice: "&amp;lt;".
func (e *editor) entities() {
	text := e.text
	for i := strings.IndexByte(text, '&'); i >= 0; {
		n := 1
		if by, length := entity(text[i:]); length > 0 {
			e.replace(i, i+length, by)
			n = length
		}
		next := strings.IndexByte(text[i+n:], '&')
		if next < 0 {
			return
		}
		i += n + next
	}
}

// longestEntity is "&CounterClockwiseContourIntegral;".
const longestEntity = 33

// entity reads one reference. It has to end with a semicolon: "a=1&lt=2" is a
// link.
func entity(s string) (by string, length int) {
	at := 1
	for range 3 {
		if !strings.HasPrefix(s[at:], "amp;") {
			break
		}
		at += len("amp;")
	}
	if by, n := reference(s[at:]); n > 0 {
		return by, at + n
	}
	if at > 1 {
		return "&", at
	}
	return "", 0
}

// reference reads what stands behind the "&".
func reference(s string) (by string, length int) {
	for _, e := range [...]struct{ name, by string }{{"lt;", "<"}, {"gt;", ">"}, {"quot;", `"`}, {"#39;", "'"}, {"nbsp;", " "}} {
		if strings.HasPrefix(s, e.name) {
			return e.by, len(e.name)
		}
	}
	end := 0
	for end < len(s) && end < longestEntity && (isLetter(s[end]) || isDigit(s[end]) || s[end] == '#' && end == 0) {
		end++
	}
	if end < 2 || end >= len(s) || s[end] != ';' {
		return "", 0
	}
	end++
	by = html.UnescapeString("&" + s[:end])
	if n := utf8.RuneCountInString(by); n == 0 || n > 2 || len(by) > end || by == "\ufffd" {
		return "", 0 // no reference, or one of a few that grow
	}
	return by, end
}
