package card

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Width is the column at which plain text is wrapped.
const Width = 78

// Text renders a card as plain text: for the command line, and for where a
// platform wants words that a screen reader or a notification can use.
func Text(c Card) string {
	var b strings.Builder
	if c.Title != "" {
		wrap(&b, "", "", Unmarked(c.Title))
	}
	for i, block := range c.Body {
		if i > 0 || block.Heading != "" {
			b.WriteByte('\n')
		}
		if block.Heading != "" {
			wrap(&b, "", "", Unmarked(block.Heading))
		}
		if block.Text != "" {
			wrap(&b, "", "", plainCode(block.Text))
		}
		for n, item := range block.List {
			mark := "• "
			if block.Ordered {
				mark = fmt.Sprintf("%d. ", n+1)
			}
			wrap(&b, mark, strings.Repeat(" ", utf8.RuneCountInString(mark)), plainCode(item))
		}
		if block.Table != nil {
			writeTable(&b, *block.Table)
		}
	}
	if len(c.Small) > 0 || len(c.Links) > 0 {
		b.WriteByte('\n')
	}
	if len(c.Small) > 0 {
		wrap(&b, "", "", strings.Join(c.Small, " · "))
	}
	for _, l := range c.Links {
		if l.Title == l.URL {
			fmt.Fprintf(&b, "%s\n", l.URL)
		} else {
			fmt.Fprintf(&b, "%s: %s\n", l.Title, l.URL)
		}
	}
	return b.String()
}

// plainCode keeps the marks of code, which help to see where a command ends,
// and drops those of strong text.
func plainCode(prose string) string {
	var b strings.Builder
	for _, s := range Spans(prose) {
		if s.Style == Code {
			b.WriteString("`" + s.Text + "`")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// wrap writes a paragraph with a first and a further indent. Words are not cut,
// and no-break spaces hold.
func wrap(b *strings.Builder, first, indent, text string) {
	b.WriteString(first)
	column := utf8.RuneCountInString(first)
	start := true
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }) {
		n := utf8.RuneCountInString(word)
		switch {
		case start:
			start = false
		case column+1+n > Width:
			b.WriteString("\n" + indent)
			column = utf8.RuneCountInString(indent)
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	b.WriteByte('\n')
}

func writeTable(b *strings.Builder, t Table) {
	widths := make([]int, len(t.Columns)+1)
	lines := append([]Row{{"", t.Columns}}, t.Rows...)
	for _, row := range lines {
		for i, cell := range append([]string{row.Name}, row.Values...) {
			if i < len(widths) {
				widths[i] = max(widths[i], utf8.RuneCountInString(Unmarked(cell)))
			}
		}
	}
	for _, row := range lines {
		var line strings.Builder
		for i, cell := range append([]string{row.Name}, row.Values...) {
			if i >= len(widths) {
				break
			}
			cell = Unmarked(cell)
			line.WriteString(cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}
