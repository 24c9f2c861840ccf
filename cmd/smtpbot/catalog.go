package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"smtpbot/catalog"
)

// catalogue serves contributors: it counts what is there, names what is wrong,
// and lists what a language lacks.
func catalogue(_ context.Context, a arguments, _ map[string]string, s streams) (int, error) {
	const usage = "usage: smtpbot catalog stats | lint | todo LANG | accept LANG"
	c, err := loadCatalog()
	if err != nil {
		return exitUnusable, err
	}
	switch what := strings.Join(a.words, " "); {
	case what == "stats":
		return exitFound, stats(s, c.Stats())
	case what == "lint":
		faults := c.Lint()
		for _, f := range faults {
			fmt.Fprintln(s.out, "catalog/"+f.Error())
		}
		if len(faults) > 0 {
			return exitNothing, nil
		}
		fmt.Fprintln(s.out, "nothing is wrong")
		return exitFound, nil
	case len(a.words) == 2 && a.words[0] == "todo":
		return todo(s, c, a.words[1])
	case len(a.words) == 2 && a.words[0] == "accept":
		return accept(s, c, a.words[1])
	}
	return exitUnusable, errors.New(usage)
}

func stats(s streams, n catalog.Stats) error {
	for _, kind := range []catalog.Kind{catalog.KindReply, catalog.KindEnhanced, catalog.KindProvider, catalog.KindCause, catalog.KindClass} {
		fmt.Fprintf(s.out, "%-22s %d\n", kind, n.Kinds[kind])
	}
	fmt.Fprintf(s.out, "%-22s %d\n%-22s %d\n%-22s %d\n%-22s %s\n", "pairs", n.Pairs, "wordings", n.Wordings, "providers", n.Providers, "languages", strings.Join(n.Languages, ", "))
	for _, e := range []catalog.Evidence{catalog.EvidenceProviderPage, catalog.EvidenceField, catalog.EvidenceUnconfirmed} {
		fmt.Fprintf(s.out, "evidence %-13s %d\n", e, n.Evidence[e])
	}
	return nil
}

// todo lists what a language lacks and what has gone stale; the count stands last.
func todo(s streams, c *catalog.Catalog, lang string) (int, error) {
	missing, stale, err := c.Todo(lang)
	if err != nil {
		return exitUnusable, err
	}
	for _, name := range missing {
		fmt.Fprintln(s.out, "missing", name)
	}
	for _, name := range stale {
		fmt.Fprintln(s.out, "stale  ", name)
	}
	fmt.Fprintf(s.out, "%s: %d missing, %d stale\n", lang, len(missing), len(stale))
	if len(missing)+len(stale) > 0 {
		return exitNothing, nil
	}
	return exitFound, nil
}

// accept notes that every translation of a language was looked at.
func accept(s streams, c *catalog.Catalog, lang string) (int, error) {
	data, err := c.Sources(lang)
	if err != nil {
		return exitUnusable, err
	}
	file := filepath.Join("catalog", "text", lang, "sources.toml")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		return exitUnusable, fmt.Errorf("run it in the project's folder: %w", err)
	}
	fmt.Fprintln(s.out, "written:", file)
	return exitFound, nil
}
