package discord

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"github.com/bwmarrin/discordgo"

	"smtpbot/bot/card"
)

// outgoing is a message as it is sent to a channel or in answer to an
// interaction. discordgo's structs for it know neither nonce nor
// enforce_nonce.
type outgoing struct {
	Content         string                            `json:"content,omitempty"`
	Embeds          []*discordgo.MessageEmbed         `json:"embeds,omitempty"`
	Components      []discordgo.MessageComponent      `json:"components,omitempty"`
	AllowedMentions *discordgo.MessageAllowedMentions `json:"allowed_mentions"`
	Flags           discordgo.MessageFlags            `json:"flags,omitempty"`
	Reference       *discordgo.MessageReference       `json:"message_reference,omitempty"`
	Nonce           string                            `json:"nonce,omitempty"`
	EnforceNonce    bool                              `json:"enforce_nonce,omitempty"`
}

// colors are those of a card's tone. The words say the same.
var colors = map[card.Tone]int{
	card.Final:   0xC43E3E,
	card.Passing: 0xC98A1B,
	card.Good:    0x3B8757,
	card.Note:    0x5A6B8C,
}

// render makes a message of a card: an embed and buttons. Nobody is mentioned.
func render(c card.Card) outgoing {
	e := &discordgo.MessageEmbed{Title: cutProse(oneLine(c.Title), maxTitle), Color: colors[c.Tone]}
	small := cut(smallLine(c), maxFooter)
	if small != "" {
		e.Footer = &discordgo.MessageEmbedFooter{Text: small}
	}
	room := min(maxDescription, maxEmbed-length(e.Title)-length(small))
	e.Description = describe(c, room)
	if blank(e.Title) && blank(e.Description) {
		e.Description = "…" // an embed without text is refused
	}
	return outgoing{
		Embeds:          []*discordgo.MessageEmbed{e},
		Components:      buttons(c.Actions),
		AllowedMentions: nobody(),
		Flags:           visibility(c),
	}
}

// renderPlain makes a message without an embed, for a channel in which the bot
// may not embed.
func renderPlain(c card.Card) outgoing {
	title := cutProse(oneLine(c.Title), maxTitle)
	small := ""
	if line := smallLine(c); line != "" {
		small = "\n-# " + cut(escape(line, false), maxTitle)
	}
	body := describe(c, maxContent-length(title)-length(small)-len("****\n"))
	if !blank(title) && !strings.Contains(title, "**") {
		title = "**" + title + "**"
	}
	content := strings.TrimSpace(title + "\n" + body + small)
	if blank(content) {
		content = "…"
	}
	return outgoing{
		Content:         content,
		Components:      buttons(c.Actions),
		AllowedMentions: nobody(),
		Flags:           visibility(c) | discordgo.MessageFlagsSuppressEmbeds, // no previews of the links
	}
}

// nobody is an explicit list of no mentions: what is left out means everybody.
//
// https://discord.com/developers/docs/resources/message#allowed-mentions-object
func nobody() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

func visibility(c card.Card) discordgo.MessageFlags {
	if c.Private {
		return discordgo.MessageFlagsEphemeral
	}
	return 0
}

// smallLine is the grey line: a footer knows no markdown.
func smallLine(c card.Card) string {
	var parts []string
	for _, s := range c.Small {
		if s = strings.TrimSpace(oneLine(clean(card.Unmarked(s)))); !blank(s) {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

// describe writes the body and the links within a limit. What does not fit is
// cut from the end of the body; the links keep their place, for they lead to
// the rest.
func describe(c card.Card, limit int) string {
	links := linkLine(c.Links, limit/4)
	if links != "" {
		links = "\n\n" + links
	}
	var b strings.Builder
	room := limit - length(links)
	for _, block := range c.Body {
		for i, line := range lines(block) {
			gap := "\n"
			if i == 0 {
				gap = "\n\n"
			}
			if b.Len() == 0 {
				gap = ""
			}
			line.prose = asTyped(line.prose)
			out := line.mark + styled(line.prose)
			if used := length(b.String()) + length(gap); used+length(out) > room {
				if left := room - used - length(line.mark); left > 1 {
					b.WriteString(gap + line.mark + cutProse(line.prose, left))
				}
				return strings.TrimSpace(b.String() + links)
			}
			b.WriteString(gap + out)
		}
	}
	return strings.TrimSpace(b.String() + links)
}

// asTyped writes commands as they are typed here: Discord wants the option's
// name before what it is given, "/smtp code:503".
func asTyped(prose string) string {
	command := "`/" + slashName + " "
	return strings.ReplaceAll(prose, command, command+optionCode+":")
}

// maxColumn is how much of a column's heading is repeated in every row.
const maxColumn = 100

// bodyLine is a line of the body: what is markdown already, and prose behind it.
type bodyLine struct{ mark, prose string }

func lines(block card.Block) (list []bodyLine) {
	if !blank(block.Heading) {
		list = append(list, bodyLine{"", strong(block.Heading)})
	}
	if !blank(block.Text) {
		list = append(list, bodyLine{"", block.Text})
	}
	for n, item := range block.List {
		mark := "- "
		if block.Ordered {
			mark = fmt.Sprintf("%d. ", n+1)
		}
		if !blank(item) {
			list = append(list, bodyLine{mark, oneLine(item)})
		}
	}
	if block.Table != nil {
		list = append(list, tableLines(*block.Table)...)
	}
	return list
}

// tableLines writes a table row by row, because embeds know none and columns
// do not fit a telephone.
func tableLines(t card.Table) (list []bodyLine) {
	for _, row := range t.Rows {
		if !blank(row.Name) {
			list = append(list, bodyLine{"", strong(row.Name)})
		}
		for i, value := range row.Values {
			if blank(value) || i >= len(t.Columns) {
				continue
			}
			list = append(list, bodyLine{"- " + cutProse(oneLine(t.Columns[i]), maxColumn) + " – ", oneLine(value)})
		}
	}
	return list
}

// strong marks a heading, unless it holds strong words already.
func strong(heading string) string {
	if strings.Contains(heading, "**") {
		return oneLine(heading)
	}
	return "**" + oneLine(heading) + "**"
}

func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
}

// linkLine lists the sources that fit.
func linkLine(links []card.Link, limit int) string {
	line := ""
	for _, l := range links {
		u, err := url.Parse(l.URL)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
			continue
		}
		// A bracket would end the link before its time.
		address := strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E").Replace(u.String())
		title := linkTitle(l.Title)
		if l.Title == l.URL || title == "" {
			title = u.Host
		}
		out := "[" + title + "](" + address + ")"
		if line != "" {
			out = " · " + out
		}
		if length(line)+length(out) > limit {
			break
		}
		line += out
	}
	return line
}

// buttons lays out a card's actions. What a button asks is never cut: half a
// question is another question, so an action that does not fit is left out.
func buttons(actions []card.Action) []discordgo.MessageComponent {
	var rows []discordgo.MessageComponent
	var row []discordgo.MessageComponent
	taken := map[string]bool{}
	for _, a := range actions {
		id := a.ID + ":" + a.Value
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

// blank reports whether nothing of a text can be seen; Discord refuses such texts.
func blank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cc, unicode.Cf) }) < 0
}
