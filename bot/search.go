package bot

import (
	"context"
	"strings"

	"smtpbot/bot/card"
	"smtpbot/bot/detect"
	"smtpbot/catalog"
)

// Search finds entries by words, best first.
func (b *Bot) Search(e *catalog.Edition, words string) Search {
	s := Search{Results: []Hit{}}
	if terms, _ := parseTerms(e, words); len(terms) > 0 {
		for _, t := range terms {
			entry := t.entry(e)
			s.Results = append(s.Results, Hit{entry.Key, card.Unmarked(e.Fill(entry.Title, nil)), 10})
		}
		return s
	}
	for _, h := range e.Search(clip(words), 10) {
		s.Results = append(s.Results, Hit{h.Key, card.Unmarked(h.Title), h.Score})
	}
	return s
}

// searchCard lists what fits; where one entry fits far better than the rest,
// it is shown at once.
func (b *Bot) searchCard(e *catalog.Edition, words string) card.Card {
	if strings.TrimSpace(words) == "" {
		return b.helpCard(e, "")
	}
	found := b.Search(e, words).Results
	if len(found) > 0 && found[0].Score >= catalog.Sure && (len(found) == 1 || found[0].Score > 1.5*found[1].Score) {
		if entry, ok := e.Entry(found[0].Entry); ok {
			return shortCard(e, entry.Code, newLookup(e, entry, nil))
		}
	}
	asked := card.Plain(detect.Redact(words), 60)
	if asked == "…" {
		asked = "" // all of it was taken out
	}
	if len(found) == 0 || asked == "" {
		return b.lostCard(e, asked)
	}
	c := card.Card{Tone: card.Note, Title: e.Label("search.title", "words", asked)}
	block := card.Block{}
	for i, h := range found {
		if i == 5 {
			break
		}
		block.List = append(block.List, "`"+h.Entry+"` · "+h.Title)
		if i < 3 {
			c.Actions = append(c.Actions, detailsOf(e, h.Entry))
		}
	}
	c.Body = []card.Block{block, {Text: e.Label("search.next", "entry", found[0].Entry)}}
	return c
}

// lostCard answers what nothing fits: the codes people ask for most, and the help.
func (b *Bot) lostCard(e *catalog.Edition, asked string) card.Card {
	help := b.helpCard(e, "")
	help.Title = e.Label("lost.title", "words", asked)
	near := card.Block{Heading: e.Label("lost.near")}
	for _, key := range []string{"550", "421", "535", "5.7.1"} {
		if entry, ok := e.Entry(key); ok {
			near.List = append(near.List, "`"+key+"` · "+e.Fill(entry.Title, nil))
		}
	}
	help.Body = append([]card.Block{near}, help.Body...)
	return help
}

// helpFor lists the commands that make sense where somebody asks.
func helpFor(b *Bot, _ context.Context, e *catalog.Edition, r Request, _ string) card.Card {
	c := b.helpCard(e, "")
	if r.Channel == "" || b.store == nil {
		return c
	}
	last := len(c.Body) - 1
	c.Body = append(c.Body[:last:last],
		card.Block{Heading: e.Label("help.here"), List: b.verbsHere(e, r)}, card.Block{Text: said(e, r.Platform, "help.watch")})
	return c
}

// helpCard lists the commands that make sense everywhere.
func (b *Bot) helpCard(e *catalog.Edition, _ string) card.Card {
	c := card.Card{Tone: card.Note, Title: e.Label("help.title")}
	c.Body = []card.Block{{Text: e.Label("help.short")}, {Heading: e.Label("help.verbs"), List: b.verbList(e)}, {Text: e.Label("help.watch")}}
	return c
}

// verbList says what each command does that makes sense everywhere.
func (b *Bot) verbList(e *catalog.Edition) (list []string) {
	for _, v := range b.verbs {
		if !v.Chat {
			list = append(list, v.line(e, ""))
		}
	}
	return list
}

// verbsHere says so of those that are about where somebody asks. A level is
// for a channel, and not for a conversation with the bot alone.
func (b *Bot) verbsHere(e *catalog.Edition, r Request) (list []string) {
	for _, v := range b.verbs {
		if v.Chat && (!r.Direct || !v.Admin || v.Usage != "") {
			list = append(list, v.line(e, r.Platform))
		}
	}
	return list
}

// line says what a command does, in the words of a platform.
func (v Verb) line(e *catalog.Edition, platform string) string {
	return "`" + strings.TrimSpace("/smtp "+v.Name+" "+v.Usage) + "` " + said(e, platform, "help."+v.Name)
}
