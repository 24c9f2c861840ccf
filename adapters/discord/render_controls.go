package discord

import (
	"strings"

	"github.com/bwmarrin/discordgo"

	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// renderHint makes the least message that can hold an answer back: one small
// line, and a button that shows the answer to whoever presses it. A reaction,
// which would be less, can show nobody anything alone. It notifies nobody.
func renderHint(e *catalog.Edition, c card.Card) outgoing {
	return outgoing{
		Content:         "-# " + escape(e.Label("discord.hint.line"), false),
		Embeds:          []*discordgo.MessageEmbed{},
		Components:      buttons(e, []card.Action{{ID: actionExplain, Label: e.Label("discord.hint.button"), Value: c.Again}}),
		AllowedMentions: nobody(),
		Flags:           discordgo.MessageFlagsSuppressNotifications,
	}
}

// with adds menus, each in a row of its own.
func (m outgoing) with(menus ...discordgo.MessageComponent) outgoing {
	for _, menu := range menus {
		m.Components = append(m.Components, discordgo.ActionsRow{Components: []discordgo.MessageComponent{menu}})
	}
	return m
}

// buttons lays out a card's actions. What a button asks is never cut: half a
// question is another question, so an action that does not fit is left out.
//
// They stay buttons, also those that few press. Drawn 390 pixels wide, a menu
// of the last three saves one row of three, and costs one on a desktop, where
// the five stand in a row; what it holds takes two presses more. None is red:
// below every answer Delete would be the first thing to be seen.
func buttons(e *catalog.Edition, actions []card.Action) []discordgo.MessageComponent {
	rows := []discordgo.MessageComponent{}
	var row []discordgo.MessageComponent
	taken := map[string]bool{}
	for _, a := range actions {
		id := a.ID + ":" + a.Value
		if own := name + ".action." + a.ID; e.HasLabel(own) { // as it is called here
			a.Label = e.Label(own)
		}
		label := cut(strings.TrimSpace(oneLine(clean(card.Unmarked(a.Label)))), maxLabel)
		if taken[id] || blank(label) || a.Value == "" || length(id) > maxCustomID || clean(id) != id {
			continue
		}
		taken[id] = true
		row = append(row, discordgo.Button{Label: label, Style: discordgo.SecondaryButton, CustomID: id})
		if len(row) == maxInRow {
			rows = append(rows, discordgo.ActionsRow{Components: row})
			row = nil
		}
	}
	if len(row) > 0 {
		rows = append(rows, discordgo.ActionsRow{Components: row})
	}
	return rows[:min(len(rows), maxRows)]
}
