// Package card holds what the bot says as a small neutral document, and
// renders it as plain text. Each platform's adapter renders the same card with
// its own means.
//
// Texts in a card are prose with two marks, `code` and **strong**; [Spans]
// takes them apart, so that a renderer escapes what lies between. Words that a
// person typed are cleaned with [Plain] before they get into a card.
package card

// Tone is the colour of an answer. No renderer may show it by colour alone.
type Tone string

const (
	Final   Tone = "final"   // a refusal that stands
	Passing Tone = "passing" // a refusal that time may heal
	Good    Tone = "good"    // nothing is wrong
	Note    Tone = "note"    // about the bot itself: help, nothing found
)

// Card is an answer. The zero value of each part is left out.
type Card struct {
	Tone    Tone
	Title   string // one line: what happened, after the code
	Body    []Block
	Small   []string // one grey line: class, cause, source
	Links   []Link
	Actions []Action
	Private bool // only the person who asked sees it

	// Again is what the bot is asked to give this card once more, in another
	// language or place: keys and codes, never text. "" where it cannot.
	Again string
}

// Block is one part of the body. A block has a heading, and one of text, list
// and table below it.
type Block struct {
	Heading string
	Text    string
	List    []string
	Ordered bool // the list is numbered
	Table   *Table
}

// Table compares: a row a property, a column a code.
type Table struct {
	Columns []string // headings of the columns behind the first
	Rows    []Row
}

// Row is one property; Values are as many as the table has columns.
type Row struct {
	Name   string
	Values []string
}

// Link leads to a source.
type Link struct{ Title, URL string }

// Action is a button that asks the bot something more.
type Action struct {
	ID    string // "details", "compare": what the bot is asked
	Label string
	Value string // what about: catalogue keys and codes, never text
	More  bool   // wanted seldom: it belongs into a menu, where the platform has one
}
