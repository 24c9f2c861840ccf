package bot

import (
	"cmp"
	"slices"
	"strings"

	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// MaxCompared is how many entries are set side by side.
const MaxCompared = 4

// Compare sets the entries that a question names side by side, in an order of
// its own, so that "221 vs 503" and "503 vs 221" read the same. It is not ok
// where the question names fewer than two entries, or too many.
func (b *Bot) Compare(e *catalog.Edition, query string) (Compare, bool) {
	terms, _ := parseCompared(e, query, true)
	terms = distinct(terms)
	if len(terms) < 2 || len(terms) > MaxCompared {
		return Compare{}, false
	}
	sides := make([]side, len(terms))
	for i, t := range terms {
		l := newLookup(e, t.entry(e), nil)
		sides[i] = side{"`" + t.text + "`", l, l.entry}
	}
	slices.SortFunc(sides, func(a, b side) int {
		return cmp.Or(cmp.Compare(classRank(a.entry.Class), classRank(b.entry.Class)), cmp.Compare(len(a.name), len(b.name)), strings.Compare(a.name, b.name)) // 5.7.9 before 5.7.26
	})
	var notes catalog.PairNotes
	if len(sides) == 2 {
		notes, _ = e.Pair(sides[0].key(), sides[1].key())
	}
	c := Compare{
		Lead:        join(lead(e, sides), notes.Lead),
		Differences: append(slices.Clone(notes.Notes), differences(e, sides)...),
		Guidance:    guidance(e, sides, notes.Choose),
	}
	for _, s := range sides {
		c.Entries = append(c.Entries, s.lookup)
		c.names = append(c.names, s.name)
	}
	return c, true
}

// side is one of the entries that are compared.
type side struct {
	name   string // as it is written, marked as code
	lookup Lookup
	entry  catalog.Entry
}

// key is what notes on a pair are filed under: the code that was asked for.
func (s side) key() string { return strings.Trim(s.name, "`") }

func distinct(terms []term) []term {
	var list []term
	for _, t := range terms {
		if !slices.ContainsFunc(list, func(o term) bool { return o.text == t.text }) {
			list = append(list, t)
		}
	}
	return list
}

func classRank(c catalog.Class) int {
	return slices.Index([]catalog.Class{catalog.Success, catalog.Intermediate, catalog.Transient, catalog.Permanent, ""}, c)
}

// lead says in a sentence what the classes make of the pair.
func lead(e *catalog.Edition, sides []side) string {
	if len(sides) > 2 {
		var list []string
		for _, s := range sides {
			list = append(list, s.name+" ("+className(e, s.entry)+")")
		}
		return e.Label("compare.lead.many", "list", strings.Join(list, ", "))
	}
	a, b := sides[0], sides[1]
	key := "compare.lead." + cmp.Or(string(a.entry.Class), "none") + "." + cmp.Or(string(b.entry.Class), "none")
	if !e.HasLabel(key) {
		key = "compare.lead.other"
	}
	return e.Label(key, "a", a.name, "b", b.name, "class_a", className(e, a.entry), "class_b", className(e, b.entry))
}

func className(e *catalog.Edition, entry catalog.Entry) string {
	return e.Label("class." + cmp.Or(string(entry.Class), string(entry.Kind)))
}

// differences says on which facts the sides part: class, what a retry brings,
// who acts, where in the session, and the cause.
func differences(e *catalog.Edition, sides []side) []string {
	facts := []struct {
		name string
		of   func(catalog.Entry) string
	}{
		{"class", func(x catalog.Entry) string { return cmp.Or(string(x.Class), "none") }},
		{"retry", func(x catalog.Entry) string { return string(x.Retry) }},
		{"who", func(x catalog.Entry) string { return string(x.Who) }},
		{"stage", func(x catalog.Entry) string { return stages(e, x) }},
		{"cause", func(x catalog.Entry) string {
			if x.Kind == catalog.KindCause { // says its own name
				return ""
			}
			return string(x.Cause)
		}},
	}
	list := []string{}
	for _, f := range facts {
		groups, values := groupBy(sides, func(s side) string { return f.of(s.entry) })
		if len(values) < 2 {
			continue
		}
		var sentences []string
		for _, v := range values {
			if said := factSentence(e, f.name, v, groups[v]); said != "" {
				sentences = append(sentences, said)
			}
		}
		if len(sentences) > 1 { // one side alone is no difference
			list = append(list, join(sentences...))
		}
	}
	if len(list) == 0 {
		list = append(list, e.Label("compare.alike"))
	}
	return list
}

// factSentence is one whole sentence on the sides that share a fact.
func factSentence(e *catalog.Edition, fact, value string, names []string) string {
	if value == "" || fact == "cause" && (value == string(catalog.CauseSuccess) || value == string(catalog.CauseUnclear)) {
		return ""
	}
	ending := number(names)
	codes := and(e, names)
	switch fact {
	case "stage":
		return e.Label("compare.stage"+ending, "codes", codes, "stages", value)
	case "cause":
		return e.Label("compare.cause"+ending, "codes", codes, "cause", e.Label("cause."+value))
	}
	return e.Label("compare."+fact+"."+value+ending, "codes", codes)
}

// number is the ending of a label whose sentence is about one name, or several.
func number(names []string) string {
	if len(names) > 1 {
		return ".many"
	}
	return ".one"
}

// guidance says when which applies, to the one who got the code and to the one
// who writes a server: in the words of choose, where the notes on a pair have any.
func guidance(e *catalog.Edition, sides []side, choose string) []string {
	list := []string{}
	classes, order := groupBy(sides, func(s side) string { return cmp.Or(string(s.entry.Class), "none") })
	for _, class := range order {
		list = append(list, e.Label("guide.got."+class+number(classes[class]), "codes", and(e, classes[class])))
	}
	if choose != "" {
		return append(list, choose)
	}
	said := map[string]bool{}
	for _, s := range sides {
		if code := s.entry.Kind == catalog.KindReply || s.entry.Kind == catalog.KindEnhanced; code && !said[s.lookup.Title] {
			list = append(list, e.Label("guide.send", "code", s.name, "title", s.lookup.Title))
			said[s.lookup.Title] = true
		}
	}
	if len(order) == 2 && order[0] == string(catalog.Transient) && order[1] == string(catalog.Permanent) {
		list = append(list, e.Label("guide.choose"))
	}
	return list
}

func groupBy(sides []side, of func(side) string) (groups map[string][]string, order []string) {
	groups = map[string][]string{}
	for _, s := range sides {
		v := of(s)
		if _, ok := groups[v]; !ok {
			order = append(order, v)
		}
		groups[v] = append(groups[v], s.name)
	}
	return groups, order
}

// stages names the points of the session at which an entry appears.
func stages(e *catalog.Edition, entry catalog.Entry) string {
	var list []string
	for _, s := range entry.Stages {
		list = append(list, e.Label("stage."+string(s)))
	}
	return strings.Join(list, ", ")
}

// and joins names as a language lists them: "a, b and c".
func and(e *catalog.Edition, names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	last := len(names) - 1
	return e.Label("list.and", "list", strings.Join(names[:last], ", "), "last", names[last])
}

func (b *Bot) compareCard(e *catalog.Edition, query string) card.Card {
	c, ok := b.Compare(e, query)
	if !ok {
		terms, _ := parseCompared(e, query, true)
		terms = distinct(terms)
		switch {
		case len(terms) > MaxCompared:
			return card.Card{Tone: card.Note, Title: e.Label("compare.toomany"), Body: []card.Block{{Text: e.Label("compare.usage")}}}
		case len(terms) == 1:
			return b.codeCard(e, terms[0].text)
		}
		return card.Card{Tone: card.Note, Title: e.Label("compare.toofew"), Body: []card.Block{{Text: e.Label("compare.usage")}}}
	}
	names := c.names
	table := &card.Table{Columns: names}
	rows := []card.Row{{Name: e.Label("row.class")}, {Name: e.Label("row.retry")}, {Name: e.Label("row.who")}}
	answer := card.Card{Tone: card.Note, Again: againCompared(names)}
	for _, l := range c.Entries {
		rows[0].Values = append(rows[0].Values, className(e, l.entry))
		rows[1].Values = append(rows[1].Values, e.Label("retry."+string(l.Retry)))
		rows[2].Values = append(rows[2].Values, e.Label("who."+string(l.Who)))
	}
	table.Rows = rows
	answer.Title = strings.Join(names, " "+e.Label("compare.vs")+" ")
	answer.Body = append(answer.Body, card.Block{Text: c.Lead}, card.Block{Table: table})
	said := map[string]bool{} // what a code has from its cause is not said again for the cause
	for i, l := range c.Entries {
		answer.Body = append(answer.Body, compareBlock(e, names[i], l, said))
		answer.Actions = append(answer.Actions, detailsOf(e, l.Entry))
	}
	answer.Body = append(answer.Body,
		card.Block{Heading: e.Label("heading.differences"), List: c.Differences, Ordered: true},
		card.Block{Heading: e.Label("heading.guidance"), List: c.Guidance})
	return answer
}

// compareBlock is what a comparison says of one side.
func compareBlock(e *catalog.Edition, name string, l Lookup, said map[string]bool) card.Block {
	block := card.Block{Heading: name + " · " + l.Title, Text: l.Meaning}
	if l.When != "" && !said[l.When] {
		block.List = append(block.List, "**"+e.Label("compare.when")+"** "+l.When)
	}
	if len(l.Fix) > 0 && !said[l.Fix[0]] {
		block.List = append(block.List, "**"+e.Label("compare.fix")+"** "+l.Fix[0])
		said[l.Fix[0]] = true
	}
	said[l.When] = true
	return block
}
