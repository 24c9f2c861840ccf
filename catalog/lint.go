package catalog

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of the prose, in characters. A title has to fit a line on a phone, a
// first step an answer in a channel.
const (
	MaxTitle = 90
	MaxFirst = 320
	MaxPart  = 700
)

// Lint reports everything that is wrong with the catalogue, each with the file
// that has to be mended. Load has seen to the form of the files; this is about
// what stands in them.
func (c *Catalog) Lint() []error {
	l := linter{c: c}
	for _, kind := range recordKinds {
		records := c.records(kind)
		for _, name := range slices.Sorted(maps.Keys(records)) {
			l.record(kind, name, records[name])
		}
	}
	for _, cause := range causes {
		if c.cause[cause] == nil {
			l.add("data/cause/"+string(cause)+".toml", "is missing")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.providers)) {
		l.provider(name, c.providers[name])
	}
	l.provider("generic", &c.generic)
	for _, name := range slices.Sorted(maps.Keys(c.pairs)) {
		l.pair(name, c.pairs[name])
	}
	for _, lang := range c.languages {
		l.language(lang)
	}
	return l.faults
}

// recordKinds are the folders of data/ that hold records.
var recordKinds = []string{"reply", "status", "cause", "class"}

// records gives one folder of data/ by the names of its files.
func (c *Catalog) records(kind string) map[string]*record {
	list := map[string]*record{}
	switch kind {
	case "reply":
		for code, r := range c.reply {
			list[code.String()] = r
		}
	case "status":
		list = c.status
	case "cause":
		for cause, r := range c.cause {
			list[string(cause)] = r
		}
	case "class":
		list = c.class
	}
	return list
}

type linter struct {
	c      *Catalog
	faults []error
}

// add takes up a fault. A place is a file, and behind a colon what the fault
// stands in: the key of a provider's text, or a table.
func (l *linter) add(place, format string, args ...any) {
	file, part, _ := strings.Cut(place, ": ")
	where := fmt.Sprintf("%s:%d", file, l.line(file, part, args))
	if part != "" {
		where += ": " + part
	}
	l.faults = append(l.faults, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...)))
}

// line finds the line of a file that a fault is about: that of the first text
// it names, behind the part that it stands in.
func (l *linter) line(file, part string, args []any) int {
	data, err := fs.ReadFile(l.c.fsys, file)
	if err != nil {
		return 1
	}
	text, from := string(data), 0
	for _, head := range []string{"key = \"" + part + "\"", "[" + part + "]"} {
		if i := strings.Index(text, head); part != "" && i >= 0 {
			from = i
			break
		}
	}
	for _, a := range args {
		if s := fmt.Sprint(a); len(s) > 2 {
			if i := strings.Index(text[from:], s); i >= 0 {
				from += i
				break
			}
		}
	}
	return 1 + strings.Count(text[:from], "\n")
}

// oneOf reports a value that is not in a list; an empty one may be allowed.
func oneOf[T ~string](l *linter, file, field string, value T, list []T, empty bool) {
	if value == "" && empty || slices.Contains(list, value) {
		return
	}
	l.add(file, "%s is %q; it has to be one of %q", field, value, list)
}

func (l *linter) record(kind, name string, r *record) {
	file := "data/" + kind + "/" + name + ".toml"
	fromCause := kind == "status" // what it leaves open, its cause says
	oneOf(l, file, "who", r.Who, kindsWho, fromCause)
	oneOf(l, file, "retry", r.Retry, kindsRetry, fromCause)
	oneOf(l, file, "retry_transient", r.Passing, kindsRetry, true)
	oneOf(l, file, "cause", r.Cause, causes, kind == "cause")
	oneOf(l, file, "evidence", r.Evidence, kindsEvidence, true)
	for _, s := range r.Stage {
		oneOf(l, file, "stage", s, kindsStage, false)
	}
	if kind == "reply" && len(r.Stage) == 0 {
		l.add(file, "stage is missing")
	}
	for _, key := range r.Related {
		if !l.resolves(key) {
			l.add(file, "related names %q, which has no entry", key)
		}
		if key == name {
			l.add(file, "related names the entry itself")
		}
	}
	if len(r.References) == 0 && kind != "cause" {
		l.add(file, "references are missing")
	}
	for _, ref := range r.References {
		l.reference(file, ref)
	}
	if r.Text.Title == "" || r.Text.Meaning == "" {
		l.add(file, "title and meaning are needed")
	}
	if !fromCause && (r.Text.When == "" || len(r.Text.Fix) == 0) {
		l.add(file, "when and fix are needed")
	}
	l.text(file, r.Text)
	l.text(file, r.Transient)
}

// pair checks the notes on two codes.
func (l *linter) pair(name string, p *PairNotes) {
	file := "data/pair/" + name + ".toml"
	a, b, ok := strings.Cut(name, "-")
	if !ok || !l.resolves(a) || !l.resolves(b) || a >= b {
		l.add(file, "the name has to be two codes, the lower one first")
	}
	if p.Lead == "" || len(p.Notes) == 0 || p.Choose == "" {
		l.add(file, "lead, notes and choose are needed")
	}
	l.text(file, Text{Meaning: p.Lead, When: p.Choose, Fix: p.Notes})
}

// resolves reports whether a key has an entry of its own, or for an enhanced
// code a row or at least a subject.
func (l *linter) resolves(key string) bool {
	if code, err := ParseReply(key); err == nil {
		return code.WellFormed()
	}
	if code, err := ParseEnhanced(key); err == nil {
		return l.c.status[code.Row()] != nil
	}
	_, ok := l.c.class[key]
	return ok || l.c.cause[Cause(key)] != nil || strings.Contains(key, "/")
}

// reference accepts the forms that references understands.
func (l *linter) reference(file, ref string) {
	_, address, titled := strings.Cut(ref, " <")
	switch {
	case rfcForm.MatchString(ref), strings.HasPrefix(ref, "https://"):
	case titled && strings.HasPrefix(address, "https://") && strings.HasSuffix(address, ">"):
	default:
		l.add(file, "reference %q has to be like \"RFC 5321, section 4.2\", an https address, or \"Title <https://…>\"", ref)
	}
}

func (l *linter) provider(name string, p *providerFile) {
	file := "data/provider/" + name + ".toml"
	if name != "generic" && (p.Name == "" || len(p.Hints) == 0) {
		l.add(file, "name and hints are needed")
	}
	for _, h := range p.Hints {
		if h != strings.ToLower(h) || len(h) < 4 {
			l.add(file, "hint %q has to be in lower case, and long enough to prove something", h)
		}
	}
	keys := map[string]bool{}
	for _, d := range p.Says {
		where := file + ": " + d.Key
		if d.Key == "" || keys[d.Key] {
			l.add(where, "key is missing or stands twice")
		}
		keys[d.Key] = true
		oneOf(l, where, "scope", d.Scope, []Scope{ScopeDistinctive, ScopeProvider, ScopeGeneric}, false)
		if (d.Scope == ScopeGeneric) != (name == "generic") {
			l.add(where, "scope %q does not belong into this file", d.Scope)
		}
		oneOf(l, where, "cause", d.Cause, causes, false)
		oneOf(l, where, "who", d.Who, kindsWho, true)
		oneOf(l, where, "retry", d.Retry, kindsRetry, true)
		oneOf(l, where, "evidence", d.Evidence, kindsEvidence, name == "generic")
		oneOf(l, where, "stage", d.Stage, kindsStage, true)
		if d.Stage == "" && len(d.Instead) > 0 {
			l.add(where, "instead needs a stage")
		}
		if d.Literal == "" && d.Pattern == "" && d.Enhanced == "" && len(d.Instead) == 0 || d.Literal != fold(d.Literal) {
			l.add(where, "literal %q has to be in lower case with single spaces", d.Literal)
		}
		for _, literal := range d.Also {
			if literal == "" || literal != fold(literal) {
				l.add(where, "also %q has to be in lower case with single spaces", literal)
			}
		}
		if d.Pattern != "" {
			if _, err := regexp.Compile(d.Pattern); err != nil {
				l.add(where, "pattern: %v", err)
			}
		}
		if len(d.Examples) == 0 {
			l.add(where, "an example is needed")
		}
		if d.Source != "" {
			l.reference(where, d.Source)
		}
		l.text(where, d.Text)
	}
}

var (
	filler   = regexp.MustCompile(`(?i)\b(please|simply|unfortunately|note that|it seems|obviously|in order to|veuillez|simplement|malheureusement|il semble|à noter)\b`)
	optional = regexp.MustCompile(`\[[^\]]*\]`)
	excite   = regexp.MustCompile(`!(\s|$)`)
)

// text checks what can be checked of prose.
func (l *linter) text(file string, t Text) {
	if n := utf8.RuneCountInString(t.Title); n > MaxTitle {
		l.add(file, "the title has %d characters; %d fit", n, MaxTitle)
	}
	if bare := strings.IndexByte(optional.ReplaceAllString(t.Title, ""), '{'); bare >= 0 {
		l.add(file, "the title needs a name that a paste may lack: put the part around it in square brackets")
	}
	if strings.HasSuffix(t.Title, ".") {
		l.add(file, "the title ends with a full stop")
	}
	for i, step := range t.Fix {
		if n := utf8.RuneCountInString(step); i == 0 && n > MaxFirst {
			l.add(file, "the first step has %d characters; %d fit an answer", n, MaxFirst)
		}
		if step == "" {
			l.add(file, "step %d is empty", i+1)
		}
	}
	if len(t.Fix) > 0 && l.act(file) {
		first, _, _ := strings.Cut(t.Fix[0], ". ")
		if word, _, _ := strings.Cut(first, " "); slices.Contains(noVerbs, word) && !strings.Contains(first, "?") {
			l.add(file, "the first step %.40q… does not begin with what to do", t.Fix[0])
		}
	}
	for _, part := range t.parts() {
		if n := utf8.RuneCountInString(part); n > MaxPart {
			l.add(file, "a part has %d characters; %d are enough: %.40q…", n, MaxPart, part)
		}
		if m := filler.FindString(part); m != "" {
			l.add(file, "%q is filler in %.60q…", m, part)
		}
		if excite.MatchString(part) {
			l.add(file, "an exclamation mark in %.60q…", part)
		}
		if strings.Count(part, "`")%2 != 0 || strings.Count(part, "**")%2 != 0 {
			l.add(file, "a mark without its partner in %.60q…", part)
		}
		if part != strings.TrimSpace(part) || strings.Contains(part, "  ") {
			l.add(file, "stray white space in %.60q…", part)
		}
		for _, name := range names(part) {
			if !l.c.Edition(English).HasLabel("placeholder." + name) {
				l.add(file, "nothing fills {%s}", name)
			}
		}
	}
}

// noVerbs are words with which a step describes something, where it should say
// what to do; a question, which names the case, may begin with them.
var noVerbs = []string{"The", "A", "An", "It", "This", "There", "That", "These", "You", "Your", "They", "We", "Its"}

// act reports whether a place holds steps in English: notes on a pair are none.
func (l *linter) act(place string) bool {
	return strings.HasPrefix(place, "data/") && !strings.HasPrefix(place, "data/pair/")
}

// parts lists every piece of prose.
func (t Text) parts() []string {
	var list []string
	for _, p := range append([]string{t.Title, t.Verdict, t.Move, t.Meaning, t.When}, t.Fix...) {
		if p != "" {
			list = append(list, p)
		}
	}
	return list
}
