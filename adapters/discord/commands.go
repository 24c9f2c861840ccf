package discord

import (
	"encoding/json"

	"github.com/bwmarrin/discordgo"

	"smtpbot/bot"
	"smtpbot/catalog"
)

// Names of the commands and their options, as Discord sends them back whatever
// the person's language.
//
// A command that has subcommands cannot be called by itself, so there are
// three commands instead of one with three.
const (
	slashName    = "smtp"
	explainName  = "smtp-explain"
	settingsName = "smtp-settings"
	menuName     = "Explain SMTP error"

	optionCode     = "code"
	optionVersus   = "versus"
	optionLevel    = "level"
	optionLanguage = "language"
)

// command is what is registered of a command. It holds what this bot sets and
// nothing else, so that what Discord adds (id, version, defaults) falls away
// when the two are compared.
//
// https://discord.com/developers/docs/interactions/application-commands#application-command-object
type command struct {
	Type             discordgo.ApplicationCommandType       `json:"type"`
	Name             string                                 `json:"name"`
	Names            map[string]string                      `json:"name_localizations,omitempty"`
	Description      string                                 `json:"description,omitempty"`
	Descriptions     map[string]string                      `json:"description_localizations,omitempty"`
	Options          []option                               `json:"options,omitempty"`
	Permissions      permissionSet                          `json:"default_member_permissions,omitzero"`
	IntegrationTypes []discordgo.ApplicationIntegrationType `json:"integration_types,omitempty"`
	Contexts         []discordgo.InteractionContextType     `json:"contexts,omitempty"`
}

type option struct {
	Type         discordgo.ApplicationCommandOptionType `json:"type"`
	Name         string                                 `json:"name"`
	Names        map[string]string                      `json:"name_localizations,omitempty"`
	Description  string                                 `json:"description"`
	Descriptions map[string]string                      `json:"description_localizations,omitempty"`
	MaxLength    int                                    `json:"max_length,omitempty"`
	Autocomplete bool                                   `json:"autocomplete,omitempty"`
	Choices      []choice                               `json:"choices,omitempty"`
}

// permissionSet is a number to Discord's description of requests, and a text
// in what Discord answers.
type permissionSet uint64

func (p *permissionSet) UnmarshalJSON(raw []byte) error {
	if len(raw) > 1 && raw[0] == '"' {
		raw = raw[1 : len(raw)-1]
	}
	return json.Unmarshal(raw, (*uint64)(p))
}

// commands are those of the bot: in servers, in the bot's own conversations,
// and in any other for a person who installed the bot for themselves.
func commands(c *catalog.Catalog) []command {
	installs := []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall}
	contexts := []discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel}
	list := []command{
		{Type: discordgo.ChatApplicationCommand, Name: slashName, Options: []option{
			{Name: optionCode, MaxLength: maxOption, Autocomplete: true},
			{Name: optionVersus, MaxLength: maxOther, Autocomplete: true},
		}},
		{Type: discordgo.ChatApplicationCommand, Name: explainName},
		{Type: discordgo.ChatApplicationCommand, Name: settingsName, Options: []option{
			{Name: optionLevel, Choices: levelChoices(c)},
			{Name: optionLanguage, Choices: languageChoices(c)},
		}},
		{Type: discordgo.MessageApplicationCommand, Name: menuName},
	}
	for n := range list {
		list[n].IntegrationTypes, list[n].Contexts = installs, contexts
		list[n].describe(c)
	}
	// Settings are those of a server's channel in which the bot watches.
	s := &list[2]
	s.IntegrationTypes, s.Contexts, s.Permissions = installs[:1], contexts[:1], discordgo.PermissionManageChannels
	return list
}

// describe fills in the texts, in every language of the catalogue.
func (cmd *command) describe(c *catalog.Catalog) {
	key := "discord." + cmd.Name + "."
	if cmd.Type == discordgo.MessageApplicationCommand {
		cmd.Names = localized(c, "discord.menu.name")
		return
	}
	english := c.Edition(catalog.English)
	cmd.Names, cmd.Description, cmd.Descriptions = localized(c, key+"name"), english.Label(key+"what"), localized(c, key+"what")
	for n := range cmd.Options {
		o := &cmd.Options[n]
		own := key + o.Name + "."
		o.Type = discordgo.ApplicationCommandOptionString
		o.Names, o.Description, o.Descriptions = localized(c, own+"name"), english.Label(own+"what"), localized(c, own+"what")
	}
}

func levelChoices(c *catalog.Catalog) (list []choice) {
	for _, l := range bot.Levels() {
		key := "discord.level." + string(l)
		list = append(list, choice{c.Edition(catalog.English).Label(key), localized(c, key), string(l)})
	}
	return list
}

// languageChoices names each language in itself: who looks for theirs knows
// that name. Before them stands what takes the setting back.
func languageChoices(c *catalog.Catalog) []choice {
	const auto = "discord.language.auto"
	list := []choice{{c.Edition(catalog.English).Label(auto), localized(c, auto), "auto"}}
	for _, lang := range c.Languages()[:min(len(c.Languages()), maxChoices-1)] {
		list = append(list, choice{Name: c.Edition(lang).Label("language.name"), Value: lang})
	}
	return list
}
