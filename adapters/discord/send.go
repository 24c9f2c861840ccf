package discord

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"smtpbot/bot"
)

// sendWithin bounds a send with all its retries. It is shorter than bot.Lease,
// after which another process takes the answer over.
const sendWithin = time.Minute

// send replies to the message that an answer belongs to. A message that is gone
// meanwhile is answered without the reference.
func (a *Adapter) send(ctx context.Context, answer bot.Answer) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	id, err := a.post(ctx, answer.Row, render(answer.Card))
	if _, code := status(err); code == discordgo.ErrCodeMissingPermissions || code == discordgo.ErrCodeCannotSendEmptyMessage {
		// This is also how a channel refuses embeds.
		id, err = a.post(ctx, answer.Row, renderPlain(answer.Card))
	}
	if refused(err) {
		err = fmt.Errorf("%w: %w", bot.ErrRefused, err)
	}
	return id, err
}

func (a *Adapter) post(ctx context.Context, row bot.Row, m outgoing) (string, error) {
	mustExist := false
	m.Flags &^= discordgo.MessageFlagsEphemeral // a channel has none
	m.Reference = &discordgo.MessageReference{
		MessageID: row.Message, ChannelID: row.Channel, GuildID: row.Team, FailIfNotExists: &mustExist,
	}
	// The same nonce gives the message that is there already: a retry, or what
	// a process sends that took the answer over, does not double it.
	m.Nonce = cut(row.Message, maxNonce)
	m.EnforceNonce = m.Nonce != ""
	var sent struct {
		ID string `json:"id"`
	}
	err := a.rest.do(ctx, call{
		method: "POST", url: discordgo.EndpointChannelMessages(row.Channel), bucket: "messages " + row.Channel, body: m, into: &sent,
	})
	return sent.ID, err
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
