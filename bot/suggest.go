package bot

import (
	"strings"
	"unicode"

	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// often are the codes that people ask for most, for who has typed nothing yet.
var often = [...]string{"550", "421", "535", "5.7.1", "450", "451", "452", "503", "552", "554", "5.1.1", "4.7.0", "5.7.26"}

// Suggest completes a question that somebody is typing: codes by their
// beginning, titles, causes and providers by words, also with a slip of the
// keyboard. In "450 vs 5" it completes what stands last. Each Hit's Entry is
// what can be asked; nothing outside the catalogue is asked for it.
func (b *Bot) Suggest(lang, typed string, n int) []Hit {
	e := b.catalog.Edition(lang)
	typed = strings.TrimLeftFunc(clip(typed), unicode.IsSpace)
	before, last := lastOf(typed)
	var list []Hit
	seen := map[string]bool{}
	add := func(key string) {
		if entry, ok := e.Entry(key); ok && !seen[key] && len(list) < n {
			seen[key] = true
			list = append(list, Hit{Entry: before + key, Title: card.Unmarked(e.Fill(entry.Title, nil))})
		}
	}
	if terms, exact := parseTerms(e, last); exact && len(terms) == 1 {
		add(terms[0].key) // what it names as it stands
	}
	switch {
	case last == "":
		for _, key := range often {
			if !strings.Contains(before, key+" ") {
				add(key)
			}
		}
	case last[0] >= '2' && last[0] <= '5' && !strings.ContainsFunc(last, unicode.IsLetter):
		suggestCodes(e, last, add)
	default:
		for _, h := range e.Search(last, n) {
			add(h.Key)
		}
		word := strings.Join(catalog.Words(last), " ")
		for _, key := range e.Keys() { // one or two letters are too little for a search
			if word != "" && strings.HasPrefix(key, word) {
				add(key)
			}
		}
	}
	return list
}

// suggestCodes adds the codes that begin as what was typed.
func suggestCodes(e *catalog.Edition, typed string, add func(key string)) {
	part := typed[strings.LastIndexAny(typed, " -")+1:] // "550 5.1" goes on as 5.1
	for _, key := range e.Keys() {
		switch {
		case key[0] < '0' || key[0] > '9':
		case strings.HasPrefix(key, part):
			add(key)
		case strings.Count(key, ".") == 2 && strings.HasPrefix(part[min(1, len(part)):], ".") && strings.HasPrefix(key[1:], part[1:]):
			add(part[:1] + key[1:]) // the registry's rows hold for 4.x.x as for 5.x.x
		}
	}
}

// lastOf parts a comparison that is being typed: what stands before the last
// code, as it is asked for, and that.
func lastOf(typed string) (before, last string) {
	words := strings.Fields(typed)
	for i := len(words) - 1; i > 0; i-- {
		switch strings.ToLower(words[i]) {
		case "vs", "vs.", "versus", "contre":
			return strings.Join(words[:i], " ") + " vs ", strings.Join(words[i+1:], " ")
		}
	}
	return "", strings.TrimSpace(typed)
}
