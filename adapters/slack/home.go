package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"runtime/debug"
	"strings"

	"github.com/slack-go/slack"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// What people can use in Home. The blocks of the settings have the names of
// their inputs.
const (
	homeSearch = "home_search"
	homeSave   = "home_save"
	homeOptOut = "home_optout"
	homeOptIn  = "home_optin"

	homeLevel = "home_level"
	homeLang  = "home_lang"
)

// recentShown is how many of somebody's own questions their Home lists.
const recentShown = 5

// home is what one person sees.
type home struct {
	Lang     string
	Recent   []string // keys, the newest first
	Admin    bool
	Settings bot.Settings // the workspace's
	OptedOut bool
	Away     bool // the store does not answer
	Version  string

	Asked  string     // what was searched for
	Result *card.Card // what came of it
	Saved  bool
}

// onHome publishes a Home when somebody opens it, unless they see the same
// already: what a view holds is written into it as a number.
// https://docs.slack.dev/reference/events/app_home_opened
func (a *Adapter) onHome(outer outerEvent) (reply, error) {
	var event homeEvent
	if !a.read(outer, &event) || event.Tab != "home" || event.User == "" {
		return reply{}, nil
	}
	return reply{after: func() {
		a.spawn(sendWithin, func(ctx context.Context) {
			v := homeView(a.bot, a.homeOf(ctx, outer.TeamID, event.User))
			if v.PrivateMetadata != event.View.Metadata {
				a.publish(ctx, outer.TeamID, event.User, v)
			}
		})
	}}, nil
}

// homeOf collects what somebody's Home shows. Without the store it still
// searches.
func (a *Adapter) homeOf(ctx context.Context, team, user string) home {
	place := bot.Place{Platform: Name, Team: team}
	h := home{Version: version(), Lang: a.lang(ctx, place, user), Admin: a.isAdmin(ctx, team, user)}
	var err, err2, err3 error
	h.Recent, err = a.bot.Recent(ctx, Name, team, user, recentShown)
	h.Settings, err2 = a.bot.SettingsFor(ctx, place)
	h.OptedOut, err3 = a.bot.OptedOut(ctx, Name, user)
	h.Away = err != nil || err2 != nil || err3 != nil
	return h
}

// onHomeAction handles what somebody does in Home, and shows it anew.
func (a *Adapter) onHomeAction(in interaction, name, value string) reply {
	team, user := in.team(), in.User.ID
	if in.View.Type != "home" || user == "" {
		return reply{}
	}
	return reply{after: func() {
		a.spawn(sendWithin, func(ctx context.Context) {
			place := bot.Place{Platform: Name, Team: team}
			var answer *card.Card
			saved := false
			var err error
			switch name {
			case homeSearch:
				c := a.command(ctx, bot.Request{Place: place, Text: value, User: user})
				c = without(c, bot.ActionShare)
				answer = &c
			case homeSave:
				if !a.isAdmin(ctx, team, user) { // the form was theirs once
					break
				}
				change := bot.Settings{Level: bot.Level(in.View.input(homeLevel)), Lang: in.View.input(homeLang)}
				_, err = a.bot.ChangeSettings(ctx, place, change)
				saved = err == nil
			case homeOptOut, homeOptIn:
				err = a.bot.OptOut(ctx, Name, user, name == homeOptOut)
			}
			if err != nil {
				a.log.Warn("a setting was not changed", "error", err, "team", team)
			}
			h := a.homeOf(ctx, team, user)
			h.Away = h.Away || err != nil
			h.Asked, h.Result, h.Saved = value, answer, saved
			a.publish(ctx, team, user, homeView(a.bot, h))
		})
	}}
}

func (a *Adapter) publish(ctx context.Context, team, user string, v slack.HomeTabViewRequest) {
	err := a.as(ctx, team, func(api *slack.Client) error {
		return a.try(ctx, func(ctx context.Context) error {
			_, err := api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: v})
			return err
		})
	})
	if err != nil {
		a.log.Warn("a Home was not published", "error", reason(err), "team", team)
	}
}

// homeView lays a Home out: the search first, since that is what people come for.
func homeView(b *bot.Bot, h home) slack.HomeTabViewRequest {
	e := b.Catalog().Edition(h.Lang)
	heading := func(key string) slack.Block {
		return slack.NewHeaderBlock(plain(label(e.Label(key), 150)))
	}
	search := field(homeSearch, e.Label("home.search"), e.Label("home.placeholder"), "", false)
	search.DispatchAction = true
	blocks := []slack.Block{heading("home.title"), prose(e.Label("home.intro")), search}
	if h.Away {
		blocks = append(blocks, prose(e.Label("home.away")))
	}
	if h.Result != nil {
		blocks = append(blocks, slack.NewDividerBlock())
		blocks = append(blocks, blocksOf(*h.Result, maxView, maxBlocks)...)
	}
	if recent := recentBlocks(e, h.Recent); len(recent) > 0 {
		blocks = append(append(blocks, slack.NewDividerBlock(), heading("home.recent")), recent...)
	}
	blocks = append(blocks, slack.NewDividerBlock(), heading("home.start"))
	for _, key := range []string{"home.invite", "home.command", "home.shortcut", "home.direct"} {
		blocks = append(blocks, prose("• "+e.Label(key)))
	}
	if h.Admin {
		blocks = append(blocks, slack.NewDividerBlock(), heading("home.settings"))
		blocks = append(blocks, settingsBlocks(b, e, h)...)
	}
	blocks = append(blocks, slack.NewDividerBlock(), heading("home.privacy"), prose(e.Label("home.kept")))
	choice := slack.NewButtonBlockElement(homeOptOut, "out", plain(e.Label("home.optout")))
	if h.OptedOut {
		blocks = append(blocks, prose(e.Label("home.optedout")))
		choice = slack.NewButtonBlockElement(homeOptIn, "in", plain(e.Label("home.optin")))
	}
	blocks = append(blocks, slack.NewActionBlock("", choice))
	if h.Version != "" {
		blocks = append(blocks, slack.NewContextBlock("", text(line("smtpbot "+h.Version, false, maxContext))))
	}
	v := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}
	v.PrivateMetadata = digest(v.Blocks)
	return v
}

// recentBlocks lists what somebody asked for, each with a button to see it again.
func recentBlocks(e *catalog.Edition, keys []string) []slack.Block {
	var blocks []slack.Block
	for _, key := range keys {
		entry, ok := e.Entry(key)
		if !ok {
			continue
		}
		button := slack.NewButtonBlockElement(fmt.Sprintf("%s#%d", bot.ActionDetails, len(blocks)), "lookup "+key, plain(label(e.Label("action.details"), maxButton)))
		title := e.Fill(entry.Title, nil)
		if entry.Code != "" { // a key of the catalogue tells nobody anything
			title = "`" + entry.Code + "` · " + title
		}
		blocks = append(blocks, slack.NewSectionBlock(text(line(title, false, maxSection)), nil, slack.NewAccessory(button)))
	}
	return blocks
}

// settingsBlocks let an admin set what holds where a channel has set nothing.
func settingsBlocks(b *bot.Bot, e *catalog.Edition, h home) []slack.Block {
	var levels []*slack.OptionBlockObject
	var level, lang *slack.OptionBlockObject
	for _, l := range bot.Levels() {
		one := option(string(l), e.Label("level."+string(l)))
		levels = append(levels, one)
		if l == h.Settings.Level {
			level = one
		}
	}
	var langs []*slack.OptionBlockObject
	for _, l := range b.Catalog().Languages() {
		one := option(l, b.Catalog().Edition(l).Label("language.name"))
		langs = append(langs, one)
		if l == h.Settings.Lang {
			lang = one
		}
	}
	save := slack.NewButtonBlockElement(homeSave, "save", plain(e.Label("home.save")))
	blocks := []slack.Block{
		prose(e.Label("home.workspace")),
		selection(homeLevel, e.Label("home.level"), e.Label("home.level"), levels, level),
		selection(homeLang, e.Label("home.lang"), e.Label("home.nolang"), langs, lang),
		slack.NewActionBlock("", save),
	}
	if h.Saved {
		blocks = append(blocks, prose(e.Label("home.saved")))
	}
	return blocks
}

// version names the build, "" where the build does not know.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "(devel)" {
		return ""
	}
	return info.Main.Version
}

// digest is a number that changes with what a view holds.
func digest(blocks slack.Blocks) string {
	b, _ := json.Marshal(blocks)
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(strings.ToValidUTF8(string(b), "")))
	return fmt.Sprintf("%x", sum.Sum64())
}
