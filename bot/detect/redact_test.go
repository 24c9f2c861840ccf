package detect

import (
	"strings"
	"testing"
	"time"
)

func TestRedact(t *testing.T) {
	rows := []struct{ protects, text, want string }{
		{"an address", "550 5.1.1 <jo@dest.example>: User unknown", "550 5.1.1 <…@dest.example>: User unknown"},
		{"an address without brackets", "to jo.smith+list@dest.example.", "to …@dest.example."},
		{"an address with a scheme", "mailto:jo@dest.example", "mailto:…@dest.example"},
		{"a quoted local part", `<"jo smith"@dest.example>`, `<…@dest.example>`},
		{"a return path that holds another address", "<b-jo=dest.example@list.example>", "<…@list.example>"},
		{"an address in a URL", "https://check.example/?a=jo%40dest.example", "https:…%40dest.example"},
		{"an address in another script", "<почта@dest.example>", "<…@dest.example>"},
		{"a message id", "message-id=<20260303.091244.550@mail.shop.example>", "message-id=<…@mail.shop.example>"},
		{"the sender's IPv4 address", "from unknown[192.0.2.7]:25", "from unknown[…]:25"},
		{"the sender's IPv6 address", "[IPv6:2001:db8::7] and 2001:db8:0:0:0:0:0:1.", "[…] and …."},
		{"an IP address inside a host's name", "host-192-0-2-7.dyn.shop.example", "…"},
		{"Postfix' queue id", "postfix/smtp[99]: 4F7ZxQ1b2cz9: to=<jo@dest.example>", "postfix/smtp[99]: …: to=<…@dest.example>"},
		{"a short queue id", "postfix/smtp[99]: 550AA5511: removed", "postfix/smtp[99]: …: removed"},
		{"Exim's message id", "1tpQrS-0000AB-Cd ** x", "… ** x"},
		{"Sendmail's queue id", "sendmail[99]: t8D2Lrr0011671: x", "sendmail[99]: …: x"},
		{"a Gmail transaction", "a12-20020a170902b10c00b001d5e8f3c4aasi123456plr.42 - gsmtp", "… - gsmtp"},
		{"a login", "AUTH PLAIN AGpvAGE=", "AUTH PLAIN …"},
		{"a line of a login", "334 VXNlcm5hbWU6\nam9AZGVzdA==", "334 …\n…"},
		{"a user name", "sasl_method=PLAIN, sasl_username=jo", "sasl_method=PLAIN, sasl_username=…"},
		{"a password", "password: hunter2", "password: …"},
		{"a bearer's token", "Authorization: Bearer abc", "Authorization: Bearer …"},
		{"an API key", "api_key=abc SG.aBcDeFgHiJkLmNoPqR.sTuVwXyZaBcDeF", "api_key=… …"},
		{"a Slack token", "xoxb-1234567890-abcdefABCDEF", "…"},
		{"a telephone number", "call 0123456789", "call …"},
		{"nothing of a reply", "550-5.7.26 Unauthenticated email from shop.example is not accepted", "550-5.7.26 Unauthenticated email from shop.example is not accepted"},
		{"nothing of a host name", "host mx01-eu2.dest.example said: 421 4.7.0 [TS01]", "host mx01-eu2.dest.example said: 421 4.7.0 [TS01]"},
		{"nothing of Exchange's words", "#550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found ##", "#550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found ##"},
		{"nothing of a time", "2026-03-03T09:12:44 Mar  3 09:12:44", "2026-03-03T09:12:44 Mar  3 09:12:44"},
		{"nothing of other scripts", "メールボックスがいっぱいです", "メールボックスがいっぱいです"},
		{"nothing", "", ""},
	}
	for _, row := range rows {
		t.Run(row.protects, func(t *testing.T) {
			if got := Redact(row.text); got != row.want {
				t.Errorf("%q became %q; want %q", row.text, got, row.want)
			}
			if got := Redact(row.want); got != row.want {
				t.Errorf("the second time it became %q", got)
			}
		})
	}
}

// TestNamesHoldNoLocalPart looks for a person in what a finding carries over,
// where an address has no domain that could stand there in its place.
func TestNamesHoldNoLocalPart(t *testing.T) {
	for _, text := range []string{
		"550 5.7.1 Unauthenticated email from jo.smith@localhost is not accepted",
		"550 5.7.1 Unauthenticated email from jo.smith+list@localhost is not accepted",
		"554 5.7.1 sending domain jo.smith@localhost was refused by our policy",
		"host jo.smith@localhost said: 550 5.1.1 User unknown",
		"550 5.1.1 <jo.smith@localhost>: User unknown",
		"to=<jo.smith@localhost>, relay=jo.smith@mx, dsn=5.1.1, status=bounced (550 5.1.1 jo.smith@localhost unknown user)",
		"554 5.7.1 blocked using jo.smith@lists",
		"Final-Recipient: rfc822; jo.smith@localhost\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; jo.smith@mx\nDiagnostic-Code: smtp; 550 5.1.1 unknown user",
	} {
		found := detector().Scan(text)
		if len(found) == 0 {
			t.Errorf("nothing is found in %q", text)
		}
		for _, f := range found {
			for _, key := range []string{"domain", "sender", "host", "list"} {
				name := f.Names.Value(key)
				if strings.Contains(name, "smith") {
					t.Errorf("%q: the name of the %s is %q", text, key, name)
				}
			}
		}
	}
}

func TestRedactIsLinear(t *testing.T) {
	for _, piece := range []string{"@", "a@", `"`, `"a`, "%40", "1.", "1-", "::", "a=", "a:", "password:", "0", "aB", "é"} {
		text := strings.Repeat(piece, 1<<20/len(piece))
		began := time.Now()
		Redact(text)
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("1 MB of %q took %v", piece, took)
		}
	}
}

// FuzzRedact looks for an address that survives.
func FuzzRedact(f *testing.F) {
	seed(f)
	for _, s := range []string{"jo@dest.example", `"jo"@dest.example`, `""@`, "a%40b", "a:b@c:d@e", "@@", "…@x", "x…@y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		out := Redact(text)
		for rest, at := out, 0; ; {
			i := strings.IndexByte(rest, '@')
			if i < 0 {
				break
			}
			before := strings.TrimRight(out[:at+i], gone)
			if n := len(before); n > 0 && !separates(before[n-1]) && before[n-1] != ':' {
				t.Fatalf("%q: in %q an address survives before %d", text, out, at+i)
			}
			at += i + 1
			rest = out[at:]
		}
	})
}

func BenchmarkRedact(b *testing.B) {
	const line = "Mar  3 09:12:44 mail postfix/smtp[99]: 4F7ZxQ1b2cz9: to=<jo@dest.example>, relay=mx.dest.example[192.0.2.10]:25, delay=1, status=bounced (host mx.dest.example[192.0.2.10] said: 550 5.1.1 <jo@dest.example>: User unknown)"
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		Redact(line)
	}
}
