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
	typed := in.said()
	return reply{after: a.atOnce(func(ctx context.Context) {
		lang := a.langAtOnce(ctx, in.team(), in.User.ID)
		c := a.bot.Command(ctx, bot.Request{Place: in.place(), Text: "explain " + typed, User: in.User.ID, Lang: lang})
		dressed := a.bot.Controls(lang, c, in.User.ID)
		row := bot.Row{Place: in.place(), User: in.User.ID, Lang: lang, How: bot.LevelQuiet}
		err := a.as(ctx, in.team(), func(api *slack.Client) error {
			m := render(dressed)
			options := []slack.MsgOption{slack.MsgOptionText(m.text, false), slack.MsgOptionBlocks(m.blocks...), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl()}
			if row.Thread != "" { // Slack shows it in a thread only where one has begun
				options = append(options, slack.MsgOptionTS(row.Thread))
			}
			_, err := api.PostEphemeralContext(ctx, row.Channel, row.User, options...)
			return err
		})
		if err != nil && !a.show(ctx, in, a.cardModal(lang, c, originOf(in))) {
			a.answer(ctx, in.ResponseURL, ephemeral(dressed, in.thread()))
		}
		a.remember(in.team(), in.User.ID, c)
	})}
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
