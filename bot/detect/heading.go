package detect

import "strings"

// unframed reports whether nothing about the codes but their place on the line
// tells that a server sent them.
func (p *page) unframed(position, framed int) bool {
	return p.bounce < pointsBounce && !p.talk && framed < weakFrame && position <= pointsLine
}

// headed reports whether an enhanced code alone is a release's number, a
// section's, or a date, and heads what is said there: "5.5.4: relay fixed",
// "4.1.26 mailbox moved", "5.7.1 Blocked senders".
func (p *page) headed(s *site, framed int) bool {
	if s.reply != 0 || s.hash || s.apart {
		return false
	}
	before, after := p.beside(s)
	return after == "" && before == "" || strings.HasPrefix(after, ":") || day(s) || heading(after) || framed == 0 && release(before)
}

// day reports whether an enhanced code can be a day of this century, and is
// none that is in use: RFC 3463 and its registry go no further than X.7.30.
// https://www.iana.org/assignments/smtp-enhanced-status-codes
func day(s *site) bool {
	return s.enhanced.Detail > 18 && s.enhanced.Detail < 60 && s.enhanced.Subject < 13 && s.enhanced.Subject != 7
}

// heading reports whether a few words end a line with a plural, as titles do.
// Servers that end so say how many there are: "Too many recipients".
func heading(after string) bool {
	words := strings.Fields(strings.TrimLeft(after, ". "))
	if len(words) == 0 || len(words) > 5 {
		return false
	}
	for _, word := range words {
		switch strings.ToLower(word) {
		case "too", "no", "not", "any", "many", "error:":
			return false
		}
	}
	return plural(words[len(words)-1])
}

// release reports whether a text ends with a plain word and a blank: whose
// release the number behind it is.
func release(before string) bool {
	head := strings.TrimRight(before, " ")
	if head == "" || head == before || !isWord(head[len(head)-1]) {
		return false
	}
	switch strings.ToLower(head[strings.LastIndexAny(head, " \t(")+1:]) {
	case "dsn", "status", "ndr", "code", "bounce", "smtp", "reason", "statuscode":
		return false
	}
	return true
}

// unsaid reports whether an enhanced code stands alone, and the words behind it
// are neither known to the catalogue nor those of a refusal, so that it may be
// the number of a section: "4.2.2 The recipient has to sign".
func (p *page) unsaid(s *site) bool {
	text := p.view.text
	at := skip(text, s.words, " \t")
	if s.reply != 0 || s.hash || s.apart || s.enhanced.Detail > 99 || at >= s.stop || text[at] == '<' {
		return false
	}
	known, named := wording(s.said.Step), strings.HasPrefix(text[at:], "Error: ")
	failed := named
	for _, m := range p.between(at, s.stop) {
		switch m.phrase.kind {
		case subject:
			named = true
		case failure:
			failed = failed || known || refusal(m.phrase.text)
		case speaks:
			return false
		}
	}
	return !failed || !named && !known
}

// refusal reports whether a phrase of failing says that something was refused,
// and not only that it must be, or is not.
func refusal(phrase string) bool {
	switch phrase {
	case "reject*", "denied", "refus*", "block*", "unavailable", "unknown", "invalid*", "bad", "cannot", "unable", "didn't", "too", "full", "exceed*",
		"prohibit*", "disabled", "expired", "suspended", "deferred", "try again", "temporar*", "abgelehnt", "inconnu*":
		return true
	}
	return false
}

// asking reports whether a short line is a question about codes that it gives
// no words of: "550 5.1.1 - permanent?"
func (p *page) asking(s *site) bool {
	if wording(s.said.Step) {
		return false
	}
	before, after := p.beside(s)
	after = strings.TrimRight(after, " ")
	return strings.TrimSpace(before) == "" && len(after) < 40 && strings.HasSuffix(after, "?")
}
