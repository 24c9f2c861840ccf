package detect

import "strings"

// wholeReply reports whether a text is nothing but a short reply: "550 Remote
// address." The code begins it and a full stop ends it; the words begin with a
// capital letter, as those of servers do, and name a thing of mail. What counts
// something ("550 Messages sent.") or answers somebody ("450 Main Street.") has
// none, or has it in the plural and without a failure.
func (p *page) wholeReply(s *site) bool {
	if len(p.view.text) > 80 {
		return false
	}
	text := strings.TrimSpace(p.view.text)
	start := strings.Index(p.view.text, text)
	if s.start != start || s.reply == 0 || !s.enhanced.IsZero() || !ordinary(uint16(s.reply)) || s.reply < 504 && s.reply >= 500 {
		return false
	}
	if len(text) > 60 || !strings.HasSuffix(text, ".") || strings.ContainsAny(text, "\n,;!?") {
		return false
	}
	words := strings.Fields(text[s.end-start:])
	if len(words) < 2 || len(words) > 4 || words[0][0] < 'A' || words[0][0] > 'Z' {
		return false
	}
	last := start + len(text) - len(words[len(words)-1])
	singular := !strings.HasSuffix(text, "s.") || strings.HasSuffix(text, "ss.")
	named, failed := false, false
	for _, m := range p.between(s.words, s.stop) {
		switch m.phrase.kind {
		case subject:
			named = named || failed || m.at == last && singular
		case failure:
			failed = true
		case unit:
			if m.at == skip(p.view.text, s.words, " ") {
				return false
			}
		}
	}
	return named
}
