package slack

import (
	"context"
	"strings"

	"github.com/slack-go/slack"

	"smtpbot/bot"
)

// onExplain explains a message that somebody picked, to them alone: below it,
// or in a modal where the bot is not in the channel. The message comes with the
// shortcut, so that no right to read the channel is needed.
// https://docs.slack.dev/interactivity/implementing-shortcuts#messages
func (a *Adapter) onExplain(in interaction) reply {
	files, within := in.Message.Files, openWithin
	if len(readable(files)) > 0 { // which may take longer than a modal waits
		within = filesWithin
	}
	return reply{after: func() { a.begin(within, func(ctx context.Context) { a.explain(ctx, in, files) }) }}
}

func (a *Adapter) explain(ctx context.Context, in interaction, files []fileObject) {
	lang := a.langAtOnce(ctx, in.team(), in.User.ID)
	place := in.place()
	m := bot.Message{Place: place, ID: in.Message.TS, Text: in.said()}
	if len(readable(files)) > 0 {
		m = a.withFiles(ctx, m, true, files)
	}
	c := a.bot.Command(ctx, bot.Request{Place: place, Text: "explain " + m.Text, Logs: m.Logs, User: in.User.ID, Lang: lang})
	dressed := a.bot.Controls(lang, c, in.User.ID)
	err := a.as(ctx, in.team(), func(api *slack.Client) error {
		m := render(dressed)
		options := []slack.MsgOption{slack.MsgOptionText(m.text, false), slack.MsgOptionBlocks(m.blocks...), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl()}
		if place.Thread != "" { // Slack shows it in a thread only where one has begun
			options = append(options, slack.MsgOptionTS(place.Thread))
		}
		_, err := api.PostEphemeralContext(ctx, place.Channel, in.User.ID, options...)
		return err
	})
	if err != nil && !a.show(ctx, in, a.cardModal(lang, c, originOf(in))) {
		a.answer(ctx, in.ResponseURL, ephemeral(dressed, in.thread()))
	}
	a.remember(in.team(), in.User.ID, c)
}

// said is what stands in a message that somebody picked, with what it quotes.
func (in interaction) said() string {
	parts := []string{plainText(in.Message.Text)}
	for _, quoted := range in.Message.Attachments {
		if quoted.Text != "" {
			parts = append(parts, plainText(quoted.Text))
		} else {
			parts = append(parts, plainText(quoted.Fallback))
		}
	}
	return strings.TrimSpace(strings.Join(parts, "\n"))
}
