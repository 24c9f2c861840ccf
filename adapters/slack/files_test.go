package slack

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smtpbot/bot"
)

const bounceMail = `From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
To: ann@example.com
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

This is the mail system at host mx.example.com.

<jo@dest.example>: host mx.dest.example[192.0.2.7] said: 550 5.1.1
    <jo@dest.example>: Recipient address rejected: User unknown (in reply to
    RCPT TO command)
`

// download serves a file to who has the bot's token, and sends everybody else
// to sign in.
func download(content string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer xoxb-test-token" {
			http.Redirect(w, r, "/signin?redir="+r.URL.Path, http.StatusFound)
			return
		}
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = io.WriteString(w, content)
	}
}

func file(id, name, url string, more ...string) string {
	s := fmt.Sprintf(`{"id":%q,"name":%q,"mimetype":"text/plain","filetype":"text","mode":"hosted","is_external":false,"size":1843,"file_access":"visible","url_private":%q,"url_private_download":%q}`, id, name, url, url)
	for i := 0; i+1 < len(more); i += 2 {
		s = strings.Replace(s, more[i], more[i+1], 1)
	}
	return s
}

func TestFiles(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a file was fetched elsewhere") }))
	defer elsewhere.Close()
	const line = "Nov 23 10:00:00 mx postfix/smtp[7]: 4F1A2: to=<jo@dest.example>, relay=mx.dest.example[192.0.2.7]:25, dsn=5.1.1, status=bounced (host mx.dest.example[192.0.2.7] said: 550 5.1.1 User unknown)\n"
	for _, tt := range []struct {
		name, text, files string
		want              string // what the answer names, "" for silence
	}{
		{"a mail", "what does this one want?", file("F1", "Undelivered.eml", "URL/mail"), "550 5.1.1"},
		{"a mail without a word", "", file("F1", "Undelivered.EML", "URL/mail"), "550 5.1.1"},
		{"a log", "", file("F1", "mail.log", "URL/log"), "550 5.1.1"},
		{"a snippet", "", file("F1", "untitled", "URL/log", `"hosted"`, `"snippet"`), "550 5.1.1"},
		{"two files", "", file("F1", "a.log", "URL/log") + "," + file("F2", "b.eml", "URL/full"), "452 4.2.2"},
		{"a paste above a file", mailboxFull, file("F1", "a.log", "URL/chat"), "452 4.2.2"},
		{"of another company", "", `{"id":"F9","created":0,"timestamp":0,"user":"","mode":"file_access","file_access":"check_file_info"}`, "550 5.1.1"},

		{"nothing in it", "hello", file("F1", "a.txt", "URL/chat"), ""},
		{"a picture", "", file("F1", "screenshot.png", "URL/log"), ""},
		{"no text in spite of its name", "", file("F1", "a.log", "URL/binary"), ""},
		{"deleted", "", file("F1", "a.log", "URL/log", `"hosted"`, `"tombstone"`), ""},
		{"behind the limit of a free plan", "", file("F1", "a.log", "URL/log", `"hosted"`, `"hidden_by_limit"`), ""},
		{"external", "", file("F1", "a.log", elsewhere.URL+"/log", `"is_external":false`, `"is_external":true`), ""},
		{"elsewhere", "", file("F1", "a.log", elsewhere.URL+"/log"), ""},
		{"sent elsewhere", "", file("F1", "a.log", "URL/moved"), ""},
		{"a page to sign in at", "", file("F1", "a.log", "URL/page"), ""},
		{"too large by its word", "", file("F1", "a.log", "URL/log", "1843", "10485761"), ""},
		{"too large in fact", "", file("F1", "a.log", "URL/endless"), ""},
		{"gone", "", file("F1", "a.log", "URL/gone"), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, options{})
			r.api.files = map[string]http.HandlerFunc{
				"/mail": download(bounceMail), "/log": download(line), "/full": download(strings.Replace(bounceMail, "550 5.1.1", mailboxFull, 1)),
				"/chat": download("nothing to see here"), "/binary": download("550 5.1.1 User unknown\n\x00\x01\x02"), "/page": download("\n<!DOCTYPE html><html><title>550 5.1.1 User unknown</title>"),
				"/moved": func(w http.ResponseWriter, req *http.Request) {
					http.Redirect(w, req, elsewhere.URL+"/log", http.StatusFound)
				},
				"/endless": download(strings.Repeat(line, 11<<20/len(line))),
				"/gone":    func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) },
				"/api/files.info": func(w http.ResponseWriter, req *http.Request) {
					fmt.Fprintf(w, `{"ok":true,"file":%s}`, file(req.FormValue("file"), "bounce.eml", r.api.URL+"/mail"))
				},
			}
			files := strings.ReplaceAll(tt.files, "URL/", r.api.URL+"/")
			r.event(wrap("T1", "Ev1", said("1.000100", tt.text, "subtype", "file_share", "upload", "false", "files", "["+files+"]")))
			r.settle()
			posts := r.api.posted()
			if (len(posts) > 0) != (tt.want != "") || len(posts) > 1 || tt.want != "" && !strings.Contains(posts[0].Get("text"), tt.want) {
				t.Errorf("posted %v; log %s", posts, r.logs)
			}
			if log := r.logs.String(); strings.Contains(log, "dest.example") || strings.Contains(log, r.api.URL) || strings.Contains(log, elsewhere.URL) {
				t.Errorf("logged %s", log)
			}
		})
	}
}

// Files are fetched where the bot may speak, and nowhere else.
func TestFilesAreLeftWhereTheBotIsOff(t *testing.T) {
	for _, tt := range []struct {
		name    string
		prepare func(r *rig)
		more    []string
		want    int
	}{
		{"off", func(r *rig) { r.set(bot.LevelOff) }, nil, 0},
		{"opted out", func(r *rig) { _ = r.bot.OptOut(context.Background(), Name, "U1", true) }, nil, 0},
		{"quiet", func(r *rig) { r.set(bot.LevelQuiet) }, nil, 1},
		{"direct", func(r *rig) { r.set(bot.LevelOff) }, []string{"channel", "D1", "channel_type", "im"}, 1},
		{"of a program", func(*rig) {}, []string{"bot_id", "B02OTHER"}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, options{})
			tt.prepare(r)
			fetched := 0
			r.api.files = map[string]http.HandlerFunc{"/mail": func(w http.ResponseWriter, req *http.Request) { fetched++; download(bounceMail)(w, req) }}
			more := append([]string{"subtype", "file_share", "files", "[" + file("F1", "a.eml", r.api.URL+"/mail") + "]"}, tt.more...)
			r.event(wrap("T1", "Ev1", said("1.000100", "", more...)))
			r.settle()
			if n := len(r.api.saying()); fetched != tt.want || n != tt.want {
				t.Errorf("%d fetched, %d said; log %s", fetched, n, r.logs)
			}
		})
	}
}

func (r *rig) set(l bot.Level) {
	r.t.Helper()
	if _, err := r.bot.ChangeSettings(context.Background(), bot.Place{Platform: Name, Team: "T1", Channel: "C1"}, bot.Settings{Level: l}); err != nil {
		r.t.Fatal(err)
	}
}

// Who sends the bot a file that says nothing is told so.
func TestDirectFileWithoutAnError(t *testing.T) {
	r := newRig(t, options{})
	r.api.files = map[string]http.HandlerFunc{"/chat": download("nothing to see here")}
	r.event(wrap("T1", "Ev1", said("1.000100", "", "channel", "D1", "channel_type", "im", "subtype", "file_share", "files", "["+file("F1", "a.txt", r.api.URL+"/chat")+"]")))
	r.settle()
	if posts := r.api.posted(); len(posts) != 1 || strings.Contains(posts[0].Get("text"), "By name") {
		t.Errorf("posted %v", posts)
	}
}

// A slow file does not hold back the acknowledgement, and is answered all the same.
func TestSlowFile(t *testing.T) {
	r := newRig(t, options{})
	r.filesFirst = time.Millisecond
	asked, hold := make(chan struct{}), make(chan struct{})
	r.api.files = map[string]http.HandlerFunc{"/mail": func(w http.ResponseWriter, req *http.Request) {
		close(asked)
		<-hold
		download(bounceMail)(w, req)
	}}
	started := time.Now()
	r.event(wrap("T1", "Ev1", said("1.000100", "", "subtype", "file_share", "files", "["+file("F1", "a.eml", r.api.URL+"/mail")+"]")))
	if took := time.Since(started); took >= 3*time.Second {
		t.Errorf("acknowledged after %s", took)
	}
	<-asked
	if said := r.api.saying(); len(said) > 0 {
		t.Errorf("said %q", said)
	}
	close(hold)
	r.settle()
	if diff := cmp.Diff([]string{"chat.postMessage 1.000100"}, r.api.saying()); diff != "" {
		t.Error(diff)
	}
}

// An edit of the words above a file does not take the answer to the file away.
func TestEditAboveAFile(t *testing.T) {
	r := newRig(t, options{})
	r.api.files = map[string]http.HandlerFunc{"/mail": download(bounceMail)}
	files := "[" + file("F1", "a.eml", r.api.URL+"/mail") + "]"
	ts := fmt.Sprintf("%d.000100", time.Now().Unix())
	r.event(wrap("T1", "Ev1", said(ts, "what is this", "subtype", "file_share", "files", files)))
	r.settle()
	r.event(wrap("T1", "Ev2", changed(ts, "what is this", "what is this?", "subtype", "file_share", "files", files)))
	r.settle()
	if diff := cmp.Diff([]string{"chat.postMessage " + ts}, r.api.saying()); diff != "" {
		t.Error(diff)
	}
}
