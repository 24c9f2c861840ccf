package slack

import (
	"cmp"
	"context"
	"strings"
	"time"

	"smtpbot/bot"
)

// Names of what people can use beside the core's actions.
const (
	actionBeside = "beside" // a code in the list of those that are often confused

	callbackCompare  = "compare"
	callbackLanguage = "language"
	callbackWrong    = "wrong"
	callbackPaste    = "paste"
)

// openWithin bounds the opening of a modal: what triggers it is good for three
// seconds. https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses
const openWithin = 2800 * time.Millisecond

// onInteraction handles what people do with a message, a modal or Home. What
// the bot did not make is acknowledged: a button with an address opens it by
// itself.
func (a *Adapter) onInteraction(ctx context.Context, in interaction) reply {
	switch in.Type {
	case "block_actions":
		return a.onActions(in)
	case "view_submission":
		return a.onSubmission(ctx, in)
	case "message_action":
		if in.CallbackID == shortcutExplain {
			return a.onExplain(in)
		}
	case "shortcut":
		if in.CallbackID == shortcutPaste {
			return a.openPaste(command{Team: in.team(), User: in.User.ID, TriggerID: in.TriggerID})
		}
	}
	return reply{}
}

// onActions handles buttons and menus. An option of the menu names its action
// and the action's value.
func (a *Adapter) onActions(in interaction) reply {
	for _, action := range in.Actions {
		name, _, _ := strings.Cut(action.ID, "#")
		value := action.Value
		if name == actionMore {
			name, value, _ = strings.Cut(action.Selected.Value, " ")
		}
		switch name {
		case bot.ActionDetails:
			return a.showDetails(in, value)
		case bot.ActionCompare:
			return a.askCompare(in, value)
		case actionBeside:
			return a.showBeside(in, action.Selected.Value)
		case bot.ActionShare:
			return a.share(in, value)
		case bot.ActionLanguage:
			return a.askLanguage(in, value)
		case bot.ActionWrong:
			return a.askWrong(in, value)
		case bot.ActionDelete:
			return a.deleteAnswer(in, value)
		case homeSearch, homeSave, homeOptOut, homeOptIn:
			return a.onHomeAction(in, name, value)
		}
	}
	return reply{}
}

// onSubmission takes a form that was sent. What it gives goes back with the
// acknowledgement.
func (a *Adapter) onSubmission(ctx context.Context, in interaction) reply {
	switch in.View.Callback {
	case callbackCompare:
		return a.takeCompare(ctx, in)
	case callbackLanguage:
		return a.takeLanguage(ctx, in)
	case callbackWrong:
		return a.takeWrong(ctx, in)
	case callbackPaste:
		return a.takePaste(ctx, in)
	}
	return reply{}
}

// team is the workspace whose installation an interaction came for. Somebody
// from the other side of a shared channel may have used the button, so that
// their own workspace is asked last.
func (in interaction) team() string {
	return cmp.Or(in.View.Installed, in.Team.ID, in.Enterprise.ID, in.User.TeamID)
}

// thread is where the message that somebody used stands.
func (in interaction) thread() string { return cmp.Or(in.Message.ThreadTS, in.Container.ThreadTS) }

func (in interaction) place() bot.Place {
	return bot.Place{Platform: Name, Team: in.team(), Channel: in.Channel.ID, Thread: in.thread()}
}

// atOnce does something behind an acknowledgement that cannot wait for what is
// being sent.
func (a *Adapter) atOnce(f func(ctx context.Context)) func() {
	return func() {
		a.begin(openWithin, f)
	}
}
