package slack

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// unknownUser is a pasted line, in the shape in which Slack hands it over.
const unknownUser = "our mail came back:\n&lt;<mailto:jo@dest.example|jo@dest.example>&gt;: host <http://mx.dest.example|mx.dest.example>[192.0.2.7] said: 550 5.1.1 &lt;<mailto:jo@dest.example|jo@dest.example>&gt;: Recipient address rejected: User unknown in virtual mailbox table (in reply to RCPT TO command)"

const mailboxFull = "452 4.2.2 The recipient's inbox is out of storage space. - gsmtp"

func TestPasteIsAnsweredInItsThread(t *testing.T) {
	r := newRig(t, options{})
	r.event(wrap("T1", "Ev1", said("1700000001.000100", unknownUser)))
	r.settle()
	posts := r.api.posted()
	if len(posts) != 1 {
		t.Fatalf("%d posts", len(posts))
	}
	if posts[0].Get("thread_ts") != "1700000001.000100" || posts[0].Get("channel") != "C1" || !strings.Contains(posts[0].Get("text"), "550 5.1.1") {
		t.Errorf("posted %v", posts[0])
	}
	if strings.Contains(posts[0].Encode(), "jo%40") || strings.Contains(r.logs.String(), "jo@") || strings.Contains(r.logs.String(), "dest.example") {
		t.Error("an address left the paste")
	}
}

func TestAnsweredOnce(t *testing.T) {
	paste := said("1700000002.000100", unknownUser)
	for _, tt := range []struct {
		name   string
		events []string
		want   int
	}{
		{"redelivered", []string{wrap("T1", "Ev1", paste), wrap("T1", "Ev1", paste), wrap("T1", "Ev1", paste)}, 1},
		{"in two workspaces", []string{wrap("T1", "Ev1", paste), wrap("T2", "Ev2", paste)}, 1},
		{"edited after the answer", []string{wrap("T1", "Ev1", paste), wrap("T1", "Ev2", changed("1700000002.000100", unknownUser, mailboxFull))}, 1},
		{"mentioned, which comes twice", []string{
			wrap("T1", "Ev1", said("1700000003.000100", "<@U0BOT> 503")),
			wrap("T1", "Ev2", said("1700000003.000100", "<@U0BOT> 503", "type", "app_mention", "channel_type", "null"))}, 1},
		{"mentioned, the other way round", []string{
			wrap("T1", "Ev2", said("1700000003.000100", "<@U0BOT> 503", "type", "app_mention", "channel_type", "null")),
			wrap("T1", "Ev1", said("1700000003.000100", "<@U0BOT> 503"))}, 1},
		{"mentioned with an error", []string{
			wrap("T1", "Ev1", said("1700000003.000100", "<@U0BOT> what is this? "+unknownUser)),
			wrap("T1", "Ev2", said("1700000003.000100", "<@U0BOT> what is this? "+unknownUser, "type", "app_mention"))}, 1},
		{"two messages", []string{wrap("T1", "Ev1", paste), wrap("T1", "Ev2", said("1700000004.000100", mailboxFull, "user", "U2"))}, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, options{})
			for i, e := range tt.events {
				if i == 0 {
					r.event(e)
				} else {
					r.event(e, "X-Slack-Retry-Num", fmt.Sprint(i), "X-Slack-Retry-Reason", "http_timeout")
				}
			}
			r.settle()
			if n := len(r.api.posted()); n != tt.want {
				t.Errorf("%d posts, want %d", n, tt.want)
			}
		})
	}
}

func TestCooldown(t *testing.T) {
	r := newRig(t, options{cooldown: 10 * time.Minute})
	r.event(wrap("T1", "Ev1", said("1700000002.000100", unknownUser)))
	r.event(wrap("T1", "Ev2", said("1700000003.000100", unknownUser, "user", "U2")))
	r.event(wrap("T1", "Ev3", said("1700000004.000100", "<@U0BOT> "+unknownUser))) // who asks gets an answer
	r.settle()
	if n := len(r.api.posted()); n != 2 {
		t.Errorf("%d posts", n)
	}
}

func changed(ts, before, after string, more ...string) string {
	message := said(ts, after, append([]string{"edited", `{"user":"U1","ts":"1700000009.000000"}`, "channel", "null", "channel_type", "null"}, more...)...)
	return fmt.Sprintf(`{"type":"message","subtype":"message_changed","hidden":true,"channel":"C1","channel_type":"channel","ts":"1700000009.000200","event_ts":"1700000009.000200","message":%s,"previous_message":%s}`,
		message, said(ts, before, "channel", "null"))
}

// Each event alone: is it answered?
func TestWhatIsAnswered(t *testing.T) {
	recent := fmt.Sprintf("%d.000100", time.Now().Unix())
	for _, tt := range []struct {
		name, event string
		want        int
	}{
		{"paste", said("1.000100", unknownUser), 1},
		{"chat", said("1.000100", "lunch at 550 Main St. at 12?"), 0},
		{"file with a text", said("1.000100", unknownUser, "subtype", "file_share", "files", `[{"id":"F1","name":"bounce.eml"}]`), 1},
		{"thread answer that is shown in the channel", said("2.000100", unknownUser, "subtype", "thread_broadcast", "thread_ts", "1.000100", "root", `{"ts":"1.000100"}`), 1},
		{"private channel", said("1.000100", unknownUser, "channel_type", "group"), 1},
		{"group conversation", said("1.000100", unknownUser, "channel_type", "mpim"), 1},
		{"invalid UTF-8 and NUL", strings.Replace(said("1.000100", "550 5.1.1 User unknown XX"), "XX", "\xff\xfe\\u0000", 1), 1},
		{"calls everybody", said("1.000100", "<!channel> @everyone "+unknownUser), 1},
		{"edited, now an error", changed(recent, "see below", unknownUser), 1},

		{"own message", said("1.000100", unknownUser, "user", botUser), 0},
		{"own message, told by the bot", said("1.000100", unknownUser, "user", botUser, "bot_id", botID, "app_id", appID), 0},
		{"another bot", said("1.000100", unknownUser, "bot_id", "B02OTHER", "bot_profile", `{"id":"B02OTHER","name":"alerts"}`), 0},
		{"bot with a profile alone", said("1.000100", unknownUser, "bot_profile", `{"id":"B02OTHER"}`), 0},
		{"in our app's name", said("1.000100", unknownUser, "app_id", appID), 0},
		{"webhook", said("1.000100", unknownUser, "subtype", "bot_message", "bot_id", "B02OTHER", "user", "null"), 0},
		{"slackbot", said("1.000100", unknownUser, "user", "USLACKBOT"), 0},
		{"nobody", said("1.000100", unknownUser, "user", "null"), 0},
		{"join", said("1.000100", unknownUser, "subtype", "channel_join"), 0},
		{"topic", said("1.000100", unknownUser, "subtype", "channel_topic", "topic", unknownUser), 0},
		{"preview of a link", changed(recent, unknownUser, unknownUser, "attachments", `[{"text":"preview"}]`), 0},
		{"edited by a bot", changed(recent, "a", unknownUser, "bot_id", "B02OTHER"), 0},
		{"edited long after", changed("1600000000.000100", "a", unknownUser), 0},
		{"tombstone", changed(recent, unknownUser, "This message was deleted. "+unknownUser, "subtype", "tombstone", "user", "USLACKBOT"), 0},
		{"deleted", `{"type":"message","subtype":"message_deleted","hidden":true,"channel":"C1","ts":"3.1","deleted_ts":"1.000100","event_ts":"3.1","channel_type":"channel","previous_message":` + said("1.000100", unknownUser) + `}`, 0},
		{"answered message is told anew", `{"type":"message","subtype":"message_replied","channel":"C1","ts":"3.1","message":` + said("1.000100", unknownUser) + `}`, 0},

		{"mention with a question", said("1.000100", "<@U0BOT> 503"), 1},
		{"mention with a name", said("1.000100", "hey <@U0BOT|smtpbot>: compare 450 vs 550"), 1},
		{"mention and nothing else", said("1.000100", "<@U0BOT>"), 1},
		{"mention of somebody whose id begins alike", said("1.000100", "<@U0BOTTLE> 503"), 0},
		{"mention by a bot", said("1.000100", "<@U0BOT> 503", "type", "app_mention", "bot_id", "B02OTHER"), 0},
		{"mention that an edit brought", changed(recent, "503", "<@U0BOT> 503"), 0},
		{"direct question", said("1.000100", "503", "channel", "D1", "channel_type", "im"), 1},
		{"direct words", said("1.000100", "mailbox full", "channel", "D1", "channel_type", "im"), 1},
		{"direct paste", said("1.000100", unknownUser, "channel", "D1", "channel_type", "im"), 1},
		{"own direct message", said("1.000100", "503", "channel", "D1", "channel_type", "im", "user", botUser, "bot_id", botID), 0},

		{"unknown event", `{"type":"star_added","user":"U1","item":{"type":"message","channel":"C1","message":` + said("1.000100", unknownUser) + `},"event_ts":"1.2"}`, 0},
		{"event of tomorrow", `{"type":"quantum_message","channel":{"id":"C1"},"text":["550 5.1.1 User unknown"]}`, 0},
		{"message of another shape", `{"type":"message","channel":{"id":"C1"},"text":["550 5.1.1 User unknown"],"user":7,"ts":1.5}`, 0},
		{"no event", `null`, 0},
		{"event that is a word", `"message"`, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, options{})
			r.event(wrap("T1", "Ev1", tt.event))
			r.settle()
			if n := len(r.api.posted()); n != tt.want {
				t.Errorf("%d posts, want %d; log %s", n, tt.want, r.logs)
			}
		})
	}
}

func TestThreadRoot(t *testing.T) {
	for _, tt := range []struct{ name, event, want string }{
		{"top of the channel", said("5.000100", unknownUser), "5.000100"},
		{"within a thread", said("5.000100", unknownUser, "thread_ts", "4.000100", "parent_user_id", "U2"), "4.000100"},
		{"first of a thread", said("5.000100", unknownUser, "thread_ts", "5.000100", "reply_count", "2"), "5.000100"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, options{})
			r.event(wrap("T1", "Ev1", tt.event))
			r.settle()
			if posts := r.api.posted(); len(posts) != 1 || posts[0].Get("thread_ts") != tt.want {
				t.Errorf("posted %v", posts)
			}
		})
	}
}

// Before the API said who we are, the event itself does.
func TestOwnMessageWhileTheAPIIsOutOfReach(t *testing.T) {
	r := newRig(t, options{unknown: true})
	r.event(wrap("T1", "Ev1", said("1.000100", unknownUser, "user", botUser)))
	r.event(wrap("T1", "Ev2", said("2.000100", "<@U0BOT> 503")))
	r.settle()
	if n := len(r.api.posted()); n != 1 {
		t.Errorf("%d posts", n)
	}
}

func TestOuterEvents(t *testing.T) {
	r := newRig(t, options{})
	for _, body := range []string{
		`{"type":"app_rate_limited","team_id":"T1","minute_rate_limited":1518467820,"api_app_id":"A1"}`,
		`{"type":"something_new"}`, `{}`, `{"type":"event_callback"}`, `{"type":"event_callback","event":[]}`, `{"type":"event_callback","team_id":7,"event":{}}`,
	} {
		r.event(body)
	}
	if w := r.post("/slack/events", "application/json", `{"type":`); w.Code != http.StatusBadRequest {
		t.Errorf("broken JSON: status %d", w.Code)
	}
	if w := r.post("/slack/events", "text/plain", "hello"); w.Code != http.StatusBadRequest {
		t.Errorf("no form: status %d", w.Code)
	}
	if w := r.post("/slack/commands", "application/x-www-form-urlencoded", "ssl_check=1&token=x"); w.Code != http.StatusOK {
		t.Errorf("ssl_check: status %d", w.Code)
	}
	for body, want := range map[string]int{"ssl_check=1&token=x": http.StatusOK, "ssl_check=1&command=%2Fsmtp&text=503": http.StatusUnauthorized, "ssl_check=0": http.StatusUnauthorized} {
		req := httptest.NewRequest(http.MethodPost, "/slack/commands", strings.NewReader(body)) // Slack need not sign it
		w := httptest.NewRecorder()
		if r.mux.ServeHTTP(w, req); w.Code != want || want == http.StatusOK && w.Body.Len() > 0 {
			t.Errorf("%s without a signature: status %d", body, w.Code)
		}
	}
}
