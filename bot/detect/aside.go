package detect

import (
	"strings"

	"smtpbot/catalog"
)

// mostClause is how many words of a clause are read.
const mostClause = 6

// aside reports whether the words behind a bare reply code are about something
// else, and mail and failure come up later in the line: "550 orders in stock,
// the mailbox is full". A server says at once what it is about. This holds
// where nothing but its place at the start of a line, or behind a colon, speaks
// for the code.
func (p *page) aside(s *site) bool {
	if s.reply == 0 || !s.enhanced.IsZero() || s.more || s.repeated || s.hash {
		return false
	}
	text := p.view.text
	if before, after := p.beside(s); strings.HasSuffix(before, "#") || strings.TrimSpace(before) == "" && label(after) || sum(before) {
		return true
	}
	at := skip(text, s.end, " \t:.\"'")
	if at >= s.stop || !isLetter(text[at]) && (text[at] < 0xc3 || text[at] > 0xc5) { // "élèves"; other scripts are not read
		return false
	}
	end, words := clause(text, at, s.stop)
	said := text[at:end]
	switch {
	case strings.HasPrefix(said, "http"), hostName(said) != "", domainOf(said) != "":
		return false
	case strings.HasPrefix(text[end:], "..."):
		return false // Sendmail's "550 jo... User unknown"
	case s.reply == 501 && words < 3 && end < len(text) && text[end] == ':' && text[at] >= 'a':
		return false // Exim's "501 jo: recipient address must contain a domain"
	case words == 1 && strings.ContainsAny(said, "0123456789_") && said == strings.ToUpper(said):
		return false // a provider's own code, "OU-001"
	}
	named, failed := -1, -1
	for _, m := range p.between(at, end) {
		switch m.phrase.kind {
		case subject:
			named = m.at
		case failure:
			failed = m.at
		case logs, speaks:
			return false
		}
	}
	switch last := said[strings.LastIndexByte(said, ' ')+1:]; {
	case named < 0 && failed < 0:
		return !wording(p.detector.cat.Diagnose(catalog.Said{Reply: s.reply, Words: said}).Step)
	case words == 1 && failed < 0, words <= 3 && failed < 0 && named < end-len(last):
		return plural(last) // "550 mail templates", but not "550 recipients"
	case words == 2 && named < 0 && failed < end-len(last):
		return plural(last) // "550 lost pages"
	}
	first, _, _ := strings.Cut(said, " ")
	return plural(first) && !p.tells(at)
}

// label reports whether what follows a number makes it one of a list: of a
// room, a task, a code to be explained. "503: the key is lost".
func label(after string) bool {
	return len(after) > 2 && strings.HasPrefix(after, ": ") && after[2] >= 'a' && after[2] <= 'z'
}

// sum reports whether a line so far names things of which the number behind it
// is the sum: "Visitors: 550". What servers and people call replies is none.
func sum(before string) bool {
	name, ok := strings.CutSuffix(strings.TrimSpace(before), ":")
	if !ok || name == "" || name[0] < 'A' || name[0] > 'Z' {
		return false
	}
	name = strings.ToLower(name)
	switch name {
	case "total", "price", "score", "capacity", "budget":
		return true
	case "errors", "bounces", "replies", "responses", "details", "diagnostics", "logs", "says", "answers", "returns", "responds", "shows", "gives", "fails", "failures",
		"rejections", "results", "messages", "notes", "headers", "servers":
		return false
	}
	return plural(name)
}

// tells reports whether a word at a place is one of mail or of failure.
func (p *page) tells(at int) bool {
	for _, m := range p.between(at, at+1) {
		if m.phrase.kind == subject || m.phrase.kind == failure {
			return true
		}
	}
	return false
}

// clause gives the end of the clause that begins at a place, and how many words
// of it were read: up to a sign, or to a word that joins the next one.
func clause(text string, at, stop int) (end, words int) {
	for end = at; end < stop && words < mostClause; {
		from := end
		for end < stop && !isSpace(text[end]) {
			end++
		}
		word := text[from:end]
		if cut := strings.TrimRight(word, ",;:.!?"); cut != word {
			return from + len(cut), words + 1
		}
		switch word {
		case "and", "but", "because", "so", "while", "as", "-", "–", "—", "|", "und", "aber", "weil", "et", "mais", "car", "y", "pero", "porque":
			return max(at, from-1), words
		}
		words++
		if end == stop || text[end] != ' ' || end+1 < stop && (text[end+1] == '(' || text[end+1] == ' ') {
			return end, words
		}
		if words < mostClause {
			end++
		}
	}
	return end, words
}

// plural reports whether a word is one in small letters that ends as plurals
// do.
func plural(word string) bool {
	n := len(word)
	if n < 4 || word[n-1] != 's' || strings.IndexByte("sui", word[n-2]) >= 0 {
		return false
	}
	for i := range n {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return true
}
