package slack

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"smtpbot/bot/card"
)

// A run is a piece of a line in one look.
type run struct {
	text       string
	bold, code bool
}

// runs takes prose apart. Code within strong text keeps its own look.
func runs(prose string, bold bool) []run {
	var list []run
	for _, s := range card.Spans(oneLine(prose)) {
		switch {
		case s.Style == card.Code:
			list = append(list, run{text: s.Text, code: true})
		case s.Style == card.Strong:
			for _, inner := range card.Spans(s.Text) {
				list = append(list, run{text: inner.Text, bold: inner.Style != card.Code, code: inner.Style == card.Code})
			}
		default:
			list = append(list, run{text: s.Text, bold: bold})
		}
	}
	return list
}

// line renders one paragraph of prose within a limit.
func line(prose string, bold bool, limit int) string {
	list := runs(prose, bold)
	total := 0
	for _, r := range list {
		total += utf8.RuneCountInString(r.text)
	}
	if total <= limit {
		if whole := mrkdwn(list); units(whole) <= limit {
			return whole
		}
	}
	return fit(limit, total, func(n int) string { return mrkdwn(append(head(list, n), run{text: mark})) })
}

// head is the first n characters of a line.
func head(list []run, n int) []run {
	var cut []run
	for _, r := range list {
		for i := range r.text {
			if n == 0 {
				r.text = r.text[:i]
				break
			}
			n--
		}
		cut = append(cut, r)
		if n == 0 {
			break
		}
	}
	return cut
}

// mrkdwn writes runs in Slack's markup. A mark works only between a boundary
// and a character that is no space; where prose has no boundary, as in the
// middle of a word or in Chinese, a space without width makes one.
//
// https://docs.slack.dev/messaging/formatting-message-text
func mrkdwn(list []run) string {
	var b strings.Builder
	var last rune   // what was written last, 0 at the start
	closed := false // it closed a mark
	plain := func(s string) {
		if s == "" {
			return
		}
		if first, _ := utf8.DecodeRuneInString(s); closed && !boundary(first) {
			b.WriteRune(zeroWidthSpace)
		}
		b.WriteString(escape(s))
		last, _ = utf8.DecodeLastRuneInString(s)
		closed = false
	}
	marked := func(mark, s string) {
		if last != 0 && (closed || !boundary(last)) {
			b.WriteRune(zeroWidthSpace)
		}
		b.WriteString(mark + escape(s) + mark)
		last, _ = utf8.DecodeLastRuneInString(mark)
		closed = true
	}
	for _, r := range list {
		before, core, after := trim(r.text, r.bold)
		if core == "" || !r.bold && !r.code {
			plain(inert(r.text))
			continue
		}
		plain(inert(before))
		if r.code {
			marked("`", core)
		} else {
			marked("*", inert(core))
		}
		plain(inert(after))
	}
	return b.String()
}

const zeroWidthSpace = '\u200b'

// trim takes off what a mark must not touch: spaces and, of bold text, dots
// that only separate.
func trim(s string, bold bool) (before, core, after string) {
	edge := func(r rune) bool { return unicode.IsSpace(r) || bold && r == '·' }
	core = strings.TrimLeftFunc(s, edge)
	before = s[:len(s)-len(core)]
	core = strings.TrimRightFunc(core, edge)
	after = s[len(before)+len(core):]
	return before, core, after
}

func boundary(r rune) bool {
	return unicode.IsSpace(r) || r != '`' && r != '*' && r != '_' && r != '~' && r < 0x2e80 && (unicode.IsPunct(r) || unicode.IsSymbol(r))
}

// inert keeps the marks of Slack from working in prose that means none. They
// cannot be escaped, so those that would open something become look-alikes.
// Commands stand in code, where they stay as they are.
func inert(s string) string {
	if !strings.ContainsAny(s, "*_~`") {
		return s
	}
	text := []rune(s)
	for i, r := range text {
		opens := (i == 0 || boundary(text[i-1])) && i+1 < len(text) && !unicode.IsSpace(text[i+1])
		switch {
		case r == '`':
			text[i] = 'ˋ'
		case r == '*':
			text[i] = '∗'
		case r == '_' && opens && closes(text[i+1:], '_'):
			text[i] = 'ˍ'
		case r == '~' && opens && closes(text[i+1:], '~'):
			text[i] = '∼'
		}
	}
	return string(text)
}

// closes reports whether a mark that was opened is closed in what follows.
func closes(text []rune, mark rune) bool {
	for i, r := range text {
		if r == mark && i > 0 && !unicode.IsSpace(text[i-1]) && (i+1 == len(text) || boundary(text[i+1])) {
			return true
		}
	}
	return false
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// escape makes text stand for itself: neither a link nor a mention can begin.
// https://docs.slack.dev/messaging/formatting-message-text#escaping
func escape(s string) string { return escaper.Replace(s) }

// oneLine folds white space, and drops what is no character: broken UTF-8,
// controls, and what turns the direction of writing (Unicode TR9, section 2.2).
func oneLine(s string) string {
	clean := func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			return ' '
		case unicode.IsControl(r) || r == utf8.RuneError || r >= '\u202a' && r <= '\u202e':
			return -1
		}
		return r
	}
	return strings.TrimSpace(strings.Map(clean, strings.ToValidUTF8(s, ""))) // no-break spaces alone are nothing to Slack
}
