package detect

import (
	"cmp"
	"strings"
)

// blockLists are the lists that people meet most, by a word of their zones'
// names, and what they call themselves.
var blockLists = [...]struct{ sign, name string }{
	{"spamhaus", "Spamhaus"}, {"spamcop", "SpamCop"}, {"barracuda", "Barracuda"}, {"sorbs", "SORBS"}, {"uceprotect", "UCEPROTECT"},
	{"psbl.surriel.com", "PSBL"}, {"spamrats", "SpamRats"}, {"mailspike", "Mailspike"}, {"abusix", "Abusix"}, {"invaluement", "Invaluement"},
}

// readNames takes host and domain names from what stands around a site.
func (p *page) readNames(s *site) Names {
	text := p.view.text
	from := max(s.from, s.start-reach)
	from = max(from, paragraph(text[:s.start], from))
	if s.line.start < from && s.line.start >= s.start-2*reach {
		from = s.line.start
	}
	before, words := text[from:s.start], text[min(s.words, s.stop):s.stop]
	line := text[s.line.start:max(s.line.start, s.line.end)]
	if len(line) > mostWords {
		line = line[:mostWords]
	}
	var n Names
	if s.named != nil {
		n = *s.named
	}
	set := func(field *string, name string) {
		if *field == "" {
			*field = name
		}
	}

	seen := pairsOf(text[min(from, s.line.start, s.words, s.stop):max(s.start, s.stop, s.line.start+len(line))])
	after := func(stretch, mark string, read func(string) string) string {
		if !seen.mayHold(mark) {
			return "" // nearly always
		}
		return nameAfter(stretch, mark, read)
	}

	// Who refused: Postfix "host x[..] said:", "relay=x[..]", Exim "H=x [..]" and
	// "host x [..]:", Sendmail "while talking to x", Exchange "Remote Server at x".
	refused := seen.mayHold(" rejected ") && strings.Contains(line, " rejected ") || seen.mayHold("ruleset=") && strings.Contains(line, "ruleset=check_") // Exim and Sendmail name the client there
	for _, mark := range [...]string{"host ", "relay=", "H=", "while talking to ", "Remote Server at ", "Remote-MTA: dns; ", "connect to ", "did not like our", "lost connection with "} {
		if !seen.mayHold(mark) {
			continue
		}
		if mark == "did not like our" {
			if i := strings.Index(before, mark); i > 0 {
				head := strings.TrimRight(before[:i], " ")
				if at := strings.LastIndexAny(head, " \n") + 1; at < len(head) && !strings.HasPrefix(head[at:], "[") {
					set(&n.Host, hostName(head[at:]))
				} else if at > 0 {
					head = strings.TrimRight(head[:at-1], " ")
					set(&n.Host, hostName(head[strings.LastIndexAny(head, " \n")+1:]))
				}
			}
			continue
		}
		if refused && (mark == "relay=" || mark == "H=") {
			continue
		}
		set(&n.Host, after(before, mark, hostName))
		set(&n.Host, after(line, mark, hostName))
	}

	// Whose mailbox, whose mail: from what commands and logs say.
	for _, mark := range [...]string{"to=<", "RCPT TO:<", "rejected RCPT <", "Final-Recipient: rfc822;", "delivered to ", "Recipient: <", "** ", "== "} {
		set(&n.Domain, after(line, mark, domainOf))
		set(&n.Domain, after(before, mark, domainOf))
	}
	for _, mark := range [...]string{"from=<", "F=<", "MAIL FROM:<", "FROM:<", "sending domain [", "sending domain ", "MAIL FROM domain [", "Unauthenticated email from ", "SPF [", "header.from=", "From domain "} {
		set(&n.Sender, after(line, mark, senderName))
		set(&n.Sender, after(before, mark, senderName))
		set(&n.Sender, after(words, mark, senderName))
	}
	if own := firstAddress(words); own != "" {
		// An address right behind the code is the one that the refusal is about.
		if indexFold(words, "sender") >= 0 && indexFold(words, "recipient") < 0 {
			set(&n.Sender, own)
		} else {
			set(&n.Domain, own)
		}
	}
	if i := strings.LastIndexByte(before, '<'); i >= 0 {
		if head := strings.ToLower(before[max(0, i-5):i]); !strings.HasSuffix(head, "from:") && !strings.HasSuffix(head, "from=") && !strings.HasSuffix(head, "f=") {
			set(&n.Domain, domainOf(before[i+1:])) // "<jo@dest.example>: host … said:"
		}
	} else if first := strings.TrimLeft(before, " \t\n"); domainOf(first) != n.Sender {
		set(&n.Domain, domainOf(first))
	}

	// Which block list.
	var lowered string // words, where they may name one
	for _, mark := range [...]string{"blocked using ", "listed by ", "listed in ", "listed at ", "blacklisted by ", "blocked by ", "rejected by ", "listed on "} {
		if seen.mayHold(mark) {
			lowered = cmp.Or(lowered, strings.ToLower(words))
			set(&n.List, nameAfter(lowered, mark, hostName))
		}
	}
	for _, list := range blockLists {
		if seen.mayHold(list.sign) && strings.Contains(strings.ToLower(words), list.sign) && (n.List == "" || strings.Contains(n.List, list.sign)) {
			n.List = list.name
		}
	}
	if s.said.Provider != "" {
		n.Provider = p.detector.cat.ProviderName(s.said.Provider)
	}
	return n
}

// recipient gives the domain of the first address below a bounce's preamble.
func (p *page) recipient() string {
	text := p.view.text
	for _, m := range p.marks {
		if m.phrase.kind != bounce || m.at >= p.returned {
			continue
		}
		end := min(p.returned, m.end+400)
		for word := range strings.FieldsSeq(text[m.end:max(m.end, end)]) {
			word = strings.Trim(word, "<>()[],;:.'\"*")
			if strings.HasPrefix(strings.ToLower(word), "postmaster@") {
				continue
			}
			if d := domainOf(word); d != "" {
				return d
			}
		}
	}
	return ""
}

// bouncedTo gives the domain of a bounce's first recipient, "" where the text
// is no bounce.
func (p *page) bouncedTo() string {
	if p.bounce == 0 {
		return ""
	}
	if p.to == nil {
		to := p.recipient()
		p.to = &to
	}
	return *p.to
}

// pairs are the pairs of neighbouring bytes of a text, by their hash and without
// regard to case. What has a pair that the text lacks is not in it: so one pass
// over a text saves the search for most of a long list.
type pairs [32]uint64

func pairsOf(text string) (p pairs) {
	for i := 1; i < len(text); i++ {
		h := pairHash(text[i-1], text[i])
		p[h>>6] |= 1 << (h & 63)
	}
	return p
}

func (p *pairs) mayHold(s string) bool {
	for i := 1; i < len(s); i++ {
		if h := pairHash(s[i-1], s[i]); p[h>>6]>>(h&63)&1 == 0 {
			return false
		}
	}
	return true
}

func pairHash(a, b byte) uint32 { return (uint32(a|0x20)<<8 | uint32(b|0x20)) * 0x9e37_79b1 >> 21 }

// nameAfter reads a name behind the last place where a mark stands.
func nameAfter(text, mark string, read func(string) string) string {
	i := lastIndex(text, mark)
	if i < 0 {
		return ""
	}
	return read(strings.TrimLeft(text[i+len(mark):], " \n\t"))
}

// lastIndex is strings.LastIndex for what most texts lack: the search forward
// is by far the faster one.
func lastIndex(text, mark string) int {
	last := -1
	for at := strings.Index(text, mark); at >= 0; {
		last = at
		next := strings.Index(text[at+len(mark):], mark)
		if next < 0 {
			break
		}
		at += len(mark) + next
	}
	return last
}

// senderName reads a bare domain or an address.
func senderName(s string) string {
	if d := domainOf(s); d != "" {
		return d
	}
	return hostName(s)
}

// firstAddress gives the domain of an address that a reply's words begin with.
func firstAddress(words string) string {
	return domainOf(strings.TrimLeft(words, " \t\n<[("))
}

// hostName gives the host name that a text begins with, in lower case, or ""
// where it is none. RFC 5321, section 4.1.2; letters, digits, dashes and dots,
// at least two labels, so that it can stand in a command without quoting.
func hostName(s string) string {
	end := 0
	for end < len(s) && end < 260 && (isLetter(s[end]) || isDigit(s[end]) || s[end] == '-' || s[end] == '.') {
		end++
	}
	if end < len(s) && (s[end] == '@' || s[end] == '+' || s[end] == '_' || s[end] == '%') {
		return "" // the local part of an address
	}
	name := strings.ToLower(strings.TrimRight(s[:end], ".-"))
	if len(name) > 253 || len(name) < 4 {
		return ""
	}
	labels, letters := 0, false
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return ""
		}
		labels++
		letters = isLetter(label[0])
	}
	if labels < 2 || !letters {
		return "" // one label, or an IP address
	}
	return name
}

// domainOf gives the domain of the address that a text begins with.
func domainOf(s string) string {
	at := strings.IndexByte(s[:min(len(s), 100)], '@')
	if at < 1 || strings.ContainsAny(s[:at], " \t\n<>,;:") {
		return ""
	}
	return hostName(s[at+1:])
}
