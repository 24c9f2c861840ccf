package bot

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"smtpbot/bot/tally"
	"smtpbot/catalog"
)

// mostHere is how many kinds of errors of a log are listed in a channel, which
// more people read than the one who asked.
const mostHere = 5

// Logs is what the mail logs that came with a message hold, all of them
// together. Nil stands for none.
type Logs struct {
	lines int
	found []Finding // the kind to explain first, then the most frequent
}

// Log counts what a mail log holds. It is stored with the first of its
// findings, each of which counts its own kind.
type Log struct {
	Lines  int `json:"lines,omitempty"`
	Errors int `json:"errors,omitempty"` // lines that hold an error
	More   int `json:"more,omitempty"`   // kinds that are not stored
}

func (l Log) plus(o Log) Log { return Log{l.Lines + o.Lines, l.Errors + o.Errors, l.More + o.More} }

// hosts are those at which one kind of error came up.
type hosts struct {
	first string // the one where it did most often
	more  int    // how many others there are
	many  bool   // so many that they were not counted
}

// isLog reports whether a file is a log, as the command line knows one.
func isLog(text string) bool { return tally.IsLog([]byte(text[:min(len(text), tally.Peek)])) }

// readLogs sums logs up. What is beside them in the message and holds an error,
// a sentence or a mail, is what the person points at: it is explained before
// what is most frequent.
func (b *Bot) readLogs(ctx context.Context, e *catalog.Edition, logs, beside []string) (*Logs, error) {
	var parts []io.Reader
	for _, log := range logs {
		parts = append(parts, strings.NewReader(log))
		if !strings.HasSuffix(log, "\n") {
			parts = append(parts, strings.NewReader("\n"))
		}
	}
	sum, err := tally.Read(ctx, io.MultiReader(parts...), b.detector.Scan, nil)
	if err != nil || sum.Errors == 0 {
		return &Logs{lines: sum.Lines}, err
	}
	found := b.kinds(e, sum.Kinds)
	for _, part := range slices.Backward(beside) {
		first := b.Explain(e, part).Findings[0]
		i := slices.IndexFunc(found, func(f Finding) bool { return storedOne(f).like(storedOne(first)) })
		if i >= 0 {
			first.found.Count, first.at = found[i].found.Count, found[i].at
			found = slices.Delete(found, i, i+1)
		}
		found = slices.Insert(found, 0, first)
	}
	log := Log{Lines: sum.Lines, Errors: sum.Errors, More: max(0, len(found)-mostHere)}
	found = found[:len(found)-log.More]
	found[0].log = log
	return &Logs{sum.Lines, found}, nil
}

// kinds makes findings of what a log holds. What reads the same counts as one,
// wherever it came up: a channel wants to know what goes wrong.
func (b *Bot) kinds(e *catalog.Edition, all []tally.Kind) []Finding {
	var found []Finding
	at := map[Found]map[string]bool{}
	for _, k := range all {
		k.Finding.Count = k.Times
		f := b.finding(e, k.Finding)
		key := storedOne(f)
		key.Count = 0
		i := slices.IndexFunc(found, func(o Finding) bool { return storedOne(o).like(key) })
		if i < 0 {
			i = len(found)
			found, at[key] = append(found, f), map[string]bool{}
		} else {
			one := &found[i].found
			one.Count += k.Times
			one.Names = tally.Shared(one.Names, f.found.Names)
		}
		if k.Host != "" && !at[key][k.Host] {
			at[key][k.Host] = true
			found[i].at.first, found[i].at.more = cmp.Or(found[i].at.first, k.Host), len(at[key])-1
		}
		found[i].at.many = found[i].at.many || k.Many
	}
	slices.SortStableFunc(found, func(a, b Finding) int { return cmp.Compare(b.found.Count, a.found.Count) })
	return found
}

// findings are those of the logs, none where there is no log.
func (l *Logs) findings() []Finding {
	if l == nil {
		return nil
	}
	return l.found
}

// heard is what is to be answered of a message: what its logs hold, else what
// its text does.
func (b *Bot) heard(m Message) []Finding {
	if found := m.Logs.findings(); len(found) > 0 {
		return found
	}
	return b.Explain(b.catalog.Edition(m.Lang), m.Text).Findings
}

// Finds reports whether a message holds an error.
func (b *Bot) Finds(m Message) bool { return len(b.heard(m)) > 0 }
