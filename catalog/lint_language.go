package catalog

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// language checks that a translation says what the English says: every key,
// the same number of steps, the same placeholders and the same code.
func (l *linter) language(lang string) {
	root := "text/" + lang + "/"
	e, err := l.c.editions[lang]()
	if err != nil {
		l.add(root, "cannot be read: %v", err)
		return
	}
	l.labels(root+"labels.toml", e)
	if lang == English {
		return
	}
	for _, kind := range recordKinds {
		records := l.c.records(kind)
		for _, name := range slices.Sorted(maps.Keys(records)) {
			file := kind + "/" + name
			own, ok := e.prose[file]
			if !ok {
				l.add(root+file+".toml", "is missing")
				continue
			}
			l.same(root+file+".toml", records[name].Text, own.Text)
			l.same(root+file+".toml: transient", records[name].Transient, own.Transient)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(e.prose)) {
		kind, name, _ := strings.Cut(file, "/")
		if _, ok := l.c.records(kind)[name]; !ok {
			l.add(root+file+".toml", "translates an entry that is not there")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(l.c.pairs)) {
		if own, ok := e.pairProse[name]; ok {
			l.samePair(root+"pair/"+name+".toml", l.c.pairs[name], own)
		} else {
			l.add(root+"pair/"+name+".toml", "is missing")
		}
	}
	english, _ := l.c.editions[English]()
	for _, key := range slices.Sorted(maps.Keys(e.says)) {
		entry, ok := english.Entry(key)
		if !ok {
			l.add(root+"provider", "%s translates a text that is not there", key)
		} else if own := e.says[key]; own.Title == entry.Title {
			l.add(root+"provider", "%s: the title is still English", key)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(l.c.providers)) {
		for _, d := range l.c.providers[name].Says {
			if d.Title != "" {
				l.same(root+"provider/"+name+".toml: "+d.Key, d.Text, e.says[name+"/"+d.Key])
			}
		}
	}
}

var marked = regexp.MustCompile("`[^`]*`")

// same compares a translation with its English field by field.
func (l *linter) same(file string, english, own Text) {
	l.text(file, own)
	one := func(field, english, own string) {
		switch {
		case english == "" && own == "":
		case own == "":
			l.add(file, "%s is missing", field)
		case english == "":
			l.add(file, "%s has no English", field)
		case english == own && len(english) > 12:
			l.add(file, "%s is still English", field)
		default:
			if a, b := sorted(names(english)), sorted(names(own)); !slices.Equal(a, b) {
				l.add(file, "%s has the placeholders %q; the English has %q", field, b, a)
			}
			if a, b := sorted(marked.FindAllString(english, -1)), sorted(marked.FindAllString(own, -1)); !slices.Equal(a, b) {
				l.add(file, "%s has the code %q; the English has %q", field, b, a)
			}
		}
	}
	one("title", english.Title, own.Title)
	one("verdict", english.Verdict, own.Verdict)
	one("move", english.Move, own.Move)
	one("meaning", english.Meaning, own.Meaning)
	one("when", english.When, own.When)
	if len(english.Fix) != len(own.Fix) {
		l.add(file, "fix has %d steps; the English has %d", len(own.Fix), len(english.Fix))
		return
	}
	for i := range english.Fix {
		one("a step of fix", english.Fix[i], own.Fix[i])
	}
}

// samePair compares the notes on a pair with their English.
func (l *linter) samePair(file string, english, own *PairNotes) {
	l.same(file, Text{Meaning: english.Lead, When: english.Choose, Fix: english.Notes}, Text{Meaning: own.Lead, When: own.Choose, Fix: own.Notes})
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

// labels checks a language's labels against the English ones, and the English
// ones against the vocabulary.
func (l *linter) labels(file string, e *Edition) {
	if e.lang == English {
		need := func(prefix string, list []string) {
			for _, v := range list {
				if !e.HasLabel(prefix + v) {
					l.add(file, "%s%s is missing", prefix, v)
				}
			}
		}
		need("cause.", texts(causes))
		need("move.", texts(kindsWho))
		need("who.", texts(kindsWho))
		need("retry.", texts(kindsRetry))
		need("verdict.any.", texts(kindsRetry))
		need("verdict.permanent.", texts(kindsRetry))
		need("verdict.transient.", texts(kindsRetry))
		need("evidence.", texts(kindsEvidence))
		need("stage.", texts(kindsStage))
		return
	}
	for _, key := range slices.Sorted(maps.Keys(e.fallback)) {
		own, ok := e.labels[key]
		if !ok {
			l.add(file, "%s is missing", key)
		} else if a, b := sorted(names(e.fallback[key])), sorted(names(own)); !slices.Equal(a, b) {
			l.add(file, "%s has the placeholders %q; the English has %q", key, b, a)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(e.labels)) {
		if _, ok := e.fallback[key]; !ok {
			l.add(file, "%s has no English", key)
		}
	}
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}
