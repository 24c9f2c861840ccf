package bot

import (
	"regexp"
	"strings"
	"testing"

	"smtpbot/catalog"
)

// coded finds what a simple bot would go by. It is the yardstick, no part of
// the program.
var coded = regexp.MustCompile(`(?i)\b[45]\d\d[ -](?:#?[45]\.\d{1,3}\.\d{1,3}\b)?|\b[45]\.\d{1,3}\.\d{1,3}\b`)

// errorLine is how Postfix quotes a refusal.
const errorLine = "host mx.dest.example[192.0.2.10] said: 550 5.1.1 <jo@dest.example>: Recipient address rejected: User unknown (in reply to RCPT TO command)"

// bounceMail is a bounce of about 6 KB: the readable part, the report of RFC
// 3464, and the message that came back, the most of it header fields.
func bounceMail() string {
	var b strings.Builder
	b.WriteString("Received: by mail.example.com (Postfix)\n\tid 4F1A2B3C4D; Tue,  3 Mar 2026 09:12:44 +0000 (UTC)\n" +
		"Date: Tue,  3 Mar 2026 09:12:44 +0000 (UTC)\nFrom: MAILER-DAEMON@mail.example.com (Mail Delivery System)\n" +
		"Subject: Undelivered Mail Returned to Sender\nTo: ann@example.com\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n" +
		"Content-Type: multipart/report; report-type=delivery-status;\n\tboundary=\"4F1A2B3C4D.1772529164/mail.example.com\"\n" +
		"Message-Id: <20260303091244.5E6F7A8B9C@mail.example.com>\n\n" +
		"--4F1A2B3C4D.1772529164/mail.example.com\nContent-Description: Notification\nContent-Type: text/plain; charset=us-ascii\n\n" +
		"This is the mail system at host mail.example.com.\n\nYour message could not be handed over to the recipient below. The rest\n" +
		"of this report says what the other side answered; your own copy is attached.\n\n" +
		"<jo@dest.example>: " + strings.ReplaceAll(errorLine, " <jo", "\n    <jo") + "\n\n" +
		"--4F1A2B3C4D.1772529164/mail.example.com\nContent-Description: Delivery report\nContent-Type: message/delivery-status\n\n" +
		"Reporting-MTA: dns; mail.example.com\nX-Postfix-Queue-ID: 4F1A2B3C4D\nX-Postfix-Sender: rfc822; ann@example.com\n" +
		"Arrival-Date: Tue,  3 Mar 2026 09:12:40 +0000 (UTC)\n\nFinal-Recipient: rfc822; jo@dest.example\nOriginal-Recipient: rfc822;jo@dest.example\n" +
		"Action: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.dest.example\nDiagnostic-Code: smtp; 550 5.1.1 <jo@dest.example>: Recipient address rejected:\n    User unknown\n\n" +
		"--4F1A2B3C4D.1772529164/mail.example.com\nContent-Description: Undelivered Message Headers\nContent-Type: text/rfc822-headers\n\nReturn-Path: <ann@example.com>\n")
	for n := 0; b.Len() < 5700; n++ {
		b.WriteString("Received: from relay" + string(rune('a'+n)) + ".example.com (relay.example.com [198.51.100.7])\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\n" +
			"\tby mail.example.com (Postfix) with ESMTPS id 7C8D9E0F1A\n\tfor <jo@dest.example>; Tue,  3 Mar 2026 09:12:40 +0000 (UTC)\n")
	}
	b.WriteString("From: Ann <ann@example.com>\nTo: Jo <jo@dest.example>\nSubject: the minutes of Monday\nDate: Tue, 3 Mar 2026 10:12:38 +0100\n" +
		"Message-ID: <a1b2c3d4@example.com>\nContent-Type: text/plain; charset=utf-8\n\n--4F1A2B3C4D.1772529164/mail.example.com--\n")
	return b.String()
}

// BenchmarkAnswer measures what a paste costs, up to the card.
func BenchmarkAnswer(b *testing.B) {
	bot, err := catalogBot()
	if err != nil {
		b.Fatal(err)
	}
	e := bot.Catalog().Edition(catalog.English)
	for _, row := range []struct{ name, text string }{{"line", errorLine}, {"bounce", bounceMail()}} {
		b.Run(row.name, func(b *testing.B) {
			b.SetBytes(int64(len(row.text)))
			b.ReportAllocs()
			for b.Loop() {
				found := bot.Explain(e, row.text).Findings
				if len(found) == 0 {
					b.Fatal("nothing found")
				}
				bot.Answer(e, found)
			}
		})
		b.Run(row.name+" by regexp", func(b *testing.B) {
			b.SetBytes(int64(len(row.text)))
			for b.Loop() {
				coded.FindAllString(row.text, -1)
			}
		})
	}
}

func catalogBot() (*Bot, error) {
	c, err := catalog.Load(catalog.Files())
	if err != nil {
		return nil, err
	}
	return New(c, nil, Options{}), nil
}
