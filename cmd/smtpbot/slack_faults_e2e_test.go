package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// A third of what the process asks of Slack fails, each in another way: every
// message is answered once, in its turn, and commands are answered in time.
func TestSlackInARainOfFaults(t *testing.T) {
	for name, start := range slackTransports(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, p := start(t, "SMTPBOT_COOLDOWN=0")
			p.ready()
			s.proxy.failing(rain(1))
			const each = 12
			written := make([][]string, len(rooms))
			var posting sync.WaitGroup
			for i, room := range rooms {
				posting.Go(func() {
					for j := range each {
						written[i] = append(written[i], s.say(pastedUnknown, "channel", room, "user", person(j)))
					}
				})
			}
			for _, question := range []string{"503", "221 vs 503", "help"} {
				s.command(question)
			}
			posting.Wait()
			eventually(t, "an answer to each", func() bool { return len(s.inThreads()) == each*len(rooms) })
			s.proxy.failing(nil)
			s.settled()
			p.stop() // after what was taken is said
			for i, room := range rooms {
				var answered []string
				for _, m := range s.messagesIn(room) {
					if m.BotID != "" {
						answered = append(answered, m.ThreadTS)
					}
				}
				if !slices.Equal(answered, written[i]) {
					t.Errorf("in %s were answered %q, of %q", room, answered, written[i])
				}
			}
			faults := s.proxy.made()
			t.Logf("faults: %v", faults)
			for _, way := range []string{"limited", "500", "503", "slow", "cut", "lost"} {
				if faults[way] == 0 {
					t.Errorf("nothing was %s: %v", way, faults)
				}
			}
		})
	}
}

// Slack is waited for as long as it says. A channel that takes nothing from the
// bot is left alone, which is logged once, and the others go on.
func TestSlackIsWaitedFor(t *testing.T) {
	for name, start := range slackTransports(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, p := start(t)
			p.ready()
			var mu sync.Mutex
			var asked []time.Time // in the channel that Slack limits
			closed := 0
			s.proxy.failing(func(c slackCall) fault {
				mu.Lock()
				defer mu.Unlock()
				switch {
				case c.method != "chat.postMessage":
				case c.form.Get("channel") == rooms[0]:
					closed++
					return says("not_in_channel")
				case c.form.Get("channel") == rooms[1]:
					asked = append(asked, time.Now())
					if len(asked) == 1 {
						return limited(1)
					}
				}
				return fault{}
			})
			waited := s.say(pastedUnknown, "channel", rooms[1], "user", person(1))
			s.say(pastedUnknown, "channel", rooms[0], "user", person(2))
			eventually(t, "the channel to be left alone", func() bool { return strings.Contains(p.logs.String(), "left alone for an hour") })
			s.say(pastedFull, "channel", rooms[0], "user", person(3))
			other := s.say(pastedFull, "channel", rooms[2], "user", person(4))
			eventually(t, "the other channels' answers", func() bool { n := s.inThreads(); return n[waited] == 1 && n[other] == 1 })
			s.settled()
			p.stop()
			mu.Lock()
			defer mu.Unlock()
			if len(asked) != 2 || asked[1].Sub(asked[0]) < time.Second {
				t.Errorf("asked at %v", asked)
			}
			if n := strings.Count(p.logs.String(), "not_in_channel"); closed != 1 || n != 1 {
				t.Errorf("asked %d times, logged %d times:\n%s", closed, n, p.logs)
			}
		})
	}
}

// The connection of Socket Mode breaks again and again: what was acknowledged
// is answered once, and what Slack might deliver again not before.
func TestSlackOnABadLine(t *testing.T) {
	slackProgram(t)
	t.Parallel()
	s := startSlackBehindProxy(t, "")
	p := s.startBinary("SLACK_APP_TOKEN=xapp-test-token", "SMTPBOT_COOLDOWN=0")
	const cuts = 3
	for i := range cuts {
		p.ready()
		var posting sync.WaitGroup
		for j, room := range rooms {
			posting.Go(func() { // unlike say, this waits for an acknowledgement that gets lost
				body, _ := json.Marshal(map[string]string{"channel": room, "user": person(i*len(rooms) + j), "text": pastedUnknown})
				if resp, err := http.Post(s.url+"/_control/message", "application/json", bytes.NewReader(body)); err == nil {
					resp.Body.Close()
				}
			})
		}
		if i%2 == 0 { // in the middle of it, else behind it
			eventually(t, "a message to be delivered", func() bool { return len(s.proxy.delivered()) > i*len(rooms) })
		} else {
			posting.Wait()
		}
		if s.proxy.cut() == 0 {
			t.Error("there was nothing to cut")
		}
		posting.Wait()
		eventually(t, "another connection", s.proxy.connected)
	}
	delivered := s.proxy.delivered()
	s.settled()
	p.stop()
	n, taken := s.inThreads(), 0
	for ts, acked := range delivered {
		if acked {
			taken++
		}
		if n[ts] > 1 || acked && n[ts] != 1 {
			t.Errorf("%d answers to a message that was acknowledged: %v", n[ts], acked)
		}
	}
	t.Logf("%d delivered, %d acknowledged, %d answered, %d cuts", len(delivered), taken, len(n), cuts)
	if taken < len(rooms) {
		t.Errorf("%d were acknowledged", taken)
	}
}

// A bounce and a log that somebody uploads are read, and a log of some length is
// summed up.
func TestSlackReadsFiles(t *testing.T) {
	const bounce = "From: MAILER-DAEMON@mx.example.com\r\nTo: alice@example.com\r\nSubject: Undelivered Mail Returned to Sender\r\n" +
		"Content-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n\r\n" +
		"<jo@dest.example>: host mx.dest.example[192.0.2.9] said: 550 5.1.1 <jo@dest.example>: Recipient address rejected: User unknown (in reply to RCPT TO command)\r\n"
	const log = "Nov 23 10:00:01 mx postfix/smtp[4711]: 3F2A91C0: to=<li@other.example>, relay=mx.other.example[198.51.100.8]:25, delay=4, dsn=4.2.2, " +
		"status=deferred (host mx.other.example[198.51.100.8] said: 452 4.2.2 The recipient's inbox is out of storage space (in reply to RCPT TO command))\n"
	for name, start := range slackTransports(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, p := start(t)
			p.ready()
			s.answered(s.upload("bounce.eml", bounce, alice), "550 5.1.1")
			s.answered(s.upload("one line.log", log, "U02BOB"), "452 4.2.2")
			s.answered(s.upload("mail.log", strings.Repeat(strings.Replace(log, "452 4.2.2 The recipient's inbox is out of storage space", "554 5.7.1 Relay access denied", 1), 12), person(2)),
				"12 of 12", "12×", "554 5.7.1", "mx.other.example")
			s.upload("photo.png", "\x89PNG\r\n\x1a\n"+log, person(1))
			s.settled()
			p.stop()
			if n := len(s.answers("")); n != 0 {
				t.Errorf("%d answers outside a thread", n)
			}
			if threads := s.answeredThreads(); len(threads) != 4 { // the three files, and what was asked to settle
				t.Errorf("answers in %d threads", len(threads))
			}
		})
	}
}

// upload writes a message with a file, and gives its id.
func (s *localSlack) upload(name, content, user string) string {
	s.t.Helper()
	before := len(s.messages())
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range map[string]string{"channel": general, "user": user, "text": "what is this?"} {
		_ = form.WriteField(field, value)
	}
	file, _ := form.CreateFormFile("file", name)
	fmt.Fprint(file, content)
	form.Close()
	resp, err := http.Post(s.url+"/_control/upload", form.FormDataContentType(), &body)
	if err != nil {
		s.t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		s.t.Fatalf("upload: %s", resp.Status)
	}
	for _, m := range s.messages()[before:] {
		if m.User == user && m.BotID == "" {
			return m.TS
		}
	}
	s.t.Fatal("the upload has no message")
	return ""
}

// answeredThreads counts the answers in each thread of the general channel.
func (s *localSlack) answeredThreads() map[string]int {
	n := map[string]int{}
	for _, m := range s.messages() {
		if m.BotID != "" && m.Subtype != "ephemeral" {
			n[m.ThreadTS]++
		}
	}
	return n
}
