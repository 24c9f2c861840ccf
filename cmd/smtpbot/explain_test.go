package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"unicode/utf16"
)

const logLine = "Mar  3 09:12:44 mail postfix/smtp[99]: 550AA5511: to=<jo@dest.example>, relay=mx.dest.example[192.0.2.10]:25, dsn=5.1.1, status=bounced (host mx.dest.example[192.0.2.10] said: 550 5.1.1 <jo@dest.example>: Recipient address rejected: User unknown)\n"

// TestExplainReadsFiles explains what people have on their disks.
func TestExplainReadsFiles(t *testing.T) {
	log := strings.Repeat(logLine, 12)
	eml := "Return-Path: <>\nX-Spam-Report: 554 5.7.1 refused\nFrom: MAILER-DAEMON@shop.example\nSubject: failure notice\nContent-Transfer-Encoding: base64\n\n" +
		"PGpvQGRlc3QuZXhhbXBsZT46IDU1MiA1LjIuMiBNYWlsYm94IGZ1bGwK\n"
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	io.WriteString(zip, log)
	zip.Close()
	wide := []byte{0xff, 0xfe}
	for _, c := range utf16.Encode([]rune(pasted)) {
		wide = append(wide, byte(c), byte(c>>8))
	}
	var bomb bytes.Buffer
	zip = gzip.NewWriter(&bomb)
	zip.Write(bytes.Repeat([]byte("nothing\n"), maxFile/8+1))
	zip.Close()

	rows := []struct {
		name, text string
		status     int
		out, err   string
	}{
		{"mail.log", log, 0, "12 of 12 lines", ""},
		{"log without a name that says so", log, 0, "12×  550 5.1.1  mailbox unknown  mx.dest.example  1", ""},
		{"mail.log.1.gz", packed.String(), 0, "12 of 12 lines", ""},
		{"calm.log", strings.Repeat("Mar  3 09:12:44 mail postfix/qmgr[99]: 550AA5511: removed\n", 12), 1, "No mail error in the 12 lines", ""},
		{"bounce.eml", eml, 0, "552 5.2.2 · ", ""},
		{"from PowerShell", string(wide), 0, "550 5.1.1 · ", ""},
		{"too large once it is unpacked", bomb.String(), 2, "", "larger than 50 MB; cut it"},
		{"broken.gz", packed.String()[:40], 2, "", "cannot read"},
		{"no gzip file", "\x1f\x8bno", 2, "", "cannot unpack"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "file")
			if err := os.WriteFile(file, []byte(row.text), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, piped := range []bool{false, true} {
				args, stdin := []string{"explain", file}, ""
				if piped {
					args, stdin = []string{"explain"}, row.text
				}
				status, out, errs := cli(t, strings.NewReader(stdin), nil, args...)
				if status != row.status || !strings.Contains(out, row.out) || !strings.Contains(errs, row.err) || row.err == "" && errs != "" || strings.Count(errs, "\n") > 1 {
					t.Errorf("piped %t: exit status %d; want %d\n%s%s", piped, status, row.status, out, errs)
				}
				if strings.Contains(out+errs, "jo@") || strings.Contains(out+errs, "192.0.2.10") {
					t.Errorf("piped %t: it repeats an address:\n%s%s", piped, out, errs)
				}
			}
		})
	}
}

func TestExplainRefusesALargeFileUnread(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mail.log")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(maxFile + 1); err != nil {
		t.Skip("the file system has no sparse files")
	}
	f.Close()
	if status, _, errs := cli(t, nil, nil, "explain", file); status != 2 || !strings.Contains(errs, "larger than 50 MB") || strings.Count(errs, "\n") != 1 {
		t.Errorf("exit status %d: %s", status, errs)
	}
}

func TestExplainSumsUpALogAsJSON(t *testing.T) {
	status, out, errs := cli(t, strings.NewReader(strings.Repeat(logLine, 12)), nil, "explain", "--json")
	if status != 0 || errs != "" {
		t.Fatalf("exit status %d: %s", status, errs)
	}
	object := keysAre(t, "explain", []byte(out), "findings summary")
	var findings, kinds []json.RawMessage
	json.Unmarshal(object["findings"], &findings)
	summary := keysAre(t, "summary", object["summary"], "lines errors kinds more")
	json.Unmarshal(summary["kinds"], &kinds)
	if len(findings) != 1 || len(kinds) != 1 {
		t.Fatalf("%d findings, %d kinds: %s", len(findings), len(kinds), out)
	}
	keysAre(t, "finding", findings[0], "reply enhanced class cause provider entry title step words start end card")
	keysAre(t, "kind", kinds[0], "count line reply enhanced class cause entry host title sample")
	if strings.Contains(out, "jo@") || strings.Contains(out, "192.0.2.10") {
		t.Errorf("an address shows: %s", out)
	}
}

// TestExplainStops holds a read that waits for input to end with the context.
func TestExplainStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(context.Background())
		waiting, w := io.Pipe()
		defer w.Close()
		var errs bytes.Buffer
		ended := make(chan int)
		go func() {
			ended <- run(ctx, []string{"explain"}, nil, streams{waiting, io.Discard, &errs})
		}()
		synctest.Wait()
		stop()
		if status := <-ended; status != exitUnusable || errs.String() != "smtpbot: stopped\n" {
			t.Errorf("exit status %d, %q", status, &errs)
		}
	})
}
