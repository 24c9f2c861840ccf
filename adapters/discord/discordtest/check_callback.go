package discordtest

import (
	"encoding/json"
	"fmt"
)

// Kinds of answers to an interaction.
//
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type
const (
	answerPong        = 1
	answerMessage     = 4
	answerLater       = 5
	answerLaterUpdate = 6
	answerUpdate      = 7
	answerChoices     = 8
	answerForm        = 9
)

// Callback reads the answer to an interaction, and says what is wrong with it.
func (v *Validator) Callback(raw []byte) (*Answer, []string) {
	problems := v.described("callback", raw)
	var c struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		return &Answer{}, append(problems, "not an answer: "+err.Error())
	}
	a := &Answer{Type: c.Type}
	switch c.Type {
	case answerPong, answerLaterUpdate:
	case answerMessage, answerUpdate:
		var b body
		if err := json.Unmarshal(c.Data, &b); err != nil {
			return a, append(problems, "not a message: "+err.Error())
		}
		if b.Nonce != "" || b.Reference != nil {
			problems = append(problems, "an answer has neither nonce nor reference")
		}
		a.Message = b.message(c.Data)
		problems = append(problems, b.check()...)
	case answerLater:
		var b body
		json.Unmarshal(orNull(c.Data), &b)
		if b.Flags&^flagEphemeral != 0 || b.Content != "" || len(b.Embeds) > 0 {
			problems = append(problems, "a later answer says more than whether it is ephemeral")
		}
		a.Ephemeral = b.Flags&flagEphemeral != 0
	case answerChoices:
		problems = append(problems, a.readChoices(c.Data)...)
	case answerForm:
		problems = append(problems, a.readForm(c.Data)...)
	default:
		problems = append(problems, fmt.Sprintf("answer of type %d", c.Type))
	}
	return a, problems
}

// https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure
func (a *Answer) readChoices(raw json.RawMessage) (problems []string) {
	var d struct {
		Choices *[]Choice `json:"choices"`
	}
	if json.Unmarshal(raw, &d) != nil || d.Choices == nil || len(*d.Choices) > 25 {
		return []string{"completion without a list of at most 25 choices"}
	}
	for _, c := range *d.Choices {
		text, isText := c.Value.(string)
		if empty(c.Name) || units(c.Name) > 100 || !isText || text == "" || units(text) > 100 {
			problems = append(problems, fmt.Sprintf("completion: %q with the value %v", c.Name, c.Value))
		}
	}
	a.Choices = *d.Choices
	return problems
}

// Form is a form that opens, in Discord's words a modal.
type Form struct {
	CustomID, Title string
	Inputs          []Input
}

// Input is one field of a form.
type Input struct {
	Label, CustomID, Value string
	Max                    int
	Required, labelled     bool
	Options                []Choice // of a list
}

// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal
func (a *Answer) readForm(raw json.RawMessage) []string {
	var d struct {
		CustomID   string          `json:"custom_id"`
		Title      string          `json:"title"`
		Components []componentBody `json:"components"`
	}
	if json.Unmarshal(raw, &d) != nil {
		return []string{"not a form"}
	}
	k := &componentCheck{ids: map[string]bool{}}
	if units(d.Title) > 45 || empty(d.Title) || d.CustomID == "" || units(d.CustomID) > 100 || len(d.Components) < 1 || len(d.Components) > 5 {
		k.bad("a form with the id %q, the title %q and %d parts", d.CustomID, d.Title, len(d.Components))
	}
	a.Form = &Form{CustomID: d.CustomID, Title: d.Title}
	for _, c := range d.Components {
		switch {
		case c.Type == kindText:
			k.text(c)
		case c.Type == kindRow && len(c.Components) == 1 && c.Components[0].Type == kindInput:
			k.input(a.Form, c.Components[0], c.Components[0].Label, false)
		case c.Type == kindLabel && c.Component != nil && (c.Component.Type == kindInput || c.Component.Type == kindSelect):
			if units(c.Description) > 100 {
				k.bad("a description of %d characters", units(c.Description))
			}
			k.input(a.Form, *c.Component, c.Label, true)
		default:
			k.bad("in a form: a component of type %d", c.Type)
		}
	}
	return k.problems
}

// https://discord.com/developers/docs/components/reference#text-input
func (k *componentCheck) input(f *Form, c componentBody, label string, labelled bool) {
	in := Input{Label: label, CustomID: c.CustomID, Value: c.Value, Max: 4000, Required: c.Required == nil || *c.Required, labelled: labelled, Options: c.Options}
	if empty(label) || units(label) > 45 {
		k.bad("a label of %d characters", units(label))
	}
	if labelled && c.Type == kindInput && c.Label != "" {
		k.bad("an input with a label in a label")
	}
	if c.Type == kindSelect {
		k.choice(c)
		f.Inputs = append(f.Inputs, in)
		return
	}
	k.id(c)
	if c.MaxLength != nil {
		in.Max = *c.MaxLength
	}
	if c.Style != 1 && c.Style != 2 || in.Max < 1 || in.Max > 4000 || units(c.Value) > in.Max || units(c.Placeholder) > 100 ||
		c.MinLength != nil && (*c.MinLength < 0 || *c.MinLength > in.Max) {
		k.bad("an input of style %d, at most %d characters, with %d in it", c.Style, in.Max, units(c.Value))
	}
	f.Inputs = append(f.Inputs, in)
}
