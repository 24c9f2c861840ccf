package discord

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/bwmarrin/discordgo"
)

// Names of the commands, as Discord sends them back.
const (
	slashName  = "smtp"
	optionCode = "code"
	menuName   = "Explain SMTP error"
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
	IntegrationTypes []discordgo.ApplicationIntegrationType `json:"integration_types"`
	Contexts         []discordgo.InteractionContextType     `json:"contexts"`
}

type option struct {
	Type         discordgo.ApplicationCommandOptionType `json:"type"`
	Name         string                                 `json:"name"`
	Names        map[string]string                      `json:"name_localizations,omitempty"`
	Description  string                                 `json:"description"`
	Descriptions map[string]string                      `json:"description_localizations,omitempty"`
	MaxLength    int                                    `json:"max_length,omitempty"`
}

// commands are those of the bot: in servers, in the bot's own conversations,
// and in any other for a person who installed the bot for themselves.
func commands() []command {
	installs := []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall}
	contexts := []discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel}
	return []command{
		{
			Type:         discordgo.ChatApplicationCommand,
			Name:         slashName,
			Description:  "Explain an SMTP code or error, or compare two",
			Descriptions: french("Expliquer un code ou une erreur SMTP, ou en comparer deux"),
			Options: []option{
				{
					Type:         discordgo.ApplicationCommandOptionString,
					Name:         optionCode,
					Description:  "A code, an error, or words: 550 5.1.1, mailbox full",
					Descriptions: french("Un code, une erreur ou des mots : 550 5.1.1, boîte pleine"),
					MaxLength:    maxOption,
				},
				{
					Type:         discordgo.ApplicationCommandOptionString,
					Name:         "versus",
					Names:        french("contre"),
					Description:  "The code to set beside it: 450",
					Descriptions: french("Le code à mettre en regard : 450"),
					MaxLength:    100,
				},
			},
			IntegrationTypes: installs,
			Contexts:         contexts,
		},
		{
			Type:             discordgo.MessageApplicationCommand,
			Name:             menuName,
			Names:            french("Expliquer l’erreur SMTP"),
			IntegrationTypes: installs,
			Contexts:         contexts,
		},
	}
}

func french(text string) map[string]string { return map[string]string{string(discordgo.French): text} }

// register brings the commands at Discord into line with ours. It writes only
// where they differ, for writing is rationed by the day.
func (a *Adapter) register(ctx context.Context) error {
	id, err := a.applicationID(ctx)
	if err != nil {
		return fmt.Errorf("read the application: %w", err)
	}
	url := discordgo.EndpointApplicationGlobalCommands(id)
	var there []command
	if err := a.rest.do(ctx, call{method: "GET", url: url + "?with_localizations=true", bucket: "commands", into: &there}); err != nil {
		return fmt.Errorf("read the commands: %w", err)
	}
	ours := commands()
	if slices.EqualFunc(inOrder(there), inOrder(ours), sameCommand) {
		a.log.Debug("discord has our commands")
		return nil
	}
	// Discord takes the list as a whole: what is not on it goes.
	if err := a.rest.do(ctx, call{method: "PUT", url: url, bucket: "commands", body: ours}); err != nil {
		return fmt.Errorf("write the commands: %w", err)
	}
	a.log.Info("registered our commands at discord", "commands", len(ours))
	return nil
}

// applicationID is what the gateway said, or what Discord says when asked.
func (a *Adapter) applicationID(ctx context.Context) (string, error) {
	if id, _ := a.app.Load().(string); id != "" {
		return id, nil
	}
	var app struct {
		ID string `json:"id"`
	}
	err := a.rest.do(ctx, call{method: "GET", url: discordgo.EndpointApplications + "/@me", bucket: "application", into: &app})
	return app.ID, err
}

func inOrder(list []command) []command {
	return slices.SortedFunc(slices.Values(list), func(a, b command) int { return int(a.Type) - int(b.Type) })
}

func sameCommand(a, b command) bool {
	return a.Type == b.Type && a.Name == b.Name && maps.Equal(a.Names, b.Names) &&
		a.Description == b.Description && maps.Equal(a.Descriptions, b.Descriptions) &&
		slices.EqualFunc(a.Options, b.Options, sameOption) &&
		slices.Equal(slices.Sorted(slices.Values(a.IntegrationTypes)), slices.Sorted(slices.Values(b.IntegrationTypes))) &&
		slices.Equal(slices.Sorted(slices.Values(a.Contexts)), slices.Sorted(slices.Values(b.Contexts)))
}

func sameOption(a, b option) bool {
	return a.Type == b.Type && a.Name == b.Name && maps.Equal(a.Names, b.Names) &&
		a.Description == b.Description && maps.Equal(a.Descriptions, b.Descriptions) && a.MaxLength == b.MaxLength
}
