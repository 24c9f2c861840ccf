package catalog

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

//go:embed data text
var files embed.FS

// Files returns the catalogue that is built in, for [Load].
func Files() fs.FS { return files }

// English is the language that data is written in and every other falls back to.
const English = "en"

// Catalog holds every fact. It does not change after Load.
type Catalog struct {
	reply     map[ReplyCode]*record
	status    map[string]*record // by registry row, "1.1"
	cause     map[Cause]*record
	class     map[string]*record    // "5xx"
	pairs     map[string]*PairNotes // "450-550"
	providers map[string]*providerFile
	generic   providerFile // texts that no one provider owns

	fsys      fs.FS
	languages []string
	matcher   language.Matcher
	editions  map[string]func() (*Edition, error)
	rules     func() *ruleSet
	ownCodes  func() map[string][]string
}

// Load reads data/ and the names of the languages below text/. A field that it
// does not know is an error, and so is a missing one that everything needs; all
// faults are returned together. A language's prose is read when it is first
// asked for.
func Load(fsys fs.FS) (*Catalog, error) {
	c := &Catalog{
		reply: map[ReplyCode]*record{}, status: map[string]*record{}, cause: map[Cause]*record{}, class: map[string]*record{},
		pairs: map[string]*PairNotes{}, providers: map[string]*providerFile{}, fsys: fsys, editions: map[string]func() (*Edition, error){},
	}
	var faults []error
	fault := func(err error) {
		if err != nil {
			faults = append(faults, err)
		}
	}
	fault(eachFile(fsys, "data/reply", func(name string, data []byte) error {
		code, err := ParseReply(name)
		if err != nil {
			return err
		}
		c.reply[code], err = readRecord(data)
		return err
	}))
	fault(eachFile(fsys, "data/status", func(name string, data []byte) (err error) {
		if _, err := ParseEnhanced("5." + name); err != nil {
			return err
		}
		c.status[name], err = readRecord(data)
		return err
	}))
	fault(eachFile(fsys, "data/cause", func(name string, data []byte) (err error) {
		if !slices.Contains(causes, Cause(name)) {
			return fmt.Errorf("%q is not one of the causes", name)
		}
		c.cause[Cause(name)], err = readRecord(data)
		return err
	}))
	fault(eachFile(fsys, "data/class", func(name string, data []byte) (err error) {
		c.class[name], err = readRecord(data)
		return err
	}))
	fault(eachFile(fsys, "data/pair", func(name string, data []byte) (err error) {
		c.pairs[name], err = decode[PairNotes](data)
		return err
	}))
	fault(eachFile(fsys, "data/provider", func(name string, data []byte) error {
		p, err := decode[providerFile](data)
		if err != nil {
			return err
		}
		if name == "generic" {
			c.generic = *p
		} else {
			c.providers[name] = p
		}
		return nil
	}))
	fault(eachFile(fsys, "data/wording", func(name string, data []byte) error {
		w, err := decode[wordingFile](data)
		if err == nil {
			c.generic.Says = append(c.generic.Says, w.diagnostics(Cause(name))...)
		}
		return err
	}))
	if err := errors.Join(faults...); err != nil {
		return nil, fmt.Errorf("load catalog: %w", err)
	}
	c.generic.file("")
	for _, p := range c.providers {
		p.file(p.Name)
	}
	c.ownCodes = sync.OnceValue(c.findOwnCodes)
	c.rules = sync.OnceValue(func() *ruleSet { return newRuleSet(c) })
	if err := c.findLanguages(); err != nil {
		return nil, fmt.Errorf("load catalog: %w", err)
	}
	return c, nil
}

// findLanguages lists the folders below text/; English comes first.
func (c *Catalog) findLanguages() error {
	dirs, err := fs.ReadDir(c.fsys, "text")
	if err != nil {
		return err
	}
	c.languages = []string{English}
	for _, d := range dirs {
		if d.IsDir() && d.Name() != English {
			c.languages = append(c.languages, d.Name())
		}
	}
	var tags []language.Tag
	for _, name := range c.languages {
		tag, err := language.Parse(name)
		if err != nil {
			return fmt.Errorf("text/%s: %w", name, err)
		}
		tags = append(tags, tag)
		c.editions[name] = sync.OnceValues(func() (*Edition, error) { return c.newEdition(name) })
	}
	c.matcher = language.NewMatcher(tags)
	// English carries the labels that every language falls back to: without them nothing can be said.
	_, err = c.editions[English]()
	return err
}

// Languages lists what the catalogue can be read in, English first.
func (c *Catalog) Languages() []string { return slices.Clone(c.languages) }

// MatchLanguage gives the catalogue's language for a wish such as "fr-CA",
// "fr_FR.UTF-8" or an Accept-Language header; English where nothing fits.
func (c *Catalog) MatchLanguage(wish string) string {
	if !strings.ContainsAny(wish, ",;") {
		wish, _, _ = strings.Cut(wish, ".") // POSIX: fr_FR.UTF-8
	}
	tags, _, err := language.ParseAcceptLanguage(strings.ReplaceAll(wish, "_", "-"))
	if err != nil || len(tags) == 0 {
		return English
	}
	_, i, confidence := c.matcher.Match(tags...)
	if confidence == language.No {
		return English
	}
	return c.languages[i]
}

// Edition gives the catalogue in a language, as MatchLanguage understands it.
// A language whose files cannot be read is answered in English: a person in
// trouble is helped by any answer. Lint reports such files.
func (c *Catalog) Edition(lang string) *Edition {
	read, known := c.editions[lang]
	if !known {
		read = c.editions[c.MatchLanguage(lang)]
	}
	if e, err := read(); err == nil {
		return e
	}
	e, _ := c.editions[English]()
	return e
}

// decode reads TOML and refuses what it does not know.
func decode[T any](data []byte) (*T, error) {
	v := new(T)
	d := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		var strict *toml.StrictMissingError
		if errors.As(err, &strict) {
			return nil, fmt.Errorf("unknown field:\n%s", strict.String())
		}
		var syntax *toml.DecodeError
		if errors.As(err, &syntax) {
			row, col := syntax.Position()
			return nil, fmt.Errorf("line %d, column %d: %w", row, col, err)
		}
		return nil, err
	}
	return v, nil
}

// readRecord reads one entry and makes its links.
func readRecord(data []byte) (*record, error) {
	r, err := decode[record](data)
	if err == nil {
		r.links = references(r.References)
	}
	return r, err
}

// file makes what a provider's texts are found by, and their links.
func (p *providerFile) file(name string) {
	p.byKey = make(map[string]*Diagnostic, len(p.Says))
	for i := range p.Says {
		d := &p.Says[i]
		if p.byKey[d.Key] == nil {
			p.byKey[d.Key] = d
		}
		if d.Source == "" {
			continue
		}
		if d.links = references([]string{d.Source}); name != "" { // its page, or one about it
			d.links[0].Title = name + ", " + d.links[0].Title
		}
	}
}

// eachFile calls f for each .toml file in a folder, with its name less the
// ending, and joins what goes wrong. A missing folder holds no files.
func eachFile(fsys fs.FS, dir string, f func(name string, data []byte) error) error {
	entries, err := fs.ReadDir(fsys, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var faults []error
	for _, e := range entries {
		name, isTOML := strings.CutSuffix(e.Name(), ".toml")
		if e.IsDir() || !isTOML {
			continue
		}
		file := path.Join(dir, e.Name())
		data, err := fs.ReadFile(fsys, file)
		if err == nil {
			err = f(name, data)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", file, err))
		}
	}
	return errors.Join(faults...)
}

// Codes lists the reply codes that have an entry of their own, in order.
func (c *Catalog) Codes() []ReplyCode { return slices.Sorted(maps.Keys(c.reply)) }
