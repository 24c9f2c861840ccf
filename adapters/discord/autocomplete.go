package discord

import (
	"github.com/bwmarrin/discordgo"
)

// choices completes what somebody is typing. discordgo leaves out an empty
// list, which the person would see as a failure.
type choices struct {
	Choices []choice `json:"choices"`
}

type choice struct {
	Name  string            `json:"name"`
	Names map[string]string `json:"name_localizations,omitempty"`
	Value string            `json:"value"`
}

// complete offers codes, titles, causes and providers' texts for what somebody
// is typing. It asks nobody but the catalogue: Discord waits three seconds at
// the most, and sends this for every key that is pressed.
//
// https://discord.com/developers/docs/interactions/application-commands#autocomplete
func (a *Adapter) complete(i *interaction) response {
	list := choices{[]choice{}}
	if i.Data != nil {
		for _, o := range i.Data.Options {
			if o.Focused {
				list.Choices = a.choices(a.langAtOnce(i), o.text())
			}
		}
	}
	return response{discordgo.InteractionApplicationCommandAutocompleteResult, list}
}

func (a *Adapter) choices(lang, typed string) []choice {
	list := []choice{}
	for _, s := range a.bot.Suggest(lang, typed, maxChoices) {
		if length(s.Entry) <= maxOptionText { // half a code is another code
			list = append(list, choice{Name: cut(s.Entry+" · "+oneLine(clean(s.Title)), maxOptionText), Value: s.Entry})
		}
	}
	return list
}
