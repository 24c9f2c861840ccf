package detect

import "strings"

// quotes takes off what stands before the lines of a quotation, "> > " and
// "| ", and the fences of a block of code.
func (e *editor) quotes() {
	text := e.text
	q := quoting{text: text}
	lineStart, bar := true, false
	for i := 0; i < len(text); {
		if lineStart {
			lineStart = false
			if end := q.prefix(i); end > i {
				e.replace(i, end, "")
				i = end
				lineStart = true // a fence may stand behind the quote
				continue
			}
			if end := barPrefix(text, i, bar); end > i {
				bar = true
				e.replace(i, end, "")
				i = end
				continue
			}
			bar = false
			if end := fence(text, i); end > i {
				e.replace(i, end, "")
				i = end
				continue
			}
			if end := tildes(text, i); end > i {
				e.replace(i, end, "")
				i = end
				continue
			}
		}
		switch text[i] {
		case '\n':
			lineStart = true
		case '`':
			if end := fence(text, i); end > i {
				e.replace(i, end, "\n")
				i = end
				lineStart = true
				continue
			}
		default:
			if next := strings.IndexAny(text[i:], "\n`"); next >= 0 {
				i += next
				continue
			}
			return
		}
		i++
	}
}

// holdsQuote reports whether a line begins as a quoted one does, or a fence
// stands anywhere.
func holdsQuote(text string) bool {
	for start := 0; start < len(text); start = lineEnd(text, start) + 1 {
		for start < len(text) && (text[start] == ' ' || text[start] == '\t') {
			start++
		}
		if start < len(text) && (text[start] == '>' || text[start] == '|' || text[start] == '~') {
			return true
		}
	}
	return strings.Contains(text, "```")
}

// quoting knows what ">>>" means in a text.
type quoting struct {
	text   string
	looked bool
	speaks bool
}

// prefix gives the end of "> > " at the start of a line.
func (q *quoting) prefix(i int) int {
	text := q.text
	start := i
	for i < len(text) && (text[i] == ' ' || text[i] == '\t') {
		i++
	}
	if i == len(text) || text[i] != '>' {
		return start
	}
	marks := i
	for i < len(text) {
		switch {
		case strings.HasPrefix(text[i:], ">>>") && q.clientSpeaks():
			if i == marks {
				return start
			}
			return i
		case text[i] == '>' && (i+1 == len(text) || isWord(text[i+1]) || strings.IndexByte(" >\n<[(\"'`*_", text[i+1]) >= 0):
			i++
		case text[i] == ' ' && i > marks && i+1 < len(text) && text[i+1] == '>':
			i++
		default:
			if i == marks {
				return start
			}
			if text[i] == ' ' {
				i++ // the one blank that belongs to the mark
			}
			return i
		}
	}
	return i
}

// clientSpeaks reports whether ">>>" stands before what a client says, as in
// the transcripts of Sendmail and Courier: then it stays, for it tells who said
// what. There the server's "<<<" is not far, or a command follows. Elsewhere it
// quotes: Discord's, which stands once, or mail's third level.
// https://support.discord.com/hc/en-us/articles/210298617
func (q *quoting) clientSpeaks() bool {
	if q.looked {
		return q.speaks
	}
	q.looked = true
	if strings.Contains(q.text, "<<<") {
		q.speaks = true
		return true
	}
	for rest := q.text; !q.speaks; {
		i := strings.Index(rest, ">>> ")
		if i < 0 {
			break
		}
		rest = rest[i+len(">>> "):]
		word := rest[:skipLetters(rest)]
		for _, command := range [...]string{"EHLO", "HELO", "LHLO", "MAIL", "RCPT", "DATA", "BDAT", "AUTH", "STARTTLS", "RSET", "QUIT", "NOOP", "VRFY"} {
			q.speaks = q.speaks || word == command
		}
	}
	return q.speaks
}

func skipLetters(s string) int {
	n := 0
	for n < len(s) && n < 10 && isLetter(s[n]) {
		n++
	}
	return n
}

// barPrefix gives the end of "| " at the start of a line, where its neighbour
// has it too and no further bar makes it the row of a table.
func barPrefix(text string, i int, before bool) int {
	at := skip(text, i, " \t")
	if !barred(text, at) {
		return i
	}
	if next := lineEnd(text, at) + 1; !before && (next >= len(text) || !barred(text, skip(text, next, " \t"))) {
		return i
	}
	return at + len("| ")
}

func barred(text string, at int) bool {
	return strings.HasPrefix(text[at:], "| ") && strings.IndexByte(text[at+1:lineEnd(text, at)], '|') < 0
}

// fence gives the end of "```" and, at the end of a line, the language named
// behind it.
func fence(text string, i int) int {
	if !strings.HasPrefix(text[i:], "```") {
		return i
	}
	return language(text, i+3)
}

// tildes gives the end of a line of "~~~".
// https://spec.commonmark.org/0.31.2/#fenced-code-blocks
func tildes(text string, i int) int {
	at := skip(text, i, " ")
	if !strings.HasPrefix(text[at:], "~~~") {
		return i
	}
	end := language(text, skip(text, at, "~"))
	if end < len(text) && text[end] != '\n' {
		return i
	}
	return end
}

func language(text string, i int) int {
	end := i
	for end < len(text) && end-i <= 12 && isLetter(text[end]) {
		end++
	}
	if end < len(text) && text[end] == '\n' && end-i <= 12 {
		return end
	}
	return i
}
