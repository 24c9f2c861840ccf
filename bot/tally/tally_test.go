package tally

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"smtpbot/bot/detect"
	"smtpbot/catalog"
)

func scan(t testing.TB) Scan {
	t.Helper()
	c, err := catalog.Load(catalog.Files())
	if err != nil {
		t.Fatal(err)
	}
	return detect.New(c).Scan
}

// forms are lines of mail logs, an error each, as each system writes them.
var forms = []struct{ system, line, want string }{
	{"Postfix smtp", `Mar  3 09:12:44 mail postfix/smtp[99]: 550AA5511: to=<jo@dest.example>, relay=mx.dest.example[192.0.2.10]:25, delay=1.2, delays=0.1/0/0.5/0.6, dsn=5.1.1, status=bounced (host mx.dest.example[192.0.2.10] said: 550 5.1.1 <jo@dest.example>: Recipient address rejected: User unknown (in reply to RCPT TO command))`, "550 5.1.1 mailbox-unknown mx.dest.example"},
	{"Postfix smtpd", `2026-03-03T09:12:44.123456+00:00 mail postfix/smtpd[99]: NOQUEUE: reject: RCPT from unknown[192.0.2.7]: 554 5.7.1 <jo@dest.example>: Relay access denied; from=<a@shop.example> to=<jo@dest.example> proto=ESMTP helo=<shop.example>`, "554 5.7.1 relay-denied dest.example"},
	{"Postfix without a reply", `Mar  3 09:12:44 mail postfix/smtp[99]: 550AA5511: to=<jo@dest.example>, relay=none, delay=30, delays=0/0/30/0, dsn=4.4.1, status=deferred (connect to mx.dest.example[192.0.2.10]:25: Connection timed out)`, " 4.4.1 network mx.dest.example"},
	{"Exim", `2026-03-03 09:12:44 1tpQrS-0000AB-Cd ** jo@dest.example R=dnslookup T=remote_smtp H=mx.dest.example [192.0.2.10]: SMTP error from remote mail server after RCPT TO:<jo@dest.example>: 550 5.1.1 User unknown`, "550 5.1.1 mailbox-unknown mx.dest.example"},
	{"Exim deferred", `2026-03-03 09:12:44 1tpQrS-0000AB-Cd == jo@dest.example R=dnslookup T=remote_smtp defer (-44) H=mx.dest.example [192.0.2.10]: SMTP error from remote mail server after RCPT TO:<jo@dest.example>: 451 4.7.1 Greylisted, please try again in 300 seconds`, "451 4.7.1 greylisted mx.dest.example"},
	{"Sendmail", `Mar  3 09:12:44 mail sendmail[99]: t8D2Lrr0011671: to=<jo@dest.example>, delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=120000, relay=mx.dest.example. [192.0.2.10], dsn=5.2.2, stat=Service unavailable: 552 5.2.2 Mailbox full`, "552 5.2.2 mailbox-full mx.dest.example"},
	{"qmail", `@4000000067c5747c0a1b2c3d delivery 55: failure: 192.0.2.10_does_not_like_recipient./Remote_host_said:_550_5.1.1_User_unknown/Giving_up_on_192.0.2.10./`, "550 5.1.1 mailbox-unknown "},
	{"OpenSMTPD", `Mar  3 09:12:44 mail smtpd[99]: 0a1b2c3d4e5f6071 mta delivery evpid=0a1b2c3d4e5f607182 from=<a@shop.example> to=<jo@dest.example> rcpt=<-> source="192.0.2.7" relay="192.0.2.10 (mx.dest.example)" delay=1s result="PermFail" stat="550 5.1.1 <jo@dest.example>: Recipient address rejected: User unknown"`, "550 5.1.1 mailbox-unknown dest.example"},
	{"Exchange's tracking log", `2026-03-03T09:12:44.123Z,192.0.2.7,EXCH1,,,"{[{LRT=};{LED=550 5.1.1 <jo@dest.example>: Recipient address rejected: User unknown};{FQDN=};{IP=}]}",Outbound,SMTP,FAIL,5501,<1@shop.example>,jo@dest.example`, "550 5.1.1 mailbox-unknown dest.example"},
	{"Exchange's protocol log", `2026-03-03T09:12:44.123Z,Outbound,08DC3B5500000001,12,192.0.2.7:25001,192.0.2.10:25,<,550 5.7.1 Relay access denied,`, "550 5.7.1 relay-denied "},
	{"PowerMTA's accounting", `b,2026-03-03 09:12:44+0000,2026-03-03 09:12:40+0000,a@shop.example,jo@dest.example,,failed,5.1.1 (bad destination mailbox address),smtp;550 5.1.1 User unknown,mx.dest.example (192.0.2.10),bad-mailbox,smtp,shop.example`, "550 5.1.1 mailbox-unknown "},
	{"Haraka", `2026-03-03T09:12:44.123Z [NOTICE] [0A1B2C3D-5501.1.1] [outbound] bounced host="mx.dest.example" ip=192.0.2.10 port=25 response="550 5.1.1 User unknown"`, "550 5.1.1 mailbox-unknown "},
	{"MDaemon", `Tue 2026-03-03 09:12:44.123: [55:1] <-- 550 5.1.1 <jo@dest.example>, Recipient unknown`, "550 5.1.1 mailbox-unknown dest.example"},
	{"hMailServer", `"SMTPC"	99	55	"2026-03-03 09:12:44.123"	"192.0.2.10"	"RECEIVED: 550 5.1.1 User unknown"`, "550 5.1.1 mailbox-unknown "},
	{"Courier", `Mar  3 09:12:44 mail courieresmtp: id=000055.67c5747c.0001,from=<a@shop.example>,addr=<jo@dest.example>: 550 5.1.1 User unknown`, "550 5.1.1 mailbox-unknown dest.example"},
	{"docker compose", `postfix-1  | Mar  3 09:12:44 mail postfix/smtp[99]: 550AA5511: to=<jo@dest.example>, relay=mx.dest.example[192.0.2.10]:25, dsn=4.7.0, status=deferred (host mx.dest.example[192.0.2.10] said: 421 4.7.0 Too many connections)`, "421 4.7.0 too-many-connections mx.dest.example"},
}

// TestReadKnowsLogs sums up a log of each system: ten lines of it are a log,
// and its error is found, once for each line.
func TestReadKnowsLogs(t *testing.T) {
	find := scan(t)
	for _, form := range forms {
		t.Run(form.system, func(t *testing.T) {
			log := strings.Repeat(form.line+"\n", 10)
			if !IsLog([]byte(log)) {
				t.Error("it is not taken for a log")
			}
			s, err := Read(context.Background(), strings.NewReader(log), find, nil)
			if err != nil || len(s.Kinds) != 1 || s.Errors != 10 || s.Lines != 10 || s.Kinds[0].Times != 10 || s.Kinds[0].Line != 1 {
				t.Fatalf("%v: %+v", err, s)
			}
			k := s.Kinds[0]
			if got := fmt.Sprintf("%s %s %s %s", k.Reply, k.Enhanced, k.Cause, k.Host); got != form.want {
				t.Errorf("%q; want %q", got, form.want)
			}
			if strings.Contains(k.Sample, "jo@") || strings.Contains(k.Sample, "192.0.2") {
				t.Errorf("the sample tells too much: %s", k.Sample)
			}
		})
	}
}

func TestIsLog(t *testing.T) {
	line := forms[0].line + "\n"
	rows := []struct {
		name, text string
		log        bool
	}{
		{"nine lines", strings.Repeat(line, 9), false},
		{"ten lines", strings.Repeat(line, 10), true},
		{"the last one cut", strings.Repeat(line, 10) + line[:8], true},
		{"comments above", strings.Repeat("#Fields: date-time\n", 20) + strings.Repeat(line, 10), true},
		{"some lines without a time", strings.Repeat(line+line+"  and more\n", 10), true},
		{"most lines without a time", strings.Repeat(line+"and more\nand more\n", 10), false},
		{"seconds since 1970", strings.Repeat("1772529164.123456 delivery 1: x\n", 10), true},
		{"a bounce", strings.Repeat("Received: from mx.dest.example; Tue, 3 Mar 2026 09:12 +0000\n", 10), false},
		{"prose", strings.Repeat("The meeting is at 10:30 in room 550.\n", 30), false},
		{"nothing", "", false},
	}
	for _, row := range rows {
		if got := IsLog([]byte(row.text)); got != row.log {
			t.Errorf("%s: %t; want %t", row.name, got, row.log)
		}
	}
}

func TestReadCountsAndSorts(t *testing.T) {
	rare, common, fine := forms[5].line, forms[0].line, "Mar  3 09:12:44 mail postfix/qmgr[99]: 550AA5511: removed"
	log := strings.Join([]string{fine, rare, common, fine, common, strings.Repeat("x", 200_000), common}, "\r\n")
	s, err := Read(context.Background(), strings.NewReader(log), scan(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		Times, Line int
		Evidence    string
	}
	var got []row
	for _, k := range s.Kinds {
		got = append(got, row{k.Times, k.Line, log[k.Start:min(k.End, k.Start+9)]})
	}
	want := []row{{3, 3, "550 5.1.1"}, {1, 2, "552 5.2.2"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
	if s.Lines != 7 || s.Errors != 4 {
		t.Errorf("%d lines, %d errors; want 7 and 4", s.Lines, s.Errors)
	}
}

// TestReadKeepsFewKinds sums up a log in which no error is like another.
func TestReadKeepsFewKinds(t *testing.T) {
	n := 0
	find := func(string) []detect.Finding {
		n++
		f := detect.Finding{Diagnosis: catalog.Diagnosis{Cause: "network"}, Class: catalog.Transient}
		f.Names.Host = fmt.Sprintf("mx%d.dest.example", n)
		return []detect.Finding{f}
	}
	s, err := Read(context.Background(), strings.NewReader(strings.Repeat("x\n", 3*mostKinds)), find, nil)
	if err != nil || len(s.Kinds) != mostKinds+1 || s.Kinds[0].Times != 2*mostKinds || s.Kinds[0].Host != "" || !s.Kinds[0].Many || s.Kinds[1].Many {
		t.Errorf("%v: %d kinds, the first %+v", err, len(s.Kinds), s.Kinds[0])
	}
}

func TestReadStops(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	find := func(string) []detect.Finding { stop(); return nil }
	endless := iotest.DataErrReader(strings.NewReader(strings.Repeat("x\n", 1_000_000)))
	if _, err := Read(ctx, endless, find, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
	broken := io.MultiReader(strings.NewReader("x\ny\n"), iotest.ErrReader(io.ErrUnexpectedEOF))
	if _, err := Read(context.Background(), broken, find, nil); !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("a broken file: %v", err)
	}
}

// BenchmarkRead sums up a log in which one line of twelve is an error.
func BenchmarkRead(b *testing.B) {
	fine := "Mar  3 09:12:44 mail postfix/smtp[99]: 550AA5511: to=<jo@dest.example>, relay=mx.dest.example[192.0.2.10]:25, delay=1.2, delays=0.1/0/0.5/0.6, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 4F7ZxQ1b2cz9)\n"
	log := strings.Repeat(strings.Repeat(fine, 11)+forms[0].line+"\n", 200)
	find := scan(b)
	b.SetBytes(int64(len(log)))
	b.ReportAllocs()
	for b.Loop() {
		if s, err := Read(context.Background(), strings.NewReader(log), find, nil); err != nil || s.Errors != 200 {
			b.Fatal(err, s.Errors)
		}
	}
}
