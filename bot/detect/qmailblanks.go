package detect

import "strings"

// qmailBlanks reads the log of qmail-send, which writes a blank of a reply as
// "_". https://cr.yp.to/qmail/ (qmail-log)
func (e *editor) qmailBlanks() {
	text := e.text
	if !strings.Contains(text, "_said:_") && !strings.Contains(text, "._(#") {
		return
	}
	for start := 0; start < len(text); {
		end := lineEnd(text, start)
		if line := text[start:end]; strings.Contains(line, "_said:_") || strings.Contains(line, "._(#") {
			for i := start; i < end; i++ {
				if text[i] == '_' {
					e.replace(i, i+1, " ")
				}
			}
		}
		start = end + 1
	}
}
