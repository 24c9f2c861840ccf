package main

import (
	"fmt"
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
	p.stop()
}
