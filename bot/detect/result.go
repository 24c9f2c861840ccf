package detect

import (
	"cmp"
	"slices"
	"strings"

	"smtpbot/catalog"
)

// findings judges every site and puts together what says the same.
func (p *page) findings() []Finding {
	p.readDSN()
	var list []ranked
	for i := range p.sites {
		s := &p.sites[i]
		if !s.dsn {
			p.judge(s)
		}
		if s.score >= pointsToFind {
			list = p.take(list, s)
		}
	}
	if len(list) == 0 {
		list = p.wordsOnly(list)
	}
	slices.SortStableFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(a.Start, b.Start))
	})
	if len(list) == 1 && p.bounce > 0 && list[0].Names.Domain == "" {
		list[0].Names.Domain = p.bouncedTo()
	}
	if len(list) == 0 {
		return nil
	}
	out := make([]Finding, 0, len(list))
	for i := range list {
		r := &list[i]
		f := r.Finding
		f.Count = max(r.inText, r.inFields, 1)
		f.Start, f.End = p.view.span(f.Start, f.End)
		out = append(out, f)
	}
	return out
}

// mostFindings bounds how many different errors are told apart. Nobody reads
// more, and a text made of nothing but different codes stays linear.
const mostFindings = 64

// ranked is a finding with what decides its place.
type ranked struct {
	Finding
	rank     int
	bare     bool // the code stands as a value of its own, with no words behind it
	line     int  // the line that was counted last
	named    int  // how many sites gave their names
	inText   int  // how often running text says it
	inFields int  // how often a delivery status says it; both are about the same recipients
}

// take adds a site to the findings, or to one of them that says the same.
func (p *page) take(list []ranked, s *site) []ranked {
	end := min(p.tail(s), s.end+mostWords)
	f := Finding{Reply: s.reply, Enhanced: s.enhanced, Diagnosis: p.gaveUp(s), Start: p.begin(s), End: end}
	f.Class = p.classOf(s)
	r := ranked{Finding: f, rank: p.rank(s), bare: p.bare(s), line: s.line.start}
	r.count(s.dsn)
	for i := range list {
		if old := &list[i]; same(old, &r) {
			if r.bare || old.bare {
				r.inText = 0 // the same once more, as a value
			} else if old.line != r.line || strings.Contains(p.view.text[max(s.from, s.start-60):s.start], "@") {
				old.inText += r.inText // else a program prints the same error twice
			}
			old.inFields += r.inFields
			old.line = r.line
			if old.named++; old.named < 4 { // the names of a long log are those of its first lines
				r.Names = p.readNames(s)
			}
			old.join(r)
			return list
		}
	}
	if len(list) == mostFindings {
		return list
	}
	r.Names = p.readNames(s)
	return append(list, r)
}

// begin gives the start of the evidence.
func (p *page) begin(s *site) int {
	if s.words >= s.start {
		return s.start
	}
	at := max(s.words, s.line.start)
	return at + len(p.view.text[at:s.start]) - len(strings.TrimLeft(p.view.text[at:s.start], " \t\n"))
}

// classOf gives the class of a site: that of its reply code, else what the
// delivery status says, its enhanced code, or the bounce.
func (p *page) classOf(s *site) catalog.Class {
	switch {
	case s.reply != 0:
		return s.reply.Class()
	case s.failed:
		return catalog.Permanent
	case !s.enhanced.IsZero():
		return s.enhanced.Class()
	case s.delayed || p.passing:
		return catalog.Transient
	}
	return catalog.Permanent
}

// gaveUp turns a connection that failed, as the reason of a final bounce, into
// what happened in the end: the sending server tried until its time was up. It
// bounces for that reason no sooner. RFC 5321, section 4.5.4.1.
func (p *page) gaveUp(s *site) catalog.Diagnosis {
	if s.said.Cause != "network" || s.reply != 0 || p.passing || s.delayed || !s.dsn && p.bounce < pointsBounce {
		return s.said
	}
	late := p.late
	for _, m := range p.between(s.line.start, s.stop) {
		late = late || m.phrase.kind == waited
	}
	if late {
		return catalog.Diagnosis{Entry: "expired", Cause: "expired", Step: s.said.Step, Words: s.said.Words}
	}
	return s.said
}

func (r *ranked) count(dsn bool) {
	if dsn {
		r.inFields++
	} else {
		r.inText++
	}
}

// same reports whether two findings are one: the same codes, as far as both
// have them, and the same cause.
func same(a, b *ranked) bool {
	if a.Reply != b.Reply && a.Reply != 0 && b.Reply != 0 {
		return false
	}
	if a.Enhanced != b.Enhanced && !a.Enhanced.IsZero() && !b.Enhanced.IsZero() {
		return false
	}
	if statusOf(a, b) || statusOf(b, a) {
		return true
	}
	if a.Reply == 0 && b.Reply != 0 && a.Enhanced != b.Enhanced || b.Reply == 0 && a.Reply != 0 && a.Enhanced != b.Enhanced {
		return false
	}
	return a.bare || b.bare || a.Cause == b.Cause || !wording(a.Step) || !wording(b.Step)
}

// statusOf reports whether a is the Status field about the reply b, which
// stands in the bounce's readable part.
func statusOf(a, b *ranked) bool {
	return a.Reply == 0 && a.inFields > 0 && a.inText == 0 && b.inFields == 0 && b.Reply != 0 && b.Enhanced.IsZero() && (a.Class == b.Class || a.Enhanced.Class() == b.Class)
}

// join takes from another finding what this one lacks.
func (r *ranked) join(other ranked) {
	if r.Reply == 0 {
		r.Reply = other.Reply
	}
	if r.Enhanced.IsZero() {
		r.Enhanced = other.Enhanced
	}
	if r.bare && !other.bare || r.bare == other.bare && stepRank(other.Step) > stepRank(r.Step) {
		r.Diagnosis = other.Diagnosis
		r.Start, r.End = other.Start, other.End
	}
	r.rank, r.bare = max(r.rank, other.rank), r.bare && other.bare
	r.Names = r.Names.over(other.Names)
	if r.Reply != 0 {
		r.Class = r.Reply.Class()
	}
}

func stepRank(step catalog.Step) int {
	return -slices.Index([]catalog.Step{
		catalog.StepDistinctive, catalog.StepProvider, catalog.StepGeneric, catalog.StepEnhanced, catalog.StepReply, catalog.StepClass,
	}, step)
}

// rank says how telling a site is. Another server's words tell more than those
// of the program that wraps them; what follows from an earlier refusal tells
// least.
func (p *page) rank(s *site) int {
	rank := 0
	switch s.said.Step {
	case catalog.StepDistinctive, catalog.StepProvider:
		rank = 40
	case catalog.StepGeneric:
		rank = 30
	case catalog.StepEnhanced:
		rank = 20
	case catalog.StepReply:
		rank = 10
	}
	if s.remote || s.dsn {
		rank += 15
	}
	if s.said.Cause == "bad-sequence" || s.said.Cause == catalog.CauseUnclear || s.reply == 421 && s.said.Cause == "syntax" {
		rank -= 25
	}
	if s.start >= p.returned {
		rank -= 10
	}
	return rank
}
