package detect

import (
	"slices"
	"strings"

	"smtpbot/catalog"
)

// reach is how far before a code its frame may begin: "SMTP error from remote
// mail server after RCPT TO:<…>: host … [..]: 550" is as long as it gets.
const reach = 240

// judge weighs the evidence for a site, and asks the catalogue about it where
// an answer can make a difference.
func (p *page) judge(s *site) {
	if s.reply == 0 && s.hash && s.words == s.end {
		s.words = s.from // qmail writes the code behind the words: "… (#5.1.1)"
	}
	position := p.position(s)
	around := p.surroundings(s)
	framed := max(around.frame, around.line)
	s.remote = around.frame >= strongFrame

	minus := around.minus
	if p.foreignTalk && !p.talk && framed < strongFrame {
		minus = min(minus, pointsForeign)
	}
	if framed >= strongFrame && minus == pointsForeign {
		minus = 0 // a mail program's own frame outweighs a stray word
	}
	s.score = shape(s) + position + framed + minus + around.noun
	switch {
	case s.start >= p.returned:
		s.score += pointsReturned
	case p.bounce >= pointsBounce:
		s.score += pointsBounce
	case p.talk && position >= pointsLine:
		s.score += pointsTalk
	}
	s.score += p.words(s, position > 0 || framed >= weakFrame || around.told, p.unframed(position, framed))
	if p.wholeReply(s) {
		s.score += pointsWhole
	}
	if s.score >= pointsToFind-pointsWording {
		s.score += p.against(s, position, framed)
	}
	if s.score >= pointsToFind-pointsWording {
		s.said = p.diagnose(s, framed)
		if wording(s.said.Step) && !(s.said.Wraps && s.calm && s.enhanced.IsZero()) {
			s.score += pointsWording
		}
		switch {
		case !p.unframed(position, framed):
		case framed == 0 && position != pointsBehind && p.unsaid(s):
			s.score += pointsVersion
		case p.asking(s):
			s.score += pointsAsked
		}
	}
}

// shape says what the codes themselves count for.
func shape(s *site) int {
	score := 0
	switch {
	case s.reply != 0 && !s.enhanced.IsZero() && !s.apart:
		if uint16(s.reply)/100 == s.enhanced.Digit {
			score = pointsPair
		} else {
			score = pointsUnlike
		}
	case s.reply == 0 && s.hash, s.apart && s.hash: // "502 unimplemented (#5.5.1)"
		score = pointsHash
	case s.reply == 0:
		score = pointsEnhanced
	case http(uint16(s.reply)):
		score = pointsHTTP
	case !ordinary(uint16(s.reply)):
		score = pointsStranger
	}
	switch {
	case s.repeated:
		score += pointsRepeated
	case s.more:
		score += pointsMore
	}
	return score
}

// surroundings are what the marks around a site tell.
type surroundings struct {
	frame int  // points of what introduces the codes
	line  int  // points of the line's form
	minus int  // points against
	noun  int  // points against: the number is a noun
	told  bool // somebody tells what a server answered
}

func (p *page) surroundings(s *site) (a surroundings) {
	text := p.view.text
	before := max(s.from, s.start-reach)
	against := func(points int) { a.minus = min(a.minus, points) }
	for _, m := range p.between(before, s.stop) {
		if m.at < s.line.start { // only a frame reaches into the next line, and only with nothing behind it
			if m.phrase.kind == says && m.end <= s.start && strings.Trim(text[m.end:s.start], " \t\n:") == "" {
				a.frame = max(a.frame, m.phrase.points)
			}
			continue
		}
		ahead := m.end <= s.start // the mark stands before the codes
		gap := ""                 // what stands between
		if ahead {
			gap = text[m.end:s.start]
		}
		switch m.phrase.kind {
		case says:
			if ahead {
				a.frame = max(a.frame, m.phrase.points)
			}
		case logs:
			a.line = max(a.line, m.phrase.points)
		case foreign:
			switch {
			case m.at == s.start && s.enhanced.IsZero():
				against(pointsForeign - 1) // the very words that the other protocol has for the code
			case m.at < s.end+60 && (s.enhanced.IsZero() || m.at < s.start && m.phrase.points == 0):
				against(pointsForeign)
			}
		case asks:
			if ahead && m.at >= s.physical && len(gap) < 60 && !sentenceEnds(gap) {
				against(pointsAsked)
			}
		case lesson:
			if ahead && m.at >= s.physical && len(gap) < 90 {
				against(pointsLesson)
			}
		case lessonBehind:
			if !p.trace(m) && m.at > s.start && m.at-s.end < 120 && m.at < lineEnd(text, s.end) {
				against(pointsLesson)
			}
		case article:
			if gap != "" && strings.Trim(gap, " \"'`#") == "" {
				a.noun = pointsArticle
			}
		case version:
			if ahead && s.reply == 0 && strings.Trim(gap, " v\"'`") == "" {
				against(pointsVersion)
			}
		case report:
			if ahead && len(gap) <= 3 {
				a.frame, a.told = max(a.frame, m.phrase.points), true
			}
		}
	}
	for _, m := range p.between(s.line.start, min(before, s.line.start+reach)) {
		switch m.phrase.kind { // the head of a long line names the program
		case logs:
			a.line = max(a.line, m.phrase.points)
		case foreign:
			against(pointsForeign)
		}
	}
	return a
}

func wording(step catalog.Step) bool {
	return step == catalog.StepDistinctive || step == catalog.StepProvider || step == catalog.StepGeneric
}

// position says what standing where they stand counts for the codes.
func (p *page) position(s *site) int {
	text := p.view.text
	before := strings.TrimRight(text[max(s.physical, s.start-reach):s.start], " \t\"'#(b")
	if before == "" {
		return pointsLine
	}
	if prompts(before) {
		return pointsPrompt
	}
	if n := len(before); n > 2 && before[n-2] == ']' && (before[n-1] == ':' || before[n-1] == ',') && strings.LastIndexByte(before, '[') > n-45 {
		if s.reply >= 500 && s.reply <= 504 && strings.Trim(text[s.end:min(s.stop, s.end+20)], " .:\n") == "" {
			return pointsBehind // a web server's monitor prints as much
		}
		return pointsHost
	}
	if strings.HasSuffix(before, "...") {
		return pointsBehind
	}
	switch before[len(before)-1] {
	case ':', ';', '[', '{', '|', '=', '>':
		return pointsBehind
	}
	if c := text[s.start-1]; c == '"' || c == '\'' || c == '(' || c == '#' {
		return pointsBehind
	}
	if strings.HasSuffix(before, " -") {
		return pointsBehind
	}
	return 0
}

// prompts reports whether a line so far ends with a sign that a transcript
// puts before what the server says: swaks, curl, Sendmail, Postfix, PHPMailer,
// Thunderbird, mutt.
func prompts(before string) bool {
	i := strings.LastIndexAny(before, " \t")
	last := before[i+1:]
	if slices.Contains([]string{"<", "<<", "<<<", "<-", "<--", "<**", "<~", "<~*", "<=", "S:", "s:", "Out:", "S>", "Server:", "SERVER:", "recv:", "Recv:", "RECV:", "reply:", "RX:", "R:", "[S]", "SMTP<<", "CLIENT:"}, last) {
		return last != "CLIENT:" || strings.HasSuffix(before, "SERVER -> CLIENT:")
	}
	return false
}

// between gives the marks that begin in a stretch of the text.
func (p *page) between(start, end int) []mark {
	if start >= end {
		return nil
	}
	at := func(m mark, pos int) int { return m.at - pos }
	from, _ := slices.BinarySearchFunc(p.marks, start, at)
	to, _ := slices.BinarySearchFunc(p.marks[from:], end, at)
	return p.marks[from : from+to]
}

// diagnose asks the catalogue about a site. Where the words behind the codes
// tell nothing, those before them may: PHPMailer prints the codes last.
func (p *page) diagnose(s *site, framed int) catalog.Diagnosis {
	said := catalog.Said{Reply: s.reply, Enhanced: s.enhanced, Words: p.saying(s), Around: p.around(s.start, s.stop), Stage: p.stageAt(s)}
	if to := p.bouncedTo(); to != "" {
		said.Around += "\n@" + to // whose server it was that refused
	}
	d := p.detector.cat.Diagnose(said)
	if wording(d.Step) || framed < weakFrame || s.words < s.end || d.Step == catalog.StepReply && d.Cause != catalog.CauseUnclear {
		return d
	}
	said.Words = p.view.text[max(s.from, s.line.start, s.start-reach):s.start]
	if strings.HasSuffix(said.Words, "dsn=") {
		return d // before it stand the fields of a Postfix log
	}
	if before := p.detector.cat.Diagnose(said); wording(before.Step) {
		return before
	}
	return d
}
