package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"smtpbot/bot"
	"smtpbot/bot/card"
)

// sendWithin bounds a send with all its retries. It is shorter than bot.Lease,
// after which another process takes the answer over.
const sendWithin = time.Minute

// emoji is what marks a message whose error the bot explains when somebody asks
// for it, by clicking the mark: a magnifying glass.
const emoji = "🔍"

// carryOut has what the bot wants said in a channel said, behind what waits
// there already. It reports whether there is something; done is called then.
func (a *Adapter) carryOut(o bot.Outcome, done func()) bool {
	o = o.Settled()
	var row bot.Row
	var do func(context.Context) error
	switch {
	case o.Answer != nil:
		row = o.Answer.Row
		do = func(ctx context.Context) error { return a.bot.Deliver(ctx, *o.Answer, a.send) }
	case o.Change != nil:
		row = o.Change.Row
		do = func(ctx context.Context) error { return a.bot.Apply(ctx, *o.Change, a.edit) }
	default:
		return false
	}
	ok := a.sending.Queue(row.Channel, func(ctx context.Context) {
		if done != nil {
			defer done()
		}
		switch err := do(ctx); {
		case err == nil:
		case errors.Is(err, errAlone): // it was said when the channel refused
			a.log.Debug("an answer was not sent", "channel", row.Channel, "message", row.Message)
		default:
			a.log.Warn("an answer was not sent", "channel", row.Channel, "message", row.Message, "problem", described(err))
		}
	})
	if !ok { // the store has it, and it is taken over later
		a.log.Warn("too much waits to be said; the rest is taken over later", "channel", row.Channel)
	}
	return ok
}

// takeOver takes over what this or another process was to say and did not.
func (a *Adapter) takeOver(ctx context.Context) {
	err := a.bot.TakeOver(ctx, name,
		func(answer bot.Answer) { a.carryOut(bot.Outcome{Answer: &answer}, nil) },
		func(change bot.Change) { a.carryOut(bot.Outcome{Change: &change}, nil) })
	if err != nil && ctx.Err() == nil {
		a.log.Warn("overdue answers were not taken over", "problem", err.Error())
	}
}

// send says an answer as its level wants: in reply to the message, by a mark,
// or by an offer.
func (a *Adapter) send(ctx context.Context, answer bot.Answer) (id string, err error) {
	row := answer.Row
	switch answer.How {
	case bot.LevelReact, bot.LevelQuiet:
		return "", a.react(ctx, row, true)
	case bot.LevelOffer:
		err = a.inChannel(ctx, row, posts, func(ctx context.Context) error {
			id, err = a.post(ctx, row, a.offer(row, answer.Card))
			return err
		})
		return id, err
	}
	err = a.inChannel(ctx, row, posts, func(ctx context.Context) error {
		return a.asEmbed(row, answer.Card, func(m outgoing) error {
			id, err = a.post(ctx, row, m)
			return err
		})
	})
	return id, err
}

// edit brings an answer that stands up to what it has to say now.
func (a *Adapter) edit(ctx context.Context, c bot.Change) error {
	row := c.Row
	switch {
	case row.How == bot.LevelReact || row.How == bot.LevelQuiet:
		if c.Remove {
			return a.react(ctx, row, false)
		}
		return nil
	case c.Remove:
		return a.inChannel(ctx, row, posts, func(ctx context.Context) error {
			err := a.rest.do(ctx, call{method: "DELETE", url: discordgo.EndpointChannelMessage(row.Channel, row.Answer), bucket: "delete " + row.Channel})
			return unless(discordgo.ErrCodeUnknownMessage, err)
		})
	}
	return a.inChannel(ctx, row, posts, func(ctx context.Context) error {
		patch := func(m outgoing) error {
			m.Flags &= discordgo.MessageFlagsSuppressEmbeds // others cannot be changed
			return a.rest.do(ctx, call{
				method: "PATCH", url: discordgo.EndpointChannelMessage(row.Channel, row.Answer), bucket: "edit " + row.Channel, body: m,
			})
		}
		if row.How == bot.LevelOffer {
			return patch(a.offer(row, c.Card))
		}
		return a.asEmbed(row, c.Card, patch)
	})
}

// offer is the line that stands for an answer, with the button that shows it.
func (a *Adapter) offer(row bot.Row, c card.Card) outgoing {
	return renderHint(a.bot.Catalog().Edition(row.Lang), c)
}

// asEmbed posts a card, with what its readers can do with it, as an embed, or as
// plain text where the bot may not embed: a channel refuses that in the same
// words as a message of any kind.
func (a *Adapter) asEmbed(row bot.Row, c card.Card, post func(outgoing) error) error {
	t := tongue{a.bot.Catalog().Edition(row.Lang), row.Team == ""}
	c = a.bot.Controls(row.Lang, c, row.User)
	err := post(render(t, c))
	if _, code := status(err); code == discordgo.ErrCodeMissingPermissions || code == discordgo.ErrCodeCannotSendEmptyMessage {
		err = post(renderPlain(t, c))
	}
	return err
}

func (a *Adapter) post(ctx context.Context, row bot.Row, m outgoing) (string, error) {
	mustExist := false
	m.Flags &^= discordgo.MessageFlagsEphemeral // a channel knows nothing of the kind
	m.Reference = &discordgo.MessageReference{
		MessageID: row.Message, ChannelID: row.Channel, GuildID: row.Team, FailIfNotExists: &mustExist,
	}
	m.Nonce = nonce(row)
	m.EnforceNonce = m.Nonce != ""
	var sent struct {
		ID string `json:"id"`
	}
	err := a.rest.do(ctx, call{
		method: "POST", url: discordgo.EndpointChannelMessages(row.Channel), bucket: "messages " + row.Channel, body: m, into: &sent,
	})
	return sent.ID, err
}

// nonce names an answer. The same nonce gives the message that is there
// already: a retry, or what a process sends that took the answer over, does not
// double it. An error that was edited away and comes back is answered anew.
//
// https://discord.com/developers/docs/resources/message#create-message
func nonce(row bot.Row) string {
	id, err := strconv.ParseUint(row.Message, 10, 64)
	if err != nil {
		return cut(row.Message, maxNonce)
	}
	return strconv.FormatUint(id, 36) + "." + strconv.FormatInt(max(0, row.Due.UnixMilli()), 36)
}

// react puts the mark on a message, or takes it away. What is there already, or
// gone, is well.
//
// https://discord.com/developers/docs/resources/message#create-reaction
func (a *Adapter) react(ctx context.Context, row bot.Row, on bool) error {
	method := "PUT"
	if !on {
		method = "DELETE"
	}
	return a.inChannel(ctx, row, marks, func(ctx context.Context) error {
		err := a.rest.do(ctx, call{
			method: method, url: discordgo.EndpointMessageReaction(row.Channel, row.Message, url.PathEscape(emoji), "@me"), bucket: "reactions " + row.Channel,
		})
		if on {
			return err
		}
		return unless(discordgo.ErrCodeUnknownMessage, err)
	})
}

// unless passes over an error that says that it is done already.
func unless(code int, err error) error {
	if _, got := status(err); got == code {
		return nil
	}
	return err
}

// inChannel does something in a channel, unless that is left alone, and notes
// where it refuses.
func (a *Adapter) inChannel(ctx context.Context, row bot.Row, of string, f func(context.Context) error) error {
	if a.refusals.Alone(demand{row.Channel, of}) {
		return errAlone
	}
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	err := f(ctx)
	if closed(err) && a.refusals.LeaveAlone(demand{row.Channel, of}) {
		_, code := status(err)
		a.log.Warn("a channel takes nothing from the bot and is left alone for an hour; it needs the permissions of the invite link",
			"guild", row.Team, "channel", row.Channel, "what", of, "code", code)
	}
	if refused(err) {
		err = fmt.Errorf("%w: %w", bot.ErrRefused, err)
	}
	return err
}

// errAlone says that a channel is left alone.
var errAlone = fmt.Errorf("%w: the channel is left alone", bot.ErrRefused)

// closed reports whether a channel takes nothing from the bot, whoever it is for.
func closed(err error) bool {
	http4xx, code := status(err)
	const reactionBlocked = 90001 // by one person
	return http4xx == http.StatusForbidden && code != reactionBlocked || code == discordgo.ErrCodeUnknownChannel
}

// refused reports whether Discord will never take an answer: the channel or the
// permission is gone, or the answer itself is not to its liking.
func refused(err error) bool {
	http4xx, code := status(err)
	switch code {
	case discordgo.ErrCodeThisActionCannotBePerformedDueToSlowmodeRateLimit,
		discordgo.ErrCodeChannelHasHitWriteRateLimit,
		discordgo.ErrCodeTheWriteActionYouArePerformingOnTheServerHasHitTheWriteRateLimit,
		discordgo.ErrCodeSendMessagesHasBeenTemporarilyDisabled,
		discordgo.ErrCodeFeatureTemporarilyDisabledServerSide:
		return false
	}
	// 401 is about the token, which an operator can mend.
	return final(err) && http4xx != http.StatusUnauthorized
}
