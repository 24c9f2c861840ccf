package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/slack-go/slack"

	"smtpbot/bot"
)

// send posts an answer into the thread of the message that it answers. It
// tries again what may pass, until the context ends. Its errors hold Slack's
// codes and nothing of the message.
func (a *Adapter) send(ctx context.Context, answer bot.Answer) (id string, err error) {
	defer func() {
		if p := recover(); p != nil {
			a.panicked("send", p)
			err = errPanic
		}
	}()
	api, err := a.client(ctx, answer.Row.Team)
	if err != nil {
		return "", err
	}
	thread := answer.Row.Thread
	if thread == "" {
		thread = answer.Row.Message
	}
	m := render(answer.Card)
	options := []slack.MsgOption{
		slack.MsgOptionText(m.text, false), slack.MsgOptionTS(thread),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	}
	withBlocks := append(options, slack.MsgOptionBlocks(m.blocks...))
	err = a.try(ctx, func(ctx context.Context) error {
		_, id, err = api.PostMessageContext(ctx, answer.Row.Channel, withBlocks...)
		if code := codeOf(err); badBlocks[code] {
			// Our own mistake, but not the reader's: the words still arrive.
			a.log.Error("slack refuses the blocks of an answer", "code", code, "channel", answer.Row.Channel, "message", answer.Row.Message)
			_, id, err = api.PostMessageContext(ctx, answer.Row.Channel, options...)
		}
		return err
	})
	if err == nil {
		return id, nil
	}
	if refused(codeOf(err)) {
		return "", fmt.Errorf("chat.postMessage: %s: %w", reason(err), bot.ErrRefused)
	}
	return "", fmt.Errorf("chat.postMessage: %s", reason(err))
}

// whisper answers the one who pressed a button, through the address that came
// with the press.
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
func (a *Adapter) whisper(ctx context.Context, responseURL string, m slack.WebhookMessage) error {
	err := a.try(ctx, func(ctx context.Context) error {
		return slack.PostWebhookCustomHTTPContext(ctx, responseURL, a.http, &m)
	})
	if err != nil {
		return fmt.Errorf("response_url: %s", reason(err))
	}
	return nil
}

// How often and how long to wait before trying again what failed.
const (
	firstPause = 500 * time.Millisecond
	lastPause  = 30 * time.Second
)

// try calls f until it succeeds, fails for a reason that stays, or no time is
// left for one more attempt.
func (a *Adapter) try(ctx context.Context, f func(ctx context.Context) error) error {
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		err := f(ctx)
		if err == nil || ctx.Err() != nil || !passes(err) {
			return err
		}
		if a.pause(ctx, max(pause, retryAfter(err))) != nil {
			return err
		}
	}
}

// pause waits, or says at once that there is no time for it.
func pause(ctx context.Context, d time.Duration) error {
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < d {
		return context.DeadlineExceeded
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// retryAfter is how long Slack wants to be left alone.
// https://docs.slack.dev/apis/web-api/rate-limits
func retryAfter(err error) time.Duration {
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return max(limited.RetryAfter, time.Second)
	}
	return 0
}

// passes reports whether an error may be gone at the next attempt.
func passes(err error) bool {
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return limited.Retryable()
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		return status.Retryable()
	}
	switch code := codeOf(err); code {
	case "internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited", "rate_limited", "team_added_to_org", "accesslimited":
		return true
	default:
		return code == "" // the network, or an answer that was none
	}
}

// refused reports whether this message will never be taken. What an operator
// can mend, as a token that was revoked, is not among them: the answer waits.
// https://docs.slack.dev/reference/methods/chat.postMessage#errors
func refused(code string) bool {
	switch code {
	case "not_in_channel", "channel_not_found", "is_archived", "msg_too_long", "no_text", "cannot_reply_to_message", "thread_not_found",
		"message_not_found", "messages_tab_disabled", "access_denied", "team_access_not_granted", "ekm_access_denied", "user_not_found",
		"invalid_channel", "is_inactive", "too_many_contents", "as_user_not_supported", "invalid_arguments", "invalid_thread_ts":
		return true
	}
	return strings.HasPrefix(code, "restricted_action") || strings.HasPrefix(code, "slack_connect_") || badBlocks[code]
}

var badBlocks = map[string]bool{"invalid_blocks": true, "invalid_blocks_format": true, "msg_blocks_too_long": true, "block_mismatch": true}

// codeOf is the code by which Slack names an error, "" where it named none.
func codeOf(err error) string {
	if answer, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		return word(answer.Err)
	}
	return ""
}

// reason says why something failed, in words that are safe to log and to show:
// a code of Slack, a status, or what the network said. Addresses with tickets
// in them, tokens and texts stay out.
func reason(err error) string {
	if err == nil {
		return ""
	}
	if code := codeOf(err); code != "" {
		return code
	}
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return fmt.Sprintf("ratelimited, again in %s", limited.RetryAfter)
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		return fmt.Sprintf("HTTP status %d", status.Code)
	}
	if number, ok := errors.AsType[syscall.Errno](err); ok {
		return number.Error()
	}
	if name, ok := errors.AsType[*net.DNSError](err); ok {
		if name.IsNotFound {
			return "no such host"
		}
		return "DNS failed"
	}
	var timeout interface{ Timeout() bool }
	switch _, badJSON := errors.AsType[*json.SyntaxError](err); {
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "no answer in time"
	case errors.Is(err, context.Canceled):
		return "interrupted"
	case badJSON:
		return "an answer that is no JSON"
	}
	if address, ok := errors.AsType[*url.Error](err); ok {
		err = address.Err
	}
	return fmt.Sprintf("connection lost (%T)", err)
}

// word keeps a code to the letters that codes have.
func word(code string) string {
	if len(code) > 80 || strings.Trim(code, "abcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
		return "unknown_error"
	}
	return code
}

// newHTTPClient is for the Web API and for response addresses.
func newHTTPClient() *http.Client { return &http.Client{Timeout: 15 * time.Second} }
