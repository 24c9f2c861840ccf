package discord

import (
	"context"

	"smtpbot/bot"
)

// deletion is MESSAGE_DELETE or MESSAGE_DELETE_BULK.
//
// https://discord.com/developers/docs/events/gateway-events#message-delete
type deletion struct {
	ID        string   `json:"id"`
	IDs       []string `json:"ids"`
	ChannelID string   `json:"channel_id"`
	GuildID   string   `json:"guild_id"`
}

// onDeleted takes the answers to deleted messages away. Where a message is an
// answer of the bot, somebody deleted that by hand, and it does not come back.
func (a *Adapter) onDeleted(kind string, d *deletion) bool {
	ids := d.IDs
	if d.ID != "" {
		ids = []string{d.ID}
	}
	return a.judgeLater(d.ChannelID, func(ctx context.Context) {
		defer a.handled(kind)
		for _, id := range ids {
			a.deleted(ctx, a.place(d.GuildID, d.ChannelID), id)
		}
	})
}

func (a *Adapter) deleted(ctx context.Context, p bot.Place, id string) {
	var change *bot.Change
	err := a.again(ctx, func() error {
		row, known, err := a.bot.Remembered(ctx, name, p.Channel, id)
		switch {
		case err != nil || !known:
			return err
		case row.Message == id:
			change, err = a.bot.Deleted(ctx, p, id)
			return err
		case row.State == bot.Answered || row.State == bot.Changing: // not one that the bot takes away itself
			return a.bot.Dismiss(ctx, p, id)
		}
		return nil
	})
	if err != nil {
		a.log.Error("a deletion was not followed", "channel", p.Channel, "message", id, "problem", err.Error())
		return
	}
	a.carryOut(bot.Outcome{Change: change}, nil)
}

// reaction is MESSAGE_REACTION_ADD.
//
// https://discord.com/developers/docs/events/gateway-events#message-reaction-add
type reaction struct {
	UserID    string `json:"user_id"`
	ChannelID string `json:"channel_id"`
	MessageID string `json:"message_id"`
	GuildID   string `json:"guild_id"`
	Member    *struct {
		User user `json:"user"`
	} `json:"member"`
	Emoji struct {
		ID   string `json:"id"` // of one that a server made
		Name string `json:"name"`
	} `json:"emoji"`
}

// clicked reports whether a person clicked what the bot marks messages with.
func (a *Adapter) clicked(r *reaction) bool {
	return r.Emoji.ID == "" && r.Emoji.Name == emoji && r.UserID != "" && r.UserID != a.self() &&
		r.MessageID != "" && r.ChannelID != "" && (r.Member == nil || !r.Member.User.Bot)
}

// onReaction answers whoever clicks the bot's mark. At the level react that is
// the whole answer, when somebody else than the writer wants it. At the level
// quiet it is a line with a button that shows the explanation to whoever
// presses it, and to nobody else: Discord shows something to one person only in
// answer to what that person did, and a click on a reaction does not count as
// that. So nothing stands in the channel until somebody asks, and then a line.
func (a *Adapter) onReaction(kind string, r *reaction) bool {
	return a.judgeLater(r.ChannelID, func(ctx context.Context) {
		said := func() { a.handled(kind) }
		defer func() { said() }()
		if a.refusals.Alone(demand{r.ChannelID, posts}) {
			return
		}
		p := a.place(r.GuildID, r.ChannelID)
		var answer *bot.Answer
		err := a.again(ctx, func() (err error) {
			if answer, err = a.bot.Reacted(ctx, p, r.MessageID, r.UserID); err == nil && answer == nil {
				answer, err = a.bot.Offer(ctx, p, r.MessageID)
			}
			return err
		})
		if err != nil {
			a.log.Error("a click on the mark was not followed", "channel", r.ChannelID, "message", r.MessageID, "problem", err.Error())
			return
		}
		if a.carryOut(bot.Outcome{Answer: answer}, said) {
			said = func() {}
		}
	})
}
