package bot

import (
	"strconv"
	"strings"

	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// Actions by which a reader does something with an answer. An adapter carries
// them out: their values are for Again, EntryOf, or nobody.
const (
	ActionDetails  = "details"
	ActionCompare  = "compare"  // value: what is compared with what the person names
	ActionShare    = "share"    // of an answer that one person sees; value: for Again
	ActionLanguage = "language" // value: for Again
	ActionWrong    = "wrong"    // value: the entry's key
	ActionDelete   = "delete"   // of an answer that all see; value: who may, beside those in charge
)

// Controls adds to an answer what its reader can do with it. Poster is whom the
// answer is for, as the platform's id. Cards about the bot itself stay as they are.
func (b *Bot) Controls(lang string, c card.Card, poster string) card.Card {
	if c.Again == "" {
		return c
	}
	e := b.catalog.Edition(lang)
	var actions []card.Action
	for _, a := range c.Actions {
		if a.ID != ActionCompare {
			actions = append(actions, a)
		}
	}
	entry, one := b.EntryOf(c.Again)
	if one {
		actions = append(actions, card.Action{ID: ActionCompare, Label: e.Label("action.beside"), Value: b.subject(c.Again)})
	}
	if c.Private {
		actions = append(actions, card.Action{ID: ActionShare, Label: e.Label("action.share"), Value: c.Again})
	}
	actions = append(actions, card.Action{ID: ActionLanguage, Label: e.Label("action.language"), Value: c.Again, More: true})
	if one {
		actions = append(actions, card.Action{ID: ActionWrong, Label: e.Label("action.wrong"), Value: entry, More: true})
	}
	if !c.Private {
		actions = append(actions, card.Action{ID: ActionDelete, Label: e.Label("action.delete"), Value: poster, More: true})
	}
	c.Actions = actions
	return c
}

// Again gives an answer once more, from its card's Again or the value of an
// action. What the paste named is gone: placeholders stand for it.
func (b *Bot) Again(lang, value string) (card.Card, bool) {
	e := b.catalog.Edition(lang)
	verb, rest, _ := strings.Cut(value, " ")
	switch verb {
	case "answer", "log":
		row := Row{Found: b.allAgain(e, value)}
		if len(row.Found) == 0 {
			return card.Card{}, false
		}
		return b.FindingsCard(lang, row), true
	case "lookup", "short":
		code, l, ok := b.find(e, rest)
		switch {
		case !ok:
			return card.Card{}, false
		case verb == "short":
			return shortCard(e, code, l), true
		}
		return wholeCard(e, code, l), true
	case "compare":
		if _, ok := b.Compare(e, rest); !ok {
			return card.Card{}, false
		}
		return b.compareCard(e, rest), true
	}
	return card.Card{}, false
}

// Repeats reports whether Again gives an answer word for word: who asks the
// same gets the same. An answer to a paste or a log says what that named.
func Repeats(again string) bool {
	return again != "" && !strings.HasPrefix(again, "answer ") && !strings.HasPrefix(again, "log ")
}

// EntryOf gives the key of the entry that an answer explains first. It is not
// ok for a comparison, which explains several.
func (b *Bot) EntryOf(again string) (string, bool) {
	e := b.catalog.Edition("")
	verb, rest, _ := strings.Cut(again, " ")
	switch verb {
	case "answer", "log":
		if all := b.allAgain(e, again); len(all) > 0 {
			return all[0].Entry, true
		}
	case "lookup", "short":
		if _, l, ok := b.find(e, rest); ok {
			return l.Entry, true
		}
	}
	return "", false
}

// subject is what an answer is about, as a comparison names it.
func (b *Bot) subject(again string) string {
	e := b.catalog.Edition("")
	_, rest, _ := strings.Cut(again, " ")
	if all := b.allAgain(e, again); len(all) > 0 {
		if codes := strings.TrimSpace(all[0].Reply + " " + all[0].Enhanced); codes != "" {
			return codes
		}
		return all[0].Entry
	}
	if codes, _, ok := strings.Cut(rest, " as "); ok {
		return codes
	}
	return rest
}

// Beside lists what the subject of an ActionCompare is confused with, what is
// nearest first.
func (b *Bot) Beside(lang, subject string) []Hit {
	e := b.catalog.Edition(lang)
	_, l, ok := b.find(e, subject)
	if !ok {
		return nil
	}
	keys := l.Related
	for part := range strings.FieldsSeq(subject) {
		if own, ok := e.Entry(part); ok {
			keys = append(keys[:len(keys):len(keys)], own.Related...)
		}
	}
	var list []Hit
	seen := map[string]bool{subject: true, l.Entry: true}
	for _, key := range keys {
		entry, ok := e.Entry(key)
		if !ok || seen[key] || strings.Contains(" "+subject+" ", " "+key+" ") {
			continue
		}
		seen[key] = true
		list = append(list, Hit{Entry: key, Title: card.Unmarked(e.Fill(entry.Title, nil))})
	}
	return list
}

// CompareWith sets what a person named beside a subject. It is not ok where
// nothing of the catalogue is meant, or the same.
func (b *Bot) CompareWith(lang, subject, other string) (card.Card, bool) {
	e := b.catalog.Edition(lang)
	if terms, _ := parseTerms(e, other); len(terms) == 0 {
		_, l, ok := b.find(e, other)
		if !ok {
			return card.Card{}, false
		}
		other = l.Entry
	}
	query := subject + " vs " + other
	if _, ok := b.Compare(e, query); !ok {
		return card.Card{}, false
	}
	c := b.compareCard(e, query)
	c.Private = true
	return c, true
}

// maxAgain keeps what a card is asked by so short that the value of an action
// holds it: Slack's menus take 150 characters, and Discord's buttons 100 with
// the action's name before it.
// https://docs.slack.dev/reference/block-kit/composition-objects/option-object
// https://discord.com/developers/docs/components/reference#anatomy-of-a-component
const maxAgain = 88

// againFound writes findings down, as many of them as there is room for.
func (b *Bot) againFound(found []Finding) string {
	e := b.catalog.Edition("")
	again := ""
	for _, f := range found {
		one := b.oneAgain(e, f)
		switch {
		case again == "":
			again = "answer " + one
		case len(again)+1+len(one) <= maxAgain:
			again += ";" + one
		}
	}
	return again
}

func (b *Bot) oneAgain(e *catalog.Edition, f Finding) string {
	one := strings.Join([]string{f.Reply, f.Enhanced, f.Entry}, ",")
	if plain, ok := b.foundAgain(e, one); !ok || plain.Cause != f.Cause {
		one += "," + string(f.Cause)
	}
	return one
}

// allAgain reads what againFound or againLog wrote, none of anything else.
func (b *Bot) allAgain(e *catalog.Edition, again string) (all []Found) {
	verb, rest, _ := strings.Cut(again, " ")
	var log Log
	switch verb {
	case "answer":
	case "log":
		if log, rest = logAgain(rest); log.Errors < 1 {
			return nil
		}
	default:
		return nil
	}
	for one := range strings.SplitSeq(rest, ";") {
		count := 0
		if verb == "log" {
			var times string
			times, one, _ = strings.Cut(one, "*")
			count, _ = strconv.Atoi(times)
		}
		if f, ok := b.foundAgain(e, one); ok && count >= 0 {
			f.Count = count
			all = append(all, f)
		}
	}
	if len(all) > 0 {
		all[0].Log = log
	}
	return all
}

// foundAgain reads what oneAgain wrote: reply code, enhanced code, key, and
// the cause where it is not the entry's own.
func (b *Bot) foundAgain(e *catalog.Edition, one string) (Found, bool) {
	parts := strings.Split(one, ",")
	if len(parts) < 3 {
		return Found{}, false
	}
	f := Found{Reply: parts[0], Enhanced: parts[1], Entry: parts[2]}
	entry, ok := e.EntryIn(f.Entry, classOf(f))
	if !ok {
		return Found{}, false
	}
	f.Cause = entry.Cause
	if len(parts) > 3 {
		f.Cause = catalog.Cause(parts[3])
	}
	return f, true
}

// classOf is the class that the codes of a finding say.
func classOf(f Found) catalog.Class {
	if reply, err := catalog.ParseReply(f.Reply); err == nil {
		return reply.Class()
	}
	if enhanced, err := catalog.ParseEnhanced(f.Enhanced); err == nil {
		return enhanced.Class()
	}
	return ""
}

// againWhole asks for a whole entry, againShort for its short answer.
func againWhole(code, key string) string { return "lookup " + entryNamed(code, key) }
func againShort(code, key string) string { return "short " + entryNamed(code, key) }

func entryNamed(code, key string) string {
	if code == "" || code == key {
		return key
	}
	return code + " as " + key
}

func againCompared(names []string) string {
	return "compare " + strings.ReplaceAll(strings.Join(names, " vs "), "`", "")
}

// WantsText reports whether a question asks to explain a text and has none: an
// adapter that can opens a field for it.
func (b *Bot) WantsText(text string) bool {
	v, rest := b.verbOf(trimmed(text))
	return v.Name == "explain" && rest == ""
}
