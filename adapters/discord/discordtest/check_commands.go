package discordtest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var (
	commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)
	// https://discord.com/developers/docs/reference#locales
	locales = strings.Fields("id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko")
)

type commandBody struct {
	Type         *int              `json:"type"`
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations"`
	Description  string            `json:"description"`
	Descriptions map[string]string `json:"description_localizations"`
	Required     bool              `json:"required"`
	Options      []commandBody     `json:"options"`
	Choices      []any             `json:"choices"`
	Autocomplete bool              `json:"autocomplete"`
}

// Commands says what is wrong with a list of commands.
//
// https://discord.com/developers/docs/interactions/application-commands#application-command-object
func (v *Validator) Commands(raw []byte) []string {
	problems := v.described("commands", raw)
	bad := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	var list []commandBody
	if err := json.Unmarshal(raw, &list); err != nil {
		return append(problems, "not a list of commands: "+err.Error())
	}
	seen := map[string]bool{}
	for _, c := range list {
		kind := 1
		if c.Type != nil {
			kind = *c.Type
		}
		if key := fmt.Sprint(kind, c.Name); seen[key] {
			bad("command %q twice", c.Name)
		} else {
			seen[key] = true
		}
		checkTexts(c, kind == 1, bad)
		if kind != 1 && (c.Description != "" || len(c.Descriptions) > 0 || len(c.Options) > 0) {
			bad("menu command %q with description or options", c.Name)
		}
		if kind != 1 {
			continue
		}
		size := longest(c)
		names, optional := map[string]bool{}, false
		for _, o := range c.Options {
			checkTexts(o, true, bad)
			if names[o.Name] {
				bad("option %q twice", o.Name)
			}
			names[o.Name] = true
			if o.Required && optional {
				bad("required option %q after an optional one", o.Name)
			}
			optional = optional || !o.Required
			if o.Autocomplete && len(o.Choices) > 0 {
				bad("option %q with choices and completion", o.Name)
			}
			size += longest(o)
		}
		if size > 8000 {
			bad("command %q of %d characters", c.Name, size)
		}
	}
	return problems
}

func checkTexts(c commandBody, slash bool, bad func(string, ...any)) {
	names := map[string]string{"": c.Name}
	for locale, name := range c.Names {
		names[locale] = name
	}
	for locale, name := range names {
		if locale != "" && !slices.Contains(locales, locale) {
			bad("unknown locale %q", locale)
		}
		if units(name) > 32 || empty(name) || slash && (!commandName.MatchString(name) || strings.ToLower(name) != name) {
			bad("name %q", name)
		}
	}
	if !slash {
		return
	}
	descriptions := map[string]string{"": c.Description}
	for locale, text := range c.Descriptions {
		descriptions[locale] = text
	}
	for locale, text := range descriptions {
		if locale != "" && !slices.Contains(locales, locale) {
			bad("unknown locale %q", locale)
		}
		if empty(text) || units(text) > 100 {
			bad("description %q", text)
		}
	}
}

// longest counts a command's own texts, each in its longest language.
func longest(c commandBody) int {
	name, text := units(c.Name), units(c.Description)
	for _, n := range c.Names {
		name = max(name, units(n))
	}
	for _, d := range c.Descriptions {
		text = max(text, units(d))
	}
	return name + text
}
