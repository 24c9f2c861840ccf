package catalog

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// Entry finds what a key names: "503", "5.1.1", "5xx", "mailbox-full",
// "google/no-such-user". A code always has an entry: where the catalogue holds
// none of its own, its digits explain it.
func (e *Edition) Entry(key string) (Entry, bool) { return e.EntryIn(key, "") }

// EntryIn is Entry as it reads for a class, "" for the key's own: a cause, an
// enhanced code or a provider's text that came with a reply of that class. A
// sending server goes by the reply code where the two disagree.
func (e *Edition) EntryIn(key string, class Class) (Entry, bool) {
	key = strings.ToLower(key)
	switch { // a parser's error costs more than the answer
	case len(key) == 3 && allDigits(key):
		code, _ := ParseReply(key)
		return e.Reply(code), true
	case strings.Count(key, ".") == 2 && allDigits(key[:1]):
		if code, err := ParseEnhanced(key); err == nil {
			return e.enhanced(code, cmp.Or(class, code.Class())), true
		}
	}
	if r, ok := e.class[key]; ok {
		return e.entry(r, Entry{Key: key, Kind: KindClass, Code: key, Class: digitClass(int(key[0] - '0'))}, "class/"+key), true
	}
	if r, ok := e.cause[Cause(key)]; ok {
		return e.entry(r, Entry{Key: key, Kind: KindCause, Cause: Cause(key), Class: class}, "cause/"+key), true
	}
	if provider, name, ok := strings.Cut(key, "/"); ok {
		return e.provider(provider, name, class)
	}
	return Entry{}, false
}

// Reply explains a reply code: by its own entry, or else by its digits.
func (e *Edition) Reply(code ReplyCode) Entry {
	key := code.String()
	if r, ok := e.reply[code]; ok {
		return e.entry(r, Entry{Key: key, Kind: KindReply, Code: key, Class: code.Class()}, "reply/"+key)
	}
	return e.byDigits(code)
}

// enhanced explains an enhanced status code by its row in the registry; an
// unknown detail falls back to its subject.
func (e *Edition) enhanced(code EnhancedCode, class Class) Entry {
	id := Entry{Key: code.String(), Kind: KindEnhanced, Code: code.String(), Class: class}
	if r, ok := e.status[code.Row()]; ok {
		return e.entry(r, id, "status/"+code.Row())
	}
	return e.bySubject(code, id)
}

// entry joins a record's facts with its prose in the edition's language. What
// a status code or a provider's text leaves open, its cause says.
func (e *Edition) entry(r *record, id Entry, file string) Entry {
	id.Who, id.Evidence, id.Stages, id.Related = r.Who, cmp.Or(r.Evidence, EvidenceStandard), r.Stage, r.Related
	id.Cause = cmp.Or(id.Cause, r.Cause)
	id.Retry = r.retryIn(id.Class)
	id.References = slices.Clip(r.links)
	id.Text = e.prose[file].in(id.Class).over(r.in(id.Class))
	if id.Class == Success && id.Cause != CauseSuccess {
		// 2.7.0 and its like: the row's subject stays, its remedies have no object.
		id.Cause, id.Who, id.Verdict, id.Move, id.When, id.Fix = CauseSuccess, WhoNobody, "", "", "", nil
	}
	if id.Kind == KindEnhanced {
		e.fromCause(&id)
	}
	return id
}

// fromCause fills what an entry leaves open from the entry of its cause.
func (e *Edition) fromCause(id *Entry) {
	r, ok := e.cause[id.Cause]
	if !ok {
		return
	}
	id.Who = cmp.Or(id.Who, r.Who)
	id.Retry = retryIn(id.Class, cmp.Or(id.Retry, r.retryIn(id.Class)))
	base := e.prose["cause/"+string(id.Cause)].in(id.Class).over(r.in(id.Class))
	if id.Verdict == "" && id.Retry != r.retryIn(id.Class) {
		base.Verdict = "" // the cause's verdict speaks of another outcome
	}
	if id.Kind == KindProvider {
		base.When = "" // of the codes that anybody sends for the cause
	}
	if id.Move == "" && id.Who != r.Who {
		base.Move = ""
	}
	id.Text = id.Text.over(base)
}

// retryIn fits a retry to a class: what is never worth a retry when it is
// final is retried by the sending server all the same while it is passing, and
// nothing needs a retry after a success.
func retryIn(class Class, r Retry) Retry {
	switch {
	case class == Success || class == Intermediate:
		return RetryNoNeed
	case class == Transient && r == RetryNoSense:
		return RetryAgain
	}
	return r
}

func (e *Edition) provider(provider, key string, class Class) (Entry, bool) {
	p := e.providers[provider]
	if provider == "generic" {
		p = &e.generic
	}
	if p == nil {
		return Entry{}, false
	}
	d := p.byKey[key]
	if d == nil {
		return Entry{}, false
	}
	id := Entry{Key: provider + "/" + key, Kind: KindProvider, Cause: d.Cause, Who: d.Who, Evidence: d.Evidence, Seen: d.Seen, Provider: provider}
	if provider == "generic" {
		id.Provider = ""
	}
	id.Code = strings.TrimSpace(d.Reply + " " + d.Enhanced)
	switch {
	case class != "":
		id.Class = class
	case d.Reply != "":
		id.Class = digitClass(int(d.Reply[0] - '0'))
	case d.Enhanced != "":
		id.Class = digitClass(int(d.Enhanced[0] - '0'))
	}
	id.Retry = retryIn(id.Class, d.Retry)
	id.References = slices.Clip(d.links)
	id.Text = e.says[id.Key].over(d.Text)
	e.fromCause(&id)
	return id, true
}

// ProviderName gives a provider's name as it calls itself, "" for an unknown one.
func (c *Catalog) ProviderName(provider string) string {
	if p, ok := c.providers[provider]; ok {
		return p.Name
	}
	return ""
}

var rfcForm = regexp.MustCompile(`^RFC (\d{3,5})(?:, section ([0-9A-Z]+(?:\.[0-9]+)*))?$`)

// references turns "RFC 5321, section 4.2.2" and addresses into links.
func references(list []string) []Reference {
	refs := make([]Reference, 0, len(list))
	for _, text := range list {
		ref := Reference{Title: text, URL: text}
		if m := rfcForm.FindStringSubmatch(text); m != nil {
			ref.URL = "https://www.rfc-editor.org/rfc/rfc" + m[1]
			if m[2] != "" {
				ref.URL += "#section-" + m[2]
			}
		} else if title, url, ok := strings.Cut(text, " <"); ok { // "Title <address>"
			ref.Title, ref.URL = title, strings.TrimSuffix(url, ">")
		} else if _, rest, ok := strings.Cut(text, "://"); ok {
			ref.Title, _, _ = strings.Cut(rest, "/")
		}
		refs = append(refs, ref)
	}
	return refs
}
