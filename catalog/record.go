package catalog

import "slices"

// record is one file below data/reply, data/status, data/cause or data/class:
// the facts, and the prose in English.
type record struct {
	Stage      []Stage     `toml:"stage"`
	Who        Who         `toml:"who"`
	Retry      Retry       `toml:"retry"`
	Passing    Retry       `toml:"retry_transient"` // where a code of class 4 calls for another one
	Cause      Cause       `toml:"cause"`
	Evidence   Evidence    `toml:"evidence"`
	Related    []string    `toml:"related"`
	References []string    `toml:"references"`
	links      []Reference // made of References
	prose
}

// prose is what a language has to say of an entry; a file below text/xx holds
// nothing else. Transient is laid over Text where the code's class is 4.
type prose struct {
	Text      Text `toml:"text"`
	Transient Text `toml:"transient"`
}

// retryIn gives what sending again would bring, for a class.
func (r *record) retryIn(class Class) Retry {
	if class == Transient && r.Passing != "" {
		return r.Passing
	}
	return retryIn(class, r.Retry)
}

// in gives the prose for a class.
func (p prose) in(class Class) Text {
	if class == Transient {
		return p.Transient.over(p.Text)
	}
	return p.Text
}

// providerFile is one file below data/provider: who speaks, how to know that
// it is them, and what they say.
type providerFile struct {
	Name  string       `toml:"name"`  // as it calls itself
	Hints []string     `toml:"hints"` // host names and trailers that identify it, lower case
	Says  []Diagnostic `toml:"says"`
	byKey map[string]*Diagnostic
}

// wordingFile is one file below data/wording: words that mail systems of any
// make say, and that name a cause whatever the code. All are in lower case with
// single spaces; the longest one that a text holds decides.
type wordingFile struct {
	Field       []string `toml:"field"`       // seen in real mail or in a public data set
	Unconfirmed []string `toml:"unconfirmed"` // likely forms of those
	Wraps       []string `toml:"wraps"`       // which of them yield to what says more, as Diagnostic.Wraps
	Speaks      []string `toml:"speaks"`      // which of them need no code, as Diagnostic.Speaks
}

// diagnostics gives the wordings as rules.
func (w *wordingFile) diagnostics(cause Cause) []Diagnostic {
	var list []Diagnostic
	add := func(evidence Evidence, wordings []string) {
		for _, words := range wordings {
			list = append(list, Diagnostic{
				Key: words, Literal: words, Scope: ScopeGeneric, Cause: cause, Evidence: evidence, Examples: []string{words},
				Wraps: slices.Contains(w.Wraps, words), Speaks: slices.Contains(w.Speaks, words),
			})
		}
	}
	add(EvidenceField, w.Field)
	add(EvidenceUnconfirmed, w.Unconfirmed)
	return list
}

// Scope says how much a diagnostic's words prove about who speaks.
type Scope string

const (
	ScopeDistinctive Scope = "distinctive" // the words alone identify the provider
	ScopeProvider    Scope = "provider"    // counts only beside a hint of that provider
	ScopeGeneric     Scope = "generic"     // anybody says it; proves a cause, not a provider
)

// Diagnostic is a text that servers send behind a code.
type Diagnostic struct {
	Key      string   `toml:"key"`      // unique within the provider
	Reply    string   `toml:"reply"`    // reply code it comes with, "" for any
	Enhanced string   `toml:"enhanced"` // enhanced code it comes with, "" for any
	Literal  string   `toml:"literal"`  // has to be in the text; lower case, single spaces
	Also     []string `toml:"also"`     // other literals of the same meaning
	Pattern  string   `toml:"pattern"`  // RE2, case ignored; where a literal is not enough
	Scope    Scope    `toml:"scope"`
	Speaks   bool     `toml:"speaks"`  // the wording alone, without any code, is unmistakably a mail error
	Wraps    bool     `toml:"wraps"`   // stands around the reason ("Recipient address rejected:") and yields to what says more
	Stage    Stage    `toml:"stage"`   // counts at this stage of the dialogue alone
	Instead  []Cause  `toml:"instead"` // causes that it turns into its own at that stage, whatever the words
	Cause    Cause    `toml:"cause"`
	Who      Who      `toml:"who"`   // "" as for the cause
	Retry    Retry    `toml:"retry"` // "" as for the cause
	Evidence Evidence `toml:"evidence"`
	Source   string   `toml:"source"` // address of the page or data set
	Seen     string   `toml:"seen"`   // year, month or day at which it was read
	Examples []string `toml:"examples"`
	Counter  []string `toml:"counter"` // texts near by that this one must not claim
	links    []Reference
	Text
}
