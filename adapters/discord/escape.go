package discord

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"smtpbot/bot/card"
)

// markdown collects what is rendered of prose.
type markdown struct{ strings.Builder }

// add appends a span. Marks that meet would be read as one longer mark, so
// something that cannot be seen goes between them.
func (m *markdown) add(span string) {
	if so, n := m.String(), len(span); n > 0 && len(so) > 0 && so[len(so)-1] == span[0] && strings.ContainsRune("*`", rune(span[0])) {
		m.WriteString("\u200b")
	}
	m.WriteString(span)
}

// styled renders prose as Discord's markdown. What lies between the marks is
// escaped, so that nothing a paste brought along formats, links or mentions.
func styled(prose string) string {
	var m markdown
	for _, s := range card.Spans(clean(prose)) {
		m.add(styledSpan(s, m.Len() == 0))
	}
	return m.String()
}

func styledSpan(s card.Span, first bool) string {
	switch s.Style {
	case card.Code:
		return code(s.Text)
	case card.Strong:
		if blank(s.Text) {
			return s.Text
		}
		var inner markdown
		for _, in := range card.Spans(s.Text) { // a code may be strong: **`450`**
			if in.Style == card.Code {
				inner.add(code(in.Text))
			} else {
				inner.add(escape(in.Text, false))
			}
		}
		return "**" + inner.String() + "**"
	}
	return escape(s.Text, first)
}

// code marks text as code. Nothing is special in it but the mark itself, and
// a line's end, which would end the code.
func code(text string) string {
	if blank(text) {
		return text
	}
	return "`" + strings.Join(strings.Fields(strings.ReplaceAll(text, "`", "'")), " ") + "`"
}

// clean drops what has no place in a text: broken UTF-8, control characters,
// and those that turn the direction of writing.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case r == unicode.ReplacementChar || unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}

// special is what formats, links or mentions wherever it stands. At the start
// of a line there are headings, lists and small print besides.
const special = "\\*_~|`<>[]"

// escape makes text plain. Discord drops a backslash before any punctuation;
// a bare link is left as it is, because Discord reads all of it as the link,
// backslashes too.
func escape(text string, lineStart bool) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		if n := bareLink(text[i:]); n > 0 {
			b.WriteString(text[i : i+n])
			i += n
			lineStart = false
			continue
		}
		if digits := ordered(text[i:]); lineStart && digits > 0 {
			b.WriteString(text[i:i+digits] + "\\.")
			i += digits + 1
			lineStart = false
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if strings.ContainsRune(special, r) || lineStart && strings.ContainsRune("#-+", r) {
			b.WriteByte('\\')
		}
		b.WriteString(text[i : i+size])
		if r == '@' {
			if rest := text[i+1:]; strings.HasPrefix(rest, "everyone") || strings.HasPrefix(rest, "here") {
				b.WriteString("\u200b") // allowed_mentions keeps it silent, this keeps it plain
			}
		}
		lineStart = r == '\n' || lineStart && r == ' '
		i += size
	}
	return b.String()
}

// ordered gives the number of digits where a line begins as an ordered list
// does ("1. "), or 0.
func ordered(line string) int {
	rest := strings.TrimLeft(line, "0123456789")
	if len(rest) > 1 && rest[0] == '.' && rest[1] == ' ' {
		return len(line) - len(rest)
	}
	return 0
}

// bareLink gives the length of a link that text begins with, or 0.
func bareLink(text string) int {
	if !strings.HasPrefix(text, "https://") && !strings.HasPrefix(text, "http://") {
		return 0
	}
	n := strings.IndexAny(text, " \t\r\n<>`*|\\\"'")
	if n < 0 {
		n = len(text)
	}
	for _, mark := range []string{"~~", "[", "@everyone", "@here"} { // what would format or mention is escaped, even in a link
		if at := strings.Index(text[:n], mark); at >= 0 {
			n = at
		}
	}
	return len(strings.TrimRight(text[:n], ".,:;)]_~")) // sentence marks after it are not part of it
}

// linkTitle drops what cannot stand in the title of a link: Discord knows no
// escapes there, and shows the backslash.
func linkTitle(title string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if strings.ContainsRune(special, r) {
			return ' '
		}
		return r
	}, strings.NewReplacer("://", " ", "@", "@\u200b").Replace(clean(title)))), " ")
}

// length counts as Discord's clients do.
func length(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// cut shortens plain text to a limit. It cuts between characters.
func cut(s string, limit int) string {
	if length(s) <= limit {
		return s
	}
	n := 0
	for i, r := range s {
		n += utf16.RuneLen(r)
		if n > limit-1 {
			return strings.TrimRight(s[:i], " \n") + "…"
		}
	}
	return s
}

// cutProse shortens prose so that what it renders to keeps to a limit; a mark
// that is opened is closed.
func cutProse(prose string, limit int) string {
	var m markdown
	for _, s := range card.Spans(clean(prose)) {
		room := limit - length(m.String()) - 1 // add may need one
		out := styledSpan(s, m.Len() == 0)
		if length(out) <= room {
			m.add(out)
			continue
		}
		runes := []rune(s.Text)
		short := func(n int) string {
			return styledSpan(card.Span{Text: strings.TrimRight(string(runes[:n]), " \n") + "…", Style: s.Style}, m.Len() == 0)
		}
		// n is the first length that is too much.
		n := sort.Search(min(len(runes), limit)+1, func(n int) bool { return length(short(n)) > room })
		if n > 0 {
			m.add(short(n - 1))
		}
		break
	}
	return m.String()
}
