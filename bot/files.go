package bot

import (
	"bytes"
	"context"
	"errors"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"smtpbot/bot/message"
)

// ReadsFile reports whether a file of a name and a media type may hold a bounce
// or a log. Platforms know both types as little more than the name's ending.
func ReadsFile(name, media string) bool {
	return slices.Contains([]string{".eml", ".txt", ".log"}, strings.ToLower(path.Ext(name))) || strings.HasPrefix(media, "message/rfc822")
}

// ErrNoText says that a file holds something else than text.
var ErrNoText = errors.New("the file is no text")

// FileText gives the text of a file. Windows writes logs as UTF-16, with a mark
// in front.
func FileText(content []byte) (string, error) {
	text, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), content)
	if err != nil || bytes.IndexByte(text, 0) >= 0 {
		return "", ErrNoText
	}
	return strings.ToValidUTF8(string(text), "\ufffd"), nil
}

// WantsFiles reports whether the files of a message are worth fetching: nobody
// may have asked the bot to keep out, unless they ask it now.
func (b *Bot) WantsFiles(ctx context.Context, m Message, asked bool) (bool, error) {
	if m.Direct || asked {
		return true, nil
	}
	s, err := b.SettingsFor(ctx, m.Place)
	if err != nil || s.Level == LevelOff {
		return false, err
	}
	out, err := b.OptedOut(ctx, m.Platform, m.User)
	return err == nil && !out, err
}

// WithFiles gives the text to judge of a message that files came with, and what
// the mail logs among these hold: a Message or Request has both. What
// tells nothing is left out: the source of a mail is read as one only where it
// stands alone, and a "what is this?" above it would hide it. Where several tell
// something, the mails are given as a person would read them. Who sends the bot
// nothing but files asks about them, and is told when it finds nothing.
func (b *Bot) WithFiles(ctx context.Context, text string, files []string, asked bool) (string, *Logs) {
	e := b.catalog.Edition("")
	var logs, parts []string
	tells := func(part string) bool { return len(b.Explain(e, part).Findings) > 0 }
	if tells(text) {
		parts = append(parts, text)
	}
	for _, file := range files {
		switch {
		case isLog(file):
			logs = append(logs, file)
		case tells(file):
			parts = append(parts, file)
		}
	}
	var sum *Logs
	if len(logs) > 0 {
		var err error
		if sum, err = b.readLogs(ctx, e, logs, parts); err != nil { // ctx has ended
			return text, nil
		}
		if len(sum.found) > 0 {
			return text, sum
		}
		for _, log := range logs { // an error may go over several lines
			if tells(log) {
				parts = append(parts, log)
			}
		}
	}
	if len(parts) > 0 {
		sum = nil // what it says is nothing beside that
	}
	return joined(parts, text, asked && sum == nil), sum
}

// joined gives the text to judge where parts of a message tell something, or
// none does.
func joined(parts []string, text string, asked bool) string {
	switch {
	case len(parts) == 1:
		return parts[0]
	case len(parts) == 0 && asked && strings.TrimSpace(text) == "":
		return "explain …"
	case len(parts) == 0:
		return text
	}
	for i, part := range parts {
		if m, ok := message.Read(part); ok {
			parts[i] = m.Text
		}
	}
	return strings.Join(parts, "\n\n")
}
