package slack

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"smtpbot/adapters/slack/blockkit"
)

// checkPost holds a call of chat.postMessage against what Slack allows and what
// the bot promises.
func checkPost(t *testing.T, form url.Values) {
	t.Helper()
	if form.Get("thread_ts") == "" && !strings.Contains(strings.Join(strings.Fields(form.Get("text")), " "), "`/smtp off`") { // the welcome stands at the top
		t.Errorf("channel %q, thread_ts %q", form.Get("channel"), form.Get("thread_ts"))
	}
	checkSaid(t, form)
}

// checkSaid does so for all methods that say something.
func checkSaid(t *testing.T, form url.Values) {
	t.Helper()
	if form.Get("channel") == "" {
		t.Error("no channel")
	}
	if form.Get("unfurl_links") != "false" || form.Get("unfurl_media") != "false" {
		t.Error("links are unfurled")
	}
	if form.Get("reply_broadcast") != "" || form.Has("link_names") || form.Get("parse") == "full" {
		t.Error("the post is loud")
	}
	var blocks []any
	if raw := form.Get("blocks"); raw != "" {
		if err := json.Unmarshal([]byte(raw), &blocks); err != nil {
			t.Errorf("blocks: %v", err)
		}
	}
	checkMessage(t, form.Get("text"), blocks)
}

// checkWebhook holds an answer to a command or a button against the same.
func checkWebhook(t *testing.T, body []byte) (text string) {
	t.Helper()
	var m struct {
		ResponseType    string `json:"response_type"`
		ReplaceOriginal bool   `json:"replace_original"`
		Text            string `json:"text"`
		Blocks          []any  `json:"blocks"`
		UnfurlLinks     *bool  `json:"unfurl_links"`
	}
	if err := json.Unmarshal(body, &m); err != nil {
		t.Fatalf("%v in %.200s", err, body)
	}
	if m.ResponseType != "ephemeral" || m.ReplaceOriginal || m.UnfurlLinks == nil || *m.UnfurlLinks {
		t.Errorf("response_type %q, replace_original %v", m.ResponseType, m.ReplaceOriginal)
	}
	checkMessage(t, m.Text, m.Blocks)
	return m.Text
}

func checkMessage(t *testing.T, text string, blocks []any) {
	t.Helper()
	raw, err := json.Marshal(blocks)
	if err != nil {
		t.Fatal(err)
	}
	if err := blockkit.CheckMessage(text, raw); err != nil {
		t.Error(err)
	}
}

// checkView holds a modal or Home that is about to be shown against the same.
func checkView(t *testing.T, view any) []byte {
	t.Helper()
	raw, err := json.Marshal(view)
	if err != nil {
		t.Fatal(err)
	}
	if err := blockkit.CheckView(raw); err != nil {
		t.Error(err)
	}
	return raw
}
