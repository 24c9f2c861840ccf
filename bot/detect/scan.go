package detect

import (
	"slices"
	"strings"

	"smtpbot/catalog"
)

// Detector finds SMTP errors. It holds no state between calls and may be used
// by many goroutines at once.
type Detector struct {
	cat      *catalog.Catalog
	quick    *quick
	all      *lexicon
	triggers *lexicon // those phrases that can make a finding where no code stands
}

// New makes a detector that explains by a catalogue.
func New(cat *catalog.Catalog) *Detector {
	var wordings []phrase
	for _, text := range cat.SpeakingWords() {
		wordings = append(wordings, phrase{text, speaks, pointsWordsOnly})
	}
	all := slices.Concat(
		mailWords, failWords, speech, units, foreignForms, dialogue,
		postfixForms, eximForms, sendmailForms, qmailForms, microsoftForms, googleForms, agentForms, clientForms, runtimeForms, programForms, dialogForms, serviceForms, bounceForms, stageForms, wordings,
	)
	triggers := slices.DeleteFunc(slices.Clone(all), func(p phrase) bool {
		return p.kind != bounce && p.kind != speaks && p.kind != fields && (p.kind != client || p.points == 0)
	})
	return &Detector{cat, newQuick(triggers), newLexicon(all), newLexicon(triggers)}
}

// Scan finds the SMTP errors of a text, the most telling first. It takes time
// in proportion to the text and never fails.
func (d *Detector) Scan(text string) []Finding {
	if !d.quick.mayHold(text) {
		return nil // nearly every message
	}
	return d.read(text)
}

// read is Scan without the first look.
func (d *Detector) read(text string) []Finding {
	p := page{detector: d, view: unwrap(text)}
	p.readLines()
	if len(p.sites) == 0 && !d.triggers.in(p.view.text) {
		return nil // a number, and no more
	}
	return p.weigh()
}

// readLines finds the codes of every line.
func (p *page) readLines() {
	for l := (logicalLine{}); p.next(&l); {
		p.readLine(&l)
	}
}

// weigh finds what stands around the codes, and judges them by it.
func (p *page) weigh() []Finding {
	p.marks = p.detector.all.find(p.view.text, make([]mark, 0, 32))
	p.survey()
	return p.findings()
}

// page is one text while it is being read.
type page struct {
	detector *Detector
	view     view
	marks    []mark
	sites    []site

	bounce      int           // points of the strongest sign that the text is a bounce
	talk        bool          // an SMTP dialogue
	foreignTalk bool          // a dialogue in another protocol
	passing     bool          // the sending server goes on trying
	late        bool          // or says that it gave up after so many hours
	client      bool          // printed by a library that sends mail
	fields      bool          // a delivery status notification
	returned    int           // where the returned message begins
	written     []int         // starts of the lines where somebody wrote a reply into a program
	stage       catalog.Stage // at which the refusal came, "" where nothing tells
	to          *string       // the recipient of a bounce, once looked for
	stages      bool          // several refusals came at different ones
}

// survey reads the marks that concern the whole text.
func (p *page) survey() {
	p.returned = len(p.view.text)
	for _, m := range p.marks {
		switch m.phrase.kind {
		case bounce:
			if m.at < p.returned {
				p.bounce = max(p.bounce, m.phrase.points)
			}
		case talk:
			p.talk = true
		case foreignTalk:
			p.foreignTalk = true
		case passing:
			p.passing = p.passing || m.at < p.returned
		case waited:
			p.late = p.late || m.phrase.points > 0
		case client:
			p.client = true
		case fields:
			p.fields = true
		case returned:
			p.returned = min(p.returned, m.at)
		}
	}
	p.surveyStage()
}

// site is a place where codes stand.
type site struct {
	codes
	line     logicalLine
	last     int // start of the line in which a reply of several lines ends
	physical int // start of the line that the codes stand in
	from     int // nothing before it belongs to this site
	words    int // where the words begin
	stop     int // and where they end
	repeated bool
	apart    bool // the two codes stand in different places
	said     catalog.Diagnosis
	score    int
	calm     bool   // the words begin with a small letter, and say of nothing that it went wrong
	remote   bool   // another server's words, quoted
	dsn      bool   // from the fields of a delivery status
	delayed  bool   // which says that the server goes on trying
	failed   bool   // or that it has given up. RFC 3464, section 2.3.3.
	named    *Names // by the fields of a delivery status
}

// logicalLine is a line with those that are folded below it by a deeper
// indent, as mail headers (RFC 5322, section 2.2.3) and Postfix's bounces are.
type logicalLine struct{ start, end, after int }

const longestLine = 4000

// next moves to the next logical line.
func (p *page) next(l *logicalLine) bool {
	text := p.view.text
	if l.after >= len(text) {
		return false
	}
	l.start = l.after
	first := true
	indent := 0
	for l.after < len(text) {
		end := lineEnd(text, l.after)
		here := skip(text, l.after, " \t") - l.after
		blank := l.after+here >= end
		if first {
			indent, first = here, false
			l.end, l.after = end, min(end+1, len(text))
			if blank {
				break
			}
			continue
		}
		if blank || here <= indent || end-l.start > longestLine {
			break
		}
		l.end, l.after = end, min(end+1, len(text))
	}
	return true
}

// lineEnd gives the end of the line about a place.
func lineEnd(text string, at int) int {
	if end := strings.IndexByte(text[at:], '\n'); end >= 0 {
		return at + end
	}
	return len(text)
}

// readLine finds the codes of a line.
func (p *page) readLine(l *logicalLine) {
	text := p.view.text
	physical, from := l.start, 0
	if n := len(p.sites); n > 0 {
		from = p.sites[n-1].end
	}
	for i := max(l.start, from); i < l.end; i++ {
		switch c := text[i]; {
		case c == '\n':
			physical = i + 1
		case (c == '4' || c == '5') && (i == 0 || !isDigit(text[i-1])):
			codes, ok := readCodes(text, i)
			if !ok {
				continue
			}
			if codes.end > l.end { // a mail program broke the line between the two codes
				l.end = lineEnd(text, codes.end)
				l.after = min(l.end+1, len(text))
			}
			p.add(site{codes: codes, line: *l, last: l.start, physical: physical, from: from, words: codes.end, stop: l.end})
			i = codes.end - 1
			from = codes.end
		}
	}
}

// add takes up a site, or joins it to the one before where both are lines of
// one reply.
func (p *page) add(s site) {
	if len(p.sites) == 0 {
		p.sites = append(p.sites, s)
		return
	}
	last := &p.sites[len(p.sites)-1]
	sameLine := last.last == s.line.start
	if sameLine && p.completes(last, &s) {
		return
	}
	if p.continues(last, &s) {
		last.repeated = last.repeated || last.more
		switch {
		case !last.more && last.enhanced.IsZero() && s.reply != 0 && !s.enhanced.IsZero():
			last.codes, last.words = s.codes, s.words // "error_code": "550", "reason": "550 5.1.1 …"
		case last.enhanced.IsZero():
			last.enhanced, last.hash = s.enhanced, s.hash
		}
		last.more = s.more
		last.line.end, last.stop = s.line.end, s.line.end
		last.last = s.line.start
		return
	}
	if sameLine {
		last.stop = min(last.stop, s.start)
	}
	if n := len(p.sites); n == cap(p.sites) {
		p.sites = slices.Grow(p.sites, n) // append alone grows by a quarter, and copies five times as much
	}
	p.sites = append(p.sites, s)
}

// completes joins an enhanced code and a reply code that a program printed in
// different places of one line: "dsn=5.1.1, … said: 550 …".
func (p *page) completes(last, s *site) bool {
	text := p.view.text
	switch {
	case s.reply != 0 && last.reply == 0 && strings.HasSuffix(text[last.from:last.start], "dsn=") &&
		(!s.enhanced.IsZero() || strings.HasSuffix(text[last.end:s.start], "said: ") && uint16(s.reply)/100 != last.enhanced.Digit):
		s.from = last.from // Postfix's own code before the words of the other server
		*last = *s
		return true
	case s.reply != 0 && last.reply == 0 && !s.enhanced.IsZero() && strings.HasPrefix(text[last.end:], " - "):
		s.from = last.from // Cisco's: "5.1.0 - Unknown address error 550-'5.1.1 …'"
		*last = *s
		return true
	case s.reply == 0 && last.reply != 0 && last.enhanced.IsZero() && uint16(last.reply)/100 == s.enhanced.Digit &&
		(s.physical == last.physical || text[last.end] == ',' && s.start-last.end < 60): // or "code": 452, "message": "4.2.2 …" below it
		last.enhanced, last.hash, last.apart = s.enhanced, s.hash, true
		return true
	case s.reply != 0 && s.enhanced.IsZero() && last.reply == 0 && uint16(s.reply)/100 == last.enhanced.Digit:
		s.enhanced, s.from, s.apart = last.enhanced, last.from, true
		*last = *s
		return true
	case s.reply != 0 && last.reply == 0 && s.enhanced == last.enhanced: // "dsn=5.1.1, … said: 550 5.1.1 …"
		s.from = last.from
		*last = *s
		return true
	}
	return false
}

// continues reports whether s is a further line of the reply that last began.
// RFC 5321, section 4.2.1: "550-" at every line but the last.
func (p *page) continues(last, s *site) bool {
	text := p.view.text
	if s.reply == 0 && s.enhanced == last.enhanced && last.reply != 0 && s.start == s.physical && s.start-last.line.end <= 1 {
		return true // Python prints the further lines of a reply without its code
	}
	if s.reply == 0 { // "… (#5.1.1)" belongs to the reply code before it
		return last.reply != 0 && last.enhanced.IsZero() && s.hash && s.line.start == last.last && uint16(last.reply)/100 == s.enhanced.Digit
	}
	if s.reply != last.reply || (s.enhanced != last.enhanced && !s.enhanced.IsZero() && !last.enhanced.IsZero()) {
		return false
	}
	if s.line.start == last.last {
		return last.more || (s.physical == last.physical && s.start-last.end < 100 && !strings.Contains(text[last.end:s.start], "<"))
	}
	return last.more && s.physical-last.line.end <= 1 && s.start-s.physical <= 40 && s.start > s.physical-1 && last.line.end <= len(text)
}
