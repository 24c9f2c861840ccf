package message

import (
	"bytes"
	"strings"

	mail "github.com/emersion/go-message"
)

// Bounds against a message made to hurt. A bounce has three parts, some
// systems nest them two deep.
const (
	deepest   = 8
	mostParts = 200
)

// place says what a part is a part of.
type place int

const (
	whole    place = iota // it is the message itself
	mixed                 // a multipart of any kind
	reported              // multipart/report: a message in it is the one that came back
)

// walker reads a message part by part. The cuts between them are its own work,
// for the places in the source are needed, which no library tells.
type walker struct {
	src    string
	out    track
	bounce bool
	parts  int
}

// entity reads a message or a part of one, header first.
func (w *walker) entity(start, end int, in place, depth int) {
	if w.parts++; w.parts > mostParts {
		return
	}
	text := w.src[start:end]
	stop, body := 0, 0
	if in == whole || partHeader(text) {
		stop, body = headerEnd(text)
	}
	h := readHeader(text[:stop])
	if in == whole {
		w.bounce = w.bounce || isBounce(&h)
		w.failed(&h, start, start+stop)
	}
	start += body
	kind, params := contentType(&h)
	family, _, _ := strings.Cut(kind, "/")
	switch {
	case family == "multipart" && depth < deepest:
		w.multipart(start, end, kind, params["boundary"], depth)
	case kind == "message/rfc822" || kind == "message/global":
		// The message that came back is no evidence; a bounce that somebody
		// attached is.
		if in != reported && depth < deepest {
			w.attached(start, end, depth)
		}
	case kind == "text/rfc822-headers" || kind == "text/rfc822-header" || kind == "message/global-headers":
	case kind == "text/html":
		w.html(start, end, h)
	case family == "text", family == "message", family == "multipart", !strings.Contains(kind, "/"):
		w.text(start, end, h)
	}
}

// partHeader reports whether a part begins with a header of its own. Broken
// ones begin with their text.
func partHeader(text string) bool {
	line := strings.TrimRight(text[:lineEnd(text, 0)], " \t\r")
	name := strings.ToLower(fieldName(line))
	return line == "" || strings.HasPrefix(name, "content-") || strings.HasPrefix(name, "x-") || known(name)
}

// multipart reads the parts of a body. RFC 2046, section 5.1.
func (w *walker) multipart(start, end int, kind, boundary string, depth int) {
	parts := w.cut(start, end, boundary)
	if len(parts) == 0 { // the boundary is not there: a truncated paste
		w.text(start, end, mail.Header{})
		return
	}
	in := mixed
	if kind == "multipart/report" {
		in = reported
	}
	for _, p := range parts {
		before := len(w.out.text)
		w.entity(p[0], p[1], in, depth+1)
		if kind == "multipart/alternative" && len(bytes.TrimSpace(w.out.text[before:])) > 0 {
			return // the others say the same
		}
	}
}

// cut finds the parts between boundary lines. The last one may lack its end.
func (w *walker) cut(start, end int, boundary string) (parts [][2]int) {
	if boundary == "" {
		return nil
	}
	from := -1
	for at := start; at < end; {
		stop := min(lineEnd(w.src, at), end)
		next := min(stop+1, end)
		if line, ok := strings.CutPrefix(w.src[at:stop], "--"); ok {
			if rest, ok := strings.CutPrefix(line, boundary); ok {
				rest = strings.TrimRight(rest, " \t\r")
				if rest == "" || rest == "--" {
					if from >= 0 {
						parts = append(parts, [2]int{from, at})
					}
					from = next
					if rest == "--" || len(parts) > mostParts {
						return parts
					}
				}
			}
		}
		at = next
	}
	if from >= 0 && from < end {
		parts = append(parts, [2]int{from, end})
	}
	return parts
}

// attached reads a message that is attached, if that is a bounce.
func (w *walker) attached(start, end, depth int) {
	stop, _ := headerEnd(w.src[start:end])
	h := readHeader(w.src[start : start+stop])
	if isBounce(&h) {
		w.entity(start, end, whole, depth+1)
	}
}

// failed keeps the addresses of Exim's field that names the recipients: its
// older bounces have no other. Addresses alone can be no error of their own.
func (w *walker) failed(h *mail.Header, start, end int) {
	var who []string
	for _, word := range strings.FieldsFunc(h.Get("X-Failed-Recipients"), func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }) {
		if strings.Contains(word, "@") {
			who = append(who, word)
		}
	}
	if len(who) > 0 {
		w.out.decoded("X-Failed-Recipients: "+strings.Join(who, ", ")+"\n\n", start, end)
	}
}
