package catalog

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// Step names the rule by which a text was explained, the most telling first.
type Step string

const (
	StepDistinctive Step = "distinctive" // words that one provider alone uses
	StepProvider    Step = "provider"    // a provider's words, beside a sign that it is that provider
	StepGeneric     Step = "generic"     // words that anybody uses
	StepEnhanced    Step = "enhanced"    // the enhanced status code
	StepReply       Step = "reply"       // the reply code
	StepClass       Step = "class"       // the first digit alone
)

// Said is what a server said, as the catalogue looks it up.
type Said struct {
	Reply    ReplyCode
	Enhanced EnhancedCode
	Words    string // what stands behind the codes
	Around   string // the text around it, where host names and trailers give the provider away
}

// Diagnosis is what the catalogue makes of it.
type Diagnosis struct {
	Entry    string // the entry's key
	Provider string // "" for the generic standard entry
	Cause    Cause
	Step     Step
}

// rule is a diagnostic made ready to be looked for.
type rule struct {
	*Diagnostic
	provider string // "" for a generic one
	pattern  func(string) bool
	pairs    [3]uint16 // letter pairs of the literal: a text without them is passed over
}

type ruleSet struct {
	rules []rule // the most telling first
}

func newRuleSet(c *Catalog) *ruleSet {
	s := &ruleSet{}
	add := func(provider string, p *providerFile) {
		for i := range p.Says {
			d := &p.Says[i]
			r := rule{Diagnostic: d, provider: provider, pattern: func(string) bool { return true }, pairs: pairsOf(d.Literal)}
			if d.Pattern != "" {
				if re, err := regexp.Compile("(?i)" + d.Pattern); err == nil {
					r.pattern = re.MatchString
				} else {
					r.pattern = func(string) bool { return false } // Lint names it
				}
			}
			s.rules = append(s.rules, r)
		}
	}
	for name, p := range c.providers {
		add(name, p)
	}
	add("", &c.generic)
	slices.SortFunc(s.rules, func(a, b rule) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(b.weight(), a.weight()),
			strings.Compare(a.provider, b.provider), strings.Compare(a.Key, b.Key))
	})
	return s
}

// rank orders rules by what they prove.
func (r *rule) rank() int {
	n := slices.Index([]Scope{ScopeDistinctive, ScopeProvider, ScopeGeneric}, r.Scope)
	if r.Wraps {
		n++
	}
	return n
}

// weight says how much a rule asks for; the one that asks most wins.
func (r *rule) weight() int {
	w := len(r.Literal) + len(r.Pattern)
	if r.Reply != "" {
		w += 20
	}
	if r.Enhanced != "" {
		w += 40
	}
	return w
}

// fits reports whether a rule matches what was said. A code that the text
// lacks is no objection, unless the rule has no words to go by.
func (r *rule) fits(reply, enhanced, words string) bool {
	if r.Literal == "" && r.Enhanced != enhanced {
		return false
	}
	return (r.Reply == "" || reply == "" || r.Reply == reply) &&
		(r.Enhanced == "" || enhanced == "" || r.Enhanced == enhanced) &&
		holds(words, r.Literal) && r.pattern(words)
}

// Diagnose explains what a server said by the most specific rule that
// matches: a provider's own words, words that anybody uses, the enhanced code,
// the reply code, and at last the class. Words that only stand around a reason
// yield to an enhanced code that gives one.
func (c *Catalog) Diagnose(s Said) Diagnosis {
	words, around := fold(s.Words), strings.ToLower(s.Around)
	reply, enhanced := s.Reply.String(), s.Enhanced.String()
	var seen pairSet
	seen.add(words)
	rules := c.rules().rules
	for i := range rules {
		r := &rules[i]
		if !seen.has(r.pairs) || !r.fits(reply, enhanced, words) {
			continue
		}
		switch {
		case r.Scope == ScopeDistinctive:
			return Diagnosis{r.provider + "/" + r.Key, r.provider, r.Cause, StepDistinctive}
		case r.Scope == ScopeProvider:
			if c.speaks(r.provider, words) || c.speaks(r.provider, around) {
				return Diagnosis{r.provider + "/" + r.Key, r.provider, r.Cause, StepProvider}
			}
		case r.Wraps && c.specific(s.Enhanced):
			return c.byCode(s)
		default:
			return Diagnosis{c.genericKey(r), "", r.Cause, StepGeneric}
		}
	}
	return c.byCode(s)
}

// genericKey is the entry that explains a generic rule: its own, or, where it
// has no text, the cause's.
func (c *Catalog) genericKey(r *rule) string {
	if r.Title == "" {
		return string(r.Cause)
	}
	return "generic/" + r.Key
}

// specific reports whether an enhanced code gives a reason of its own. X.y.0
// gives none (RFC 3463, section 3), and X.7.1 stands before refusals of every
// kind.
func (c *Catalog) specific(code EnhancedCode) bool {
	r, ok := c.status[code.Row()]
	return ok && !code.IsZero() && code.Detail != 0 && code.Row() != "7.1" && r.Cause != CauseUnclear && r.Cause != ""
}

// byCode goes by the codes alone.
func (c *Catalog) byCode(s Said) Diagnosis {
	if r, ok := c.status[s.Enhanced.Row()]; ok && !s.Enhanced.IsZero() && r.Cause != CauseUnclear {
		return Diagnosis{s.Enhanced.String(), "", r.Cause, StepEnhanced}
	}
	if r, ok := c.reply[s.Reply]; ok && s.Reply != 0 && (s.Enhanced.IsZero() || r.Cause != CauseUnclear) {
		return Diagnosis{s.Reply.String(), "", r.Cause, StepReply}
	}
	v := Diagnosis{"", "", CauseUnclear, StepClass}
	if v.Entry = s.Enhanced.String(); v.Entry == "" {
		v.Entry = s.Reply.String()
	}
	if v.Entry == "" {
		v.Entry = string(CauseUnclear)
	}
	return v
}

// speaks reports whether a text names a provider by one of its hints.
func (c *Catalog) speaks(provider, text string) bool {
	for _, h := range c.providers[provider].Hints {
		if strings.Contains(text, h) {
			return true
		}
	}
	return false
}

// SpeakingWords lists the wordings that are an error by themselves, without
// any code.
func (c *Catalog) SpeakingWords() []string {
	var list []string
	for _, r := range c.rules().rules {
		if r.Speaks && r.Literal != "" {
			list = append(list, r.Literal)
		}
	}
	return list
}

// fold makes words comparable: lower case, single spaces.
func fold(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }

// holds reports whether a text holds a literal that begins where a word does:
// "rbl" is not in "terrible".
func holds(text, literal string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], literal)
		if i < 0 {
			return false
		}
		at := from + i
		if literal == "" || at == 0 || !wordByte(literal[0]) || !wordByte(text[at-1]) || text[at-1] >= 0x80 {
			return true
		}
		from = at + 1
	}
}

func wordByte(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80 }

// pairSet holds the letter pairs of a text, some of them falling together. It
// tells in a few instructions that a literal cannot be in the text.
type pairSet [64]uint64

func pair(a, b byte) uint16 { return uint16(a&63)<<6 | uint16(b&63) }

func (s *pairSet) add(text string) {
	for i := 1; i < len(text); i++ {
		p := pair(text[i-1], text[i])
		s[p>>6] |= 1 << (p & 63)
	}
}

func (s *pairSet) has(pairs [3]uint16) bool {
	for _, p := range pairs {
		if p != noPair && s[p>>6]&(1<<(p&63)) == 0 {
			return false
		}
	}
	return true
}

const noPair = 1 << 15

// pairsOf picks a literal's first, middle and last pair.
func pairsOf(literal string) [3]uint16 {
	pairs := [3]uint16{noPair, noPair, noPair}
	if n := len(literal); n >= 2 {
		for i, at := range [3]int{1, n / 2, n - 1} {
			at = max(at, 1)
			pairs[i] = pair(literal[at-1], literal[at])
		}
	}
	return pairs
}
