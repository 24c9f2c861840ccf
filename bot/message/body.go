package message

import (
	"io"
	"strings"
	"unicode/utf8"

	// go-message (MIT; Simon Ser, also of go-imap and go-smtp, with which he
	// keeps it) reads fields, transfer encodings and charsets. enmime was looked
	// at too: it reads as much, but wants the whole message, tells no places,
	// and brings a dozen modules. With the standard library alone the charsets
	// and the leniency of base64 would be ours. Cost: golang.org/x/text's
	// charset tables, about 1 MB of the binary.
	mail "github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// text adds the body of a part.
func (w *walker) text(start, end int, h mail.Header) {
	if body, ok := w.decode(start, end, h); ok {
		w.out.decoded(body, start, end)
	} else {
		w.out.same(w.src[start:end], start)
	}
	w.out.decoded("\n\n", end, end)
}

// decode undoes a part's transfer encoding and charset; ok is false where the
// source says the same already, or cannot be decoded.
func (w *walker) decode(start, end int, h mail.Header) (body string, ok bool) {
	source := w.src[start:end]
	_, params := contentType(&h)
	encoding := strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding")))
	charset := strings.ToLower(params["charset"])
	if charset == "" || charset == "us-ascii" {
		if strings.Contains(source, "\x1b$B") { // Japanese systems leave the charset out. RFC 1468.
			charset = "iso-2022-jp"
		}
	}
	switch encoding {
	case "base64", "quoted-printable":
	default:
		if !converts(source, charset) {
			return "", false
		}
		encoding = "8bit"
	}
	var fields mail.Header // the library's view of the part, without what it would stumble over
	fields.Set("Content-Transfer-Encoding", encoding)
	fields.SetContentType("text/plain", map[string]string{"charset": charset})
	if charset == "" {
		fields.SetContentType("text/plain", nil)
	}
	entity, err := mail.New(fields, strings.NewReader(source))
	if err != nil && (encoding == "8bit" || !mail.IsUnknownCharset(err)) {
		return "", false
	}
	decoded, err := io.ReadAll(entity.Body)
	if err != nil && (encoding != "base64" || len(decoded) == 0) {
		return "", false // the source says more than half of it; base64 cut short is good so far
	}
	return string(decoded), true
}

// converts reports whether a charset gives an unencoded text another form.
func converts(source, charset string) bool {
	switch {
	case charset == "" || charset == "us-ascii" || charset == "utf-8" || charset == "utf8":
		return false
	case strings.HasPrefix(charset, "iso-2022") || strings.HasPrefix(charset, "hz") || strings.HasPrefix(charset, "utf-16"):
		return true
	}
	// What is valid UTF-8 all through is UTF-8, whatever the header says of it.
	return !utf8.ValidString(source)
}

// html adds what a reader sees of an HTML part.
func (w *walker) html(start, end int, h mail.Header) {
	body, decoded := w.decode(start, end, h)
	if !decoded {
		body = w.src[start:end]
	}
	z := html.NewTokenizer(strings.NewReader(body))
	at, hidden := 0, atom.Atom(0)
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		from := at
		at += len(z.Raw())
		stretch := func(text string) {
			if decoded {
				w.out.decoded(text, start, end)
			} else {
				w.out.decoded(text, start+from, start+at)
			}
		}
		switch kind {
		case html.TextToken:
			if hidden != 0 {
				continue
			}
			if raw := string(z.Raw()); !decoded && !strings.Contains(raw, "&") {
				w.out.same(raw, start+from)
			} else {
				stretch(string(z.Text()))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			switch {
			case kind == html.StartTagToken && hidden == 0 && (tag == atom.Style || tag == atom.Script || tag == atom.Title):
				hidden = tag
			case kind == html.EndTagToken && tag == hidden:
				hidden = 0
			case hidden == 0 && breaks(tag):
				stretch("\n")
			}
		}
	}
	w.out.decoded("\n\n", end, end)
}

// breaks reports whether a tag begins a new line.
func breaks(tag atom.Atom) bool {
	switch tag {
	case atom.Br, atom.P, atom.Div, atom.Tr, atom.Table, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.H1, atom.H2, atom.H3, atom.H4,
		atom.H5, atom.H6, atom.Pre, atom.Blockquote, atom.Hr, atom.Section, atom.Body, atom.Td, atom.Th:
		return true
	}
	return false
}
