package slack

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"smtpbot/bot/card"
)

// A message is a card as Slack takes it.
type message struct {
	text   string // for notifications and screen readers
	blocks []slack.Block
}

// render turns a card into a message that Slack accepts, whatever the card
// holds: sections of text, a grey line, and buttons. What does not fit is cut
// at a visible mark.
func render(c card.Card) message {
	return message{text: fallback(c), blocks: blocksOf(c, maxMessage, maxBlocks)}
}

// blocksOf renders a card within a number of units and of blocks.
func blocksOf(c card.Card, left, room int) []slack.Block {
	l := layout{left: left, room: room - 2}
	small := smallLine(c)
	l.left -= units(small)

	head := lines(line(c.Title, true, maxSection))
	body := c.Body
	if len(body) > 0 && body[0].Heading == "" && body[0].Table == nil {
		head = append(head, slices.Concat(paragraphs(body[0])...)...) // the title and what follows from it belong together
		body = body[1:]
	}
	l.section(head)
	long := slices.ContainsFunc(body, func(b card.Block) bool { return b.Table != nil || len(paragraphs(b)) > 1 })
	for _, block := range body {
		if long && block.Heading != "" {
			l.divide()
		}
		for _, p := range paragraphs(block) {
			l.section(p)
		}
		if block.Table != nil {
			l.table(*block.Table)
		}
	}

	blocks := l.blocks
	if small != "" {
		blocks = append(blocks, slack.NewContextBlock("", text(small)))
	}
	if elements := elements(c.Actions); len(elements) > 0 {
		blocks = append(blocks, slack.NewActionBlock("", elements...))
	}
	return blocks
}

// A layout collects blocks as long as there is room.
type layout struct {
	blocks []slack.Block
	left   int // units that the message may still take
	room   int // blocks, likewise
	full   bool
}

// section puts lines into as many sections as they need.
func (l *layout) section(lines []string) {
	var section []string
	size := 0
	flush := func() {
		if len(section) > 0 {
			l.add(slack.NewSectionBlock(text(strings.Join(section, "\n")), nil, nil), size)
		}
		section, size = nil, 0
	}
	for _, line := range lines {
		n := units(line) + 1
		if size+n > maxSection+1 || size+n > l.left-2 && size > 0 {
			flush()
		}
		section = append(section, line)
		size += n
	}
	flush()
}

// table shows each column as a field of its own, so that a narrow screen, which
// sets fields one below the other, keeps together what belongs together.
func (l *layout) table(t card.Table) {
	var fields []*slack.TextBlockObject
	size := 0
	flush := func() {
		if len(fields) > 0 {
			l.add(slack.NewSectionBlock(nil, fields, nil), size)
		}
		fields, size = nil, 0
	}
	for i, name := range t.Columns {
		field := lines(line(name, true, maxField))
		for _, row := range t.Rows {
			if i < len(row.Values) && oneLine(row.Values[i]) != "" {
				field = append(field, strings.TrimSpace(line(row.Name, true, maxField/2)+" "+line(row.Values[i], false, maxField/2-1)))
			}
		}
		content := within(field, maxField)
		if content == "" {
			continue
		}
		if len(fields) == maxFields || size+units(content) > l.left-2 && size > 0 {
			flush()
		}
		fields = append(fields, text(content))
		size += units(content)
	}
	flush()
	if len(t.Columns) == 0 {
		var names []string
		for _, row := range t.Rows {
			names = append(names, lines(line(row.Name, false, maxSection))...)
		}
		l.section(names)
	}
}

// divide draws a line, where something stands above it.
func (l *layout) divide() {
	if len(l.blocks) > 0 {
		l.add(slack.NewDividerBlock(), 0)
	}
}

// add adds a block, or the mark in place of the first that does not fit.
func (l *layout) add(block slack.Block, size int) {
	if l.full {
		return
	}
	if l.room <= 1 || size > l.left-2 {
		l.full = true
		block, size = slack.NewSectionBlock(text(mark), nil, nil), 1
	}
	l.blocks = append(l.blocks, block)
	l.room--
	l.left -= size
}

// wraps is from how many characters on an item takes more than two lines on a
// wide screen. Slack does not indent those, so that items like that stand apart.
const wraps = 200

// paragraphs gives the lines of a block, in the groups that stand apart; its
// table is not among them.
func paragraphs(block card.Block) [][]string {
	first := lines(line(block.Heading, true, maxSection), line(block.Text, false, maxSection))
	var items []string
	airy := false
	for _, item := range block.List {
		content := line(item, false, maxSection-10)
		if strings.TrimSpace(content) == "" {
			continue
		}
		bullet := "• "
		if block.Ordered {
			bullet = fmt.Sprintf("%d. ", len(items)+1)
		}
		items = append(items, bullet+content)
		airy = airy || units(content) > wraps
	}
	if !airy {
		return [][]string{append(first, items...)}
	}
	var groups [][]string
	for i, item := range items {
		switch {
		case i == 0 && len(first) == 1: // a heading stays with what it heads
			groups = append(groups, append(first, item))
		case i == 0 && len(first) > 1:
			groups = append(groups, first, []string{item})
		default:
			groups = append(groups, []string{item})
		}
	}
	return groups
}

// lines drops those that are blank, which Slack refuses.
func lines(all ...string) []string {
	var list []string
	for _, s := range all {
		if strings.TrimSpace(s) != "" {
			list = append(list, s)
		}
	}
	return list
}

// within joins as many lines as a limit allows.
func within(lines []string, limit int) string {
	var b strings.Builder
	size := 0
	for i, line := range lines {
		n := units(line)
		if i > 0 {
			n++
		}
		if size+n > limit-2 && (i < len(lines)-1 || size+n > limit) {
			return b.String() + "\n" + mark
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
		size += n
	}
	return b.String()
}

// smallLine is the grey line below an answer: what kind it is, and its sources.
func smallLine(c card.Card) string {
	var parts []string
	for _, s := range c.Small {
		parts = append(parts, lines(line(s, false, maxContext/4))...)
	}
	for _, l := range c.Links {
		parts = append(parts, lines(link(l))...)
	}
	for i := range parts {
		if i > 0 {
			parts[i] = "· " + parts[i]
		}
	}
	return strings.ReplaceAll(within(parts, maxContext), "\n", " ")
}

// link writes a source. Only addresses of the web become links.
func link(l card.Link) string {
	title := line(card.Unmarked(l.Title), false, 300)
	address, err := url.Parse(strings.TrimSpace(l.URL))
	if err != nil || address.Scheme != "https" && address.Scheme != "http" || address.Host == "" || units(l.URL) > maxURL || !utf8.ValidString(l.URL) {
		return title
	}
	if title == "" {
		title = escape(address.Host)
	}
	plain := strings.NewReplacer("|", "%7C", "<", "%3C", ">", "%3E", " ", "%20", "&", "&amp;").Replace(address.String())
	return "<" + plain + "|" + strings.ReplaceAll(title, "|", "¦") + ">"
}

// fallback is the whole card as text. It is never empty: Slack takes no
// message without text.
func fallback(c card.Card) string {
	whole := card.Spoken(c)
	if len(whole) > 4*maxText {
		whole = whole[:4*maxText]
	}
	var list []string
	for l := range strings.SplitSeq(whole, "\n") {
		list = append(list, oneLine(l))
	}
	whole = strings.TrimSpace(strings.Join(list, "\n"))
	if whole == "" {
		return "smtpbot"
	}
	if escaped := escape(whole); units(escaped) <= maxText {
		return escaped
	}
	total := utf8.RuneCountInString(whole)
	return fit(maxText, total, func(n int) string { return escape(string([]rune(whole)[:n])) + mark })
}

// cut shortens plain text.
func cut(s string, limit int) string {
	if units(s) <= limit {
		return s
	}
	text := []rune(s)
	return fit(limit, len(text), func(n int) string { return string(text[:n]) + mark })
}

// text is a piece of markup in which Slack looks for nothing by itself: no
// names of channels, no addresses, no groups.
func text(content string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, content, false, true)
}
