package catalog

import (
	"fmt"
	"maps"
	"slices"
)

// byDigits explains a reply code that has no entry. A client that meets one
// goes by its first digit; the second says what it is about.
// RFC 5321, sections 4.2 and 4.2.1.
func (e *Edition) byDigits(code ReplyCode) Entry {
	key, class := code.String(), code.Class()
	id := Entry{
		Key: key, Kind: KindReply, Code: key, Class: class, Cause: CauseUnclear, Who: WhoSenderAdmin, Evidence: EvidenceStandard,
		Stages: []Stage{StageAny}, References: references([]string{"RFC 5321, section 4.2", "RFC 5321, section 4.2.1"}),
	}
	switch class {
	case Success, Intermediate:
		id.Cause, id.Who, id.Retry = CauseSuccess, WhoNobody, RetryNoNeed
	case Transient:
		id.Retry, id.Who = RetryAgain, WhoNobody
	default:
		id.Retry = RetryFixed
	}
	if class != "" {
		id.Related = []string{fmt.Sprintf("%dxx", code/100)}
	}
	group := "digits." + string(class)
	if class == "" {
		group = "digits.none"
	}
	say := func(key string) string { return e.Label(key, "code", code.String()) }
	id.Title = say(group + ".title")
	id.Verdict = say(group + ".verdict")
	id.Meaning = say(group + ".meaning")
	fix := group + ".fix"
	switch {
	case code.WellFormed():
		id.Meaning += " " + say(fmt.Sprintf("digits.second.%d", code/10%10))
	case class != "": // nobody but a filter or the sending program itself says it
		id.Title, id.Verdict = say("digits.malformed.title"), say("digits.malformed.verdict")
		id.Who, id.Retry, fix = WhoSenderAdmin, RetryFixed, "digits.malformed.fix"
		id.Meaning = say("digits.malformed.meaning") + " " + id.Meaning
	}
	id.When = say("digits.when")
	id.Fix = []string{say(fix), say("digits.fix")}
	return id
}

// bySubject explains an enhanced code whose row the registry does not hold: by
// its subject's row X.subject.0, and past that by its class alone.
func (e *Edition) bySubject(code EnhancedCode, id Entry) Entry {
	if own, ok := e.byProvider(code, id); ok {
		return own
	}
	subject := EnhancedCode{code.Digit, code.Subject, 0}
	if r, ok := e.status[subject.Row()]; ok {
		id = e.entry(r, id, "status/"+subject.Row())
		id.Related = append([]string{subject.String()}, id.Related...)
		id.Meaning = e.Label("digits.detail", "code", code.String()) + " " + id.Meaning
		return id
	}
	class, _ := e.Entry(fmt.Sprintf("%dxx", code.Digit))
	id.Who, id.Retry, id.Cause, id.Evidence = class.Who, class.Retry, CauseUnclear, EvidenceStandard
	id.References = references([]string{"RFC 3463, section 2", "RFC 3463, section 3.1"})
	id.Related = []string{class.Key}
	id.Text = class.Text
	id.Meaning = e.Label("digits.subject", "code", code.String()) + " " + class.Meaning
	if code.Class() == Success {
		id.Cause = CauseSuccess
	}
	return id
}

// byProvider explains a code that the registry does not hold and that a
// provider uses on its own account, such as Microsoft's 5.7.515.
func (e *Edition) byProvider(code EnhancedCode, id Entry) (Entry, bool) {
	keys := e.ownCodes()[code.Row()]
	if len(keys) == 0 {
		return Entry{}, false
	}
	own, ok := e.EntryIn(keys[0], id.Class)
	if !ok {
		return Entry{}, false
	}
	own.Meaning = e.Label("digits.own", "code", code.String(), "provider", e.ProviderName(own.Provider)) + " " + own.Meaning
	own.Key, own.Kind, own.Code = id.Key, id.Kind, id.Code
	own.Related = append(keys[:len(keys):len(keys)], own.Related...)
	return own, true
}

// findOwnCodes lists, by row, the providers' texts behind codes that the
// registry does not hold.
func (c *Catalog) findOwnCodes() map[string][]string {
	own := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(c.providers)) {
		for _, d := range c.providers[name].Says {
			code, err := ParseEnhanced(d.Enhanced)
			if err == nil && c.status[code.Row()] == nil && d.Title != "" {
				own[code.Row()] = append(own[code.Row()], name+"/"+d.Key)
			}
		}
	}
	return own
}
