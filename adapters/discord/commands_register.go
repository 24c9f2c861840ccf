package discord

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/bwmarrin/discordgo"
)

// register brings the commands at Discord into line with ours. It writes only
// where they differ, for writing is rationed by the day. Where a server is
// configured the commands are written there and nowhere else: they show at
// once, and for nobody outside.
//
// https://discord.com/developers/docs/interactions/application-commands#registering-a-command
func (a *Adapter) register(ctx context.Context) error {
	id, err := a.applicationID(ctx)
	if err != nil {
		return fmt.Errorf("read the application: %w", err)
	}
	ours := commands(a.bot.Catalog())
	url := discordgo.EndpointApplicationGlobalCommands(id)
	if a.config.Guild != "" {
		url = discordgo.EndpointApplicationGuildCommands(id, a.config.Guild)
		for n := range ours { // they say where a global command shows
			ours[n].IntegrationTypes, ours[n].Contexts = nil, nil
		}
	}
	var there []command
	if err := a.rest.do(ctx, call{method: "GET", url: url + "?with_localizations=true", bucket: "commands", into: &there}); err != nil {
		return fmt.Errorf("read the commands: %w", err)
	}
	if a.config.Guild != "" {
		for n := range there {
			there[n].IntegrationTypes, there[n].Contexts = nil, nil
		}
	}
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
	if a.config.App != "" {
		return a.config.App, nil
	}
	return a.rest.applicationID(ctx)
}

func (r *rest) applicationID(ctx context.Context) (string, error) {
	var app struct {
		ID string `json:"id"`
	}
	err := r.do(ctx, call{method: "GET", url: discordgo.EndpointApplications + "/@me", bucket: "application", into: &app})
	return app.ID, err
}

func inOrder(list []command) []command {
	return slices.SortedFunc(slices.Values(list), func(a, b command) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Name, b.Name))
	})
}

// sameCommand compares what is sent: Discord says nothing, or null, where we
// send nothing, and lists places in an order of its own.
func sameCommand(a, b command) bool {
	one, err := json.Marshal(a.sorted())
	other, err2 := json.Marshal(b.sorted())
	return err == nil && err2 == nil && bytes.Equal(one, other)
}

func (cmd command) sorted() command {
	cmd.IntegrationTypes = slices.Sorted(slices.Values(cmd.IntegrationTypes))
	cmd.Contexts = slices.Sorted(slices.Values(cmd.Contexts))
	return cmd
}
