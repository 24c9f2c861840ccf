package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"smtpbot/bot"
	"smtpbot/bot/card"
)

// maxFile is how much of a file is read into memory.
const maxFile = 50 << 20

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
	if a.jsonl {
		return batch(ctx, b, e, in, s.out)
	}
	text, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	if err != nil {
		return exitUnusable, fmt.Errorf("cannot read the text: %w", err)
	}
	if len(text) > maxFile {
		return exitUnusable, errors.New("the text is larger than 50 MB; cut it, for example: grep 'status=' mail.log | tail -n 1000 | smtpbot explain")
	}
	found := b.Explain(e, string(text)).Findings
	status := exitFound
	if len(found) == 0 {
		status = exitNothing
	}
	if a.json {
		for i := range found {
			found[i].Card = card.Text(b.Answer(e, found[i:i+1]))
		}
		return status, writeJSON(s.out, bot.Explain{Findings: found})
	}
	if len(found) == 0 {
		return status, answer(ctx, b, e, s.out, "explain "+clip(string(text)))
	}
	reply := b.Answer(e, found)
	if _, err := io.WriteString(s.out, card.Text(reply)); err != nil {
		return exitUnusable, err
	}
	for _, action := range reply.Actions {
		fmt.Fprintf(s.out, "%s: smtpbot %s\n", action.Label, action.Value)
	}
	return status, nil
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
		return f, func() { f.Close() }, nil
	}
	if f, ok := s.in.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			fmt.Fprintln(s.err, "Paste the error, then press Ctrl-D.")
		}
	}
	return s.in, func() {}, nil
}

// clip keeps of a text without an error what a search can use.
func clip(text string) string {
	if len(text) > 200 {
		return text[:200]
	}
	return text
}
