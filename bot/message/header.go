package message

import (
	"bufio"
	"strings"

	mail "github.com/emersion/go-message"
	"github.com/emersion/go-message/textproto"
)

// longestHeader bounds how much of a header is read. Mail systems take less:
// Postfix' header_size_limit is 100 KB.
const longestHeader = 256 << 10

// isHeader reports whether a text begins with the header of a mail: two fields
// of one and a body, or, with the body missing, three of those that only mail
// systems write. A block of delivery status fields is none, although they look
// alike: there the fields are the error.
func isHeader(text string) bool {
	end, body := headerEnd(text)
	fields, system := 0, 0
	for at := 0; at < end; {
		next := min(lineEnd(text, at)+1, end)
		switch name := fieldName(text[at:next]); {
		case status(name):
			return false
		case known(name):
			fields++
			if written(name) {
				system++
			}
		}
		if system == 3 && fields > 4 { // nothing else begins so
			return true
		}
		at = next
	}
	return fields >= 2 && body < len(text) || system >= 3
}

// headerEnd gives where a header ends and the body begins: behind the first
// blank line, or at a line that can be no part of a header. RFC 5322, section 2.2.
func headerEnd(text string) (end, body int) {
	for at := 0; at < len(text) && at < longestHeader; {
		stop := lineEnd(text, at)
		next := min(stop+1, len(text))
		line := strings.TrimRight(text[at:stop], " \t\r")
		switch {
		case line == "":
			return at, next
		case line[0] == ' ' || line[0] == '\t': // folded
		case fieldName(line) == "" && !strings.HasPrefix(line, ">From "):
			return at, at
		}
		at = next
	}
	end = min(len(text), longestHeader)
	return end, end
}

// readHeader reads the fields that matter here. Others are left out, and so is
// a line that is no field, for the library would end there.
func readHeader(text string) mail.Header {
	var b strings.Builder
	keep := false
	for line := range strings.Lines(text) {
		if line[0] != ' ' && line[0] != '\t' {
			keep = used(fieldName(line))
		}
		if keep {
			b.WriteString(strings.TrimRight(line, "\r\n"))
			b.WriteByte('\n')
		}
	}
	if b.Len() == 0 {
		return mail.Header{}
	}
	b.WriteByte('\n')
	fields, _ := textproto.ReadHeader(bufio.NewReaderSize(strings.NewReader(b.String()), 512))
	return mail.Header{Header: fields}
}

// used reports whether a field tells how to read a message, or what it is.
func used(name string) bool {
	switch strings.ToLower(name) {
	case "content-type", "content-transfer-encoding", "from", "subject", "return-path", "auto-submitted", "x-failed-recipients":
		return true
	}
	return false
}

// fieldName gives the name of the field that a line begins with, or "".
func fieldName(line string) string {
	for i := 0; i < len(line) && i < 78; i++ {
		switch c := line[i]; {
		case c == ':':
			return line[:i]
		case (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '_':
			return ""
		}
	}
	return ""
}

// known reports whether a field belongs into the header of a mail. RFC 5322,
// section 3.6, and what transports and mailboxes add.
func known(name string) bool {
	if len(name) < 2 || len(name) > 32 {
		return false
	}
	switch strings.ToLower(name) {
	case "from", "to", "cc", "subject", "date", "sent", "reply-to", "sender", "x-original-to", "newsgroups", "path", "xref":
		return true
	}
	return written(name)
}

// written reports whether only a mail system writes such a field.
func written(name string) bool {
	switch strings.ToLower(name) {
	case "received", "return-path", "message-id", "mime-version", "content-type", "content-transfer-encoding", "delivered-to",
		"auto-submitted", "x-failed-recipients", "envelope-to", "delivery-date", "dkim-signature", "arc-seal", "arc-message-signature",
		"arc-authentication-results", "authentication-results", "received-spf", "x-received", "references", "in-reply-to",
		"content-language", "x-mailer", "x-spam-status", "x-spam-score", "thread-topic", "thread-index", "x-envelope-from", "x-envelope-to":
		return true
	}
	return false
}

// status reports whether a field belongs to a delivery status. RFC 3464, section 2.
func status(name string) bool {
	switch strings.ToLower(name) {
	case "final-recipient", "original-recipient", "action", "diagnostic-code", "reporting-mta", "remote-mta":
		return true
	}
	return false
}

// isBounce reports whether a header says that a mail system wrote the message
// about another one. RFC 3464, section 2; RFC 5321, section 4.5.5. An absent
// person's answer comes with an empty return path as well (RFC 3834), so the
// author has to be a system too.
func isBounce(h *mail.Header) bool {
	kind, params := contentType(h)
	if kind == "multipart/report" {
		report := strings.ToLower(params["report-type"])
		return report == "" || report == "delivery-status"
	}
	if h.Has("X-Failed-Recipients") {
		return true
	}
	from := strings.ToLower(h.Get("From"))
	if strings.Contains(from, "mailer-daemon") || strings.Contains(from, "mail delivery s") {
		return true
	}
	subject, _ := h.Text("Subject")
	if returns(strings.ToLower(subject)) {
		return true
	}
	answers := strings.TrimSpace(h.Get("Return-Path")) == "<>" || strings.HasPrefix(strings.ToLower(h.Get("Auto-Submitted")), "auto-")
	return answers && strings.Contains(from, "postmaster")
}

// returns reports whether a subject is one that mail systems give to a bounce:
// Postfix, Exim, Sendmail, qmail, Exchange and Gmail in this order. Whoever
// forwards one puts a word in front.
func returns(subject string) bool {
	for _, begin := range [...]string{
		"undelivered mail returned to sender", "mail delivery failed", "returned mail:", "failure notice", "undeliverable", "delivery status notification (",
	} {
		if strings.HasPrefix(subject, begin) {
			return true
		}
	}
	return false
}

// contentType reads the media type, also where it breaks RFC 2045's grammar:
// a boundary with "=" in it and no quotes is common.
func contentType(h *mail.Header) (kind string, params map[string]string) {
	kind, params, err := h.ContentType()
	if err == nil {
		return kind, params
	}
	value := h.Get("Content-Type")
	kind, rest, _ := strings.Cut(value, ";")
	params = map[string]string{}
	for param := range strings.SplitSeq(rest, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(param), "=")
		params[strings.ToLower(name)] = strings.Trim(value, "\"' \t")
	}
	return strings.ToLower(strings.TrimSpace(kind)), params
}
