package catalog

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
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
	Stage    Stage  // of the dialogue, where the text names it
}

// Diagnosis is what the catalogue makes of it.
type Diagnosis struct {
	Entry    string // the entry's key
	Provider string // "" for the generic standard entry
	Cause    Cause
	Step     Step
	Words    string // what carried it: the catalogue's wording, or the codes
}

// rule is a diagnostic made ready to be looked for.
type rule struct {
	*Diagnostic
	provider string                // "" for a generic one
	pattern  func() *regexp.Regexp // made when a text first gets that far; nil where there is none
}

type ruleSet struct {
	rules  []rule         // the most telling first
	byGram [65536][]int32 // by the rarest three letters of the literal
	byPair [4096][]int32  // by the literal, where it has two
	byCode map[string][]int32
}

func newRuleSet(c *Catalog) *ruleSet {
	s := &ruleSet{byCode: map[string][]int32{}}
	add := func(provider string, p *providerFile) {
		for i := range p.Says {
			d := &p.Says[i]
			if len(d.Instead) > 0 {
				continue
			}
			r := rule{Diagnostic: d, provider: provider}
			if d.Pattern != "" {
				r.pattern = sync.OnceValue(func() *regexp.Regexp {
					re, _ := regexp.Compile("(?i)" + d.Pattern) // Lint names what cannot be read
					return re
				})
			}
			s.rules = append(s.rules, r)
			for _, literal := range d.Also {
				other := *d
				other.Literal = literal
				s.rules = append(s.rules, rule{Diagnostic: &other, provider: provider, pattern: r.pattern})
			}
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
	s.index()
	return s
}

// index files every rule under those three letters of its literal that the
// fewest literals share, so that a text is compared with few of them.
func (s *ruleSet) index() {
	often := make([]int, len(s.byGram))
	for _, r := range s.rules {
		for i := 2; i < len(r.Literal); i++ {
			often[gram(r.Literal, i)]++
		}
	}
	for n, r := range s.rules {
		switch len(r.Literal) {
		case 0, 1:
			s.byCode[r.Enhanced] = append(s.byCode[r.Enhanced], int32(n))
		case 2:
			p := pair(r.Literal[0], r.Literal[1])
			s.byPair[p] = append(s.byPair[p], int32(n))
		default:
			best := gram(r.Literal, 2)
			for i := 3; i < len(r.Literal); i++ {
				if g := gram(r.Literal, i); often[g] < often[best] {
					best = g
				}
			}
			s.byGram[best] = append(s.byGram[best], int32(n))
		}
	}
}

// first gives the most telling rule that accept takes, of those that can
// match; nil where there is none.
func (s *ruleSet) first(words, enhanced string, accept func(*rule) bool) *rule {
	best := int32(len(s.rules))
	try := func(list []int32) {
		for _, n := range list {
			if n >= best {
				return // each list is in order
			}
			if accept(&s.rules[n]) {
				best = n
				return
			}
		}
	}
	if enhanced != "" {
		try(s.byCode[enhanced])
	}
	var tried [64]uint16
	for i := 1; i < len(words); i++ {
		if list := s.byPair[pair(words[i-1], words[i])]; len(list) > 0 {
			try(list)
		}
		if i > 1 {
			if g := gram(words, i); len(s.byGram[g]) > 0 && tried[g%64] != g {
				tried[g%64] = g // the same words a hundred times cost little
				try(s.byGram[g])
			}
		}
	}
	if int(best) == len(s.rules) {
		return nil
	}
	return &s.rules[best]
}

// pair hashes two neighbouring bytes; a few pairs fall together.
func pair(a, b byte) uint16 { return uint16(a&63)<<6 | uint16(b&63) }

// gram hashes the three bytes that end at i, small letters mostly.
func gram(s string, i int) uint16 {
	return uint16((uint32(s[i-2]) | uint32(s[i-1])<<8 | uint32(s[i])<<16) * 0x9e37_79b1 >> 16)
}

// carried names what a rule went by.
func (r *rule) carried(enhanced string) string { return cmp.Or(r.Literal, enhanced) }

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
	w := utf8.RuneCountInString(r.Literal) + len(r.Pattern)
	if r.Stage != "" {
		w += 30
	}
	if r.Reply != "" {
		w += 20
	}
	if r.Enhanced != "" {
		w += 40
	}
	return w
}

// fits reports whether a rule matches what was said. A code that the text
// lacks is no objection, unless the rule has no words to go by, or anybody's.
func (r *rule) fits(reply, enhanced, words string) bool {
	if r.Literal == "" && r.Enhanced != enhanced {
		return false
	}
	if r.Scope == ScopeGeneric && (r.Reply != "" && r.Reply != reply || r.Enhanced != "" && r.Enhanced != enhanced) {
		return false
	}
	return (r.Reply == "" || reply == "" || r.Reply == reply) &&
		(r.Enhanced == "" || enhanced == "" || r.Enhanced == enhanced) &&
		holds(words, r.Literal) && r.matches(words)
}

func (r *rule) matches(words string) bool {
	if r.pattern == nil {
		return true
	}
	re := r.pattern()
	return re != nil && re.MatchString(words)
}

// Diagnose explains what a server said by the most specific rule that
// matches: a provider's own words, words that anybody uses, the enhanced code,
// the reply code, and at last the class. Words that only stand around a reason
// yield to an enhanced code that gives one.
func (c *Catalog) Diagnose(s Said) Diagnosis { return c.atStage(s, c.diagnose(s)) }

func (c *Catalog) diagnose(s Said) Diagnosis {
	words, around := fold(s.Words), ""
	reply, enhanced := s.Reply.String(), s.Enhanced.String()
	r := c.rules().first(words, enhanced, func(r *rule) bool {
		if r.Stage != "" && r.Stage != s.Stage || !r.fits(reply, enhanced, words) {
			return false
		}
		if r.Scope != ScopeProvider || c.speaks(r.provider, words) {
			return true
		}
		if around == "" {
			around = strings.ToLower(s.Around)
		}
		return c.speaks(r.provider, around)
	})
	switch {
	case r == nil, r.Wraps && c.specific(s.Enhanced):
		return c.byCode(s)
	case r.Scope == ScopeDistinctive:
		return Diagnosis{r.provider + "/" + r.Key, r.provider, r.Cause, StepDistinctive, r.carried(enhanced)}
	case r.Scope == ScopeProvider:
		return Diagnosis{r.provider + "/" + r.Key, r.provider, r.Cause, StepProvider, r.carried(enhanced)}
	}
	return Diagnosis{c.genericKey(r), "", r.Cause, StepGeneric, r.carried(enhanced)}
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
		cause := r.Cause
		if cause == "domain-takes-no-mail" && s.Enhanced.Class() == Transient {
			cause = "server-fault" // shut down, overloaded or in repair. RFC 3463, section 3.4, X.3.2
		}
		return Diagnosis{s.Enhanced.String(), "", cause, StepEnhanced, s.Enhanced.String()}
	}
	if r, ok := c.reply[s.Reply]; ok && s.Reply != 0 && (s.Enhanced.IsZero() || r.Cause != CauseUnclear) {
		return Diagnosis{s.Reply.String(), "", r.Cause, StepReply, s.Reply.String()}
	}
	v := Diagnosis{Cause: CauseUnclear, Step: StepClass}
	if v.Entry = s.Enhanced.String(); v.Entry == "" {
		v.Entry = s.Reply.String()
	}
	v.Words = v.Entry
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
func fold(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			return strings.Join(strings.Fields(strings.ToLower(s)), " ")
		case c == ' ' || c >= '\t' && c <= '\r':
			if n := len(out); n > 0 && out[n-1] != ' ' {
				out = append(out, ' ')
			}
		case c >= 'A' && c <= 'Z':
			out = append(out, c+'a'-'A')
		default:
			out = append(out, c)
		}
	}
	return strings.TrimSuffix(string(out), " ")
}

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
