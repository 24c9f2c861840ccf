package bot

import (
	"context"
	"strings"

	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// Request is a question that somebody put to the bot.
type Request struct {
	Place
	Text string // what stands behind /smtp, or behind the bot's name
	Lang string // the person's locale, as the platform spells it; "" where unknown
}

// A Verb is a command that can be named. The rest needs no name: what the bot
// is asked decides.
type Verb struct {
	Name    string   // as it is typed, and the key of its help text (help.NAME)
	Aliases []string // in other languages, or shorter
	Usage   string   // what follows it
	run     func(b *Bot, e *catalog.Edition, rest string) card.Card
}

// Verbs is the one table of commands: dispatch, help, and what the platforms
// register all read it.
func Verbs() []Verb {
	return []Verb{
		{Name: "lookup", Aliases: []string{"details"}, Usage: "503", run: (*Bot).lookupCard},
		{Name: "compare", Aliases: []string{"comparer", "diff"}, Usage: "450 550", run: (*Bot).compareCard},
		{Name: "explain", Aliases: []string{"expliquer"}, Usage: "550 5.1.1 User unknown", run: (*Bot).explainCard},
		{Name: "search", Aliases: []string{"find", "chercher"}, Usage: "mailbox full", run: (*Bot).searchCard},
		{Name: "help", Aliases: []string{"aide", "?", "hello", "hi", "hey", "bonjour", "salut"}, run: (*Bot).helpCard},
	}
}

// MaxQuery is how much of a question is read, in bytes: a bounce with the
// message that came back in it is rarely longer, and its error stands first.
const MaxQuery = 192 << 10

// Command answers a question. Every question gets an answer: what is not
// understood gets the nearest entries and the help.
func (b *Bot) Command(_ context.Context, r Request) card.Card {
	b.meter.Command(r.Platform)
	e := b.catalog.Edition(r.Lang)
	text := strings.TrimSpace(strings.ToValidUTF8(r.Text[:min(len(r.Text), MaxQuery)], ""))
	if rest, ok := strings.CutPrefix(text, "/smtp"); ok && (rest == "" || isSpace(rest[0])) {
		text = strings.TrimSpace(rest)
	}
	answer := b.dispatch(e, text)
	answer.Private = true
	return answer
}

func (b *Bot) dispatch(e *catalog.Edition, text string) card.Card {
	if text == "" {
		return b.helpCard(e, "")
	}
	first, rest := text, ""
	if i := strings.IndexAny(text, " \t\n\r\u00a0"); i >= 0 {
		first, rest = text[:i], strings.TrimSpace(text[i:])
	}
	for _, v := range Verbs() {
		if v.named(first) {
			return v.run(b, e, rest)
		}
	}
	return b.askedCard(e, text)
}

// askedCard answers a question that names no command, by what it holds: codes,
// an error, or words.
func (b *Bot) askedCard(e *catalog.Edition, text string) card.Card {
	terms, exact := parseTerms(e, text)
	switch {
	case exact && len(terms) > 1:
		return b.compareCard(e, text)
	case exact && len(terms) == 1:
		return b.lookupCard(e, text)
	}
	if found := b.Explain(e, text).Findings; len(found) > 0 {
		return b.findingsCard(e, found)
	}
	if len(terms) == 1 { // "what does 550 mean?"
		return b.lookupCard(e, terms[0].text)
	}
	if len(terms) > 1 { // "is 450 better than 550?"
		return b.compareCard(e, joinTerms(terms))
	}
	return b.searchCard(e, text)
}

func (v Verb) named(word string) bool {
	word = strings.ToLower(strings.TrimRight(word, ":"))
	if word == v.Name {
		return true
	}
	for _, a := range v.Aliases {
		if word == a {
			return true
		}
	}
	return false
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
