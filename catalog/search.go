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
	named map[string]map[int]bool    // word of a provider's name → its documents
	whole map[string][]int           // a whole query, as a cause lists it → documents
}

// weights of the places where a word stands.
const (
	weightKey     = 8
	weightTitle   = 6
	weightName    = 4 // the provider's name, the cause's key
	weightMeaning = 1
	weightWhole   = 20 // for each word: the query is one that a cause lists
)

func newIndex(e *Edition) *index {
	x := &index{words: map[string]map[int]float64{}, named: map[string]map[int]bool{}, whole: map[string][]int{}}
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
		x.add(i, entry.Meaning, weightMeaning*kind)
		if entry.Provider != "" {
			for _, w := range Words(entry.Provider + " " + e.ProviderName(entry.Provider)) {
				if x.named[w] == nil {
					x.named[w] = map[int]bool{}
				}
				x.named[w][i] = true
			}
		}
		if entry.Kind == KindCause { // an enhanced code has its words from its cause
			x.add(i, entry.Words, weightTitle*kind)
			for phrase := range strings.SplitSeq(entry.Words+","+key, ",") {
				said := strings.Join(Words(phrase), " ")
				x.whole[said] = append(x.whole[said], i)
			}
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

// Sure is the score from which a search has found what was meant.
const Sure = 3

// Search finds entries by words, best first, at most limit of them. A word
// counts whole, by its beginning, or with one slip of the keyboard. Words of
// another language find what they mean there: « boîte pleine ».
func (e *Edition) Search(query string, limit int) []Hit {
	hits := e.search(query)
	if len(hits) == 0 || hits[0].Score < Sure {
		for _, lang := range e.languages {
			if lang == e.lang {
				continue
			}
			other, err := e.editions[lang]()
			if err != nil {
				continue
			}
			if found := other.search(query); len(found) > 0 && (len(hits) == 0 || found[0].Score > hits[0].Score) {
				hits = found
			}
		}
		for i := range hits {
			entry, _ := e.Entry(hits[i].Key)
			hits[i].Title = e.Fill(entry.Title, nil)
		}
	}
	return hits[:min(limit, len(hits))]
}

func (e *Edition) search(query string) []Hit {
	x := e.index()
	asked := Words(query)
	words := telling(asked)
	total := make(map[int]float64)
	named := map[int]bool{}
	for _, w := range words {
		for doc := range x.named[w] {
			named[doc] = true
		}
		for doc, weight := range x.find(w) {
			total[doc] += weight
		}
	}
	for _, doc := range x.whole[strings.Join(asked, " ")] {
		total[doc] += weightWhole * float64(len(words))
	}
	var hits []Hit
	for doc, score := range total {
		switch {
		case named[doc]:
			score *= 1.5
		case len(named) > 0, strings.Contains(x.docs[doc].Key, "/"):
			score /= 2 // one provider was asked about, and this is another; or none was
		}
		h := x.docs[doc]
		h.Score = float64(int(score/float64(len(words))*100)) / 100
		if h.Score > 0.3 {
			hits = append(hits, h)
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Key, b.Key))
	})
	return hits
}

// find gives the documents in which a word stands, each with the best weight.
func (x *index) find(w string) map[int]float64 {
	best := map[int]float64{}
	take := func(found map[int]float64, factor float64) {
		factor /= 1 + float64(len(found))/40 // a word that stands everywhere tells little
		for doc, weight := range found {
			best[doc] = max(best[doc], weight*factor)
		}
	}
	for known, found := range x.words {
		switch {
		case known == w:
			take(found, 1)
		case len(w) >= 3 && strings.HasPrefix(known, w), len(known) >= 4 && strings.HasPrefix(w, known):
			take(found, 0.6)
		case len(w) >= 4 && len(known) >= 4 && oneSlip(w, known):
			take(found, 0.4)
		}
	}
	return best
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

// questions are words that begin a question or belong to who asks, talk others
// that then tell nothing of what is asked: they stand in many entries.
var (
	questions = strings.Fields(`how what why who when where which i me my we our please thanks thank help
		comment quoi que qui quand pourquoi je mon ma mes nous notre merci bonjour aide`)
	talk = strings.Fields(`is are was were do does did can could should would have has you your it its this that the a an to of in on at by
		for from with and or not but if so get gets got getting fix mean means meaning long take mail mails email message
		est sont ai a avez vous votre il elle ce cette le la les un une des du de en dans sur pour par avec et ou ne pas si faire fait veut dire
		courriel`)
)

// telling leaves the words of talk out of a question. Other queries use them as
// servers do: "address does not exist", "out of storage".
func telling(words []string) []string {
	asks := func(w string) bool { return slices.Contains(questions, w) }
	if !slices.ContainsFunc(words, asks) {
		return words
	}
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return asks(w) || slices.Contains(talk, w) })
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
