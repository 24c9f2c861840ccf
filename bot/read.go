package bot

import (
	"smtpbot/bot/detect"
	"smtpbot/bot/message"
)

// read finds the errors in a text, or, where the text is the source of a mail,
// in what that says. Start and End are places in the text either way.
func (b *Bot) read(text string) []detect.Finding {
	m, ok := message.Read(text)
	if !ok {
		return b.detector.Scan(text)
	}
	scan := b.detector.Scan
	if m.Bounce {
		scan = b.detector.ScanBounce
	}
	found := scan(m.Text)
	for i := range found {
		found[i].Start, found[i].End = m.Span(found[i].Start, found[i].End)
	}
	return found
}
