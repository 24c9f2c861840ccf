package detect

import (
	"slices"
	"strings"

	"smtpbot/catalog"
)

// mostSpoken is how many wordings of one text are explained. The rest of a
// longer log says the same.
const mostSpoken = 256

// wordsOnly looks for an error that a text without usable codes states in
// words: by wording that is unmistakable where it stands, or by a bounce's
// own preamble.
func (p *page) wordsOnly(list []ranked) []ranked {
	tried, read := 0, 0
	for _, m := range p.marks {
		if m.phrase.kind == client && (m.phrase.points == 0 || len(list) > 0) {
			continue // what broke stands above it
		}
		if m.phrase.kind != speaks && m.phrase.kind != client || m.at >= p.returned || m.at < read || tried == mostSpoken {
			continue
		}
		start, end := p.paragraphLine(m.at, m.end)
		score, heard := m.phrase.points, p.client
		if p.item(m.at, start) {
			score += pointsItem
		}
		if p.client && m.phrase.points <= pointsItem {
			score += pointsClient
		}
		if p.bounce >= pointsBounce {
			score += pointsBounce
		} else if p.returned < len(p.view.text) {
			score += pointsItem // a message came back below these words
		}
		for _, n := range p.between(max(start, m.at-reach), min(end, m.end+reach)) {
			switch n.phrase.kind {
			case says:
				score, heard = score+n.phrase.points/2, true
			case logs:
				score += n.phrase.points / 2
			case foreign:
				score += pointsForeign
			case asks:
				score += pointsAsked
			case lesson:
				if n.end <= m.at {
					score += pointsLesson
				}
			case lessonBehind:
				if !p.trace(n) && (n.phrase.text[0] == '%' || n.at >= m.end) && n.at < lineEnd(p.view.text, m.end) {
					score += pointsLesson
				}
			}
		}
		if _, written := slices.BinarySearch(p.written, start); written || score < pointsToFind {
			continue
		}
		tried, read = tried+1, lineEnd(p.view.text, m.end)
		if !p.client && strings.HasPrefix(p.view.text[m.end:], "?") {
			continue // somebody asks about it
		}
		said := p.detector.cat.Diagnose(catalog.Said{Words: p.view.text[start:end], Around: p.around(start, end)})
		if said.Cause == catalog.CauseUnclear && !heard && !strings.Contains(p.view.text[start:end], "@") {
			continue // words that tell no reason, of nobody, to nobody
		}
		quote := site{codes: codes{start: m.at, end: m.at}, line: logicalLine{start, end, end}, physical: start, from: start, words: m.at, stop: end, said: said}
		quote.said = p.gaveUp(&quote)
		list = p.addWords(list, quote.said, start, end, p.readNames(&quote))
	}
	if len(list) > 0 || p.bounce < pointsBounce {
		return p.reasons(list)
	}
	return p.bounceOnly(list)
}

// reasons drops what says no more than that something failed, or that the
// message is late, where the text gives the reason, too.
func (p *page) reasons(list []ranked) []ranked {
	known := slices.ContainsFunc(list, func(r ranked) bool { return r.Cause != catalog.CauseUnclear && r.Cause != "expired" })
	return slices.DeleteFunc(list, func(r ranked) bool {
		return r.Cause == catalog.CauseUnclear && len(list) > 1 || r.Cause == "expired" && known && p.passing
	})
}

// bounceOnly explains a bounce by all of its words, where it names a
// recipient.
func (p *page) bounceOnly(list []ranked) []ranked {
	text := p.view.text
	start, headed := 0, true // where the header tells that it is a bounce, and no words do
	for _, m := range p.marks {
		if m.phrase.kind == bounce && m.phrase.points >= pointsBounce {
			start, headed = m.at, p.begins(m.at) && strings.Contains(strings.TrimSpace(text), "\n") || domainOf(strings.TrimLeft(text[m.end:], " \n")) != ""
			break
		}
	}
	end := min(p.returned, len(text), start+3000)
	if start >= end || p.bounce < 8 && !(headed && strings.Contains(text[start:end], "@")) {
		return list
	}
	said := p.detector.cat.Diagnose(catalog.Said{Words: text[start:end], Around: text[start:end]})
	quote := site{codes: codes{start: start, end: start}, line: logicalLine{start, end, end}, physical: start, from: start, words: start, stop: end, said: said}
	return p.addWords(list, p.gaveUp(&quote), start, end, p.readNames(&quote))
}

func (p *page) addWords(list []ranked, said catalog.Diagnosis, start, end int, names Names) []ranked {
	text := p.view.text
	for start < end && isSpace(text[start]) {
		start++
	}
	for end > start && isSpace(text[end-1]) {
		end--
	}
	f := Finding{Class: catalog.Permanent, Diagnosis: said, Start: start, End: end, Names: names}
	if p.passing || queued(text[start:end]) {
		f.Class = catalog.Transient
	}
	r := ranked{Finding: f, rank: 10 + stepRank(said.Step), inText: 1}
	for i := range list {
		if list[i].Cause == r.Cause {
			if start >= list[i].End {
				list[i].inText++
				list[i].line = start
			}
			return list
		}
	}
	return append(list, r)
}

// begins reports whether words stand near the start of their line, or of the
// field of a header, and are not quoted in a sentence.
func (p *page) begins(at int) bool {
	before := p.view.text[max(0, at-reach):at]
	before = before[strings.LastIndexByte(before, '\n')+1:]
	return strings.HasSuffix(before, ": ") || !strings.HasSuffix(before, "\"") && len(strings.Fields(before)) < 6
}

// queued reports whether a log's line says that the message stays in the queue
// of Postfix or Sendmail.
func queued(line string) bool {
	return strings.Contains(line, "status=deferred") || strings.Contains(line, "stat=Deferred") ||
		strings.Contains(line, "delivery temporarily suspended")
}

// item reports whether words stand where an error stands, and not inside a
// sentence: at the start of their line, behind an address, a colon or a
// bracket.
func (p *page) item(at, start int) bool {
	before := strings.TrimRight(p.view.text[start:at], " \t\n")
	if before == "" {
		return true
	}
	switch before[len(before)-1] {
	case ':', ';', '>', ']', '(', '[', '-', '*':
		return true
	}
	return false
}

// paragraphLine gives the line about a place, with what runs on below it.
func (p *page) paragraphLine(at, end int) (int, int) {
	text := p.view.text
	from := max(0, at-reach)
	if i := strings.LastIndexByte(text[from:at], '\n'); i >= 0 {
		from += i + 1
	}
	to := min(len(text), end+400)
	if i := strings.Index(text[end:to], "\n\n"); i >= 0 {
		to = end + i
	}
	return from, to
}
