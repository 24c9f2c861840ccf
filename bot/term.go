package bot

import (
	"slices"
	"strings"
	"unicode"

	"smtpbot/catalog"
)

// A term is one thing that was asked about: a reply code, an enhanced code, a
// pair of both, a class, or an entry's key.
type term struct {
	text  string        // as the bot writes it: "550 5.1.1"
	key   string        // the catalogue's key; of a pair, the entry that tells more
	class catalog.Class // of a pair, that of its reply code; "" for what is no code
}

// parseTerms finds the codes in a question. It is exact where the question
// holds nothing but codes and what joins them ("221 vs 503", "550-5.7.26").
func parseTerms(e *catalog.Edition, text string) (terms []term, exact bool) {
	lowered := strings.ToLower(text)
	compared := strings.Contains(lowered, " vs ") || strings.Contains(lowered, " versus ") || strings.Contains(lowered, " contre ")
	return parseCompared(e, text, compared)
}

// parseCompared also takes causes of one plain word ("spam", "network") where
// things are compared; elsewhere such a word is only a word.
func parseCompared(e *catalog.Edition, text string, compared bool) (terms []term, exact bool) {
	if len(text) > 200 {
		return nil, false
	}
	exact = true
	var pending catalog.ReplyCode // a reply code that an enhanced code may follow
	flush := func() {
		if pending != 0 {
			terms = append(terms, term{pending.String(), pending.String(), pending.Class()})
			pending = 0
		}
	}
	last := "" // the word before
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("|&+;:=", r)
	}) {
		if key, ok := entryKey(e, word, compared); ok {
			flush()
			terms = append(terms, term{text: key, key: key})
			continue
		}
		before := last
		last = word
		for _, part := range splitPair(word) {
			part = strings.Trim(part, "()[]<>\"'`’“”«»?!#*_")
			part = strings.TrimRight(part, ".,")
			if part == "" {
				continue
			}
			part = mendDigits(part)
			if elsewhere(before) {
				exact = false // "line 341", "port 587"
				continue
			}
			if code, err := catalog.ParseReply(part); err == nil {
				flush()
				pending = code
				continue
			}
			if code, err := catalog.ParseEnhanced(part); err == nil {
				terms = append(terms, pair(e, pending, code))
				pending = 0
				continue
			}
			if class, ok := classKey(e, part); ok {
				flush()
				terms = append(terms, term{text: class, key: class})
				continue
			}
			if joins(part) {
				flush()
				continue
			}
			exact = false
		}
	}
	flush()
	return terms, exact && len(terms) > 0
}

// pair gives the term for an enhanced code behind a reply code, or alone.
func pair(e *catalog.Edition, reply catalog.ReplyCode, enhanced catalog.EnhancedCode) term {
	if reply == 0 {
		return term{enhanced.String(), enhanced.String(), enhanced.Class()}
	}
	text := reply.String() + " " + enhanced.String()
	return term{text, e.Diagnose(catalog.Said{Reply: reply, Enhanced: enhanced}).Entry, reply.Class()}
}

// entry finds what a term names.
func (t term) entry(e *catalog.Edition) catalog.Entry {
	entry, _ := e.EntryIn(t.key, t.class)
	return entry
}

// splitPair takes "550-5.7.26", "221/503" and "450,550" apart; "5,1,1" is an
// enhanced code by somebody whose keyboard has the comma there.
func splitPair(word string) []string {
	if strings.Count(word, ",") == 2 {
		if _, err := catalog.ParseEnhanced(strings.ReplaceAll(word, ",", ".")); err == nil {
			return []string{strings.ReplaceAll(word, ",", ".")}
		}
	}
	if strings.Count(word, ",") == 1 && strings.Count(word, ".") == 1 {
		if _, err := catalog.ParseEnhanced(strings.ReplaceAll(word, ",", ".")); err == nil {
			return []string{strings.ReplaceAll(word, ",", ".")}
		}
	}
	if before, after, ok := strings.Cut(word, "vs"); ok && digitFirst(before) && digitFirst(after) {
		return slices.Concat(splitPair(before), []string{"vs"}, splitPair(after)) // 450vs550
	}
	return strings.FieldsFunc(word, func(r rune) bool { return r == '-' || r == '/' || r == ',' || r == '–' })
}

// mendDigits reads the letters O, I and L in a code as the digits they look
// like: 5O3, 55l.
func mendDigits(word string) string {
	if len(word) < 3 || len(word) > 9 || word[0] < '2' || word[0] > '5' {
		return word
	}
	mended := strings.NewReplacer("o", "0", "l", "1", "i", "1").Replace(word)
	if _, err := catalog.ParseReply(mended); err == nil {
		return mended
	}
	if _, err := catalog.ParseEnhanced(mended); err == nil {
		return mended
	}
	return word
}

func digitFirst(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

func classKey(e *catalog.Edition, word string) (string, bool) {
	if len(word) != 3 || (word[1:] != "xx" && word[1:] != "yz") {
		return "", false
	}
	key := word[:1] + "xx"
	_, ok := e.Entry(key)
	return key, ok
}

// entryKey accepts a key of the catalogue that is not a code: a cause or a
// provider's text. A plain word counts only where that was asked for.
func entryKey(e *catalog.Edition, word string, plain bool) (string, bool) {
	if !plain && !strings.ContainsAny(word, "-/") || word[0] >= '0' && word[0] <= '9' {
		return "", false
	}
	entry, ok := e.Entry(word)
	return entry.Key, ok
}

// joins reports whether a word may stand between codes without meaning more.
func joins(word string) bool {
	switch word {
	case "vs", "vs.", "v", "versus", "contre", "and", "or", "et", "ou", "to", "smtp", "code", "codes", "error", "erreur":
		return true
	}
	return false
}

// elsewhere reports whether the number behind a word is none of SMTP's replies:
// a traceback names lines, and a setting ports.
func elsewhere(word string) bool {
	return word == "port" || word == "ports" || word == "line" || word == "ligne"
}

func joinTerms(terms []term) string {
	var texts []string
	for _, t := range terms {
		texts = append(texts, t.text)
	}
	return strings.Join(texts, " vs ")
}
