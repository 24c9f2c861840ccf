package discordtest

import "fmt"

// Kinds of components.
//
// https://discord.com/developers/docs/components/reference#component-object-component-types
const (
	kindRow       = 1
	kindButton    = 2
	kindSelect    = 3
	kindInput     = 4
	kindSection   = 9
	kindText      = 10
	kindDivider   = 14
	kindContainer = 17
	kindLabel     = 18
)

type componentBody struct {
	Type        int             `json:"type"`
	Components  []componentBody `json:"components"`
	Component   *componentBody  `json:"component"` // of a label
	Accessory   *componentBody  `json:"accessory"` // of a section
	Content     string          `json:"content"`
	Style       int             `json:"style"`
	Label       string          `json:"label"`
	Description string          `json:"description"`
	CustomID    string          `json:"custom_id"`
	URL         string          `json:"url"`
	Emoji       any             `json:"emoji"`
	Disabled    bool            `json:"disabled"`
	Options     []Choice        `json:"options"`
	Placeholder string          `json:"placeholder"`
	MinValues   *int            `json:"min_values"`
	MaxValues   *int            `json:"max_values"`
	MinLength   *int            `json:"min_length"`
	MaxLength   *int            `json:"max_length"`
	Value       string          `json:"value"`
	Required    *bool           `json:"required"`
}

// each visits components and what is in them.
func each(list []componentBody, visit func(componentBody)) {
	for _, c := range list {
		visit(c)
		each(c.Components, visit)
		for _, inner := range []*componentBody{c.Component, c.Accessory} {
			if inner != nil {
				each([]componentBody{*inner}, visit)
			}
		}
	}
}

// componentCheck judges the components of one message or form.
type componentCheck struct {
	problems []string
	ids      map[string]bool
}

func (k *componentCheck) bad(format string, args ...any) {
	k.problems = append(k.problems, fmt.Sprintf(format, args...))
}

// id judges a custom_id, of which there is one of a kind.
func (k *componentCheck) id(c componentBody) {
	if c.CustomID == "" || units(c.CustomID) > 100 {
		k.bad("an id of %d characters: %q", units(c.CustomID), c.CustomID)
	}
	if k.ids[c.CustomID] {
		k.bad("two components with the id %q", c.CustomID)
	}
	k.ids[c.CustomID] = true
}

// checkComponents judges what stands below, or in version 2 in a message.
//
// https://discord.com/developers/docs/components/reference
func checkComponents(list []componentBody, v2 bool) []string {
	k := &componentCheck{ids: map[string]bool{}}
	if !v2 && len(list) > 5 {
		k.bad("%d rows of buttons", len(list))
	}
	total, text := 0, 0
	each(list, func(c componentBody) {
		total++
		if c.Type == kindText {
			text += units(c.Content)
		}
	})
	if total > 40 || text > 4000 {
		k.bad("%d components with %d characters of text", total, text)
	}
	for _, c := range list {
		k.top(c, v2, false)
	}
	return k.problems
}

func (k *componentCheck) top(c componentBody, v2, inside bool) {
	switch {
	case c.Type == kindRow:
		k.row(c)
	case !v2:
		k.bad("a component of type %d in the place of a row", c.Type)
	case c.Type == kindText:
		k.text(c)
	case c.Type == kindSection:
		if len(c.Components) < 1 || len(c.Components) > 3 || c.Accessory == nil {
			k.bad("a section of %d texts", len(c.Components))
			return
		}
		for _, t := range c.Components {
			k.text(t)
		}
		if c.Accessory.Type == kindButton {
			k.button(*c.Accessory)
		}
	case c.Type == kindDivider:
	case c.Type == kindContainer && !inside:
		if len(c.Components) == 0 {
			k.bad("an empty container")
		}
		for _, inner := range c.Components {
			k.top(inner, v2, true)
		}
	default:
		k.bad("a component of type %d", c.Type)
	}
}

func (k *componentCheck) text(c componentBody) {
	if c.Type != kindText || empty(c.Content) {
		k.bad("a component of type %d without text", c.Type)
	}
}

func (k *componentCheck) row(row componentBody) {
	if len(row.Components) == 0 || len(row.Components) > 5 {
		k.bad("a row with %d buttons", len(row.Components))
	}
	for _, c := range row.Components {
		switch {
		case c.Type == kindButton:
			k.button(c)
		case c.Type == kindSelect && len(row.Components) == 1:
			k.choice(c)
		default:
			k.bad("component of type %d in a row of %d", c.Type, len(row.Components))
		}
	}
}

func (k *componentCheck) button(c componentBody) {
	if empty(c.Label) && c.Emoji == nil || units(c.Label) > 80 {
		k.bad("label of %d characters", units(c.Label))
	}
	switch {
	case c.Style == 5 && (c.CustomID != "" || !web(c.URL) || len(c.URL) > 512):
		k.bad("a link button with id %q and URL %q", c.CustomID, c.URL)
	case c.Style >= 1 && c.Style <= 4 && c.URL != "":
		k.bad("a button with id %q and URL %q", c.CustomID, c.URL)
	case c.Style >= 1 && c.Style <= 4:
		k.id(c)
	case c.Style != 5:
		k.bad("a button of style %d", c.Style)
	}
}

// https://discord.com/developers/docs/components/reference#string-select
func (k *componentCheck) choice(c componentBody) {
	k.id(c)
	if len(c.Options) == 0 || len(c.Options) > 25 || units(c.Placeholder) > 150 {
		k.bad("a list of %d", len(c.Options))
	}
	seen := map[any]bool{}
	for _, o := range c.Options {
		value, _ := o.Value.(string)
		if empty(o.Label) || units(o.Label) > 100 || value == "" || units(value) > 100 || seen[value] {
			k.bad("in a list: %q with the value %q", o.Label, value)
		}
		seen[value] = true
	}
}
