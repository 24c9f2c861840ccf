package detect

import (
	"strings"

	"smtpbot/catalog"
)

// readDSN reads the fields of delivery status notifications: blocks of
// Action, Status, Diagnostic-Code and their kin. RFC 3464, section 2.3.
func (p *page) readDSN() {
	text := p.view.text
	if !p.fields && indexFold(text, "status:") < 0 {
		return
	}
	var blocks []dsnBlock
	var b *dsnBlock
	for l := (logicalLine{}); p.next(&l); {
		name, value, ok := field(text, l)
		if name = dsnField(name); !ok || name == "" {
			if b != nil && skip(text, l.start, " \t") >= l.end {
				b = nil // a blank line ends a recipient's fields
			}
			continue
		}
		if b == nil || (name == "final-recipient" && b.status.end > 0) {
			blocks = append(blocks, dsnBlock{start: l.start})
			b = &blocks[len(blocks)-1]
		}
		b.end = l.end
		b.take(text, name, value, l)
	}
	// Blocks and sites are both in order: one pass puts each site into its block.
	if len(blocks) == 0 {
		return
	}
	sites := make([]site, 0, len(p.sites)+len(blocks))
	next := 0
	for i := range blocks {
		b := &blocks[i]
		for next < len(p.sites) && p.sites[next].start < b.start {
			sites = append(sites, p.sites[next])
			next++
		}
		first := next
		for next < len(p.sites) && p.sites[next].start < b.end {
			next++
		}
		sites = p.addBlock(sites, b, p.sites[first:next])
	}
	p.sites = append(sites, p.sites[next:]...)
}

// dsnBlock holds the fields of one recipient.
type dsnBlock struct {
	start, end int
	points     int
	status     codes
	success    bool
	delayed    bool
	failed     bool
	local      bool // the diagnostic is what a program on the same host printed
	diagnostic logicalLine
	value      int // where the diagnostic's text begins
	host       string
	domain     string
}

func (b *dsnBlock) take(text, name string, value int, l logicalLine) {
	word := strings.ToLower(strings.TrimSpace(text[value:min(l.end, value+40)]))
	switch name {
	case "status":
		at := skip(text, value, " \t")
		if e, end, ok := readEnhanced(text, min(at, len(text))); ok && at < l.end {
			b.status = codes{start: at, end: end, enhanced: e}
			b.points += 6
			// "Status: 5.1.1" alone is a form of its own; with prose behind it, it is not.
			if rest := skip(text, end, " \t"); rest >= l.end || text[rest] == '(' {
				b.points += 5
			}
		} else if strings.HasPrefix(word, "2.") {
			b.success = true
		}
	case "action":
		switch {
		case strings.HasPrefix(word, "failed"), strings.HasPrefix(word, "delayed"):
			b.points += 5
			b.delayed, b.failed = word[0] == 'd', word[0] == 'f'
		case strings.HasPrefix(word, "delivered"), strings.HasPrefix(word, "relayed"), strings.HasPrefix(word, "expanded"):
			b.success = true
		}
	case "diagnostic-code":
		b.diagnostic, b.value = l, value
		b.points += 8
		b.local = strings.HasPrefix(word, "x-unix")
		if t := strings.IndexByte(word, ';'); t > 0 && t < 30 {
			b.points += 2
		}
	case "remote-mta":
		b.points++
		b.host = hostName(afterType(text[value:l.end]))
	case "final-recipient", "original-recipient":
		b.points += 2
		if d := domainOf(afterType(text[value:l.end])); d != "" {
			b.domain = d
		}
	}
}

// comment gives what stands in brackets behind the status, "" for nothing.
// Without a diagnostic the reason stands there, or in the readable part, if
// anywhere. RFC 3464, section 2.1.1.
func (b *dsnBlock) comment(text string) string {
	if b.status.end == 0 {
		return ""
	}
	comment := strings.TrimLeft(text[b.status.end:lineEnd(text, b.status.end)], " \t")
	if !strings.HasPrefix(comment, "(") {
		return ""
	}
	return comment
}

// refine lets the fields say more than the words do. Postfix gives what a
// delivery program printed the type x-unix; X.4.7 says that the time is up,
// whatever the last try met. RFC 3463, section 3.5.
func (b *dsnBlock) refine(d catalog.Diagnosis) catalog.Diagnosis {
	switch {
	case b.local && (d.Cause == "server-fault" || d.Cause == catalog.CauseUnclear):
		d.Entry, d.Cause = "delivery-agent", "delivery-agent"
	case b.status.enhanced.Row() == "4.7" && (d.Cause == "network" || d.Cause == catalog.CauseUnclear):
		d.Entry, d.Cause = "expired", "expired"
	}
	return d
}

// addBlock turns a block into a site. What a line scan found inside it is part
// of it, but for a second reply in the diagnostic, which is another server's:
// "554 4.4.7 expired <421 4.4.2 …>".
func (p *page) addBlock(sites []site, b *dsnBlock, within []site) []site {
	if b.success {
		return sites
	}
	if b.points < 8 {
		return append(sites, within...)
	}
	text := p.view.text
	s := site{codes: b.status, line: logicalLine{b.start, b.end, b.end}, physical: b.start, from: b.start, stop: b.end, dsn: true, delayed: b.delayed, failed: b.failed, remote: true, score: b.points}
	if b.diagnostic.end > 0 {
		s.line, s.stop = b.diagnostic, b.diagnostic.end
		inner := inside(within, b.diagnostic.start, b.diagnostic.end)
		if inner != nil {
			status := s.enhanced
			s.codes, s.repeated, s.words, s.stop = inner.codes, inner.repeated, inner.words, inner.stop
			if s.enhanced.IsZero() {
				s.enhanced = status
			}
		} else {
			s.end = b.value
			if i := strings.IndexByte(text[b.value:min(b.diagnostic.end, b.value+30)], ';'); i >= 0 {
				s.end += i + 1
			}
			s.start = b.diagnostic.start
			s.words = s.end
		}
	} else {
		s.words = s.end
	}
	words := p.saying(&s)
	if b.diagnostic.end == 0 {
		if words = b.comment(text); words == "" {
			words = p.preamble(b.start)
		}
	}
	s.said = p.detector.cat.Diagnose(catalog.Said{
		Reply: s.reply, Enhanced: s.enhanced, Words: words, Around: text[b.start:b.end], Stage: p.stageAt(&s),
	})
	if s.said.Provider == "" {
		s.said = b.refine(s.said)
	}
	if b.diagnostic.end > 0 && wording(s.said.Step) {
		s.score += pointsWording
	}
	if s.start >= p.returned && p.bounce < pointsBounce {
		s.score += pointsReturned
	}
	s.named = &Names{Host: b.host, Domain: b.domain}
	for _, other := range within {
		if other.reply != 0 && other.reply != s.reply {
			sites = append(sites, other)
		}
	}
	return append(sites, s)
}

// preamble gives the readable part of a bounce before a place.
func (p *page) preamble(before int) string {
	for _, m := range p.marks {
		if m.phrase.kind == bounce && m.phrase.points >= pointsBounce && m.at < before {
			return p.view.text[m.at:min(before, m.at+3000)]
		}
	}
	if p.bounce >= pointsBounce { // the header told
		return p.view.text[:min(before, 3000)]
	}
	return ""
}

// inside gives the first site with a reply code between two places, else the
// first of any.
func inside(sites []site, start, end int) *site {
	var first *site
	for i := range sites {
		if s := &sites[i]; s.start >= start && s.start < end {
			if s.reply != 0 {
				return s
			}
			if first == nil {
				first = s
			}
		}
	}
	return first
}

// field splits "Name: value" at the start of a line. RFC 5322, section 2.2.
func field(text string, l logicalLine) (name string, value int, ok bool) {
	start := skip(text, l.start, " \t")
	for i := start; i < l.end && i-start < 40; i++ {
		switch c := text[i]; {
		case c == ':':
			return text[start:i], i + 1, i > start
		case !isLetter(c) && c != '-':
			return "", 0, false
		}
	}
	return "", 0, false
}

// dsnField gives the name of a field about a recipient in small letters, "" for
// any other.
func dsnField(name string) string {
	for _, known := range [...]string{"final-recipient", "original-recipient", "action", "status", "remote-mta", "diagnostic-code", "last-attempt-date", "will-retry-until", "final-log-id"} {
		if len(name) == len(known) && strings.EqualFold(name, known) {
			return known
		}
	}
	return ""
}

// afterType drops the "rfc822;" or "dns;" of a typed field. RFC 3464, section 2.1.2.
func afterType(value string) string {
	if _, rest, ok := strings.Cut(value, ";"); ok {
		value = rest
	}
	return strings.TrimSpace(value)
}

// indexFold finds a lower-case ASCII text, whatever its case.
func indexFold(text, lowerCase string) int {
	for i := 0; i+len(lowerCase) <= len(text); i++ {
		if lower(text[i]) == lowerCase[0] && strings.EqualFold(text[i:i+len(lowerCase)], lowerCase) {
			return i
		}
	}
	return -1
}
