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
	Wraps    bool   // those words only stand around a reason, and give none
}

// rule is a diagnostic made ready to be looked for.
type rule struct {
	*Diagnostic
	provider string    // "" for a generic one
	reply    ReplyCode // as the diagnostic has them, read
	enhanced EnhancedCode
	pattern  func() *regexp.Regexp // made when a text first gets that far; nil where there is none
}

type ruleSet struct {
	rules  []rule                 // the most telling first
	byCode map[EnhancedCode][]int // those without a literal
	short  []int                  // those whose literal has two letters; three rules

	// The others by three letters of the literal: those of a gram are held from
	// starts[gram] up to starts[gram+1], in order. Most grams of a text have none,
	// and the set, of 8 KB, says so.
	set    [1 << 16 / 64]uint64
	starts [1<<16 + 1]uint16
	held   []heldRule
}

// heldRule is a rule, and where in its literal the gram ends.
type heldRule struct{ rule, end uint16 }

func newRuleSet(c *Catalog) *ruleSet {
	s := &ruleSet{byCode: map[EnhancedCode][]int{}}
	add := func(provider string, p *providerFile) {
		for i := range p.Says {
			d := &p.Says[i]
			if len(d.Instead) > 0 {
				continue
			}
			r := rule{Diagnostic: d, provider: provider}
			if d.Reply != "" {
				r.reply, _ = ParseReply(d.Reply) // Lint names what is no code
			}
			if d.Enhanced != "" {
				r.enhanced, _ = ParseEnhanced(d.Enhanced)
			}
			if d.Pattern != "" {
				r.pattern = sync.OnceValue(func() *regexp.Regexp {
					re, _ := regexp.Compile("(?i)" + d.Pattern) // Lint names what cannot be read
					return re
				})
			}
			s.rules = append(s.rules, r)
			for _, literal := range d.Also {
				other, same := *d, r
				other.Literal = literal
				same.Diagnostic = &other
				s.rules = append(s.rules, same)
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
	often := make([]int, 1<<16)
	for _, r := range s.rules {
		for i := 2; i < len(r.Literal); i++ {
			often[gram(r.Literal, i)]++
		}
	}
	byGram := map[uint16][]heldRule{}
	for n, r := range s.rules {
		switch len(r.Literal) {
		case 0, 1:
			s.byCode[r.enhanced] = append(s.byCode[r.enhanced], n)
		case 2:
			s.short = append(s.short, n)
		default:
			end := 2
			for i := 3; i < len(r.Literal); i++ {
				if often[gram(r.Literal, i)] < often[gram(r.Literal, end)] {
					end = i
				}
			}
			g := gram(r.Literal, end)
			byGram[g] = append(byGram[g], heldRule{uint16(n), uint16(end)})
			s.set[g>>6] |= 1 << (g & 63)
		}
	}
	for g := range 1 << 16 {
		s.held = append(s.held, byGram[uint16(g)]...)
		s.starts[g+1] = uint16(len(s.held))
	}
}

// first gives the most telling rule whose literal stands in a text and that
// accept takes; nil where there is none.
func (s *ruleSet) first(words string, enhanced EnhancedCode, accept func(*rule) bool) *rule {
	best := len(s.rules)
	if !enhanced.IsZero() {
		for _, n := range s.byCode[enhanced] {
			if n < best && accept(&s.rules[n]) {
				best = n
			}
		}
	}
	for _, n := range s.short {
		if n < best && holds(words, s.rules[n].Literal) && accept(&s.rules[n]) {
			best = n
		}
	}
	var refused [64]uint16 // rules that fit no better the second time, plus 1
	for i := 2; i < len(words); i++ {
		g := gram(words, i)
		if s.set[g>>6]>>(g&63)&1 == 0 {
			continue // nearly always
		}
		for _, h := range s.held[s.starts[g]:s.starts[g+1]] {
			if int(h.rule) >= best {
				break
			}
			r := &s.rules[h.rule]
			if refused[h.rule%64] == h.rule+1 || !stands(words, i-int(h.end), r.Literal) {
				continue
			}
			if accept(r) {
				best = int(h.rule)
				break
			}
			refused[h.rule%64] = h.rule + 1
		}
	}
	if best == len(s.rules) {
		return nil
	}
	return &s.rules[best]
}

// gram hashes the three bytes that end at i, small letters mostly.
func gram(s string, i int) uint16 {
	return uint16((uint32(s[i-2]) | uint32(s[i-1])<<8 | uint32(s[i])<<16) * 0x9e37_79b1 >> 16)
}

// carried names what a rule went by.
func (r *rule) carried(enhanced EnhancedCode) string { return cmp.Or(r.Literal, enhanced.String()) }

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

// fits reports whether a rule whose literal was found matches what was said. A
// code that the text lacks is no objection, unless the rule has no words to go
// by, or anybody's.
func (r *rule) fits(reply ReplyCode, enhanced EnhancedCode, words string) bool {
	if r.Literal == "" && r.enhanced != enhanced {
		return false
	}
	needed := r.Scope == ScopeGeneric
	return (r.reply == 0 || reply == 0 && !needed || r.reply == reply) &&
		(r.enhanced.IsZero() || enhanced.IsZero() && !needed || r.enhanced == enhanced) && r.matches(words)
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
	r := c.rules().first(words, s.Enhanced, func(r *rule) bool {
		if r.Stage != "" && r.Stage != s.Stage || !r.fits(s.Reply, s.Enhanced, words) {
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
		return Diagnosis{r.provider + "/" + r.Key, r.provider, r.Cause, StepDistinctive, r.carried(s.Enhanced), r.Wraps}
	case r.Scope == ScopeProvider:
		return Diagnosis{r.provider + "/" + r.Key, r.provider, r.Cause, StepProvider, r.carried(s.Enhanced), r.Wraps}
	}
	return Diagnosis{c.genericKey(r), "", r.Cause, StepGeneric, r.carried(s.Enhanced), r.Wraps}
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
		return Diagnosis{Entry: s.Enhanced.String(), Cause: cause, Step: StepEnhanced, Words: s.Enhanced.String()}
	}
	if r, ok := c.reply[s.Reply]; ok && s.Reply != 0 && (s.Enhanced.IsZero() || r.Cause != CauseUnclear) {
		return Diagnosis{Entry: s.Reply.String(), Cause: r.Cause, Step: StepReply, Words: s.Reply.String()}
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
	var short [400]byte // most replies
	out := short[:0]
	if len(s) > len(short) {
		out = make([]byte, 0, len(s))
	}
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
		if stands(text, from+i, literal) {
			return true
		}
		from += i + 1
	}
}

// stands reports whether a literal stands at a place, where a word begins.
func stands(text string, at int, literal string) bool {
	return at >= 0 && strings.HasPrefix(text[at:], literal) &&
		(at == 0 || !wordByte(literal[0]) || !wordByte(text[at-1]) || text[at-1] >= 0x80)
}

func wordByte(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80 }
