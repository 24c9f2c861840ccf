package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"smtpbot/bot"
	"smtpbot/catalog"
)

// maxLine is the longest line of a batch. Memory stays within a few of them
// however many lines there are.
const maxLine = 64 << 20

// batch explains JSON Lines: one object in, one object out, in order.
func batch(ctx context.Context, b *bot.Bot, e *catalog.Edition, in io.Reader, out io.Writer) (int, error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 64<<10), maxLine)
	w := bufio.NewWriterSize(out, 64<<10)
	defer w.Flush()
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	status := exitNothing
	n := 0
	for lines.Scan() {
		n++
		if err := ctx.Err(); err != nil {
			return exitUnusable, fmt.Errorf("stopped at line %d", n)
		}
		id, text, err := record(lines.Bytes())
		if err != nil {
			return exitUnusable, fmt.Errorf("line %d: %w", n, err)
		}
		found := b.Explain(e, text)
		if len(found.Findings) > 0 {
			status = exitFound
		}
		err = enc.Encode(struct {
			ID string `json:"id"`
			bot.Explain
		}{id, found})
		if err != nil {
			return exitUnusable, fmt.Errorf("line %d: cannot write the answer: %w", n, err)
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return exitUnusable, fmt.Errorf("line %d: longer than 64 MB; split the text", n+1)
	} else if err != nil {
		return exitUnusable, fmt.Errorf("line %d: cannot read: %w", n+1, err)
	}
	return status, w.Flush()
}

var errRecord = errors.New(`not a JSON object of the form {"id": "a1", "text": "…"} on one line`)

// record reads one line of a batch.
func record(line []byte) (id, text string, err error) {
	var r struct {
		ID   *string `json:"id"`
		Text *string `json:"text"`
	}
	if !bytes.HasPrefix(bytes.TrimLeft(line, " \t\r"), []byte("{")) || json.Unmarshal(line, &r) != nil || r.ID == nil || r.Text == nil {
		return "", "", errRecord
	}
	return *r.ID, *r.Text, nil
}
