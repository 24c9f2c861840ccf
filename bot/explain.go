package bot

import (
	"strings"

	"smtpbot/bot/card"
	"smtpbot/bot/detect"
	"smtpbot/catalog"
)

// Explain finds the errors in a text. It judges as the watcher of a channel
// does: what that would not speak about has no finding.
func (b *Bot) Explain(e *catalog.Edition, text string) Explain {
	found := b.read(text)
	x := Explain{Findings: make([]Finding, 0, len(found))}
	for _, f := range found {
		x.Findings = append(x.Findings, b.finding(e, f))
	}
	return x
}

func (b *Bot) finding(e *catalog.Edition, f detect.Finding) Finding {
	entry := entryOf(e, f)
	return Finding{
		Reply: f.Reply.String(), Enhanced: f.Enhanced.String(), Class: f.Class, Cause: f.Cause, Provider: f.Provider, Entry: f.Entry,
		Title: card.Unmarked(e.FillBy(entry.Title, f.Names.Value)), Step: f.Step, Words: f.Words, Start: f.Start, End: f.End, found: f,
	}
}

// Answer gives the card of the finding at the head of a list, with the rest in short.
func (b *Bot) Answer(e *catalog.Edition, found []Finding) card.Card { return b.findingsCard(e, found) }

// entryOf finds the entry that explains a finding, as it reads for its class.
func entryOf(e *catalog.Edition, f detect.Finding) catalog.Entry {
	entry, ok := e.EntryIn(f.Entry, f.Class)
	if !ok {
		entry, _ = e.EntryIn(string(f.Cause), f.Class)
	}
	return entry
}

// findingsCard is the answer to a paste or a log. To a paste: what happened, whose move it is, what
// to do first. The whole entry is one click away.
func (b *Bot) findingsCard(e *catalog.Edition, found []Finding) card.Card {
	if log := logOf(found); log.Errors > 0 {
		return b.logCard(e, found, log)
	}
	f := found[0].found
	entry := entryOf(e, f)
	for _, text := range [...]*string{&entry.Title, &entry.Verdict, &entry.Move} { // all that a short answer shows of it
		*text = e.FillBy(*text, f.Names.Value)
	}
	code := codes(found[0])
	c := card.Card{Tone: tone(f.Class, f.Cause), Title: title(code, entry.Title), Again: b.againFound(found)}
	c.Body = append(make([]card.Block, 0, 3), card.Block{Text: join(verdict(e, entry), move(e, entry))})
	if len(entry.Fix) > 0 {
		c.Body = append(c.Body, card.Block{Text: e.FillBy(entry.Fix[0], f.Names.Value)})
	}
	if note := disagree(e, code); note != "" {
		c.Body = append(c.Body, card.Block{Text: note})
	}
	if len(found) > 1 {
		c.Body = append(c.Body, alsoBlock(e, found[1:]))
	}
	step := f.Step
	if code == "" {
		entry.Class, step = "", "" // of a text without codes: the verdict says as much, and a "5xx" would puzzle
	}
	c.Small = small(e, entry, step)
	if len(entry.References) > 0 {
		c.Links = []card.Link{card.Link(entry.References[0])}
	}
	c.Actions = append([]card.Action{{ID: ActionDetails, Label: e.Label("action.details"), Value: againWhole(code, entry.Key)}}, compareAction(e, code, entry)...)
	return c
}

// fewWords is how long a question is that asks for a code.
const fewWords = 8

// alsoBlock names the further errors of a paste, three at the most.
func alsoBlock(e *catalog.Edition, rest []Finding) card.Block {
	block := card.Block{Heading: e.Label("also.heading")}
	for i, f := range rest {
		if i == 3 {
			block.List = append(block.List, e.Label("also.more"))
			break
		}
		block.List = append(block.List, title(codes(f), f.Title))
	}
	return block
}

func codes(f Finding) string { return strings.TrimSpace(f.Reply + " " + f.Enhanced) }

func (b *Bot) explainCard(e *catalog.Edition, text string) card.Card {
	if strings.TrimSpace(text) == "" {
		return card.Card{Tone: card.Note, Title: e.Label("explain.empty"), Body: []card.Block{{Text: e.Label("explain.usage")}}}
	}
	if found := b.Explain(e, text).Findings; len(found) > 0 {
		return b.findingsCard(e, found)
	}
	// Somebody asked: a code that is no pasted error is explained all the same,
	// where it is what the text is about, and no port or number of a line in it.
	if terms, exact := parseTerms(e, clip(text)); len(terms) > 0 && (exact || len(strings.Fields(text)) <= fewWords && !strings.Contains(text, ":")) {
		return b.codeCard(e, terms[0].text)
	}
	return card.Card{Tone: card.Note, Title: e.Label("explain.none"), Body: []card.Block{{Text: e.Label("explain.usage")}}}
}
