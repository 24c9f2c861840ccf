package slack

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"smtpbot/adapters/slack/blockkit"
	"smtpbot/bot/card"
)

// actionMore names the menu of what is wanted seldom.
const actionMore = "more"

// elements gives the actions that Slack can carry: buttons, and a menu. What is
// asked stands in the value of a button, or behind the name of an option.
func elements(actions []card.Action) []slack.BlockElement {
	var first, more []card.Action
	for _, a := range actions {
		if a.More {
			more = append(more, a)
		} else {
			first = append(first, a)
		}
	}
	if len(more) == 1 { // no menu for one thing
		first, more = append(first, more...), nil
	}
	list := buttons(first)
	if lines := menu(more); len(lines) > 0 {
		if len(list) == maxActions {
			list = list[:maxActions-1]
		}
		list = append(list, slack.NewOverflowBlockElement(actionMore, lines...))
	}
	return list
}

// buttons are named by what they do. Names have to differ within a message.
func buttons(actions []card.Action) []slack.BlockElement {
	var list []slack.BlockElement
	seen := map[string]bool{}
	for _, a := range actions {
		label, value := label(a.Label, maxButton), oneLine(a.Value)
		if label == "" || value == "" || units(value) > maxValue || len(list) == maxActions {
			continue
		}
		id := cut(a.ID, maxActionID-10)
		if id == "" || id == actionMore || seen[id] {
			id = fmt.Sprintf("%s#%d", id, len(list))
		}
		seen[id] = true
		list = append(list, slack.NewButtonBlockElement(id, value, plain(label)))
	}
	return list
}

// menu gives the lines of a menu.
func menu(actions []card.Action) []*slack.OptionBlockObject {
	var list []*slack.OptionBlockObject
	seen := map[string]bool{}
	for _, a := range actions {
		label, value := label(a.Label, blockkit.MaxOptionText), strings.TrimSpace(oneLine(a.ID+" "+a.Value))
		if label == "" || value == "" || units(value) > blockkit.MaxOptionValue || seen[value] || len(list) == blockkit.MaxOverflow {
			continue
		}
		seen[value] = true
		list = append(list, slack.NewOptionBlockObject(value, plain(label), nil))
	}
	return list
}

// label is a card's text as plain text of one line, within a limit.
func label(prose string, limit int) string {
	return cut(angles.Replace(oneLine(card.Unmarked(prose))), limit)
}

// plain is text without markup. Colons in it make no emoji.
func plain(content string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, content, false, false)
}

// angles: whether Slack wants plain text escaped is said nowhere, so labels do without.
var angles = strings.NewReplacer("<", "‹", ">", "›")
