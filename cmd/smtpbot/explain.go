package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/bot/tally"
	"smtpbot/catalog"
)

func explain(ctx context.Context, a arguments, env map[string]string, s streams) (int, error) {
	if len(a.words) > 1 {
		return exitUnusable, errors.New("explain takes one file; a text is piped in: echo '550 5.1.1 …' | smtpbot explain")
	}
	c, err := loadCatalog()
	if err != nil {
		return exitUnusable, err
	}
	b, e := bot.New(c, nil, bot.Options{}), c.Edition(a.language(env))
	in, done, err := input(a.words, s)
	if err != nil {
		return exitUnusable, err
	}
	defer done()
	in, done = stoppable(ctx, in)
	defer done()
	if a.jsonl {
		return batch(ctx, b, e, in, s.out)
	}
	text, err := plain(in)
	if err != nil {
		return exitUnusable, err
	}
	head, err := text.Peek(peeked)
	if err != nil && !errors.Is(err, io.EOF) {
		return exitUnusable, unreadable(err)
	}
	var x bot.Explain
	var show func() error
	if tally.IsLog(head) {
		tell, end := progress(s.err)
		x, err = b.Sum(ctx, e, text, tell)
		end()
		show = func() error { return write(s.out, b.SummaryCard(e, x)) }
	} else {
		var all []byte
		if all, err = io.ReadAll(text); err == nil {
			x, err = within(ctx, func() bot.Explain { return b.Explain(e, string(all)) })
		}
		show = func() error {
			if len(x.Findings) == 0 {
				return answer(ctx, b, e, s.out, "explain "+clip(string(all)))
			}
			return write(s.out, b.Answer(e, x.Findings))
		}
	}
	if err != nil {
		return exitUnusable, unreadable(err)
	}
	status := exitFound
	if len(x.Findings) == 0 {
		status = exitNothing
	}
	if a.json {
		return status, writeJSON(s.out, withCards(b, e, x))
	}
	return status, show()
}

// withCards gives each finding its answer as plain text.
func withCards(b *bot.Bot, e *catalog.Edition, x bot.Explain) bot.Explain {
	for i := range x.Findings {
		x.Findings[i].Card = card.Text(b.Answer(e, x.Findings[i:i+1]))
	}
	return x
}

// write prints a card and the commands that say more.
func write(out io.Writer, c card.Card) error {
	var text bytes.Buffer
	text.WriteString(card.Text(c))
	for _, action := range c.Actions {
		fmt.Fprintf(&text, "%s: smtpbot %s\n", action.Label, action.Value)
	}
	_, err := text.WriteTo(out)
	return err
}

// within calls a function that knows no context, and does not wait for it when
// the user stops the program.
func within(ctx context.Context, explain func() bot.Explain) (bot.Explain, error) {
	result := make(chan bot.Explain, 1)
	go func() { result <- explain() }()
	select {
	case x := <-result:
		return x, nil
	case <-ctx.Done():
		return bot.Explain{}, errStopped
	}
}

// input opens the file that is named, or else standard input. A terminal is
// told that the bot waits.
func input(words []string, s streams) (io.Reader, func(), error) {
	if len(words) == 1 && words[0] != "-" {
		f, err := os.Open(words[0])
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil, fmt.Errorf("there is no file %q; to explain a text, pipe it in: echo '550 5.1.1 …' | smtpbot explain", words[0])
		}
		if err != nil {
			return nil, nil, fmt.Errorf("cannot read the file: %w", err)
		}
		if info, err := f.Stat(); err == nil && info.Size() > maxFile {
			f.Close()
			return nil, nil, errTooLarge
		}
		return f, func() { f.Close() }, nil
	}
	if f, ok := s.in.(*os.File); ok && terminal(f) {
		fmt.Fprintln(s.err, "Paste the error, then press Ctrl-D.")
	}
	return s.in, func() {}, nil
}

// progress tells on a terminal how much of a log is read. The second function
// wipes that out again.
func progress(out io.Writer) (tell func(int64), end func()) {
	f, ok := out.(*os.File)
	if !ok || !terminal(f) {
		return nil, func() {}
	}
	told := int64(0)
	return func(read int64) {
			if mb := read >> 20; mb > told {
				told = mb
				fmt.Fprintf(f, "\r%d MB read", mb)
			}
		}, func() {
			if told > 0 {
				fmt.Fprint(f, "\r\x1b[K")
			}
		}
}

// terminal reports whether a person sits at a file.
func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// clip keeps of a text without an error what a search can use.
func clip(text string) string {
	if len(text) > 200 {
		return text[:200]
	}
	return text
}

// plain gives the text of what is read, unpacked and as UTF-8, and bounds it.
func plain(in io.Reader) (*bufio.Reader, error) {
	r := bufio.NewReaderSize(in, peeked)
	r, err := unpacked(r)
	if err != nil {
		return nil, err
	}
	return bufio.NewReaderSize(&bounded{r: r, left: maxFile}, peeked), nil
}
