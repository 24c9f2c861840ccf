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
}

type ruleSet struct {
	rules []rule // the most telling first
	hints []hint
}

type hint struct{ text, provider string }

func newRuleSet(c *Catalog) *ruleSet {
	s := &ruleSet{}
	add := func(provider string, p *providerFile) {
		for i := range p.Says {
			d := &p.Says[i]
			r := rule{Diagnostic: d, provider: provider, pattern: func(string) bool { return true }}
			if d.Pattern != "" {
				if re, err := regexp.Compile("(?i)" + d.Pattern); err == nil {
					r.pattern = re.MatchString
				} else {
					r.pattern = func(string) bool { return false } // Lint names it
				}
			}
			s.rules = append(s.rules, r)
		}
		for _, h := range p.Hints {
			s.hints = append(s.hints, hint{h, provider})
		}
	}
	for name, p := range c.providers {
		add(name, p)
	}
	add("", &c.generic)
	slices.SortFunc(s.rules, func(a, b rule) int {
		return cmp.Or(cmp.Compare(a.scopeRank(), b.scopeRank()), cmp.Compare(b.weight(), a.weight()),
			strings.Compare(a.provider, b.provider), strings.Compare(a.Key, b.Key))
	})
	return s
}

func (r rule) scopeRank() int {
	return slices.Index([]Scope{ScopeDistinctive, ScopeProvider, ScopeGeneric}, r.Scope)
}

// weight says how much a rule asks for; the one that asks most wins.
func (r rule) weight() int {
	w := len(r.Literal) + len(r.Pattern)
	if r.Reply != "" {
		w += 20
	}
	if r.Enhanced != "" {
		w += 40
	}
	return w
}

func (r rule) fits(reply, enhanced, words string) bool {
	return (r.Reply == "" || reply == "" || r.Reply == reply) &&
		(r.Enhanced == "" || enhanced == "" || r.Enhanced == enhanced) &&
		strings.Contains(words, r.Literal) && r.pattern(words)
}

// Diagnose explains what a server said by the most specific rule that
// matches: a provider's own words, words that anybody uses, the enhanced code,
// the reply code, and at last the class.
func (c *Catalog) Diagnose(s Said) Diagnosis {
	words, around := fold(s.Words), strings.ToLower(s.Around)
	reply, enhanced := s.Reply.String(), s.Enhanced.String()
	for _, r := range c.rules().rules {
		if !r.fits(reply, enhanced, words) {
			continue
		}
		switch r.Scope {
		case ScopeDistinctive:
			return Diagnosis{r.provider + "/" + r.Key, r.provider, r.Cause, StepDistinctive}
		case ScopeProvider:
			if c.speaks(r.provider, words) || c.speaks(r.provider, around) {
				return Diagnosis{r.provider + "/" + r.Key, r.provider, r.Cause, StepProvider}
			}
		default:
			key := "generic/" + r.Key
			if r.Title == "" {
				key = string(r.Cause)
			}
			return Diagnosis{key, "", r.Cause, StepGeneric}
		}
	}
	return c.byCode(s)
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

// fold makes words comparable: lower case, single spaces.
func fold(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }

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
