package detect

import "strings"

// html drops the tags of a mail's or a page's source, where a text surely is
// one: <jo@dest.example>, <CRLF> and <<< stay. What a browser would begin a new
// line for begins one. It is not a reader of HTML: it goes over the text once,
// keeps every place, and takes any text.
func (e *editor) html() {
	text := e.text
	if !surelyHTML(text) {
		return
	}
	var (
		unclosed [len(skipped)]bool // the rest of the text has no end of such an element
		page     = false            // inside <body>, where a line end is a blank
		pageEnd  = max(lastIndexFold(text, "</body>"), lastIndexFold(text, "</html>"))
		blank    = true // nothing stands on the line so far
	)
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '\n' || c == '\r':
			if page {
				e.replace(i, i+1, " ")
			} else {
				blank = true
			}
			i++
			continue
		case c != '<':
			blank = blank && (c == ' ' || c == '\t')
			i++
			continue
		}
		if n := skipElement(text[i:], &unclosed); n > 0 {
			e.replace(i, i+n, "")
			i += n
			continue
		}
		name, closes, n := tag(text[i:])
		if n == 0 {
			blank = false
			i++
			continue
		}
		switch name {
		case "html", "body":
			page = !closes && i < pageEnd
		case "pre":
			page = false
		}
		by := ""
		switch element[name] {
		case breaks:
			if !blank {
				by, blank = "\n", true
			}
		case cell:
			if !closes && !blank {
				by = " | " // a table of codes stays one
			}
		}
		e.replace(i, i+n, by)
		i += n
	}
}

// lastIndexFold finds the last place of a lower-case ASCII text, whatever its
// case.
func lastIndexFold(text, lowerCase string) int {
	for i := len(text) - len(lowerCase); i >= 0; i-- {
		if text[i] == lowerCase[0] && strings.EqualFold(text[i:i+len(lowerCase)], lowerCase) {
			return i
		}
	}
	return -1
}

// layout says what an element does to the line.
type layout uint8

const (
	inline layout = iota + 1
	cell
	breaks
)

// element lists those that mails are written with. WHATWG HTML, section 15.3.
var element = map[string]layout{
	"a": inline, "abbr": inline, "b": inline, "big": inline, "code": inline, "em": inline, "font": inline, "i": inline, "img": inline,
	"ins": inline, "del": inline, "kbd": inline, "label": inline, "link": inline, "mark": inline, "meta": inline, "s": inline, "samp": inline,
	"small": inline, "span": inline, "strike": inline, "strong": inline, "sub": inline, "sup": inline, "tt": inline, "u": inline, "var": inline,
	"col": inline, "colgroup": inline, "button": inline, "svg": inline, "path": inline, "o:p": inline, "wbr": inline,
	"td": cell, "th": cell,
	"html": breaks, "head": breaks, "body": breaks, "br": breaks, "hr": breaks, "p": breaks, "div": breaks, "table": breaks, "tr": breaks,
	"thead": breaks, "tbody": breaks, "tfoot": breaks, "caption": breaks, "ul": breaks, "ol": breaks, "li": breaks, "dl": breaks, "dt": breaks,
	"dd": breaks, "h1": breaks, "h2": breaks, "h3": breaks, "h4": breaks, "h5": breaks, "h6": breaks, "pre": breaks, "blockquote": breaks,
	"center": breaks, "section": breaks, "article": breaks, "header": breaks, "footer": breaks, "main": breaks, "nav": breaks, "title": breaks,
}

// surelyHTML reports whether a text holds the end of an element, or one that
// has no end.
func surelyHTML(text string) bool {
	for i := strings.IndexByte(text, '<'); i >= 0; {
		if name, closes, n := tag(text[i:]); n > 0 && (closes || name == "br" || name == "html" || name == "hr") {
			return true
		}
		next := strings.IndexByte(text[i+1:], '<')
		if next < 0 {
			return false
		}
		i += 1 + next
	}
	return false
}

// tag reads a tag of an element that is known: its name, whether it closes,
// and its length, 0 where there is none. Another "<" ends the search.
func tag(s string) (name string, closes bool, length int) {
	at := 1
	if at < len(s) && s[at] == '/' {
		closes = true
		at++
	}
	start := at
	for at < len(s) && at-start <= len("blockquote") && (isLetter(s[at]) || isDigit(s[at]) || s[at] == ':') {
		at++
	}
	if at == start || at == len(s) || s[at] != '>' && s[at] != '/' && !isSpace(s[at]) && s[at] != '\r' {
		return "", false, 0
	}
	name = strings.ToLower(s[start:at])
	if element[name] == 0 {
		return "", false, 0
	}
	end := strings.IndexAny(s[at:], "<>")
	if end < 0 || s[at+end] == '<' {
		return "", false, 0
	}
	return name, closes, at + end + 1
}

// skipped are the elements that a reader does not see, by how they begin and
// end.
var skipped = [...]struct{ begin, end string }{
	{"<style", "</style>"}, {"<script", "</script>"}, {"<head>", "</head>"}, {"<head ", "</head>"}, {"<!--", "-->"}, {"<!doctype", ">"}, {"<![", ">"}, {"<?xml", ">"},
}

// skipElement gives the length of such an element. Where its end is missing,
// no further one of the kind is looked for.
func skipElement(s string, unclosed *[len(skipped)]bool) int {
	for i, e := range skipped {
		if unclosed[i] || len(s) < len(e.begin) || !strings.EqualFold(s[:len(e.begin)], e.begin) {
			continue
		}
		end := indexFold(s, e.end)
		if end < 0 {
			unclosed[i] = true
			return 0
		}
		return end + len(e.end)
	}
	return 0
}
