package bot

import (
	"slices"
	"strings"

	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// Lookup finds the one entry that a query names: a code, a pair of codes, a
// class, a key, or words.
func (b *Bot) Lookup(e *catalog.Edition, query string) (Lookup, bool) {
	_, l, ok := b.find(e, query)
	return l, ok
}

// find also gives the query as the bot writes it. "550 5.1.1 as
// mailbox-unknown" is how the bot itself asks for what it made of a code.
func (b *Bot) find(e *catalog.Edition, query string) (string, Lookup, bool) {
	query = strings.TrimSpace(query)
	if codes, key, ok := strings.Cut(query, " as "); ok {
		if terms, exact := parseTerms(e, codes); exact && len(terms) == 1 {
			if entry, ok := e.EntryIn(key, terms[0].class); ok {
				return terms[0].text, newLookup(e, entry, nil), true
			}
		}
	}
	if entry, ok := e.Entry(query); ok {
		return entry.Code, newLookup(e, entry, nil), true
	}
	if terms, _ := parseTerms(e, query); len(terms) > 0 {
		return terms[0].text, newLookup(e, terms[0].entry(e), nil), true
	}
	if hits := e.Search(clip(query), 2); len(hits) > 0 && hits[0].Score >= catalog.Sure {
		entry, _ := e.Entry(hits[0].Key)
		return entry.Code, newLookup(e, entry, nil), true
	}
	return "", Lookup{}, false
}

// lookupCard gives the whole entry that is named.
func (b *Bot) lookupCard(e *catalog.Edition, query string) card.Card {
	return b.entryIn(e, query, wholeCard)
}

// codeCard answers a question by the entry that it names.
func (b *Bot) codeCard(e *catalog.Edition, query string) card.Card {
	return b.entryIn(e, query, shortCard)
}

// entryIn shows the entry that a query names in one of its forms, else what is near it.
func (b *Bot) entryIn(e *catalog.Edition, query string, form func(*catalog.Edition, string, Lookup) card.Card) card.Card {
	if strings.TrimSpace(query) == "" {
		return b.helpCard(e, "")
	}
	code, l, ok := b.find(e, query)
	if !ok {
		return b.searchCard(e, query)
	}
	return form(e, code, l)
}

// shortCard answers in five seconds: what it means, whose move it is, what to
// do first. The rest is one click away.
func shortCard(e *catalog.Edition, code string, l Lookup) card.Card {
	entry := l.entry
	c := entryCard(e, code, entry)
	if len(entry.Fix) > 0 {
		c.Body = append(c.Body, card.Block{Text: entry.Fix[0]})
	}
	if len(entry.References) > 0 {
		c.Links = []card.Link{card.Link(entry.References[0])}
	}
	c.Actions = compareAction(e, code, entry)
	if len(entry.Fix) > 1 || entry.When != "" || len(entry.References) > 1 {
		c.Actions = append([]card.Action{{ID: ActionDetails, Label: e.Label("action.details"), Value: againWhole(code, entry.Key)}}, c.Actions...)
	}
	c.Again = againShort(code, entry.Key)
	return c
}

// entryCard is what stands at the head of an entry's answer, short or whole.
func entryCard(e *catalog.Edition, code string, entry catalog.Entry) card.Card {
	c := card.Card{Tone: tone(entry.Class, entry.Cause), Title: title(code, entry.Title), Small: small(e, entry, "")}
	c.Body = []card.Block{{Text: join(verdict(e, entry), move(e, entry))}, {Text: entry.Meaning}}
	if note := disagree(e, code); note != "" {
		c.Body = append(c.Body, card.Block{Text: note})
	}
	return c
}

// wholeCard shows a whole entry.
func wholeCard(e *catalog.Edition, code string, l Lookup) card.Card {
	entry := l.entry
	c := entryCard(e, code, entry)
	if entry.When != "" {
		c.Body = append(c.Body, card.Block{Heading: e.Label("heading.when"), Text: entry.When})
	}
	if len(entry.Fix) > 0 {
		c.Body = append(c.Body, card.Block{Heading: e.Label("heading.fix"), List: entry.Fix, Ordered: len(entry.Fix) > 1})
	}
	for _, r := range entry.References {
		c.Links = append(c.Links, card.Link(r))
	}
	c.Actions = compareAction(e, code, entry)
	c.Again = againWhole(code, entry.Key)
	return c
}

// title puts the code before the words.
func title(code, words string) string {
	if code == "" {
		return words
	}
	return "`" + code + "` · " + words
}

// verdict says what follows: the entry's own words, or those for its class and
// what a retry brings.
func verdict(e *catalog.Edition, entry catalog.Entry) string {
	if entry.Verdict != "" {
		return entry.Verdict
	}
	if entry.Class == "" {
		return e.Label("verdict.any." + string(entry.Retry))
	}
	return e.Label("verdict." + string(entry.Class) + "." + string(entry.Retry))
}

// move says whose move it is. While the sending server tries again by itself,
// it is nobody's yet; to make room in a mailbox is its owner's at once.
func move(e *catalog.Edition, entry catalog.Entry) string {
	if entry.Move != "" {
		return entry.Move
	}
	if entry.Class == catalog.Transient && entry.Retry == catalog.RetryAgain {
		if later := "move_later." + string(entry.Who); e.HasLabel(later) {
			return e.Label(later)
		}
	}
	return e.Label("move." + string(entry.Who))
}

// small is the grey line: class, cause, how well the fact is founded.
func small(e *catalog.Edition, entry catalog.Entry, step catalog.Step) []string {
	parts := make([]string, 0, 4)
	if entry.Class != "" {
		parts = append(parts, e.Label("class."+string(entry.Class)))
	}
	if entry.Cause != "" && entry.Cause != catalog.CauseSuccess && entry.Kind != catalog.KindCause {
		parts = append(parts, e.Label("cause."+string(entry.Cause)))
	}
	if step == catalog.StepReply || step == catalog.StepEnhanced || step == catalog.StepClass {
		parts = append(parts, e.Label("basis.code"))
	}
	switch {
	case entry.Evidence == catalog.EvidenceUnconfirmed, entry.Evidence == catalog.EvidenceField:
		parts = append(parts, e.Label("evidence."+string(entry.Evidence)))
	case entry.Evidence == catalog.EvidenceProviderPage:
		parts = append(parts, e.Label("evidence.provider-page", "date", entry.Seen))
	}
	return parts
}

// disagree points out a reply code and an enhanced code of different classes.
func disagree(e *catalog.Edition, code string) string {
	first, second, ok := strings.Cut(code, " ")
	if !ok || first == "" || second == "" || first[0] == second[0] {
		return ""
	}
	return e.Label("notes.disagree", "reply", first, "enhanced", second)
}

// compareAction offers to set an entry beside what it is confused with: a code
// beside a code, where there is one.
func compareAction(e *catalog.Edition, code string, entry catalog.Entry) []card.Action {
	asked := code
	if asked == "" {
		asked = entry.Key
	}
	differs := func(key string) bool {
		return !strings.Contains(asked, key) && (code == "" || key[0] >= '0' && key[0] <= '9')
	}
	n := slices.IndexFunc(entry.Related, differs)
	related := entry.Related
	for rest := code; n < 0 && rest != ""; { // the enhanced code tells more than the reply code
		at := strings.LastIndexByte(rest, ' ') + 1
		own, _ := e.Entry(rest[at:])
		related, rest = own.Related, strings.TrimRight(rest[:at], " ")
		n = slices.IndexFunc(related, differs)
	}
	if n < 0 {
		return nil
	}
	other := related[n]
	return []card.Action{{ID: "compare", Label: e.Label("action.compare", "other", other), Value: "compare " + asked + " vs " + other}}
}

// detailsOf offers the whole entry of a key.
func detailsOf(e *catalog.Edition, key string) card.Action {
	return card.Action{ID: "details", Label: e.Label("action.entry", "entry", key), Value: "lookup " + key}
}

func tone(class catalog.Class, cause catalog.Cause) card.Tone {
	switch {
	case class == catalog.Success || class == catalog.Intermediate || cause == catalog.CauseSuccess:
		return card.Good
	case class == catalog.Transient:
		return card.Passing
	}
	return card.Final
}

// join sets sentences one after the other.
func join(sentences ...string) string {
	said := make([]string, 0, 4)
	for _, s := range sentences {
		if s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, " ")
}

// clip keeps a search short.
func clip(query string) string {
	if runes := []rune(query); len(runes) > 200 {
		return string(runes[:200])
	}
	return query
}
