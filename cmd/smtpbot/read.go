package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/unicode"

	"smtpbot/bot/tally"
)

const (
	maxFile = 50 << 20   // how much of a file is read, unpacked
	peeked  = tally.Peek // by how much of it a log is known
)

var (
	errTooLarge = errors.New("the text is larger than 50 MB; cut it, for example: grep 'status=' mail.log | tail -n 100000 | smtpbot explain")
	errStopped  = errors.New("stopped")
)

// unreadable says why a text cannot be read. Two reasons speak for themselves.
func unreadable(err error) error {
	switch {
	case errors.Is(err, errTooLarge):
		return errTooLarge
	case errors.Is(err, errStopped), errors.Is(err, context.Canceled):
		return errStopped
	}
	return fmt.Errorf("cannot read the text: %w", err)
}

// bounded is a reader that fails behind a number of bytes.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

// unpacked reads what logrotate packs (RFC 1952) and what PowerShell writes:
// UTF-16 with a byte order mark.
func unpacked(r *bufio.Reader) (*bufio.Reader, error) {
	head, err := r.Peek(2)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, unreadable(err)
	case bytes.Equal(head, []byte{0x1f, 0x8b}):
		zip, err := gzip.NewReader(r)
		if err != nil {
			return nil, fmt.Errorf("cannot unpack the file: %w", err)
		}
		return bufio.NewReader(zip), nil
	case bytes.Equal(head, []byte{0xff, 0xfe}), bytes.Equal(head, []byte{0xfe, 0xff}):
		return bufio.NewReader(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(r)), nil
	}
	return r, nil
}

// stoppable is a reader of which a waiting Read ends with the context, for a
// read from a terminal or a pipe cannot be broken off.
func stoppable(ctx context.Context, in io.Reader) (io.Reader, func()) {
	r, w := io.Pipe()
	stop := context.AfterFunc(ctx, func() { w.CloseWithError(errStopped) })
	go func() {
		_, err := io.Copy(w, in)
		w.CloseWithError(err)
	}()
	return r, func() {
		stop()
		r.Close()
	}
}
