package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"smtpbot/bot"
)

// send says an answer as its level wants: in the thread of the message, to its
// writer alone, or by a mark. Its errors hold Slack's codes and nothing of the
// message.
func (a *Adapter) send(ctx context.Context, answer bot.Answer) (id string, err error) {
	row := answer.Row
	switch answer.How {
	case bot.LevelReact:
		return "", a.react(ctx, row, true)
	case bot.LevelQuiet:
		return "", a.whisperTo(ctx, row, a.dress(row, answer.Card))
	}
	return a.postOnce(ctx, answer)
}

// edit brings an answer that stands up to what it has to say now.
func (a *Adapter) edit(ctx context.Context, c bot.Change) error {
	row := c.Row
	switch {
	case row.How == bot.LevelReact && c.Remove:
		return a.react(ctx, row, false)
	case row.How == bot.LevelReact:
		return nil
	case row.How == bot.LevelQuiet && c.Remove:
		return nil
	case row.How == bot.LevelQuiet:
		return a.whisperTo(ctx, row, a.dress(row, c.Card))
	case c.Remove: // https://docs.slack.dev/reference/methods/chat.delete
		return a.say(ctx, row, "chat.delete", func(ctx context.Context, api *slack.Client) error {
			_, _, err := api.DeleteMessageContext(ctx, row.Channel, row.Answer)
			return unless("message_not_found", err)
		})
	}
	// https://docs.slack.dev/reference/methods/chat.update
	return a.post(ctx, row, "chat.update", stamp(a.dress(row, c.Card), row), func(ctx context.Context, api *slack.Client, options ...slack.MsgOption) error {
		_, _, _, err := api.UpdateMessageContext(ctx, row.Channel, row.Answer, options...)
		return err
	})
}

// post says a message by a method of the Web API, which call calls.
func (a *Adapter) post(ctx context.Context, row bot.Row, method string, m message,
	call func(ctx context.Context, api *slack.Client, options ...slack.MsgOption) error) error {
	words := []slack.MsgOption{slack.MsgOptionText(m.text, false), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl()}
	return a.say(ctx, row, method, func(ctx context.Context, api *slack.Client) error {
		err := call(ctx, api, append(slices.Clone(words), slack.MsgOptionBlocks(m.blocks...))...)
		if code := codeOf(err); badBlocks[code] {
			// Our own mistake, but not the reader's: the words still arrive.
			a.log.Error("slack refuses the blocks of an answer", "code", code, "channel", row.Channel, "message", row.Message)
			err = call(ctx, api, slices.Clone(words)...)
		}
		return err
	})
}

// say calls the Web API about a channel, until it succeeds, fails for good, or
// the context ends. It keeps to what Slack said before: to wait, to leave the
// channel alone, or that a token is good no more.
func (a *Adapter) say(ctx context.Context, row bot.Row, method string, f func(ctx context.Context, api *slack.Client) error) error {
	if a.refusals.Alone(room{row.Team, row.Channel}) {
		return fmt.Errorf("%s: the channel is left alone: %w", method, bot.ErrRefused)
	}
	err := a.inTurn(ctx, row.Channel, func(ctx context.Context) error {
		return a.inChannel(ctx, row.Team, row.Channel, func(api *slack.Client) error {
			return a.call(ctx, api, f)
		})
	})
	if err == nil {
		return nil
	}
	code := codeOf(err)
	if closed(code) && a.refusals.LeaveAlone(room{row.Team, row.Channel}) {
		a.log.Warn("slack takes nothing for a channel, which is left alone for an hour", "code", code, "team", row.Team, "channel", row.Channel)
	}
	if refused(code) || errors.Is(err, errNotInstalled) {
		return fmt.Errorf("%s: %s: %w", method, reason(err), bot.ErrRefused)
	}
	return fmt.Errorf("%s: %s", method, reason(err))
}

// call makes one call, unless Slack refuses the token.
func (a *Adapter) call(ctx context.Context, api *slack.Client, f func(ctx context.Context, api *slack.Client) error) error {
	if code := a.tokens.of(api); code != "" {
		return slack.SlackErrorResponse{Err: code}
	}
	if !a.sending.Enter(ctx) {
		return ctx.Err()
	}
	defer a.sending.Leave()
	err := f(ctx, api)
	code := codeOf(err)
	if tokenGone(code) && api == a.own {
		a.setAuth(code) // until the API takes it again
	}
	if tokenGone(code) && a.tokens.refuse(api, code) {
		a.log.Error("slack refuses the token of a workspace, which is not used again", "code", code)
	}
	return err
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

// try calls f until it succeeds, fails for a reason that stays or in a way that
// leaves open what came of it, or no time is left for one more attempt.
func (a *Adapter) try(ctx context.Context, f func(ctx context.Context) error) error {
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		err := f(ctx)
		if _, open := errors.AsType[unsure](err); open || err == nil || ctx.Err() != nil || !passes(err) {
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

// newHTTPClient is for the Web API, for response addresses and for files. None
// of these sends elsewhere; what does is a page to sign in at, which must not
// get a token.
func newHTTPClient() *http.Client {
	return &http.Client{
		Timeout:       15 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
