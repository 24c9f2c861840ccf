package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"smtpbot/adapters/slack/blockkit"
)

// judge holds what the process says against what Slack allows and what the bot
// promises, and keeps it. Local Slack takes everything.
func (x *slackProxy) judge(c slackCall) {
	if err := x.wrong(c); err != nil {
		x.t.Errorf("%s: %v\n%.2000s", c.method, err, c.words())
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.said = append(x.said, c)
}

func (x *slackProxy) wrong(c slackCall) error {
	switch {
	case c.method == "chat.postMessage", c.method == "chat.postEphemeral", c.method == "chat.update":
		return x.wrongMessage(c)
	case c.method == "response", c.method == "acknowledgement":
		return wrongReply(c.body)
	case strings.HasPrefix(c.method, "views."):
		var call struct{ View json.RawMessage }
		if err := json.Unmarshal(c.body, &call); err != nil {
			return err
		}
		return blockkit.CheckView(call.View)
	}
	return nil
}

var timestamp = regexp.MustCompile(`^[0-9]{10}\.[0-9]{6}$`)

func (x *slackProxy) wrongMessage(c slackCall) error {
	wrong := []error{blockkit.CheckMessage(c.form.Get("text"), []byte(c.form.Get("blocks")))}
	no := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }
	if c.form.Get("channel") == "" {
		no("no channel")
	}
	if c.form.Get("unfurl_links") != "false" || c.form.Get("unfurl_media") != "false" {
		no("links are unfurled")
	}
	if c.form.Get("reply_broadcast") != "" || c.form.Has("link_names") || c.form.Get("parse") == "full" {
		no("it is loud")
	}
	if c.method == "chat.postEphemeral" && c.form.Get("user") == "" {
		no("it is for nobody")
	}
	if c.method == "chat.update" && !timestamp.MatchString(c.form.Get("ts")) {
		no("it edits %q", c.form.Get("ts"))
	}
	if thread := c.form.Get("thread_ts"); thread != "" {
		if !timestamp.MatchString(thread) {
			no("thread_ts is %q", thread)
		}
		for _, m := range x.messagesIn(c.form.Get("channel")) {
			if m.TS == thread && m.ThreadTS != "" && m.ThreadTS != thread {
				no("a reply is taken for the root of a thread")
			}
		}
	}
	return errors.Join(wrong...)
}

// wrongReply is about what goes to a response address or with an
// acknowledgement: a message for one person, or what becomes of a modal.
func wrongReply(body []byte) error {
	var r struct {
		Type     string `json:"response_type"`
		Replace  bool   `json:"replace_original"`
		Delete   bool   `json:"delete_original"`
		Unfurl   *bool  `json:"unfurl_links"`
		Text     string
		Blocks   json.RawMessage
		Action   string `json:"response_action"`
		View     json.RawMessage
		Errors   map[string]string
		Envelope any `json:"envelope_id"`
	}
	if err := json.Unmarshal(body, &r); err != nil {
		return err
	}
	switch {
	case r.Action == "errors":
		if len(r.Errors) == 0 {
			return errors.New("errors without one")
		}
		return nil
	case r.Action == "update" || r.Action == "push":
		return blockkit.CheckView(r.View)
	case r.Action == "clear", r.Delete, string(body) == "{}":
		return nil
	}
	wrong := []error{blockkit.CheckMessage(r.Text, r.Blocks)}
	if r.Type != "ephemeral" && !r.Replace {
		wrong = append(wrong, fmt.Errorf("response_type is %q", r.Type))
	}
	if r.Unfurl == nil || *r.Unfurl {
		wrong = append(wrong, errors.New("links are unfurled"))
	}
	return errors.Join(wrong...)
}

// messagesIn is what local Slack holds of a channel, none while it is away.
func (x *slackProxy) messagesIn(channel string) []slackMessage {
	x.mu.Lock()
	s := &localSlack{t: x.t, url: x.slack.String()}
	x.mu.Unlock()
	return s.messagesIn(channel)
}
