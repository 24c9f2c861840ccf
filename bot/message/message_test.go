package message

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

const header = "From: a@shop.example\nTo: jo@dest.example\nMIME-Version: 1.0\n"

func TestReadTellsMailFromOtherText(t *testing.T) {
	rows := []struct {
		name, text string
		ok         bool
	}{
		{"two fields and a body", "From: a@shop.example\nSubject: x\n\nbody", true},
		{"below blank lines and a fence", "\n\n```\nFrom: a@shop.example\nSubject: x\n\nbody\n```", true},
		{"a fence below a question", "What is this?\n```\nFrom: a@shop.example\nSubject: x\n\nbody\n```", true},
		{"a fence with a delivery status", "What is this?\n```\nAction: failed\nStatus: 5.1.1\n\n```", false},
		{"a quote", "> From: a@shop.example\n> Subject: x\n>\n> body", true},
		{"with a byte order mark", "\ufeffFrom: a@shop.example\nSubject: x\n\nbody", true},
		{"line ends of CR LF", "From: a@shop.example\r\nSubject: x\r\n\r\nbody", true},
		{"an mbox line", "From MAILER-DAEMON Tue Mar  3 09:12:44 2026\nFrom: a@shop.example\nSubject: x\n\nbody", true},
		{"a header of a mail system without its body", "Return-Path: <>\nReceived: x\nMessage-ID: <1@shop.example>\n", true},
		{"a field of a provider's own first", "X-Any-Thing: x\nFrom: a@shop.example\nSubject: x\n\nbody", true},
		{"one field", "Subject: mail bounces\n\n550 5.1.1 User unknown", false},
		{"fields and nothing behind them", "From: a@shop.example\nSubject: x\n", false},
		{"a delivery status", "Final-Recipient: rfc822; jo@dest.example\nAction: failed\n\nx", false},
		{"a delivery status below a subject", "Subject: x\nTo: jo@dest.example\nAction: failed\nStatus: 5.1.1\n\nx", false},
		{"chat", "From what I see this is 550 5.1.1", false},
		{"nothing", "", false},
		{"quote marks alone", "> > >\n> ", false},
	}
	for _, row := range rows {
		if _, ok := Read(row.text); ok != row.ok {
			t.Errorf("%s: %t; want %t", row.name, ok, row.ok)
		}
	}
}

func TestReadKeepsWhatAPersonWouldRead(t *testing.T) {
	part := func(kind, body string) string { return "--b\nContent-Type: " + kind + "\n\n" + body + "\n" }
	rows := []struct {
		name, text, has, lacks string
	}{
		{"headers", header + "Subject: secret\n\nbody", "body", "secret"},
		{"koi8-r", header + "Content-Type: text/plain; charset=koi8-r\n\n\xce\xc5\xd4", "нет", ""},
		{"gb2312", header + "Content-Type: text/plain; charset=gb2312\n\n\xd3\xca\xcf\xe4", "邮箱", ""},
		{"windows-1252 in quoted-printable", header + "Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n\n=80 caf=E9", "€ café", "=E9"},
		{"iso-2022-jp", header + "Content-Type: text/plain; charset=iso-2022-jp\n\n\x1b$B08@h\x1b(B", "宛先", "\x1b"},
		{"a charset that is none", header + "Content-Type: text/plain; charset=x-none\nContent-Transfer-Encoding: base64\n\nYm9keQ==", "body", ""},
		{"UTF-8 under another name", header + "Content-Type: text/plain; charset=iso-8859-1\n\ncafé", "café", ""},
		{"quoted-printable that is broken", header + "Content-Transfer-Encoding: quoted-printable\n\n=ZZ 550 5.1.1 x", "550 5.1.1 x", ""},
		{"a content type that is broken", header + "Content-Type: text/html; charset=\n\n<p>a</p>", "a", "<p>"},
		{"a part without a header", header + "Content-Type: multipart/mixed; boundary=b\n\n--b\nReason: no\n--b--", "Reason: no", ""},
		{"a preamble", header + "Content-Type: multipart/mixed; boundary=b\n\nfor old programs\n" + part("text/plain", "body"), "body", "old"},
		{"an attachment", header + "Content-Type: multipart/mixed; boundary=b\n\n" + part("application/pdf", "550 5.1.1") + part("text/plain", "body"), "body", "550"},
		{"the headers that came back", header + "Content-Type: multipart/report; boundary=b\n\n" + part("text/plain", "body") + part("text/rfc822-headers", "Subject: old"), "body", "old"},
		{"the message that came back", header + "Content-Type: multipart/report; boundary=b\n\n" + part("text/plain", "body") + part("message/rfc822", "From: MAILER-DAEMON\n\nold"), "body", "old"},
		{"a message that somebody attached", header + "Content-Type: multipart/mixed; boundary=b\n\n" + part("text/plain", "body") + part("message/rfc822", "From: jo@dest.example\n\nold"), "body", "old"},
		{"styles", header + "Content-Type: text/html\n\n<style>a{b:550}</style><p>one</p>two", "one\n", "550"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			r, ok := Read(row.text)
			if !ok || !strings.Contains(r.Text, row.has) || row.lacks != "" && strings.Contains(r.Text, row.lacks) {
				t.Errorf("%t %q; want %q and not %q", ok, r.Text, row.has, row.lacks)
			}
		})
	}
}

func TestReadKnowsABounce(t *testing.T) {
	rows := []struct {
		header string
		bounce bool
	}{
		{"Content-Type: multipart/report; report-type=delivery-status; boundary=x", true},
		{"Content-Type: multipart/report; report-type=feedback-report; boundary=x", false},
		{"Content-Type: multipart/report; report-type=disposition-notification; boundary=x", false},
		{"X-Failed-Recipients: jo@dest.example", true},
		{"From: Mail Delivery Subsystem <mailer-daemon@mail.shop.example>", true},
		{"From: postmaster@mail.shop.example\nReturn-Path: <>", true},
		{"From: postmaster@mail.shop.example", false},
		{"From: jo@dest.example\nReturn-Path: <>\nAuto-Submitted: auto-replied", false},
		{"Subject: =?utf-8?Q?Undeliverable:_your_offer?=", true},
		{"Subject: Re: failure notice", false},
	}
	for _, row := range rows {
		r, ok := Read("To: a@shop.example\nDate: Tue, 3 Mar 2026 09:12:44 +0000\n" + row.header + "\n\nbody")
		if !ok || r.Bounce != row.bounce {
			t.Errorf("%s: %t, bounce %t; want %t", row.header, ok, r.Bounce, row.bounce)
		}
	}
}

// TestReadIsBounded gives it mails that are made to cost time.
func TestReadIsBounded(t *testing.T) {
	const size = 1 << 20
	nested := header
	for i := range 5000 {
		nested += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	rows := []struct{ name, text string }{
		{"nested multiparts", nested},
		{"parts", header + "Content-Type: multipart/alternative; boundary=b\n\n" + strings.Repeat("--b\n\n\n", size/7)},
		{"boundaries", header + "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n", size/4)},
		{"nearly boundaries", header + "Content-Type: multipart/mixed; boundary=" + strings.Repeat("b", 60) + "\n\n" + strings.Repeat("--"+strings.Repeat("b", 59)+"\n", size/62)},
		{"a header without end", header + strings.Repeat("X-A: b\n", size/7)},
		{"a folded line", header + "X-A: b\n" + strings.Repeat(" b\n", size/3)},
		{"mbox lines", strings.Repeat("From a@shop.example\nSubject: x\n\n", size/32)},
		{"mails of an mbox file", strings.Repeat("From a@shop.example\nSubject: x\nTo: y\n\nbody\n\n", size/44)},
		{"open tags", header + "Content-Type: text/html\n\n" + strings.Repeat("<a ", size/3)},
		{"comments", header + "Content-Type: text/html\n\n" + strings.Repeat("<!--", size/4)},
		{"quote marks", "> From: a\n> To: b\n>\n" + strings.Repeat(">", size)},
	}
	for _, row := range rows {
		began := time.Now()
		r, _ := Read(row.text)
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("%s: %d bytes took %v", row.name, len(row.text), took)
		}
		if len(r.Text) > 2*len(row.text) {
			t.Errorf("%s: %d bytes became %d", row.name, len(row.text), len(r.Text))
		}
	}
}

// FuzzRead reads anything. Every stretch of what comes out lies in the source.
func FuzzRead(f *testing.F) {
	if data, err := os.ReadFile("../testdata/mail/eml.txtar"); err == nil {
		for piece := range strings.SplitSeq(string(data), "\n-- ") {
			_, text, _ := strings.Cut(piece, " --\n")
			f.Add(text)
			f.Add(strings.ReplaceAll(text, "\n", "\r\n"))
		}
	}
	for _, s := range []string{"", "From ", "From: a\nTo: b\n\n", "> From: a\n> To: b\n>\n>", ">From: a\nTo:\n\n\n", header + "Content-Type: text/html\n\n&amp;<p>&#x35;50"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, _ := Read(text)
		last := 0
		step := max(1, len(r.Text)/200)
		for at := 0; at < len(r.Text); at += step {
			start, end := r.Span(at, min(at+step, len(r.Text)))
			if start < 0 || end < start || end > len(text) || start < last {
				t.Fatalf("%d of the text is %d to %d of %d, after %d", at, start, end, len(text), last)
			}
			last = start
		}
	})
}

func BenchmarkReadChat(b *testing.B) {
	const text = "Has anybody an idea why the queue on mx2 grows since this morning? Nothing in the log that I would call an error.\nFrom what I see all of it goes to one domain."
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Read(text)
	}
}

func BenchmarkReadBounce(b *testing.B) {
	text := header + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n" + strings.Repeat("The server said no to it.\n", 100) +
		"--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; jo@dest.example\nStatus: 5.1.1\n\n--b\nContent-Type: message/rfc822\n\n" + strings.Repeat("X-A: b\n", 300) + "--b--\n"
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Read(text)
	}
}
