package card

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// Width is the column at which plain text is wrapped.
const Width = 78

// Text renders a card as plain text for the command line: wrapped, with its
// table in columns.
func Text(c Card) string { return write(c, Width) }

// Spoken renders a card as words for a screen reader or a notification: a line
// for each paragraph, a table column by column, and of a link its title.
func Spoken(c Card) string { return write(c, math.MaxInt) }

func write(c Card, width int) string {
	var b strings.Builder
	wrap := func(first, indent, text string) { wrap(&b, width, first, indent, text) }
	if c.Title != "" {
		wrap("", "", Unmarked(c.Title))
	}
	for i, block := range c.Body {
		if i > 0 || block.Heading != "" {
			b.WriteByte('\n')
		}
		if block.Heading != "" {
			wrap("", "", Unmarked(block.Heading))
		}
		if block.Text != "" {
			wrap("", "", plainCode(block.Text))
		}
		for n, item := range block.List {
			mark := "• "
			if block.Ordered {
				mark = fmt.Sprintf("%d. ", n+1)
			}
			wrap(mark, strings.Repeat(" ", utf8.RuneCountInString(mark)), plainCode(item))
		}
		switch {
		case block.Table == nil:
		case width == math.MaxInt:
			speakTable(&b, *block.Table)
		default:
			writeTable(&b, *block.Table)
		}
	}
	if len(c.Small) > 0 || len(c.Links) > 0 {
		b.WriteByte('\n')
	}
	if len(c.Small) > 0 {
		wrap("", "", strings.Join(c.Small, " · "))
	}
	for _, l := range c.Links {
		switch {
		case width == math.MaxInt && l.Title != "":
			wrap("", "", Unmarked(l.Title))
		case l.Title == l.URL:
			fmt.Fprintf(&b, "%s\n", l.URL)
		default:
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

// wrap writes a paragraph within a width, with a first and a further indent. Words are not cut,
// and no-break spaces hold.
func wrap(b *strings.Builder, width int, first, indent, text string) {
	b.WriteString(first)
	column := utf8.RuneCountInString(first)
	start := true
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }) {
		n := utf8.RuneCountInString(word)
		switch {
		case start:
			start = false
		case column+1+n > width:
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

// speakTable says each column in a sentence: a row at a time, a listener would
// have to keep in mind which value is whose.
func speakTable(b *strings.Builder, t Table) {
	for i, column := range t.Columns {
		var said []string
		for _, row := range t.Rows {
			if i < len(row.Values) && row.Values[i] != "" {
				said = append(said, strings.TrimSpace(Unmarked(row.Name)+" "+Unmarked(row.Values[i])))
			}
		}
		b.WriteString(Unmarked(column) + ": " + strings.Join(said, "; ") + "\n")
	}
}
