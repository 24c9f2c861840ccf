package detect

import (
	"slices"
	"strings"

	"smtpbot/catalog"
)

// reach is how far before a code its frame may begin: "SMTP error from remote
// mail server after RCPT TO:<…>: host … [..]: 550" is as long as it gets.
const reach = 240

// mostWords is how much of a reply's words counts. RFC 5321, section 4.5.3.1.5,
// ends a reply line at 512 octets; replies of several lines are longer.
const mostWords = 900

// judge weighs the evidence for a site.
func (p *page) judge(s *site) {
	text := p.view.text
	score := 0
	if s.reply == 0 && s.hash && s.words == s.end {
		s.words = s.from // qmail writes the code behind the words: "… (#5.1.1)"
	}

	// The codes themselves.
	switch {
	case s.reply != 0 && !s.enhanced.IsZero() && !s.apart:
		if uint16(s.reply)/100 == s.enhanced.Digit {
			score += pointsPair
		} else {
			score += pointsUnlike
		}
	case s.reply == 0 && s.hash:
		score += pointsHash
	case s.reply == 0:
		score += pointsEnhanced
	case !ordinary(uint16(s.reply)):
		score += pointsStranger
	}
	if s.repeated {
		score += pointsRepeated
	} else if s.more {
		score += pointsMore
	}

	// Where they stand.
	position := p.position(s)
	score += position

	// What is around them.
	frame, line, told := 0, 0, false
	minus := 0
	before := max(s.from, s.start-reach)
	for _, m := range p.between(before, s.stop) {
		switch {
		case m.at < s.line.start: // only a frame reaches into the next line, and only with nothing behind it
			if m.phrase.kind == says && m.end <= s.start && strings.Trim(text[m.end:s.start], " \t\n:") == "" {
				frame = max(frame, m.phrase.points)
			}
		case m.phrase.kind == says && m.end <= s.start:
			frame = max(frame, m.phrase.points)
		case m.phrase.kind == logs:
			line = max(line, m.phrase.points)
		case m.phrase.kind == foreign && m.at < s.end+60 && (s.enhanced.IsZero() || m.at < s.start):
			minus = min(minus, pointsForeign)
		case m.phrase.kind == asks && m.end <= s.start && m.at >= s.physical && s.start-m.end < 40:
			minus = min(minus, pointsAsked)
		case m.phrase.kind == lesson && m.end <= s.start && m.at >= s.physical && s.start-m.end < 60:
			minus = min(minus, pointsLesson)
		case m.phrase.kind == lessonBehind && m.at > s.start && m.at < lineEnd(text, s.end) && m.at-s.end < 120:
			minus = min(minus, pointsLesson)
		case m.phrase.kind == article && m.end < s.start && strings.Trim(text[m.end:s.start], " \"'`#") == "":
			score += pointsArticle
		case m.phrase.kind == version && m.end <= s.start && strings.Trim(text[m.end:s.start], " v\"'`") == "" && s.reply == 0:
			minus = min(minus, pointsVersion)
		case m.phrase.kind == report && m.end <= s.start && s.start-m.end <= 3:
			frame = max(frame, m.phrase.points)
			told = true
		}
	}
	for _, m := range p.between(s.line.start, min(before, s.line.start+reach)) {
		if m.phrase.kind == logs {
			line = max(line, m.phrase.points)
		}
		if m.phrase.kind == foreign {
			minus = min(minus, pointsForeign)
		}
	}
	s.remote = frame >= 8
	framed := max(frame, line)
	inside := s.start < p.returned
	switch {
	case !inside:
		minus += pointsReturned
	case p.bounce >= pointsBounce:
		score += pointsBounce
	case p.talk && position >= pointsLine:
		score += pointsTalk
	}
	if p.foreignTalk && !p.talk && framed < 8 {
		minus = min(minus, pointsForeign)
	}
	if framed >= 8 && minus == pointsForeign {
		minus = 0 // a mail program's own frame outweighs a stray word
	}
	score += framed + minus

	// What the words say.
	score += p.words(s, position > 0 || framed >= 6 || told)
	s.score = score
	if score >= pointsToFind-pointsWording-1 && !s.asked {
		s.said, s.asked = p.diagnose(s, framed), true
		if wording(s.said.Step) {
			s.score += pointsWording
		}
	}
}

func wording(step catalog.Step) bool {
	return step == catalog.StepDistinctive || step == catalog.StepProvider || step == catalog.StepGeneric
}

// position says what standing where they stand counts for the codes.
func (p *page) position(s *site) int {
	text := p.view.text
	before := strings.TrimRight(text[s.physical:s.start], " \t\"'#(b")
	if before == "" {
		return pointsLine
	}
	if prompts(before) {
		return pointsPrompt
	}
	if n := len(before); n > 2 && before[n-2] == ']' && (before[n-1] == ':' || before[n-1] == ',') && strings.LastIndexByte(before, '[') > n-45 {
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

// words counts what the words behind the codes tell.
func (p *page) words(s *site, full bool) int {
	text := p.view.text
	at := skip(text, s.words, " \t")
	if at >= s.stop {
		return 0
	}
	points := 0
	if text[at] == '<' || strings.HasPrefix(text[at:s.stop], "[<") || domainOf(text[at:s.stop]) != "" {
		points += pointsAddress
	}
	if text[at] == '|' || text[at] == '=' || strings.HasPrefix(text[at:s.stop], "//") {
		points += pointsTable
	}
	if s.start > 0 && s.end < len(text) && (text[s.end] == '\'' || text[s.end] == '"') && text[s.start-1] == text[s.end] && s.enhanced.IsZero() {
		return pointsSentence // '550' in quotes: a number in a program
	}
	if s.end < len(text) {
		switch text[s.end] {
		case ',', ')', ';', '!', '?', '`', ']', '}':
			if rest := skip(text, s.end, "'\"`)],; "); text[s.end] == '?' || rest >= len(text) || text[rest] != 'b' {
				if text[s.end] == '?' {
					points += pointsAsked
				}
				if s.reply != 0 && s.enhanced.IsZero() {
					return points // "…, 550, …": nothing that a server said
				}
			}
		}
	}
	subjects, failures := 0, 0
	end := min(s.stop, s.words+240)
	for _, m := range p.between(s.words, end) {
		switch m.phrase.kind {
		case subject:
			subjects++
		case failure:
			failures++
		case prose:
			if m.at == at && p.sentence(m) {
				points += pointsSentence
			}
		case unit:
			if m.at == at && (text[at] >= 'a' || m.phrase.points > 0) && s.enhanced.IsZero() {
				points += pointsCounted
			}
		}
	}
	sum := 0
	if subjects > 0 {
		sum += pointsSubject
	}
	if subjects > 1 {
		sum += pointsSecond
	}
	if failures > 0 {
		sum += pointsFailure
	}
	if failures > 1 {
		sum += pointsSecond
	}
	if !full {
		sum /= 2
	}
	return points + sum
}

// sentence reports whether the word behind a number goes on with a sentence:
// "550 error: …" does not.
func (p *page) sentence(m mark) bool {
	text := p.view.text
	return m.end >= len(text) || text[m.end] != ':'
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
	said := catalog.Said{Reply: s.reply, Enhanced: s.enhanced, Words: p.saying(s), Around: p.around(s.start, s.stop)}
	d := p.detector.cat.Diagnose(said)
	if wording(d.Step) || framed < 6 || s.words < s.end {
		return d
	}
	said.Words = p.view.text[max(s.from, s.line.start, s.start-reach):s.start]
	if before := p.detector.cat.Diagnose(said); wording(before.Step) {
		return before
	}
	return d
}

// saying gives the words of a reply, without the codes that stand again at
// each of its lines, and with the lines into which a mail program broke it.
func (p *page) saying(s *site) string {
	text := p.view.text
	stop := p.tail(s)
	words := text[s.words:stop]
	if !s.repeated {
		return words
	}
	var b strings.Builder
	reply := s.reply.String()
	for {
		i := strings.Index(words, reply)
		if i < 0 {
			break
		}
		b.WriteString(words[:i])
		words = strings.TrimLeft(words[i+len(reply):], " -")
		words = strings.TrimPrefix(words, s.enhanced.String())
	}
	b.WriteString(words)
	return b.String()
}

// tail gives the end of a reply's words: that of its line, or of the lines of
// running text below it.
func (p *page) tail(s *site) int {
	text := p.view.text
	stop := s.stop
	for stop == s.line.end && stop < len(text) && stop-s.end < mostWords {
		next := stop + 1
		end := lineEnd(text, next)
		if !runsOn(text[next:end]) {
			break
		}
		stop = end
		s.line.end, s.stop = end, end
	}
	return min(stop, s.end+mostWords)
}

// runsOn reports whether a line goes on with the sentence of the line before:
// no blank line, no code, no field, no prompt, no address.
func runsOn(line string) bool {
	line = strings.TrimSpace(line)
	if line == "" || !isLetter(line[0]) {
		return false
	}
	word, _, _ := strings.Cut(line, " ")
	if strings.HasSuffix(word, ":") || strings.Contains(word, "@") || strings.Contains(word, "=") {
		return false
	}
	return len(line) < 200
}

// around gives the paragraph about a place, where the names of hosts and the
// trailers of providers stand.
func (p *page) around(start, end int) string {
	text := p.view.text
	from := max(0, start-600)
	if i := strings.LastIndex(text[from:start], "\n\n"); i >= 0 {
		from += i + 2
	}
	to := min(len(text), end+300)
	if to > end {
		if i := strings.Index(text[end:to], "\n\n"); i >= 0 {
			to = end + i
		}
	}
	return text[from:max(to, from)]
}
