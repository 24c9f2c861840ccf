package discord

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// Forms, by the ids with which they come back.
const (
	formCompare = "beside" // beside:550 5.1.1
	formPaste   = "paste"

	fieldOther = "other"
	fieldPaste = "paste"
)

// modal is a form with one field. A label is what Discord wants around a field
// now; discordgo knows none.
//
// https://discord.com/developers/docs/components/reference#label
type modal struct {
	CustomID   string       `json:"custom_id"`
	Title      string       `json:"title"`
	Components []modalLabel `json:"components"`
}

type modalLabel struct {
	Type        int        `json:"type"`
	Label       string     `json:"label"`
	Description string     `json:"description,omitempty"`
	Component   modalInput `json:"component"`
}

type modalInput struct {
	Type        discordgo.ComponentType  `json:"type"`
	CustomID    string                   `json:"custom_id"`
	Style       discordgo.TextInputStyle `json:"style"`
	Placeholder string                   `json:"placeholder,omitempty"`
	MaxLength   int                      `json:"max_length"`
	Required    bool                     `json:"required"`
}

const componentLabel = 18

// newModal makes a form of one field.
func newModal(id, title, label, description string, in modalInput) response {
	in.Type, in.Required = discordgo.TextInputComponent, true
	in.Placeholder = cut(in.Placeholder, maxPlaceholder)
	return response{form, modal{id, cut(title, maxModalTitle), []modalLabel{{
		componentLabel, cut(label, maxModalTitle), cut(description, maxOptionText), in,
	}}}}
}

// askPaste opens a form for a bounce: a command takes one line only.
func (a *Adapter) askPaste(i *interaction) response {
	e := a.bot.Catalog().Edition(a.langAtOnce(i))
	return newModal(formPaste, e.Label("discord.paste.title"), e.Label("discord.paste.label"), e.Label("discord.paste.hint"), modalInput{
		CustomID: fieldPaste, Style: discordgo.TextInputParagraph, MaxLength: maxInput, Placeholder: e.Label("discord.paste.placeholder"),
	})
}

// askCompare asks for the other code. The nearest ones stand in the field as
// examples.
func (a *Adapter) askCompare(i *interaction, subject string) response {
	lang := a.langAtOnce(i)
	e := a.bot.Catalog().Edition(lang)
	var near []string
	for _, h := range a.bot.Beside(lang, subject) {
		if length(strings.Join(append(near, h.Entry), ", ")) <= maxPlaceholder {
			near = append(near, h.Entry)
		}
	}
	return newModal(formCompare+":"+subject, e.Label("discord.compare.title", "code", subject), e.Label("discord.compare.label"), e.Label("discord.compare.hint"), modalInput{
		CustomID: fieldOther, Style: discordgo.TextInputShort, MaxLength: maxOther, Placeholder: strings.Join(near[:min(len(near), 4)], ", "),
	})
}

// maxOther is how much is read of the other code: codes and words.
const maxOther = 100

// onForm takes a form that was sent.
func (a *Adapter) onForm(ctx context.Context, i *interaction) response {
	action, value := split(i.Data.CustomID)
	switch action {
	case formPaste:
		return a.ask(ctx, i, "explain "+i.Data.typed(fieldPaste))
	case formCompare:
		return a.inTime(ctx, i, a.waiting(i), func(ctx context.Context) response {
			lang, other := a.langOf(ctx, i), i.Data.typed(fieldOther)
			if c, ok := a.bot.CompareWith(lang, value, other); ok {
				return a.show(i, lang, c)
			}
			e := a.bot.Catalog().Edition(lang)
			return a.note(e, e.Label("beside.none"), e.Label("compare.usage"))
		})
	}
	return a.ask(ctx, i, "")
}
