// Package tally sums up the errors of a mail log, line by line: what they are,
// how often each stands there, and where first. Its memory does not grow with
// the log.
package tally

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"smtpbot/bot/detect"
	"smtpbot/catalog"
)

// Bounds on what is kept. Beyond the first, errors are told apart by their
// cause and class alone; a longer line is read as far as that.
const (
	mostKinds   = 4096
	longestLine = 64 << 10
	sampleBytes = 300
)

// Summary is what a log holds.
type Summary struct {
	Lines  int
	Errors int    // lines that hold an error
	Kinds  []Kind // the most frequent first, then the earliest
}

// Kind is one error of a log: what went wrong, by which codes, at which host.
type Kind struct {
	detect.Finding        // as it stands first; Start and End are places in the log
	Host           string // the server that refused, else the recipient's domain
	Many           bool   // it came up at more hosts than are told apart; Host is ""
	Times          int
	Line           int    // the number of the line where it stands first, from 1
	Sample         string // its evidence there, redacted
}

// key tells kinds apart.
type key struct {
	reply    catalog.ReplyCode
	enhanced catalog.EnhancedCode
	cause    catalog.Cause
	class    catalog.Class
	host     string
}

// Scan finds the errors of one line, the most telling first.
type Scan func(line string) []detect.Finding

// Read sums up a log until its end, an error, or the end of ctx. It tells
// progress how many bytes it has read, about every 64 KB; progress may be nil.
func Read(ctx context.Context, log io.Reader, scan Scan, progress func(int64)) (Summary, error) {
	lines := bufio.NewReaderSize(log, longestLine)
	t := tally{scan: scan, kinds: map[key]*Kind{}}
	told := int64(0)
	for {
		line, err := lines.ReadSlice('\n')
		if len(line) > 0 {
			t.line(line)
		}
		for errors.Is(err, bufio.ErrBufferFull) { // the rest of a line that is too long
			var rest []byte
			rest, err = lines.ReadSlice('\n')
			t.at += int64(len(rest))
		}
		if t.at-told >= longestLine {
			told = t.at
			if progress != nil {
				progress(told)
			}
		}
		if err == nil && t.lines%256 == 0 {
			err = ctx.Err()
		}
		if errors.Is(err, io.EOF) {
			return t.summary(), nil
		}
		if err != nil {
			return Summary{}, fmt.Errorf("line %d: %w", t.lines+1, err)
		}
	}
}

type tally struct {
	scan   Scan
	lines  int
	errors int
	at     int64 // bytes read
	kinds  map[key]*Kind
}

func (t *tally) line(line []byte) {
	start := t.at
	t.lines++
	t.at += int64(len(line))
	text := string(line)
	found := t.scan(text)
	if len(found) == 0 {
		return
	}
	t.errors++
	f := found[0] // a log writes one event a line; what else stands there belongs to it
	host := cmp.Or(f.Names.Host, f.Names.Domain)
	k := key{f.Reply, f.Enhanced, f.Cause, f.Class, host}
	kind, ok := t.kinds[k]
	many := !ok && len(t.kinds) >= mostKinds
	if many {
		k, host = key{cause: f.Cause, class: f.Class}, ""
		kind, ok = t.kinds[k]
	}
	if !ok {
		evidence := text[f.Start:min(f.End, f.Start+sampleBytes)]
		kind = &Kind{Finding: f, Host: host, Many: many, Line: t.lines, Sample: detect.Redact(evidence)}
		kind.Start, kind.End = int(start)+f.Start, int(start)+f.End
		t.kinds[k] = kind
	}
	kind.Times++
	kind.Names = Shared(kind.Names, f.Names)
}

// Shared drops of names what other contradicts: an answer to many lines may
// name what all of them do, and not what one of them did by chance.
func Shared(names, other detect.Names) detect.Names {
	for _, n := range []struct{ name, other *string }{
		{&names.Domain, &other.Domain}, {&names.Sender, &other.Sender}, {&names.Host, &other.Host}, {&names.List, &other.List}, {&names.Provider, &other.Provider},
	} {
		if *n.other != "" && *n.name != *n.other {
			*n.name = ""
		}
	}
	return names
}

func (t *tally) summary() Summary {
	s := Summary{Lines: t.lines, Errors: t.errors}
	for _, k := range t.kinds {
		s.Kinds = append(s.Kinds, *k)
	}
	slices.SortFunc(s.Kinds, func(a, b Kind) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), cmp.Compare(a.Line, b.Line))
	})
	return s
}
