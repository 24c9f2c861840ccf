package catalog

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// Hit is an entry that fits the words of a search.
type Hit struct {
	Key   string
	Title string
	Score float64
}

// index holds the words of every entry of one edition.
type index struct {
	docs  []Hit
	words map[string]map[int]float64 // word → document → weight
}

// weights of the places where a word stands.
const (
	weightKey     = 8
	weightTitle   = 6
	weightName    = 4 // the provider's name, the cause's key
	weightMeaning = 1
)

func newIndex(e *Edition) *index {
	x := &index{words: map[string]map[int]float64{}}
	for _, key := range e.Keys() {
		entry, ok := e.Entry(key)
		if !ok {
			continue
		}
		i := len(x.docs)
		x.docs = append(x.docs, Hit{Key: key, Title: e.Fill(entry.Title, nil)})
		kind := 1.0
		switch entry.Kind {
		case KindCause:
			kind = 1.5 // a page of its own on what the words name
		case KindProvider:
			kind = 0.9
		}
		x.add(i, key, weightKey*kind)
		x.add(i, entry.Title, weightTitle*kind)
		x.add(i, e.ProviderName(entry.Provider)+" "+string(entry.Cause), weightName*kind)
		x.add(i, entry.Meaning+" "+e.Label("words."+key), weightMeaning*kind)
		if words := "words." + key; e.HasLabel(words) {
			x.add(i, e.Label(words), weightTitle*kind)
		}
	}
	return x
}

func (x *index) add(doc int, text string, weight float64) {
	for _, w := range Words(text) {
		if x.words[w] == nil {
			x.words[w] = map[int]float64{}
		}
		x.words[w][doc] = max(x.words[w][doc], weight)
	}
}

// Search finds entries by words, best first, at most limit of them. A word
// counts whole, by its beginning, or with one slip of the keyboard.
func (e *Edition) Search(query string, limit int) []Hit {
	x := e.index()
	words := Words(query)
	if len(words) == 0 {
		return nil
	}
	total := make(map[int]float64)
	for _, w := range words {
		best := map[int]float64{}
		take := func(found map[int]float64, factor float64) {
			// A word that stands everywhere tells little.
			factor /= 1 + float64(len(found))/40
			for doc, weight := range found {
				best[doc] = max(best[doc], weight*factor)
			}
		}
		if found, ok := x.words[w]; ok {
			take(found, 1)
		}
		for known, found := range x.words {
			switch {
			case known == w:
			case len(w) >= 3 && strings.HasPrefix(known, w), len(known) >= 4 && strings.HasPrefix(w, known):
				take(found, 0.6)
			case len(w) >= 4 && len(known) >= 4 && oneSlip(w, known):
				take(found, 0.4)
			}
		}
		for doc, weight := range best {
			total[doc] += weight
		}
	}
	var hits []Hit
	for doc, score := range total {
		h := x.docs[doc]
		h.Score = float64(int(score/float64(len(words))*100)) / 100
		if h.Score > 0.3 {
			hits = append(hits, h)
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Key, b.Key))
	})
	if len(hits) > limit {
		hits = hits[:limit]
	}
	return hits
}

// Words splits a text into lower-case words without accents; a word keeps the
// dots and dashes inside it, so that 5.1.1 and mailbox-full stay whole beside
// their parts.
func Words(text string) []string {
	folded, _, err := transform.String(transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), strings.ToLower(text))
	if err != nil {
		folded = strings.ToLower(text)
	}
	var list []string
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for _, whole := range strings.FieldsFunc(folded, func(r rune) bool { return !inWord(r) && r != '.' && r != '-' && r != '/' }) {
		whole = strings.Trim(whole, ".-/")
		if whole == "" {
			continue
		}
		list = append(list, whole)
		if strings.ContainsAny(whole, "-/") {
			for _, part := range strings.FieldsFunc(whole, func(r rune) bool { return !inWord(r) && r != '.' }) {
				if part != whole {
					list = append(list, part)
				}
			}
		}
	}
	return list
}

// oneSlip reports whether two words differ by one letter added, left out,
// changed, or swapped with its neighbour.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) {
		return true
	}
	return a[i+1:] == b[i+1:] || (i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:])
}

// Keys lists every entry that the catalogue holds: classes, reply codes,
// enhanced codes as 5.y.z, causes and providers' texts, each group in order.
func (c *Catalog) Keys() []string {
	var keys []string
	group := func(list []string, compare func(a, b string) int) {
		slices.SortFunc(list, compare)
		keys = append(keys, list...)
	}
	var classes, rows, says []string
	for k := range c.class {
		classes = append(classes, k)
	}
	group(classes, strings.Compare)
	for _, code := range c.Codes() {
		keys = append(keys, code.String())
	}
	for row := range c.status {
		rows = append(rows, "5."+row)
	}
	group(rows, compareEnhanced)
	for _, cause := range causes {
		if _, ok := c.cause[cause]; ok {
			keys = append(keys, string(cause))
		}
	}
	for name, p := range c.providers {
		for _, d := range p.Says {
			says = append(says, name+"/"+d.Key)
		}
	}
	for _, d := range c.generic.Says {
		if d.Title != "" { // the others only name a cause
			says = append(says, "generic/"+d.Key)
		}
	}
	group(says, strings.Compare)
	return keys
}

func compareEnhanced(a, b string) int {
	x, _ := ParseEnhanced(a)
	y, _ := ParseEnhanced(b)
	return cmp.Or(cmp.Compare(x.Subject, y.Subject), cmp.Compare(x.Detail, y.Detail))
}
