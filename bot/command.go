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
	Logs *Logs  // what the mail logs hold that came with it, as WithFiles gives it
	Lang string // the person's locale, as the platform spells it; "" where unknown

	User   string // who asks, as the platform's id; "" where unknown
	Admin  bool   // may change the place's settings; needed where WantsAdmin says so
	Direct bool   // in a conversation with the bot alone, where no level holds
}

// A Verb is a command that can be named. The rest needs no name: what the bot
// is asked decides.
type Verb struct {
	Name    string   // as it is typed, and the key of its help text (help.NAME)
	Aliases []string // in other languages, or shorter
	Usage   string   // what follows it
	Admin   bool     // changes what others see: not for everybody
	Chat    bool     // is about a channel or a person, and only understood with exactly what Usage names behind it
	run     func(b *Bot, ctx context.Context, e *catalog.Edition, r Request, rest string) card.Card
}

// verbs is the one table of commands: dispatch, help, and what the platforms
// register all read it.
func verbs() []Verb {
	return []Verb{
		{Name: "lookup", Aliases: []string{"details"}, Usage: "503", run: about((*Bot).lookupCard)},
		{Name: "compare", Aliases: []string{"comparer", "diff"}, Usage: "450 550", run: about((*Bot).compareCard)},
		{Name: "explain", Aliases: []string{"expliquer"}, Usage: "550 5.1.1 User unknown", run: about((*Bot).explainCard)},
		{Name: "search", Aliases: []string{"find", "chercher"}, Usage: "mailbox full", run: about((*Bot).searchCard)},
		{Name: "settings", Aliases: []string{"réglages", "reglages"}, Chat: true, run: (*Bot).settingsCard},
		{Name: "on", Aliases: []string{"reply"}, Admin: true, Chat: true, run: toLevel(LevelReply)},
		{Name: "quiet", Admin: true, Chat: true, run: toLevel(LevelQuiet)},
		{Name: "react", Admin: true, Chat: true, run: toLevel(LevelReact)},
		{Name: "off", Admin: true, Chat: true, run: toLevel(LevelOff)},
		{Name: "lang", Aliases: []string{"language", "langue"}, Usage: "fr", Admin: true, Chat: true, run: (*Bot).langCard},
		{Name: "stop", Chat: true, run: toOptOut(true)},
		{Name: "resume", Chat: true, run: toOptOut(false)},
		{Name: "help", Aliases: []string{"aide", "?", "hello", "hi", "hey", "bonjour", "salut"}, run: helpFor},
	}
}

// about makes a command of an answer that depends on nothing but the question.
func about(answer func(*Bot, *catalog.Edition, string) card.Card) func(*Bot, context.Context, *catalog.Edition, Request, string) card.Card {
	return func(b *Bot, _ context.Context, e *catalog.Edition, _ Request, rest string) card.Card {
		return answer(b, e, rest)
	}
}

// WantsAdmin reports whether a question is for who may change a place's
// settings: only then does an adapter have to ask its platform for that.
func (b *Bot) WantsAdmin(text string) bool {
	v, _ := b.verbOf(trimmed(text))
	return v.Admin
}

// MaxQuery is how much of a question is read, in bytes: a bounce with the
// message that came back in it is rarely longer, and its error stands first.
const MaxQuery = 192 << 10

// Command answers a question. Every question gets an answer: what is not
// understood gets the nearest entries and the help. It is in the person's
// language, else in the one that is set for the place.
func (b *Bot) Command(ctx context.Context, r Request) card.Card {
	b.meter.Command(r.Platform)
	if r.Lang == "" && r.Channel != "" {
		r.Lang = b.langOf(ctx, r.Place)
	}
	answer := b.dispatch(ctx, b.catalog.Edition(r.Lang), r)
	answer.Private = true
	return answer
}

// trimmed takes off what stands about a question.
func trimmed(text string) string {
	text = strings.TrimSpace(strings.ToValidUTF8(text[:min(len(text), MaxQuery)], ""))
	if rest, ok := strings.CutPrefix(text, "/smtp"); ok && (rest == "" || isSpace(rest[0])) {
		text = strings.TrimSpace(rest)
	}
	return text
}

// verbOf takes the command off a question. Where that names none, the whole is
// what is asked. "off" is a command, and "off the list, but 554" none.
func (b *Bot) verbOf(text string) (Verb, string) {
	first, rest := text, ""
	if i := strings.IndexAny(text, " \t\n\r\u00a0"); i >= 0 {
		first, rest = text[:i], strings.TrimSpace(text[i:])
	}
	for _, v := range b.verbs {
		if v.named(first) && (!v.Chat || len(strings.Fields(rest)) <= len(strings.Fields(v.Usage))) {
			return v, rest
		}
	}
	return Verb{}, text
}

func (b *Bot) dispatch(ctx context.Context, e *catalog.Edition, r Request) card.Card {
	text := trimmed(r.Text)
	if c, ok := b.logsCard(e, r.Logs, text); ok {
		return c
	}
	if text == "" {
		return helpFor(b, ctx, e, r, "")
	}
	if v, rest := b.verbOf(text); v.run != nil {
		return v.run(b, ctx, e, r, rest)
	}
	return b.remembered(e, text, func() card.Card { return b.askedCard(e, text) })
}

// askedCard answers a question that names no command, by what it holds: codes,
// an error, or words.
func (b *Bot) askedCard(e *catalog.Edition, text string) card.Card {
	terms, exact := parseTerms(e, text)
	switch {
	case exact && len(terms) > 1:
		return b.compareCard(e, text)
	case exact && len(terms) == 1:
		return b.codeCard(e, text)
	}
	if found := b.Explain(e, text).Findings; len(found) > 0 {
		return b.findingsCard(e, found)
	}
	if len(terms) == 1 { // "what does 550 mean?"
		return b.codeCard(e, terms[0].text)
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
