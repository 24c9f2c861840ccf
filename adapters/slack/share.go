package slack

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/slack-go/slack"

	"smtpbot/bot"
)

// share shows to a whole channel, or to the thread where it stands, what one
// person was answered, and says who asked. Each answer once.
func (a *Adapter) share(in interaction, again string) reply {
	o := originOf(in)
	key := strings.Join([]string{o.Channel, in.Container.MessageTS, in.View.ID, in.User.ID, again}, " ")
	if o.Channel == "" || o.Shared || !a.once.first(key) {
		return reply{}
	}
	return reply{after: func() {
		a.spawn(sendWithin, func(ctx context.Context) {
			lang := a.lang(ctx, in.place(), in.User.ID)
			if err := a.shareNow(ctx, in, o, again); err != nil {
				a.once.forget(key)
				a.log.Warn("an answer was not shared", "error", err, "channel", o.Channel)
				a.sayShared(ctx, in, o, lang, again, false)
				return
			}
			a.sayShared(ctx, in, o, lang, again, true)
		})
	}}
}

// shareNow posts it in the channel's language. A mention in a new message
// would ring at the one who shares, and one that an edit adds does not.
func (a *Adapter) shareNow(ctx context.Context, in interaction, o origin, again string) error {
	row := bot.Row{Place: bot.Place{Platform: Name, Team: in.team(), Channel: o.Channel, Thread: o.Thread}, User: in.User.ID, How: bot.LevelReply}
	row.Lang = a.channelLang(ctx, row.Place, in.User.ID)
	c, ok := a.bot.Again(row.Lang, again)
	if !ok {
		return errors.New("nothing can be shared")
	}
	m := a.dress(row, c)
	posted := ""
	err := a.post(ctx, row, "chat.postMessage", m, func(ctx context.Context, api *slack.Client, options ...slack.MsgOption) error {
		if o.Thread != "" {
			options = append(options, slack.MsgOptionTS(o.Thread))
		}
		_, id, err := api.PostMessageContext(ctx, o.Channel, options...)
		posted = id
		return err
	})
	if errors.Is(err, bot.ErrRefused) && o.URL != "" {
		// The bot is not in the channel; the address that came with the press
		// leads there all the same.
		public := slack.WebhookMessage{Text: m.text, Blocks: &slack.Blocks{BlockSet: m.blocks}, ResponseType: slack.ResponseTypeInChannel, ThreadTimestamp: o.Thread}
		no := false
		public.UnfurlLinks, public.UnfurlMedia = &no, &no
		return a.whisper(ctx, o.URL, public)
	}
	if err != nil {
		return err
	}
	by := strings.Replace(escape(a.bot.Catalog().Edition(row.Lang).Label("share.by", "person", "@@")), "@@", "<@"+in.User.ID+">", 1)
	m.blocks = append([]slack.Block{slack.NewContextBlock("", text(by))}, m.blocks...)
	err = a.post(ctx, row, "chat.update", m, func(ctx context.Context, api *slack.Client, options ...slack.MsgOption) error {
		_, _, _, err := api.UpdateMessageContext(ctx, o.Channel, posted, options...)
		return err
	})
	if err != nil { // it stands there, without a name
		a.log.Info("a shared answer does not say who asked", "error", err, "channel", o.Channel)
	}
	return nil
}

// sayShared takes the button away from what was shared, or says why it was not.
func (a *Adapter) sayShared(ctx context.Context, in interaction, o origin, lang, again string, done bool) {
	e := a.bot.Catalog().Edition(lang)
	c, ok := a.bot.Again(lang, again)
	switch {
	case !ok:
		return
	case in.View.ID != "":
		o.Shared = done
		if !done {
			c.Small = append(c.Small, e.Label("share.failed"))
		}
		a.replace(ctx, in, a.cardModal(lang, c, o))
	case done:
		c.Private = true
		c = without(a.bot.Controls(lang, c, in.User.ID), bot.ActionShare)
		c.Small = append(c.Small, e.Label("share.done"))
		m := ephemeral(c, "")
		m.ReplaceOriginal = true
		a.answer(ctx, in.ResponseURL, m)
	default:
		a.answer(ctx, in.ResponseURL, ephemeral(note(e.Label("share.failed"), ""), o.Thread))
	}
}

// once keeps a second press of a button from doing the same again.
type once struct {
	mu   sync.Mutex
	done map[string]bool
}

const maxOnce = 4096

func newOnce() *once { return &once{done: map[string]bool{}} }

func (o *once) first(key string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.done[key] {
		return false
	}
	if len(o.done) >= maxOnce {
		clear(o.done) // by then the button is gone
	}
	o.done[key] = true
	return true
}

func (o *once) forget(key string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.done, key)
}
