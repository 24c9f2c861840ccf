package catalog

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/pelletier/go-toml/v2"
)

// Edition is the catalogue in one language. What the language does not say,
// English says.
type Edition struct {
	*Catalog
	lang     string
	labels   map[string]string
	fallback map[string]string // English labels
	prose    map[string]prose  // by folder and name: "reply/503", "status/1.1", "cause/spam", "class/5xx"
	says     map[string]Text   // by provider and key: "google/no-such-user"
	index    func() *index

	pairProse map[string]*PairNotes // "450-550"
}

func (c *Catalog) newEdition(lang string) (*Edition, error) {
	e := &Edition{Catalog: c, lang: lang, prose: map[string]prose{}, says: map[string]Text{}, pairProse: map[string]*PairNotes{}}
	e.index = sync.OnceValue(func() *index { return newIndex(e) })
	root := path.Join("text", lang)
	var err error
	if e.labels, err = readLabels(c.fsys, path.Join(root, "labels.toml")); err != nil {
		return nil, err
	}
	if lang == English {
		return e, nil
	}
	english, err := c.editions[English]()
	if err != nil {
		return nil, err
	}
	e.fallback = english.labels
	for _, kind := range recordKinds {
		err := eachFile(c.fsys, path.Join(root, kind), func(name string, data []byte) error {
			p, err := decode[prose](data)
			if err == nil {
				e.prose[kind+"/"+name] = *p
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	err = eachFile(c.fsys, path.Join(root, "pair"), func(name string, data []byte) (err error) {
		e.pairProse[name], err = decode[PairNotes](data)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = eachFile(c.fsys, path.Join(root, "provider"), func(name string, data []byte) error {
		texts, err := decode[map[string]Text](data)
		if err != nil {
			return err
		}
		for key, t := range *texts {
			e.says[name+"/"+key] = t
		}
		return nil
	})
	return e, err
}

// readLabels flattens nested tables into dotted keys: [verdict.permanent]
// retry = "…" is "verdict.permanent.retry".
func readLabels(fsys fs.FS, file string) (map[string]string, error) {
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, err
	}
	var tree map[string]any
	if err := toml.Unmarshal(data, &tree); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	labels := map[string]string{}
	var walk func(prefix string, tree map[string]any) error
	walk = func(prefix string, tree map[string]any) error {
		for key, v := range tree {
			switch v := v.(type) {
			case string:
				labels[prefix+key] = v
			case map[string]any:
				if err := walk(prefix+key+".", v); err != nil {
					return err
				}
			default:
				return fmt.Errorf("%s: %s%s is not a text", file, prefix, key)
			}
		}
		return nil
	}
	return labels, walk("", tree)
}

// Lang is the edition's language, "en".
func (e *Edition) Lang() string { return e.lang }

// Label gives a text of the interface. Arguments come in pairs, name and
// value, and fill the placeholders as [Fill] does. An unknown key comes back
// as itself, so that a gap shows.
func (e *Edition) Label(key string, args ...string) string {
	text, ok := e.labels[key]
	if !ok {
		text, ok = e.fallback[key]
	}
	if !ok {
		return key
	}
	if len(args) == 0 && !strings.ContainsAny(text, "{[") {
		return text
	}
	return e.FillBy(text, func(name string) string {
		for i := 0; i+1 < len(args); i += 2 {
			if args[i] == name {
				return args[i+1]
			}
		}
		return ""
	})
}

// HasLabel reports whether the language or English knows the key.
func (e *Edition) HasLabel(key string) bool {
	_, own := e.labels[key]
	_, english := e.fallback[key]
	return own || english
}
