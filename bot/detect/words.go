package detect

import "strings"

// mostWords is how much of a reply's words counts. RFC 5321, section 4.5.3.1.5,
// ends a reply line at 512 octets; replies of several lines are longer.
const mostWords = 900

// words counts what the words behind the codes tell: half of it where they are
// not full evidence, and nothing where a sentence goes on behind codes that
// stand alone.
func (p *page) words(s *site, full, alone bool) int {
	text := p.view.text
	at := skip(text, s.words, " \t")
	if at >= s.stop {
		return 0
	}
	points := 0
	if text[at] == '<' || strings.HasPrefix(text[at:s.stop], "[<") || domainOf(text[at:s.stop]) != "" {
		points += pointsAddress
	}
	if (s.reply == 421 || s.reply == 554) && s.enhanced.IsZero() && hostName(text[at:s.stop]) != "" {
		points += pointsOpening // RFC 5321, sections 3.1 and 4.3.2: "421 <domain> …", "554 <domain> …"
	}
	if text[at] == '|' || text[at] == '=' || strings.HasPrefix(text[at:s.stop], "//") {
		points += pointsTable
	}
	if s.start > 0 && s.end < len(text) && (text[s.end] == '\'' || text[s.end] == '"') && text[s.start-1] == text[s.end] && s.enhanced.IsZero() {
		return pointsSentence // '550' in quotes: a number in a program
	}
	if s.end < len(text) && text[s.end] == '?' {
		points += pointsAsked
	}
	if s.end < len(text) && strings.IndexByte(",);!?`]}", text[s.end]) >= 0 && s.enhanced.IsZero() {
		if rest := skip(text, s.end, "'\"`)],; "); rest >= len(text) || text[rest] != 'b' { // Python's (550, b'…')
			return points // "…, 550, …": nothing that a server said
		}
	}
	subjects, failures, talked := 0, 0, false
	behind := at
	if alone {
		behind = skip(text, at, "- ") // "550 5.1.1 - the mailbox does not exist"
	}
	for _, m := range p.between(s.words, min(s.stop, s.words+reach)) {
		switch m.phrase.kind {
		case subject:
			subjects++
		case failure:
			failures++
		case prose:
			if (m.at == at || m.at == behind && m.phrase.points == 1) && (m.phrase.points == 0 || text[m.at] >= 'a') && p.sentence(m) {
				points += pointsSentence
				talked = true
			}
		case unit:
			if m.at == at && (text[at] >= 'a' || m.phrase.points > 0) && s.enhanced.IsZero() {
				points += pointsCounted
			}
		}
	}
	if talked && alone {
		return points // what follows says what the code is, or where it comes from
	}
	s.calm = failures == 0 && text[at] >= 'a'
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
	return m.phrase.points == 2 || m.end >= len(text) || text[m.end] != ':'
}

// saying gives the words of a reply, without the codes that stand again at
// each of its lines, and with the lines into which a mail program broke it.
func (p *page) saying(s *site) string {
	text := p.view.text
	stop := p.tail(s)
	words := text[s.words:stop]
	if !s.repeated && (s.enhanced.IsZero() || strings.IndexByte(words, '\n') < 0) {
		return words
	}
	reply, enhanced := s.reply.String(), s.enhanced.String()
	var b strings.Builder
	done := 0
	for i := 0; i < len(words); i++ {
		if c := words[i]; c != '4' && c != '5' || i > 0 && (isWord(words[i-1]) || words[i-1] == '.') {
			continue
		}
		end := i
		if s.repeated && standsAt(words, i, reply) {
			end = skip(words, i+len(reply), " -")
		}
		if (end > i || i > 0 && words[i-1] == '\n') && standsAt(words, end, enhanced) { // Python prints no more than this
			end += len(enhanced)
		}
		if end > i {
			b.WriteString(words[done:i])
			done, i = end, end-1
		}
	}
	if done == 0 {
		return words
	}
	b.WriteString(words[done:])
	return b.String()
}

// standsAt reports whether a code stands by itself at a place.
func standsAt(text string, i int, code string) bool {
	end := i + len(code)
	return code != "" && strings.HasPrefix(text[i:], code) && (end == len(text) || !isWord(text[end]) && (text[end] != '.' || end+1 == len(text) || !isDigit(text[end+1])))
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
	from = paragraph(text[:start], from)
	to := min(len(text), end+300)
	if to > end {
		if i := strings.Index(text[end:to], "\n\n"); i >= 0 {
			to = end + i
		}
	}
	return text[from:max(to, from)]
}

// paragraph gives the start of a text's last paragraph, or of what stands from a
// place on. strings.LastIndex takes thrice the time.
func paragraph(text string, from int) int {
	for at := len(text) - 1; at > from; {
		i := strings.LastIndexByte(text[from:at], '\n') + from
		if i < from {
			break
		}
		if text[i+1] == '\n' {
			return i + 2
		}
		at = i
	}
	return from
}
