package detect

import (
	"slices"
	"strings"
)

// view is a text made plain for the scanner: quotes, markup and escapes are
// gone. It is never longer than the original.
type view struct {
	text   string
	source string
	shifts []shift // in order; empty where nothing changed
}

// shift says that from a place in the view on, the original lies delta bytes
// further than before.
type shift struct{ at, source int }

// origin gives the place in the original for a place in the view.
func (v *view) origin(at int) int {
	n, exact := slices.BinarySearchFunc(v.shifts, at, func(s shift, at int) int { return s.at - at })
	if exact {
		// Several pieces may have gone at one place: the last one counts.
		for n+1 < len(v.shifts) && v.shifts[n+1].at == at {
			n++
		}
		return v.shifts[n].source
	}
	if n == 0 {
		return at
	}
	s := v.shifts[n-1]
	return s.source + at - s.at
}

// span gives the stretch of the original that a stretch of the view stands
// for. It never leaves the original and is never inverted.
func (v *view) span(start, end int) (int, int) {
	if len(v.shifts) == 0 {
		return start, end
	}
	from := v.origin(start)
	if end <= start {
		return from, from
	}
	to := v.origin(end-1) + 1
	// What was put in the place of a longer piece stands for all of it.
	if n, exact := slices.BinarySearchFunc(v.shifts, end, func(s shift, at int) int { return s.at - at }); exact {
		to = v.shifts[n].source
	}
	return from, max(to, from)
}

// unwrapper copies a text into a view. Nothing is copied before the first
// change.
type unwrapper struct {
	src  string
	out  []byte
	done int // source bytes before it are in out, or, with out nil, unchanged
	view view
}

// replace puts by in the place of src[start:end].
func (u *unwrapper) replace(start, end int, by string) {
	if u.out == nil {
		u.out = make([]byte, 0, len(u.src))
	}
	u.out = append(u.out, u.src[u.done:start]...)
	u.view.shifts = append(u.view.shifts, shift{len(u.out), start})
	u.out = append(u.out, by...)
	u.view.shifts = append(u.view.shifts, shift{len(u.out), end})
	u.done = end
}

// unwrap takes off what lies between a server's words and the person who
// pasted them: quoting, code fences, HTML entities, Slack's links, the escapes
// of JSON and Python, soft line breaks of quoted-printable, colours, and
// characters without width.
func unwrap(text string) view {
	source := text
	if strings.Contains(text, "_said:_") { // qmail-send's log writes blanks so
		text = strings.ReplaceAll(text, "_", " ")
	}
	u := unwrapper{src: text, view: view{source: source}}
	escapes := hasEscapes(text)
	lineStart := true
	for i := 0; i < len(text); {
		c := text[i]
		if lineStart {
			lineStart = false
			if end := quotePrefix(text, i); end > i {
				u.replace(i, end, "")
				i = end
				lineStart = true // a fence may stand behind the quote
				continue
			}
			if end := fence(text, i); end > i {
				u.replace(i, end, "")
				i = end
				continue
			}
		}
		n := 1
		switch {
		case c == '\n':
			lineStart = true
		case c == '`':
			if end := fence(text, i); end > i {
				u.replace(i, end, "\n")
				n = end - i
				lineStart = true
			}
		case c == '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				u.replace(i, i+1, "")
			} else {
				u.replace(i, i+1, "\n")
				lineStart = true
			}
		case c == '&':
			if by, length := entity(text[i:]); length > 0 {
				u.replace(i, i+length, by)
				n = length
			}
		case c == '<':
			if from, to, length := slackLink(text[i:]); length > 0 {
				n = length
				u.replace(i, i+from, "")
				u.replace(i+to, i+length, "")
			}
		case c == '\\' && escapes:
			if by, length := escape(text[i:]); length > 0 {
				u.replace(i, i+length, by)
				n = length
				lineStart = by == "\n"
			}
		case c == '=':
			// RFC 2045, section 6.7, rule 5: a soft line break.
			if rest := text[i+1:]; strings.HasPrefix(rest, "\n") || strings.HasPrefix(rest, "\r\n") {
				n = 1 + strings.IndexByte(rest, '\n') + 1
				u.replace(i, i+n, "")
			}
		case c == 0x1b:
			if length := colour(text[i:]); length > 0 {
				u.replace(i, i+length, "")
				n = length
			}
		case c >= 0xc2:
			if by, length, ok := odd(text[i:]); ok {
				u.replace(i, i+length, by)
				n = length
			}
		}
		i += n
	}
	if u.out == nil {
		u.view.text = text
	} else {
		u.view.text = string(append(u.out, text[u.done:]...))
	}
	return u.view
}

// quotePrefix gives the end of "> > " at the start of a line. A transcript's
// ">>> " (the client speaks) stays, for it tells who said what.
func quotePrefix(text string, i int) int {
	start := i
	for i < len(text) {
		switch {
		case strings.HasPrefix(text[i:], ">>>"):
			return i
		case text[i] == '>' && i+1 < len(text) && (text[i+1] == ' ' || text[i+1] == '>' || text[i+1] == '\n'):
			i++
		case strings.HasPrefix(text[i:], "&gt; "):
			i += len("&gt;")
		case text[i] == ' ' && i > start && i+1 < len(text) && (text[i+1] == '>' || strings.HasPrefix(text[i+1:], "&gt;")):
			i++
		default:
			if i > start && text[i] == ' ' {
				i++ // the one blank that belongs to the mark
			}
			return i
		}
	}
	return i
}

// fence gives the end of "```" and, at the start of a line, the language
// named behind it.
func fence(text string, i int) int {
	if !strings.HasPrefix(text[i:], "```") {
		return i
	}
	i += 3
	end := i
	for end < len(text) && isLetter(text[end]) {
		end++
	}
	if end < len(text) && text[end] == '\n' && end-i <= 12 {
		return end
	}
	return i
}

// entity reads the HTML entities that chat platforms and web pages put in
// place of a mail address' brackets.
func entity(s string) (by string, length int) {
	for _, e := range [...]struct{ from, to string }{
		{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", `"`}, {"&#39;", "'"}, {"&apos;", "'"}, {"&nbsp;", " "}, {"&#x27;", "'"},
	} {
		if strings.HasPrefix(s, e.from) {
			return e.to, len(e.from)
		}
	}
	return "", 0
}

// slackLink finds what a reader sees in Slack's <mailto:a@b|a@b> and
// <http://b|b>: the label, or else the address.
func slackLink(s string) (from, to, length int) {
	scheme := 0
	for _, p := range [...]string{"<mailto:", "<http://", "<https://", "<tel:"} {
		if strings.HasPrefix(s, p) {
			scheme = len(p)
			break
		}
	}
	if scheme == 0 {
		return 0, 0, 0
	}
	for i := scheme; i < len(s) && i < 600; i++ {
		switch s[i] {
		case '|':
			from = i + 1
		case '>':
			switch {
			case from > 0 && from < i:
				return from, i, i + 1
			case strings.HasPrefix(s, "<mailto:"):
				return scheme, i, i + 1
			}
			return 1, i, i + 1
		case ' ', '\n', '<':
			return 0, 0, 0
		}
	}
	return 0, 0, 0
}

// hasEscapes reports whether a text was printed by a program that escapes:
// only there a backslash is more than a backslash.
func hasEscapes(text string) bool {
	for i := strings.IndexByte(text, '\\'); i >= 0 && i+1 < len(text); {
		switch text[i+1] {
		case 'n', 'r', 't', '"', '/', 'u', '\'':
			return true
		}
		next := strings.IndexByte(text[i+2:], '\\')
		if next < 0 {
			return false
		}
		i += 2 + next
	}
	return false
}

// escape reads one escape of JSON or Python. RFC 8259, section 7.
func escape(s string) (by string, length int) {
	if len(s) < 2 {
		return "", 0
	}
	switch s[1] {
	case 'r':
		if strings.HasPrefix(s, `\r\n`) {
			return "\n", 4
		}
		return "\n", 2
	case 'n':
		return "\n", 2
	case 't':
		return " ", 2
	case '"', '\'', '/', '\\':
		return s[1:2], 2
	case 'u':
		for _, e := range [...]struct{ from, to string }{{`\u003c`, "<"}, {`\u003e`, ">"}, {`\u0026`, "&"}, {`\u0027`, "'"}} {
			if len(s) >= 6 && strings.EqualFold(s[:6], e.from) {
				return e.to, 6
			}
		}
	}
	return "", 0
}

// colour gives the length of a terminal's colour sequence, ECMA-48 SGR and
// its relatives.
func colour(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s) && i < 20; i++ {
		switch c := s[i]; {
		case c >= 0x40 && c <= 0x7e:
			return i + 1
		case c != ';' && (c < '0' || c > '9'):
			return 0
		}
	}
	return 0
}

// odd reads characters that look like others or like nothing: spaces that do
// not break, marks without width, and typographic quotes and dashes.
func odd(s string) (by string, length int, ok bool) {
	for _, o := range [...]struct{ from, to string }{
		{"\u00a0", " "}, {"\u202f", " "}, {"\u2009", " "}, {"\u3000", " "},
		{"\u200b", ""}, {"\u200c", ""}, {"\u200d", ""}, {"\u2060", ""}, {"\ufeff", ""}, {"\u00ad", ""}, {"\u200e", ""}, {"\u200f", ""},
		{"\u2018", "'"}, {"\u2019", "'"}, {"\u201c", `"`}, {"\u201d", `"`}, {"\u2010", "-"}, {"\u2011", "-"}, {"\u2013", "-"},
	} {
		if strings.HasPrefix(s, o.from) {
			return o.to, len(o.from), true
		}
	}
	return "", 0, false
}
