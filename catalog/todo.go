package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// A unit is one piece of the catalogue that is translated as a whole: the
// prose of an entry, the notes on a pair, a label.
type unit struct {
	english    []string // its English texts
	translated bool
}

// units lists what there is to translate, and whether a language has it.
func (c *Catalog) units(lang string) (map[string]unit, error) {
	open, ok := c.editions[lang]
	if !ok {
		return nil, fmt.Errorf("there is no folder text/%s; the languages are %s", lang, strings.Join(c.languages, ", "))
	}
	e, err := open()
	if err != nil {
		return nil, err
	}
	list := map[string]unit{}
	for _, kind := range recordKinds {
		for name, r := range c.records(kind) {
			_, own := e.prose[kind+"/"+name]
			list[kind+"/"+name] = unit{append(r.Text.parts(), r.Transient.parts()...), own}
		}
	}
	providers := maps.Clone(c.providers)
	providers["generic"] = &c.generic
	for name, p := range providers {
		for _, d := range p.Says {
			if texts := d.Text.parts(); len(texts) > 0 {
				_, own := e.says[name+"/"+d.Key]
				list["provider/"+name+"/"+d.Key] = unit{texts, own}
			}
		}
	}
	for name, p := range c.pairs {
		_, own := e.pairProse[name]
		list["pair/"+name] = unit{append([]string{p.Lead, p.Choose}, p.Notes...), own}
	}
	for key, text := range e.fallback {
		_, own := e.labels[key]
		list["label/"+key] = unit{[]string{text}, own}
	}
	return list, nil
}

// Todo lists what a language lacks, and what it translated from English that
// has changed since somebody looked at it.
func (c *Catalog) Todo(lang string) (missing, stale []string, err error) {
	units, err := c.units(lang)
	if err != nil {
		return nil, nil, err
	}
	seen, err := c.seenSources(lang)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(units)) {
		switch u := units[name]; {
		case !u.translated:
			missing = append(missing, name)
		case seen[name] != u.hash():
			stale = append(stale, name)
		}
	}
	return missing, stale, nil
}

// Sources gives the content of text/xx/sources.toml for a language whose
// translations have all been looked at: a short hash of the English that each
// one stands for.
func (c *Catalog) Sources(lang string) ([]byte, error) {
	units, err := c.units(lang)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	b.WriteString("# Which English each translation was made from. Written by: smtpbot catalog accept " + lang + "\n")
	for _, name := range slices.Sorted(maps.Keys(units)) {
		if units[name].translated {
			fmt.Fprintf(&b, "%q = %q\n", name, units[name].hash())
		}
	}
	return []byte(b.String()), nil
}

func (c *Catalog) seenSources(lang string) (map[string]string, error) {
	data, err := fs.ReadFile(c.fsys, "text/"+lang+"/sources.toml")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var seen map[string]string
	if err := toml.Unmarshal(data, &seen); err != nil {
		return nil, fmt.Errorf("text/%s/sources.toml: %w", lang, err)
	}
	return seen, nil
}

func (u unit) hash() string {
	sum := sha256.Sum256([]byte(strings.Join(u.english, "\x00")))
	return hex.EncodeToString(sum[:5])
}

// Stats counts what the catalogue holds.
type Stats struct {
	Kinds     map[Kind]int
	Pairs     int
	Wordings  int // words that anybody's server says
	Providers int
	Languages []string
	Evidence  map[Evidence]int // of providers' texts
}

// Stats counts what the catalogue holds.
func (c *Catalog) Stats() Stats {
	s := Stats{
		Kinds: map[Kind]int{
			KindReply: len(c.reply), KindEnhanced: len(c.status), KindCause: len(c.cause), KindClass: len(c.class),
		},
		Pairs: len(c.pairs), Wordings: len(c.generic.Says), Providers: len(c.providers), Languages: c.Languages(), Evidence: map[Evidence]int{},
	}
	for _, p := range c.providers {
		s.Kinds[KindProvider] += len(p.Says)
		for _, d := range p.Says {
			s.Evidence[d.Evidence]++
		}
	}
	return s
}
