// Package message reads the source of a mail, such as a bounce saved as .eml
// or pasted, and gives what a person would read of it: the text and the
// delivery status, decoded, without headers and without the message that came
// back. It takes text and returns values, and never fails: what is broken is
// read as far as it goes.
package message

import "strings"

// Reading is what a mail says, with the way back to its source.
type Reading struct {
	Text   string
	Bounce bool // the header says that a mail system wrote it about a message
	tracks []track
}

// Span gives the stretch of the source that a stretch of Text stands for:
// byte for byte where nothing had to be decoded, else the whole of the part.
func (r *Reading) Span(start, end int) (int, int) {
	for i := len(r.tracks) - 1; i >= 0; i-- {
		start, end = r.tracks[i].span(start, end)
	}
	return start, end
}

// Read reads the source of one mail, or of those of an mbox file; ok is false
// where the text is none. The source may stand in a quote or a code fence.
func Read(text string) (r Reading, ok bool) {
	start := opening(text, 0)
	if start < 0 {
		if start = fenced(text); start < 0 {
			return r, false
		}
	}
	src := text
	if quoted(text[start:]) {
		plain := unquote(text, start)
		r.tracks = append(r.tracks, plain)
		src, start = string(plain.text), 0
	}
	w := walker{src: src}
	for start < len(src) {
		end := nextMail(src, start)
		at := fromLine(src, start)
		if !isHeader(src[at:end]) {
			break
		}
		ok = true
		w.entity(at, end, whole, 0)
		start = end
	}
	r.Text, r.Bounce = string(w.out.text), w.bounce
	r.tracks = append(r.tracks, w.out)
	return r, ok
}

// opening gives the start of the first line with text, or -1 where that is not
// built like the first line of a mail: nearly every text that people write.
func opening(text string, at int) int {
	for range 20 { // a mail pasted below more blank lines than that is none
		end := lineEnd(text, at)
		line := strings.TrimLeft(text[at:end], "\ufeff \t\r")
		switch bare := strings.TrimLeft(line, "> "); {
		case bare == "" || strings.HasPrefix(bare, "```"):
			if end == len(text) {
				return -1
			}
			at = end + 1
			continue
		case strings.HasPrefix(bare, "From ") || fieldName(bare) != "":
			return end - len(line)
		}
		return -1
	}
	return -1
}

// fenced gives the same for what stands in a code fence, below a question.
func fenced(text string) int {
	i := strings.Index(text, "```")
	if i < 0 {
		return -1
	}
	return opening(text, i)
}

// fromLine passes over the line that begins a mail in an mbox file. RFC 4155.
func fromLine(src string, at int) int {
	for at < len(src) && (src[at] == '\n' || src[at] == '\r') {
		at++
	}
	if strings.HasPrefix(src[at:], "From ") || strings.HasPrefix(src[at:], ">From ") {
		return min(lineEnd(src, at)+1, len(src))
	}
	return at
}

// nextMail gives the end of a mail: that of the text, or in an mbox file where
// the next one begins.
func nextMail(src string, at int) int {
	if strings.HasPrefix(src[at:], "From ") {
		for from := at + 1; ; {
			i := strings.Index(src[from:], "\n\nFrom ")
			if i < 0 {
				break
			}
			from += i + 2
			if isHeader(src[fromLine(src, from):]) {
				return from
			}
		}
	}
	return len(src)
}

func quoted(text string) bool {
	return strings.HasPrefix(text, ">") && !strings.HasPrefix(text, ">From ")
}

// unquote takes the "> " off every line, as deep as the first line has it.
func unquote(text string, start int) (t track) {
	depth := strings.Count(text[start:start+len(text[start:])-len(strings.TrimLeft(text[start:], "> "))], ">")
	for at := start; at < len(text); {
		end := min(lineEnd(text, at)+1, len(text))
		from := at
		for n := 0; n < depth && from < end && text[from] == '>'; n++ {
			from++
			if from < end && text[from] == ' ' {
				from++
			}
		}
		t.same(text[from:end], from)
		at = end
	}
	return t
}

// lineEnd gives the end of the line about a place, its line feed not included.
func lineEnd(text string, at int) int {
	if end := strings.IndexByte(text[at:], '\n'); end >= 0 {
		return at + end
	}
	return len(text)
}
