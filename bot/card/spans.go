package card

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Style is how a span looks.
type Style int

const (
	Normal Style = iota
	Strong
	Code
)

// Span is a run of text in one style, without its marks.
type Span struct {
	Text  string
	Style Style
}

// Spans takes prose apart by its marks. A mark without its partner is text.
func Spans(prose string) []Span {
	var spans []Span
	plain := 0 // where the run of normal text began
	flush := func(end int) {
		if end > plain {
			spans = append(spans, Span{prose[plain:end], Normal})
		}
	}
	for i := 0; i < len(prose); {
		mark, style := "", Normal
		switch {
		case prose[i] == '`':
			mark, style = "`", Code
		case strings.HasPrefix(prose[i:], "**"):
			mark, style = "**", Strong
		default:
			i++
			continue
		}
		length := strings.Index(prose[i+len(mark):], mark)
		if length <= 0 {
			i += len(mark)
			continue
		}
		flush(i)
		start := i + len(mark)
		spans = append(spans, Span{prose[start : start+length], style})
		i = start + length + len(mark)
		plain = i
	}
	flush(len(prose))
	return spans
}

// Plain makes words that somebody typed safe to stand in prose: marks, control
// characters, and those that turn the direction of writing are dropped, white
// space is folded, and what is longer than limit characters is cut.
func Plain(typed string, limit int) string {
	var b strings.Builder
	space := false
	count := 0
	for _, r := range strings.ToValidUTF8(typed, "") {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case r == '`' || r == '*' || r == utf8.RuneError || unicode.IsControl(r) || unicode.In(r, unicode.Cf):
			continue
		}
		if space {
			count++
		}
		if count >= limit {
			return b.String() + "…"
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
		count++
	}
	return b.String()
}

// Unmarked gives prose without its marks.
func Unmarked(prose string) string {
	if !strings.ContainsAny(prose, "`*") {
		return prose
	}
	var b strings.Builder
	for _, s := range Spans(prose) {
		b.WriteString(s.Text)
	}
	return b.String()
}
