package slack

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/slack-go/slack"

	"smtpbot/adapters/slack/blockkit"
	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// An origin is where a modal was opened from, and what it is about. It travels
// in the view itself, so that any process can take the next step.
type origin struct {
	Channel string `json:"c,omitempty"` // where an answer may be shared
	Thread  string `json:"t,omitempty"`
	URL     string `json:"u,omitempty"` // of the message that it was opened from
	About   string `json:"a,omitempty"` // what is shown or asked about: codes and keys
	Shared  bool   `json:"s,omitempty"` // it was shared already
}

// originOf tells where somebody is: in a message, or in a modal that knows.
func originOf(in interaction) origin {
	if in.View.ID != "" {
		var o origin
		_ = json.Unmarshal([]byte(in.View.Metadata), &o) // Home has none
		return o
	}
	return origin{Channel: in.Channel.ID, Thread: in.thread(), URL: in.ResponseURL}
}

// about is the same place with another subject.
func (o origin) about(what string) origin {
	o.About, o.Shared = what, false
	return o
}

func (o origin) String() string {
	b, _ := json.Marshal(o)
	if units(string(b)) > blockkit.MaxMetadata { // an address that long is none of Slack's
		o.URL = ""
		b, _ = json.Marshal(o)
	}
	return string(b)
}

// modal makes a view. What submits it is left out where submit is "".
func modal(e *catalog.Edition, title, callback, submit string, o origin, blocks []slack.Block) *slack.ModalViewRequest {
	v := &slack.ModalViewRequest{
		Type: slack.VTModal, Title: plain(cut(title, blockkit.MaxViewTitle)), CallbackID: callback, PrivateMetadata: o.String(),
		Close: plain(cut(e.Label("modal.close"), blockkit.MaxViewTitle)), Blocks: slack.Blocks{BlockSet: blocks},
	}
	if submit != "" {
		v.Submit = plain(cut(submit, blockkit.MaxViewTitle))
	}
	return v
}

// cardModal shows a whole answer, with what can be done with it. It can be
// shared where it is known to which channel.
func (a *Adapter) cardModal(lang string, c card.Card, o origin) *slack.ModalViewRequest {
	return a.cardModalWithin(maxView, lang, c, o)
}

func (a *Adapter) cardModalWithin(left int, lang string, c card.Card, o origin) *slack.ModalViewRequest {
	e := a.bot.Catalog().Edition(lang)
	o.About = c.Again
	c.Private = true
	c = a.bot.Controls(lang, c, "")
	if o.Channel == "" || o.Shared {
		c = without(c, bot.ActionShare)
	}
	if o.Shared {
		c.Small = append(c.Small, e.Label("share.done"))
	}
	return modal(e, a.modalTitle(e, c.Again), "", "", o, blocksOf(c, left, maxViewBlocks))
}

// modalTitle is the code that a modal is about, where that fits.
func (a *Adapter) modalTitle(e *catalog.Edition, again string) string {
	if key, ok := a.bot.EntryOf(again); ok {
		if entry, ok := e.Entry(key); ok && entry.Code != "" && units(entry.Code) <= blockkit.MaxViewTitle {
			return entry.Code
		}
	}
	if rest, ok := strings.CutPrefix(again, "compare "); ok && units(rest) <= blockkit.MaxViewTitle {
		return rest
	}
	return e.Label("modal.title")
}

func without(c card.Card, id string) card.Card {
	var rest []card.Action
	for _, action := range c.Actions {
		if action.ID != id {
			rest = append(rest, action)
		}
	}
	c.Actions = rest
	return c
}

// show opens a modal: on top of the one that somebody is in, or, where Slack
// stacks no more, in its place. It reports whether the person sees it.
// https://docs.slack.dev/surfaces/modals#updating_views
func (a *Adapter) show(ctx context.Context, in interaction, v *slack.ModalViewRequest) bool {
	err := a.as(ctx, in.team(), func(api *slack.Client) error {
		return a.try(ctx, func(ctx context.Context) error {
			if in.View.Type != "modal" {
				_, err := api.OpenViewContext(ctx, in.TriggerID, *v)
				return err
			}
			_, err := api.PushViewContext(ctx, in.TriggerID, *v)
			if codeOf(err) == "push_limit_reached" {
				_, err = api.UpdateViewContext(ctx, *v, "", in.View.Hash, in.View.ID)
			}
			return err
		})
	})
	if err != nil {
		a.log.Warn("a modal was not opened", "error", reason(err), "view", v.CallbackID)
	}
	return err == nil
}

// replace shows something else in the modal that somebody is in.
func (a *Adapter) replace(ctx context.Context, in interaction, v *slack.ModalViewRequest) {
	err := a.as(ctx, in.team(), func(api *slack.Client) error {
		return a.try(ctx, func(ctx context.Context) error {
			_, err := api.UpdateViewContext(ctx, *v, "", in.View.Hash, in.View.ID)
			return err
		})
	})
	if err != nil {
		a.log.Warn("a modal was not changed", "error", reason(err), "view", v.CallbackID)
	}
}

// maxAck is how long an acknowledgement may be, in bytes. By Socket Mode
// slack-go refuses what Slack would drop in silence, from 20 KB on.
const maxAck = 18_000

// update has a modal that was sent show something else, within the
// acknowledgement. What is too long for that is cut at the mark.
func (a *Adapter) update(lang string, c card.Card, o origin) reply {
	v := a.cardModal(lang, c, o)
	for left := maxAck / 2; left > 500; left /= 2 {
		if b, err := json.Marshal(v); err == nil && len(b) <= maxAck {
			break
		}
		v = a.cardModalWithin(left, lang, c, o)
	}
	return reply{body: slack.NewUpdateViewSubmissionResponse(v)}
}

// mistake tells what to mend in a form, at the block.
func mistake(block, text string) reply {
	return reply{body: slack.NewErrorsViewSubmissionResponse(map[string]string{block: text})}
}

// showDetails opens the whole entry, at once: the store is not asked before.
func (a *Adapter) showDetails(in interaction, value string) reply {
	return reply{after: a.atOnce(func(ctx context.Context) {
		lang := a.langAtOnce(ctx, in.team(), in.User.ID)
		c, ok := a.bot.Again(lang, value)
		if !ok {
			return
		}
		if !a.show(ctx, in, a.cardModal(lang, c, originOf(in).about(c.Again))) {
			c.Private = true // the trigger was too old: the words still arrive
			a.answer(ctx, in.ResponseURL, ephemeral(a.bot.Controls(lang, c, in.User.ID), in.thread()))
			return
		}
		a.remember(in.team(), in.User.ID, c)
	})}
}

// option is one line of a select.
func option(value, text string) *slack.OptionBlockObject {
	return slack.NewOptionBlockObject(value, plain(label(text, blockkit.MaxOptionText)), nil)
}

// selection is a block to pick one of several things.
func selection(block, title, placeholder string, list []*slack.OptionBlockObject, initial *slack.OptionBlockObject) *slack.InputBlock {
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(cut(placeholder, blockkit.MaxPlaceholder)), block, list[:min(len(list), blockkit.MaxOptions)]...)
	pick.InitialOption = initial
	return slack.NewInputBlock(block, plain(title), nil, pick)
}

// field is a block to type in.
func field(block, title, placeholder, hint string, long bool) *slack.InputBlock {
	element := slack.NewPlainTextInputBlockElement(plain(cut(placeholder, blockkit.MaxPlaceholder)), block)
	element.Multiline, element.MaxLength = long, blockkit.MaxInput
	in := slack.NewInputBlock(block, plain(title), nil, element)
	if hint != "" {
		in.Hint = plain(hint)
	}
	return in
}

// prose is a section of the bot's own words.
func prose(content string) slack.Block {
	return slack.NewSectionBlock(text(line(content, false, maxSection)), nil, nil)
}
