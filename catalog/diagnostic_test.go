package catalog

import (
	"slices"
	"strings"
	"testing"
)

// said takes an example apart: codes first, then words.
func said(example string) Said {
	s := Said{Words: example, Around: example}
	first, rest, _ := strings.Cut(example, " ")
	if code, err := ParseReply(first); err == nil {
		s.Reply, s.Words = code, rest
		first, rest, _ = strings.Cut(rest, " ")
	}
	if code, err := ParseEnhanced(first); err == nil {
		s.Enhanced, s.Words = code, rest
	}
	return s
}

// Each diagnostic is what explains its own examples, and not its
// counter-examples.
func TestDiagnosticsWinTheirExamples(t *testing.T) {
	c, err := Load(Files())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range c.rules().rules {
		name := r.provider + "/" + r.Key
		want := Diagnosis{Entry: name, Provider: r.provider, Cause: r.Cause, Wraps: r.Wraps}
		if r.Scope == ScopeGeneric {
			want.Entry = c.genericKey(&r)
		}
		if len(r.Examples) == 0 {
			t.Errorf("%s has no example", name)
		}
		for _, example := range r.Examples {
			s := said(example)
			s.Stage = r.Stage
			got := c.Diagnose(s)
			got.Step, got.Words = "", ""
			if got != want {
				t.Errorf("%s: %q is explained by %q (%s)", name, example, got.Entry, got.Cause)
			}
		}
		for _, example := range r.Counter {
			if got := c.Diagnose(said(example)); got.Entry == want.Entry {
				t.Errorf("%s claims %q", name, example)
			}
		}
	}
}

// Facts that everything else relies on.
func TestDiagnosticsAreWellFormed(t *testing.T) {
	c, err := Load(Files())
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, r := range c.rules().rules {
		name := r.provider + "/" + r.Key
		if keys[name+r.Literal] {
			t.Errorf("%s stands twice", name)
		}
		keys[name+r.Literal] = true
		if r.Literal != fold(r.Literal) {
			t.Errorf("%s: literal %q has to be lower case with single spaces", name, r.Literal)
		}
		if r.Literal == "" && r.Enhanced == "" {
			t.Errorf("%s: needs a literal or an enhanced code, so that it is cheap to pass over", name)
		}
		if !slices.Contains(causes, r.Cause) {
			t.Errorf("%s: no such cause: %q", name, r.Cause)
		}
		if r.Scope == ScopeProvider && len(c.providers[r.provider].Hints) == 0 {
			t.Errorf("%s counts beside a hint, and the file names none", name)
		}
		if r.Speaks && (r.Wraps || len(r.Literal) < 12) {
			t.Errorf("%s: %q is too little to speak alone", name, r.Literal)
		}
		if r.Evidence == EvidenceProviderPage && r.Source == "" {
			t.Errorf("%s: a provider's page without its address", name)
		}
		if r.Evidence == "" || r.Evidence == EvidenceStandard {
			t.Errorf("%s: evidence %q", name, r.Evidence)
		}
	}
}

func TestDiagnose(t *testing.T) {
	c, err := Load(Files())
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name, text string
		cause      Cause
		provider   string
		step       Step
	}{
		{"a reason beats what stands around it", "550 5.7.1 <x@dest.example>: Recipient address rejected: mailbox is full", "mailbox-full", "", StepGeneric},
		{"an enhanced code beats what stands around a reason", "550 5.1.1 <x@dest.example>: Recipient address rejected", "mailbox-unknown", "", StepEnhanced},
		{"5.7.1 says less than the words", "554 5.7.1 Client host rejected", "address-blocked", "", StepGeneric},
		{"a literal begins where a word begins", "554 5.0.0 A terrible day", CauseUnclear, "", StepClass},
		{"a provider's words need a sign of the provider", "550 5.7.25 This host doesn't have a PTR record", "reverse-dns-missing", "", StepGeneric},
		{"and count beside one", "550 5.7.25 This host doesn't have a PTR record - gsmtp", "reverse-dns-missing", "google", StepProvider},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := c.Diagnose(said(row.text))
			if got.Cause != row.cause || got.Provider != row.provider || got.Step != row.step {
				t.Errorf("%q: got %+v", row.text, got)
			}
		})
	}
}

func BenchmarkDiagnose(b *testing.B) {
	c, err := Load(Files())
	if err != nil {
		b.Fatal(err)
	}
	s := said("550 5.1.1 <someone@dest.example>: Recipient address rejected: User unknown in virtual mailbox table")
	for b.Loop() {
		c.Diagnose(s)
	}
}
