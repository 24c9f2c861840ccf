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
	Embeds          []*discordgo.MessageEmbed         `json:"embeds"`     // likewise
	Components      []discordgo.MessageComponent      `json:"components"` // an edit without any has to say so
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
//
// It is an embed, and not a container of the second version of components: both
// were drawn with the same five answers, and where they read alike on a desktop,
// a phone 390 pixels wide shows the container, whose letters are larger, on a
// height greater by 4 to 25 in a hundred, which the buttons within its frame do
// not outweigh. Besides, an embed holds 6000 characters where a message of
// components holds 4000, which is little for a comparison, and an answer that is
// edited later can fall back to plain text where a channel takes embeds away.
func render(t tongue, c card.Card) outgoing {
	c = spelled(t, c)
	title, small := cutProse(oneLine(c.Title), maxTitle), cut(smallLine(c), maxFooter)
	parts := describe(c, maxDescription, maxEmbed-length(title)-length(small))
	var embeds []*discordgo.MessageEmbed
	for _, part := range parts {
		embeds = append(embeds, &discordgo.MessageEmbed{Description: part, Color: colors[c.Tone]})
	}
	if len(embeds) == 0 {
		embeds = []*discordgo.MessageEmbed{{Color: colors[c.Tone]}}
	}
	first, last := embeds[0], embeds[len(embeds)-1]
	first.Title = title
	if small != "" {
		last.Footer = &discordgo.MessageEmbedFooter{Text: small}
	}
	if blank(first.Title) && blank(first.Description) {
		first.Description = "…" // an embed without text is refused
	}
	return outgoing{
		Embeds:          embeds,
		Components:      buttons(t.Edition, c.Actions),
		AllowedMentions: nobody(),
		Flags:           visibility(c),
	}
}

// renderPlain makes a message without an embed, for a channel in which the bot
// may not embed.
func renderPlain(t tongue, c card.Card) outgoing {
	c = spelled(t, c)
	title := cutProse(oneLine(c.Title), maxTitle)
	small := ""
	if line := smallLine(c); line != "" {
		small = "\n-# " + cut(escape(line, false), maxTitle)
	}
	room := maxContent - length(title) - length(small) - len("****\n")
	body := strings.Join(describe(c, room, room), "")
	if !blank(title) && !strings.Contains(title, "**") {
		title = "**" + title + "**"
	}
	content := strings.TrimSpace(title + "\n" + body + small)
	if blank(content) {
		content = "…"
	}
	return outgoing{
		Content:         content,
		Embeds:          []*discordgo.MessageEmbed{},
		Components:      buttons(t.Edition, c.Actions),
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

// describe writes the body and the links, in parts of a size and within a limit
// for all of them. What does not fit is cut from the end of the body; the links
// keep their place, for they lead to the rest.
func describe(c card.Card, size, limit int) []string {
	links := linkLine(c.Links, min(size, limit)/4)
	if links != "" {
		links = "\n\n" + links
	}
	var parts []string
	var b strings.Builder
	used := length(links) // of the limit
	for _, block := range c.Body {
		for i, line := range lines(block) {
			gap := "\n"
			if i == 0 {
				gap = "\n\n"
			}
			out := line.mark + styled(line.prose)
			if limit > size && b.Len() > 0 && i == 0 && length(b.String())+blockLength(block)+len(gap)+length(links) > size && used+length(out) <= limit {
				parts = append(parts, strings.TrimSpace(b.String())) // a block goes on in the next part as a whole
				b.Reset()
			}
			if b.Len() == 0 {
				gap = ""
			}
			room := min(limit-used, size-length(b.String())-length(links))
			if length(gap)+length(out) > room {
				if left := room - length(gap) - length(line.mark); left > 1 {
					b.WriteString(gap + line.mark + cutProse(line.prose, left))
				}
				return append(parts, strings.TrimSpace(b.String()+links))
			}
			b.WriteString(gap + out)
			used += length(gap) + length(out)
		}
	}
	if rest := strings.TrimSpace(b.String() + links); rest != "" {
		parts = append(parts, rest)
	}
	return parts
}

// blockLength is how long a block gets.
func blockLength(block card.Block) (n int) {
	for _, line := range lines(block) {
		n += length(line.mark) + length(styled(line.prose)) + len("\n")
	}
	return n
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

// blank reports whether nothing of a text can be seen; Discord refuses such texts.
func blank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cc, unicode.Cf) }) < 0
}
