package slack

import (
	"cmp"
	"context"
	"errors"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"smtpbot/bot"
)

// What Slack took may not be known here: the connection broke before Slack's
// answer came, or the process ended before it was noted. chat.postMessage has no
// key by which Slack would know a message again, so that whoever says it a
// further time looks in the thread first.
//
// An answer tells whose it is by the id of its first section, which Slack gives
// back with the block. Message metadata would do as well, but there it is not
// documented whether chat.update keeps it, every app of the workspace may be
// told of it, and Slack names reasons of their own to refuse it. A block's id
// is to be another one after each update: the version stands behind the message. Words
// alone, for which Slack refused our blocks, have no mark and are not found.
// https://docs.slack.dev/reference/block-kit/blocks/section-block
// https://docs.slack.dev/messaging/message-metadata

const (
	// Who distributes the app outside Slack's Marketplace gets 15 messages at a
	// time, once a minute. Nobody else has to page either: an answer stands right
	// below the message, or soon after.
	// https://docs.slack.dev/reference/methods/conversations.replies
	lookAtMost = 15
	lookPages  = 4
	lookWithin = 75 * time.Second // room for one wait of that minute, and then for the answer
)

// stampOf is what the ids of all versions of an answer begin with.
func stampOf(row bot.Row) string { return "answer to " + row.Message + "/" }

// stamp marks a message as the answer to that of a row.
func stamp(m message, row bot.Row) message {
	for _, b := range m.blocks {
		if section, ok := b.(*slack.SectionBlock); ok {
			section.BlockID = stampOf(row) + strconv.Itoa(row.Version)
			break
		}
	}
	return m
}

// stamped gives the version of an answer, where a message is one to that of a row.
func stamped(m slack.Message, row bot.Row) (version string, ok bool) {
	if m.BotID == "" { // only a program names blocks
		return "", false
	}
	for _, b := range m.Blocks.BlockSet {
		if version, ok = strings.CutPrefix(b.ID(), stampOf(row)); ok {
			return version, true
		}
	}
	return "", false
}

// postOnce says an answer in its thread, once: a try that may have arrived is not
// repeated before a look in the thread. What stands there already in an earlier
// version is brought up to date.
func (a *Adapter) postOnce(ctx context.Context, answer bot.Answer) (id string, err error) {
	row := answer.Row
	thread := slack.MsgOptionTS(cmp.Or(row.Thread, row.Message))
	doubt := answer.Again
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		if doubt {
			if id, version, ok := a.find(ctx, row); ok {
				if version == strconv.Itoa(row.Version) {
					return id, nil
				}
				row.Answer = id
				return id, a.edit(ctx, bot.Change{Card: answer.Card, Row: row})
			}
		}
		doubt = false
		err = a.post(ctx, row, "chat.postMessage", stamp(a.dress(row, answer.Card), row), func(ctx context.Context, api *slack.Client, options ...slack.MsgOption) (err error) {
			_, id, err = api.PostMessageContext(ctx, row.Channel, append(options, thread)...)
			if doubt = mayStand(err); doubt {
				err = unsure{err}
			}
			return err
		})
		if !doubt || a.pause(ctx, pause) != nil {
			return id, err
		}
	}
}

// find looks in the thread of a message for the answer to it. Where Slack
// does not show the thread in time, or not at all for want of a scope, none
// stands: between a post and the note on it lies a moment, so that what is
// looked for is mostly not there, and to be answered twice is less of a nuisance
// than not to be answered.
func (a *Adapter) find(ctx context.Context, row bot.Row) (id, version string, ok bool) {
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	look := slack.GetConversationRepliesParameters{
		ChannelID: row.Channel, Timestamp: cmp.Or(row.Thread, row.Message), Oldest: row.Message, Limit: lookAtMost,
	}
	for range lookPages {
		var page []slack.Message
		err := a.try(ctx, func(ctx context.Context) error {
			return a.inChannel(ctx, row.Team, row.Channel, func(api *slack.Client) error {
				return a.call(ctx, api, func(ctx context.Context, api *slack.Client) (err error) {
					page, _, look.Cursor, err = api.GetConversationRepliesContext(ctx, &look)
					return err
				})
			})
		})
		if err != nil {
			a.log.Info("it is not known whether an answer stands; it is sent", "error", "conversations.replies: "+reason(err), "channel", row.Channel, "message", row.Message)
			return "", "", false
		}
		for _, m := range page {
			if version, ok := stamped(m, row); ok {
				return m.Timestamp, version, true
			}
		}
		if look.Cursor == "" {
			break
		}
	}
	return "", "", false
}

// unsure is an error after which a message may stand all the same.
type unsure struct{ error }

func (u unsure) Unwrap() error { return u.error }

// mayStand reports whether Slack may have taken what failed here: it answered
// with a fault that leaves it open, or with none that arrived. A connection that
// did not come about carried nothing.
// https://docs.slack.dev/reference/methods/chat.postMessage#errors
func mayStand(err error) bool {
	if _, limited := errors.AsType[*slack.RateLimitedError](err); limited || err == nil {
		return false
	}
	if line, ok := errors.AsType[*net.OpError](err); ok && line.Op == "dial" {
		return false
	}
	switch code := codeOf(err); code {
	case "internal_error", "fatal_error":
		return true
	default:
		return code == "" && passes(err)
	}
}
