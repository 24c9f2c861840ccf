package slack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"smtpbot/bot"
	"smtpbot/bot/store/memory"
)

// unknownUser is a pasted line, in the shape in which Slack hands it over.
const unknownUser = "our mail came back:\n&lt;<mailto:jo@dest.example|jo@dest.example>&gt;: host <http://mx.dest.example|mx.dest.example>[192.0.2.7] said: 550 5.1.1 &lt;<mailto:jo@dest.example|jo@dest.example>&gt;: Recipient address rejected: User unknown in virtual mailbox table (in reply to RCPT TO command)"

const mailboxFull = "452 4.2.2 The recipient's inbox is out of storage space. - gsmtp"

func TestURLVerification(t *testing.T) {
	r := newRig(t, options{})
	w := r.post("/slack/events", "application/json", `{"token":"Jhj5dZrVaK7ZwHHjRyZWjbDl","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}`)
	if w.Code != 200 || !strings.Contains(w.Body.String(), "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P") {
		t.Errorf("status %d, body %s", w.Code, w.Body)
	}
}

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

func TestSignature(t *testing.T) {
	event := wrap("T1", "Ev1", said("1.000100", unknownUser))
	good := func() http.Header { return sign(event, time.Now()) }
	with := func(key, value string) http.Header {
		h := good()
		h.Set(key, value)
		return h
	}
	without := func(key string) http.Header {
		h := good()
		h.Del(key)
		return h
	}
	for _, tt := range []struct {
		name   string
		header http.Header
		want   int
	}{
		{"good", good(), 200},
		{"of another body", sign("{}", time.Now()), 401},
		{"six minutes old", sign(event, time.Now().Add(-6*time.Minute)), 401},
		{"from the future", sign(event, time.Now().Add(6*time.Minute)), 401},
		{"none", without("X-Slack-Signature"), 401},
		{"no time", without("X-Slack-Request-Timestamp"), 401},
		{"another time", with("X-Slack-Request-Timestamp", "1700000000"), 401},
		{"no number", with("X-Slack-Request-Timestamp", "now"), 401},
		{"no hex", with("X-Slack-Signature", "v0=zz"), 401},
		{"short", with("X-Slack-Signature", "v0=00"), 401},
		{"other version", with("X-Slack-Signature", "v1="+strings.Repeat("0", 64)), 401},
		{"nothing at all", http.Header{}, 401},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, options{})
			for _, path := range []string{"/slack/events", "/slack/commands", "/slack/interactions"} {
				req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(event))
				req.Header = tt.header
				w := httptest.NewRecorder()
				r.mux.ServeHTTP(w, req)
				if w.Code != tt.want {
					t.Errorf("%s: status %d, want %d", path, w.Code, tt.want)
				}
			}
			r.settle()
			if n := len(r.api.posted()); n != 0 && tt.want != 200 {
				t.Errorf("%d posts", n)
			}
		})
	}
}

func TestLargeBodies(t *testing.T) {
	r := newRig(t, options{})
	if w := r.post("/slack/events", "application/json", wrap("T1", "Ev1", said("1.000100", strings.Repeat("550 5.1.1 User unknown\n", 100_000)))); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("2.3 MB: status %d", w.Code)
	}
	r.settle()
	if n := len(r.api.posted()); n != 0 {
		t.Errorf("%d posts", n)
	}
	started := time.Now()
	r.event(wrap("T1", "Ev1", said("1.000100", strings.Repeat("nothing to see here ", 50_000)+"\n550 5.1.1 User unknown")))
	r.command(strings.Repeat("550 5.1.1 <a@b> & ", 50_000))
	r.settle()
	if took := time.Since(started); took > 10*time.Second { // far less, were it not for the race detector
		t.Errorf("1 MB took %s", took)
	}
}

func TestOneURLTakesAll(t *testing.T) {
	for _, path := range []string{"/slack/events", "/slack/commands", "/slack/interactions"} {
		r := newRig(t, options{})
		if w := r.post(path, "application/json", wrap("T1", "Ev1", said("1.000100", unknownUser))); w.Code != 200 {
			t.Errorf("%s: event: status %d", path, w.Code)
		}
		if w := r.post(path, "application/x-www-form-urlencoded", "command=%2Fsmtp&text=503"); w.Code != 200 || checkWebhook(t, w.Body.Bytes()) == "" {
			t.Errorf("%s: command: status %d", path, w.Code)
		}
		if w := r.post(path, "application/x-www-form-urlencoded", url.Values{"payload": {`{"type":"shortcut"}`}}.Encode()); w.Code != 200 {
			t.Errorf("%s: interaction: status %d", path, w.Code)
		}
		r.settle()
		if n := len(r.api.posted()); n != 1 {
			t.Errorf("%s: %d posts", path, n)
		}
	}
	r := newRig(t, options{config: func(c *Config) { c.SigningSecret = "" }})
	if w := r.post("/slack/events", "application/json", "{}"); w.Code != http.StatusNotFound {
		t.Errorf("without a secret: status %d", w.Code)
	}
}

func TestCommands(t *testing.T) {
	r := newRig(t, options{})
	for _, tt := range []struct{ text, want string }{
		{"503", "503"}, {"221 vs 503", "221"}, {"", "/smtp"}, {"help", "/smtp"}, {"  \u00a0 ", ""}, {"5.1.1", "5.1.1"}, {"mailbox full", ""},
		{unknownUser, "550 5.1.1"}, {"\x00\xff\xfe", ""}, {"<!channel> @everyone", ""}, {"<@U0BOT> *b* _i_ ~s~ `c` ```", ""},
		{"&lt;!channel&gt; &amp;amp;", ""}, {"<<<>>>", ""}, {strings.Repeat("💥", 9000), ""}, {"lookup", ""}, {"compare 1 2 3 4 5 6", ""}, {"\u202e550", ""},
	} {
		if got := r.command(tt.text); !strings.Contains(got, tt.want) {
			t.Errorf("%.40q: answered %.200q, want %q in it", tt.text, got, tt.want)
		}
	}
	if n := len(r.api.posted()); n != 0 {
		t.Errorf("%d posts: commands answer in private", n)
	}
}

func TestCommandLanguage(t *testing.T) {
	r := newRig(t, options{})
	for range 3 {
		if got := r.command("503"); !strings.Contains(got, "Définitif") {
			t.Errorf("somebody whose Slack is French was answered with %q", got)
		}
	}
	r.settle()
	if n := r.api.called("users.info"); n != 1 {
		t.Errorf("users.info was called %d times", n)
	}
}

// An answer waits for a language no longer than a moment, and does not ask for
// it again and again.
func TestLanguageIsOutOfReach(t *testing.T) {
	r := newRig(t, options{})
	r.api.failing(func(method string, _ int, w http.ResponseWriter) bool {
		if method == "users.info" {
			w.WriteHeader(http.StatusInternalServerError)
		}
		return method == "users.info"
	})
	for range 3 {
		if got := r.command("503"); !strings.Contains(got, "503") {
			t.Errorf("answered %q", got)
		}
	}
	r.settle()
	if n := r.api.called("users.info"); n != 1 {
		t.Errorf("users.info was called %d times", n)
	}
}

func TestLocalesAreBounded(t *testing.T) {
	r := newRig(t, options{})
	r.api.failing(func(method string, _ int, w http.ResponseWriter) bool { return false })
	for i := range maxLocales + 50 {
		r.locales.known[fmt.Sprint("U", i)] = locale{name: "de-DE", until: time.Now().Add(time.Hour)}
		if len(r.locales.known) == maxLocales {
			break
		}
	}
	r.tasks.take()
	r.locales.of("T1", "UNEW")
	r.tasks.done()
	r.settle()
	if n := len(r.locales.known); n > maxLocales {
		t.Errorf("%d locales are kept", n)
	}
}

// What is none of the bot's is acknowledged and left alone.
func TestInteractionsOfOthers(t *testing.T) {
	got := make(chan []byte, 10)
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got <- body
	}))
	defer hook.Close()
	r := newRig(t, options{})
	for _, payload := range []string{
		`{"type":"block_actions","response_url":"` + hook.URL + `","actions":[{"type":"button","action_id":"source","url":"https://example.org"}]}`,
		`{"type":"block_actions","response_url":"` + hook.URL + `","actions":[{"type":"button","action_id":"details","value":"<!channel> no such thing"}]}`,
		`{"type":"block_actions","response_url":"` + hook.URL + `","actions":[]}`, `{"type":"block_actions"}`, `{"type":"view_submission","view":{}}`,
		`{"type":"message_action","callback_id":"x"}`, `{"type":"shortcut"}`, `{"type":"view_closed"}`, `{"type":7}`, `[]`, `null`, `{`, ``,
	} {
		if w := r.post("/slack/interactions", "application/x-www-form-urlencoded", url.Values{"payload": {payload}}.Encode()); w.Code != 200 || w.Body.Len() > 0 {
			t.Errorf("%s: status %d, %q", payload, w.Code, w.Body)
		}
	}
	r.settle()
	if len(got) != 0 || len(r.api.saying()) != 0 {
		t.Error("something was answered that was no question")
	}
}

// A store that can be broken.
type brokenStore struct {
	bot.Store
	claim func() error
}

func (s *brokenStore) Claim(ctx context.Context, row bot.Row, since time.Time, judge func([]bot.Row) []bot.Row) (bool, error) {
	if err := s.claim(); err != nil {
		return false, err
	}
	return s.Store.Claim(ctx, row, since, judge)
}

func TestStoreIsDown(t *testing.T) {
	down := true
	r := newRig(t, options{store: &brokenStore{memory.New(), func() error {
		if down {
			return errors.New("no connection")
		}
		return nil
	}}})
	for _, e := range []string{said("1.000100", unknownUser), said("2.000100", "<@U0BOT> 503")} {
		w := r.post("/slack/events", "application/json", wrap("T1", "Ev1", e))
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("X-Slack-No-Retry") != "" {
			t.Errorf("status %d, %v", w.Code, w.Header())
		}
	}
	if got := r.command("503"); !strings.Contains(got, "503") {
		t.Errorf("a command was answered with %q", got)
	}
	r.settle()
	if n := len(r.api.posted()); n != 0 {
		t.Errorf("%d posts without a claim", n)
	}
	down = false // Slack's retry is the queue
	r.event(wrap("T1", "Ev1", said("1.000100", unknownUser)), "X-Slack-Retry-Num", "1")
	r.settle()
	if n := len(r.api.posted()); n != 1 {
		t.Errorf("%d posts", n)
	}
}

func TestPanic(t *testing.T) {
	fault := true
	r := newRig(t, options{store: &brokenStore{memory.New(), func() error {
		if fault {
			panic("could not store " + unknownUser)
		}
		return nil
	}}})
	if w := r.post("/slack/events", "application/json", wrap("T1", "Ev1", said("1.000100", unknownUser))); w.Code != http.StatusInternalServerError {
		t.Errorf("status %d", w.Code)
	}
	if log := r.logs.String(); !strings.Contains(log, "recovered") || !strings.Contains(log, "http_test.go") || strings.Contains(log, "dest.example") || strings.Contains(log, "could not store") {
		t.Errorf("logged %s", log)
	}
	fault = false
	r.event(wrap("T1", "Ev1", said("1.000100", unknownUser)), "X-Slack-Retry-Num", "1")
	r.settle()
	if n := len(r.api.posted()); n != 1 {
		t.Errorf("%d posts", n)
	}
}
