package slack

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"smtpbot/bot"
	"smtpbot/bot/store/memory"
)

func TestDetails(t *testing.T) {
	h := newHook(t)
	t.Run("from a message", func(t *testing.T) {
		r := english(newRig(t, options{}))
		if body := r.do(gesture{action: "details", value: "lookup 550 5.1.1 as google/no-such-user", url: h.URL, thread: "1.000100"}); body != "" {
			t.Errorf("acknowledged with %q", body)
		}
		if got := r.api.methods(); got != "views.open" {
			t.Errorf("called %s", got)
		}
		for _, want := range []string{"`550 5.1.1`", "What to do", `"action_id":"compare"`, `"action_id":"share"`, "knowledge.workspace.google.com"} {
			if !strings.Contains(r.api.view(), want) {
				t.Errorf("%q is not in %s", want, r.api.view())
			}
		}
	})
	t.Run("from a modal", func(t *testing.T) {
		r := english(newRig(t, options{}))
		r.do(gesture{action: "details#1", value: "lookup 450", view: "modal"})
		r.api.failWith("views.push", "push_limit_reached")
		r.do(gesture{action: "details", value: "lookup 450", view: "modal"})
		if got := r.api.methods(); got != "views.push views.update" {
			t.Errorf("called %s", got)
		}
		if strings.Contains(r.api.view(), `"action_id":"share"`) {
			t.Error("what has no channel can be shared")
		}
	})
	t.Run("too late", func(t *testing.T) {
		r := english(newRig(t, options{}))
		r.api.failWith("views.open", "expired_trigger_id")
		before := len(h.all())
		r.do(gesture{action: "details", value: "lookup 450", url: h.URL, thread: "1.000100"})
		if got := h.all(); len(got) != before+1 || !strings.Contains(checkWebhook(t, []byte(got[before])), "450") || !strings.Contains(got[before], `"thread_ts":"1.000100"`) {
			t.Errorf("answered %q", got[before:])
		}
	})
	t.Run("the store is not asked before", func(t *testing.T) {
		r := english(newRig(t, options{store: struct{ bot.Store }{}})) // any call faults
		r.do(gesture{action: "details", value: "lookup 450"})
		if got := r.api.methods(); got != "views.open" {
			t.Errorf("called %s", got)
		}
	})
}

func TestCompareModal(t *testing.T) {
	r := english(newRig(t, options{}))
	r.do(gesture{action: "compare", value: "550 5.1.1", thread: "1.000100"})
	asked := r.api.view()
	if !strings.Contains(asked, `"value":"5.1.`) || !strings.Contains(asked, `"block_id":"other"`) {
		t.Errorf("asked %s", asked)
	}
	metadata := metadataOf(t, asked)
	submit := func(other string) string {
		return r.do(gesture{kind: "view_submission", view: "modal", callback: "compare", metadata: metadata, inputs: map[string]string{"other": other}})
	}
	for _, other := range []string{"450", "5.2.2", "mailbox full", " 450 4.2.1 "} {
		body := submit(other)
		if v := updated(t, body); !strings.Contains(v, "What sets them apart") || !strings.Contains(v, `"action_id":"share"`) {
			t.Errorf("%s: %s", other, body)
		}
	}
	for _, other := range []string{"", "xyzzy", "550 5.1.1", "\x00", strings.Repeat("x", 3000)} {
		if body := submit(other); !strings.Contains(body, `"response_action":"errors"`) || !strings.Contains(body, `"other"`) {
			t.Errorf("%.20q: %s", other, body)
		}
	}
	r.do(gesture{action: actionBeside, option: "5.1.2", view: "modal", metadata: metadata})
	if got := r.api.methods(); got != "views.open views.update" || !strings.Contains(r.api.view(), "What sets them apart") {
		t.Errorf("called %s, shown %s", got, r.api.view())
	}
}

func TestLanguageModal(t *testing.T) {
	h := newHook(t)
	r := english(newRig(t, options{}))
	r.do(gesture{action: "more", option: "language " + answered, url: h.URL, thread: "1.000100"})
	if got := r.api.view(); !strings.Contains(got, "Français") || !strings.Contains(got, "English") {
		t.Fatalf("asked %s", got)
	}
	metadata := metadataOf(t, r.api.view())
	if body := r.do(gesture{kind: "view_submission", view: "modal", callback: "language", metadata: metadata, inputs: map[string]string{"language": "option:fr"}}); body != "" {
		t.Errorf("acknowledged with %s", body)
	}
	if got := h.all(); len(got) != 1 || !strings.Contains(checkWebhook(t, []byte(got[0])), "définitif") || !strings.Contains(got[0], `"thread_ts":"1.000100"`) {
		t.Errorf("answered %q", got)
	}
	if len(r.api.posted()) > 0 || r.api.called("chat.update") > 0 {
		t.Error("the thread's answer changed")
	}
	body := r.do(gesture{kind: "view_submission", view: "modal", callback: "language", metadata: metadata, root: "V0", inputs: map[string]string{"language": "option:fr"}})
	if !strings.Contains(updated(t, body), "définitif") {
		t.Errorf("in a modal: %s", body)
	}
}

func TestWrong(t *testing.T) {
	store := memory.New()
	r := english(newRig(t, options{store: store}))
	r.do(gesture{action: "more", option: "wrong google/no-such-user"})
	metadata := metadataOf(t, r.api.view())
	submit := func(cause string) string {
		return r.do(gesture{kind: "view_submission", view: "modal", callback: "wrong", metadata: metadata, inputs: map[string]string{"cause": "option:" + cause}})
	}
	if got := updated(t, submit("spam")); !strings.Contains(got, "Noted") {
		t.Errorf("answered %s", got)
	}
	list, err := store.Feedback(t.Context(), Name, "T1")
	if err != nil || len(list) != 1 || list[0] != (bot.Complaint{Entry: "google/no-such-user", Cause: "spam", Times: 1}) {
		t.Errorf("noted %v, %v", list, err)
	}
	for _, cause := range []string{"", "no-such-cause"} {
		if got := submit(cause); !strings.Contains(got, `"errors"`) {
			t.Errorf("%q: %s", cause, got)
		}
	}
}

func TestDelete(t *testing.T) {
	for _, tt := range []struct {
		name, user string
		may        bool
	}{
		{"who it was for", "U2", true}, {"who made the channel", "U0MAKER", true}, {"an admin", "U0ADMIN", true}, {"anybody else", "U1", false}, {"a guest", "U0GUEST", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := newHook(t)
			store := memory.New()
			r := english(newRig(t, options{store: store}))
			r.event(wrap("T1", "Ev1", said("1700000002.000100", unknownUser, "user", "U2")))
			r.settle()
			r.do(gesture{action: "more", option: "delete U2", user: tt.user, url: h.URL, thread: "1700000002.000100"})
			if got := r.api.called("chat.delete") == 1; got != tt.may {
				t.Errorf("deleted: %t", got)
			}
			row, ok, err := store.Remembered(t.Context(), Name, "C1", "1700000002.000100")
			if err != nil || !ok || (row.State == bot.Gone) != tt.may {
				t.Errorf("remembered %v, %v", row.State, err)
			}
			if got := h.all(); len(got) == 0 != tt.may || !tt.may && !strings.Contains(checkWebhook(t, []byte(got[0])), "cannot delete") {
				t.Errorf("answered %q", got)
			}
		})
	}
	t.Run("slack does not say who made the channel", func(t *testing.T) {
		h := newHook(t)
		r := english(newRig(t, options{}))
		r.api.failWith("conversations.info", "missing_scope")
		r.do(gesture{action: "more", option: "delete U2", url: h.URL})
		if r.api.called("chat.delete") != 0 || len(h.all()) != 1 {
			t.Errorf("deleted %d, answered %q", r.api.called("chat.delete"), h.all())
		}
	})
}

func TestShare(t *testing.T) {
	h := newHook(t)
	r := english(newRig(t, options{}))
	press := gesture{action: "share", value: "compare 450 vs 550", url: h.URL, thread: "1.000100", ephemeral: true, user: "U2"}
	r.do(press)
	r.do(press)
	if got := r.api.methods(); got != "chat.postMessage chat.update" {
		t.Fatalf("called %s", got)
	}
	posted, edited := r.api.last("chat.postMessage"), r.api.last("chat.update")
	if posted.Get("thread_ts") != "1.000100" || strings.Contains(posted.Encode(), url.QueryEscape("<@")) || !strings.Contains(posted.Get("text"), "450") {
		t.Errorf("posted %v", posted)
	}
	if !strings.Contains(edited.Get("blocks"), `asked by \u003c@U2\u003e`) || !strings.Contains(edited.Get("blocks"), "delete U2") {
		t.Errorf("edited %s", edited.Get("blocks"))
	}
	got := h.all()
	if len(got) != 1 || !strings.Contains(got[0], `"replace_original":true`) || strings.Contains(got[0], `"action_id":"share"`) || !strings.Contains(got[0], "shared with the channel") {
		t.Errorf("answered %q", got)
	}
}

func TestShareWhereTheBotIsNot(t *testing.T) {
	h := newHook(t)
	r := english(newRig(t, options{}))
	r.api.failWith("chat.postMessage", "not_in_channel")
	r.do(gesture{action: "share", value: "lookup 450", url: h.URL, ephemeral: true})
	got := h.all()
	if len(got) != 2 || !strings.Contains(got[0], `"response_type":"in_channel"`) || strings.Contains(got[0], "U1\\u003e") {
		t.Errorf("answered %q", got)
	}
	r.do(gesture{action: "share", value: "lookup 450", view: "modal", metadata: `{"c":"C2"}`})
	if !strings.Contains(r.api.view(), "could not be shared") || !strings.Contains(r.api.view(), `"action_id":"share"`) {
		t.Errorf("shown %s", r.api.view())
	}
}

func TestPaste(t *testing.T) {
	r := english(newRig(t, options{}))
	open := func(text string) string {
		r.t.Helper()
		w := r.post("/slack/commands", "application/x-www-form-urlencoded", url.Values{"team_id": {"T1"}, "channel_id": {"C1"}, "user_id": {"U1"},
			"command": {"/smtp"}, "text": {text}, "response_url": {"https://hooks.slack.com/commands/1/2"}, "trigger_id": {"1.2.ab"}}.Encode())
		r.settle()
		return w.Body.String()
	}
	if body := open("explain"); body != "" || r.api.methods() != "views.open" {
		t.Fatalf("acknowledged with %s, called %s", body, r.api.methods())
	}
	if body := open("explain " + unknownUser); !strings.Contains(body, "550 5.1.1") || r.api.methods() != "views.open" {
		t.Errorf("with a text: %s, called %s", body, r.api.methods())
	}
	metadata := metadataOf(t, r.api.view())
	submit := func(metadata, text, rest string) string {
		return r.do(gesture{kind: "view_submission", view: "modal", callback: "paste", metadata: metadata, inputs: map[string]string{"text": text, "rest": rest}})
	}
	bounce := "<bob@dest.example>: host mx.dest.example[192.0.2.9] said: 550 5.1.1 User unknown (in reply to RCPT TO command)"
	if got := updated(t, submit(metadata, bounce, "")); !strings.Contains(got, "550 5.1.1") || strings.Contains(got, "bob@") || !strings.Contains(got, `"action_id":"share"`) {
		t.Errorf("answered %s", got)
	}
	if got := updated(t, submit(metadata, strings.Repeat("Received: from mx\n", 160), bounce)); !strings.Contains(got, "550 5.1.1") {
		t.Errorf("the second field: %s", got)
	}
	for _, text := range []string{"", "hello there", "<!channel>"} {
		if got := submit(metadata, text, ""); !strings.Contains(got, `"errors"`) || !strings.Contains(got, `"text"`) {
			t.Errorf("%q: %s", text, got)
		}
	}
	r.do(gesture{kind: "shortcut", callback: "paste"})
	if got := updated(t, submit(metadataOf(t, r.api.view()), bounce, "")); strings.Contains(got, `"action_id":"share"`) {
		t.Error("what has no channel can be shared")
	}
}

// A message that somebody picks is explained with the files it came with, by
// the token of the bot, and within what a file may take.
func TestMessageShortcutReadsFiles(t *testing.T) {
	r := english(newRig(t, options{}))
	r.api.files = map[string]http.HandlerFunc{"/mail": download(bounceMail), "/chat": download("nothing to see here")}
	g := gesture{kind: "message_action", callback: "explain", text: "what does this one want?", files: file("F1", "Undelivered.eml", r.api.URL+"/mail")}
	r.do(g)
	if got := r.api.last("chat.postEphemeral"); !strings.Contains(got.Get("text"), "550 5.1.1") {
		t.Errorf("answered %v", got)
	}
	g.text, g.files = "", file("F1", "a.txt", r.api.URL+"/chat")
	r.do(g)
	if got := r.api.last("chat.postEphemeral"); !strings.Contains(got.Get("text"), "No mail error") {
		t.Errorf("answered %v", got)
	}
}

func TestMessageShortcut(t *testing.T) {
	r := english(newRig(t, options{}))
	g := gesture{kind: "message_action", callback: "explain", text: unknownUser, thread: "1.000100"}
	r.do(g)
	if got := r.api.last("chat.postEphemeral"); got.Get("thread_ts") != "1.000100" || got.Get("user") != "U1" || !strings.Contains(got.Get("text"), "550 5.1.1") {
		t.Errorf("answered %v", got)
	}
	r.api.failWith("chat.postEphemeral", "not_in_channel")
	r.do(g)
	if got := r.api.methods(); got != "chat.postEphemeral views.open" || !strings.Contains(r.api.view(), "550 5.1.1") {
		t.Errorf("called %s, shown %s", got, r.api.view())
	}
	g.text = "lunch?"
	r.do(g)
	if !strings.Contains(r.api.view(), "No mail error") {
		t.Errorf("shown %s", r.api.view())
	}
}
