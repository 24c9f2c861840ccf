package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// pastedGmail holds nothing that Slack would encode: the page of the local
// Slack shows such characters in their encoded form.
const pastedGmail = "Our newsletter to Gmail stopped working, every copy comes back with this:\n" +
	"550-5.7.26 Your email has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM. 550 5.7.26 - gsmtp"

// TestSlackInABrowser looks at the answers where people read them: in the
// thread of the message, and below the slash command.
func TestSlackInABrowser(t *testing.T) {
	slack, p := slackTransports(t)["socket"](t)
	p.ready()
	ctx := browser(t, 1100, 640)

	ts := slack.say(pastedGmail)
	slack.answered(ts, "5.7.26")
	do(t, ctx, chromedp.Navigate(fmt.Sprintf("%s/archives/%s/p%s?thread_ts=%s&cid=%s", slack.url, general, strings.ReplaceAll(ts, ".", ""), ts, general)))
	eventually(t, "the answer in the thread's pane", func() bool {
		body := js[string](t, ctx, `document.body.innerText`)
		return strings.Contains(body, "Thread") && strings.Contains(body, "Gmail could not tell") && strings.Contains(body, "Details")
	})
	// The page marks the message of a link for a moment.
	eventually(t, "the mark to fade", func() bool { return js[int](t, ctx, `document.getAnimations().length`) == 0 })
	picture(t, ctx, "slack-thread.png")

	do(t, ctx, chromedp.EmulateViewport(1100, 1280), chromedp.Navigate(fmt.Sprintf("%s/archives/%s", slack.url, general)))
	slack.command("221 vs 503")
	eventually(t, "the comparison below the command", func() bool {
		body := js[string](t, ctx, `document.body.innerText`)
		return strings.Contains(body, "What sets them apart") && strings.Contains(body, "When which applies")
	})
	picture(t, ctx, "slack-compare.png")

	// Settings, in a channel where nothing else was said.
	do(t, ctx, chromedp.EmulateViewport(1100, 560), chromedp.Navigate(fmt.Sprintf("%s/archives/%s", slack.url, rooms[0])))
	slack.control("command", map[string]any{"channel": rooms[0], "user": alice, "command": "/smtp", "text": "settings"})
	seen(t, ctx, "the settings", "/smtp settings")
	picture(t, ctx, "slack-settings.png")

	do(t, ctx, chromedp.EmulateViewport(1100, 1010), chromedp.Navigate(fmt.Sprintf("%s/archives/%s", slack.url, general)))
	slack.control("interact", map[string]any{"channel": general, "messageTs": slack.answers(ts)[0].TS, "user": alice,
		"action": map[string]string{"type": "button", "action_id": "details", "value": "lookup 5.7.26"}})
	eventually(t, "the modal", func() bool { return js[bool](t, ctx, `!!document.querySelector(".modal")`) })
	seen(t, ctx, "the details", "What to do")
	picture(t, ctx, "slack-details.png")
	js[chromedp.Void](t, ctx, `document.querySelector(".modal-x").click()`)

	do(t, ctx, chromedp.EmulateViewport(1100, 640))
	js[chromedp.Void](t, ctx, `[...document.querySelectorAll("button")].find(b => b.innerText.includes("smtpbot")).click()`)
	seen(t, ctx, "the Home", "smtpbot — Home", "What is kept")
	picture(t, ctx, "slack-home.png")
	p.stop()
}

// seen waits until the page shows these words.
func seen(t *testing.T, ctx context.Context, what string, words ...string) {
	t.Helper()
	var body string
	defer func() {
		if t.Failed() {
			t.Logf("the page shows %s", body)
		}
	}()
	eventually(t, what, func() bool {
		body = js[string](t, ctx, `document.body.innerText`)
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(body, w) })
	})
}
