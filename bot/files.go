package bot

import (
	"strings"

	"smtpbot/bot/message"
)

// WithFiles gives the text to judge of a message that files came with, and
// tells whether an error stands in any of them. What tells nothing is left out:
// the source of a mail is read as one only where it stands alone, and a "what
// is this?" above it would hide it. Where several tell something, the mails are
// given as a person would read them.
func (b *Bot) WithFiles(text string, files []string) (judged string, telling bool) {
	e := b.catalog.Edition("")
	var parts []string
	for _, part := range append([]string{text}, files...) {
		if len(b.Explain(e, part).Findings) > 0 {
			parts = append(parts, part)
		}
	}
	switch len(parts) {
	case 0:
		return text, false
	case 1:
		return parts[0], true
	}
	for i, part := range parts {
		if m, ok := message.Read(part); ok {
			parts[i] = m.Text
		}
	}
	return strings.Join(parts, "\n\n"), true
}
