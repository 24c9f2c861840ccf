package discord

import (
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
	"smtpbot/catalog"
)

// explained gives the answer to an error that somebody pasted.
func explained(t *testing.T, r *rig) (paste, answer *discordtest.Message) {
	t.Helper()
	paste = r.discord.Post(discordtest.Message{Content: pasted, Author: "700000000000000001"})
	return paste, r.discord.AwaitSent(paste.ChannelID, 1)[0]
}

func labels(m *discordtest.Message) (list []string) {
	for _, b := range m.Buttons {
		list = append(list, b.Label)
	}
	return list
}

// press finds a button by what it does, whatever the language.
func press(m *discordtest.Message, action, locale, user string) discordtest.Interaction {
	for _, b := range m.Buttons {
		if strings.HasPrefix(b.CustomID, action+":") {
			return discordtest.Interaction{Type: 3, Locale: locale, Channel: m.ChannelID, Guild: m.GuildID, User: user, On: m,
				Data: map[string]any{"custom_id": b.CustomID, "component_type": 2}}
		}
	}
	return discordtest.Interaction{}
}

// Below an answer stands what its readers can do, in this order.
func TestWhatStandsBelow(t *testing.T) {
	r := start(t)
	_, answer := explained(t, r)
	var actions []string
	for _, b := range answer.Buttons {
		action, _ := split(b.CustomID)
		actions = append(actions, action)
	}
	if want := []string{bot.ActionDetails, bot.ActionCompare, bot.ActionLanguage, bot.ActionWrong, bot.ActionDelete}; !slices.Equal(actions, want) {
		t.Errorf("%v, labelled %v, want %v", actions, labels(answer), want)
	}
}

func TestCompareForm(t *testing.T) {
	r := start(t)
	_, answer := explained(t, r)
	asked := r.discord.OverGateway(press(answer, bot.ActionCompare, "en-US", ""))
	if asked.Type != 9 || asked.Form == nil || len(asked.Form.Inputs) != 1 || !strings.Contains(asked.Form.Title, "550 5.1.1") {
		t.Fatalf("type %d: %+v", asked.Type, asked.Form)
	}
	for name, row := range map[string]struct {
		other string
		want  []string
	}{
		"a code":   {"450", []string{"450", "550 5.1.1"}},
		"words":    {"mailbox full", []string{"550 5.1.1", "full"}},
		"nonsense": {"xyzzy", []string{"`/smtp code:450 versus:550`"}},
		"itself":   {"550 5.1.1", []string{"`/smtp code:450 versus:550`"}},
	} {
		t.Run(name, func(t *testing.T) {
			a := r.discord.OverGateway(r.discord.Submit(asked.Form, "en-US", map[string]string{fieldOther: row.other}))
			if a.Type != 4 || !a.Ephemeral {
				t.Errorf("type %d, ephemeral %t", a.Type, a.Ephemeral)
			}
			for _, want := range row.want {
				if !strings.Contains(a.Text(), want) {
					t.Errorf("no %q in:\n%s", want, a.Text())
				}
			}
		})
	}
}

func TestPasteForm(t *testing.T) {
	r := start(t)
	form := r.discord.OverGateway(r.discord.Slash("smtp-explain", "fr", nil))
	if form.Type != 9 || form.Form == nil || form.Form.Inputs[0].Max != maxInput {
		t.Fatalf("type %d: %+v", form.Type, form.Form)
	}
	long := strings.Repeat("Nov  3 10:00:00 mx postfix/qmgr[1]: removed\n", 80) + pasted
	a := r.discord.OverGateway(r.discord.Submit(form.Form, "fr", map[string]string{fieldPaste: long}))
	if a.Type != 4 || !a.Ephemeral || !strings.Contains(a.Text(), "550 5.1.1") || !strings.Contains(a.Text(), "adresse") {
		t.Errorf("type %d, ephemeral %t: %s", a.Type, a.Ephemeral, a.Text())
	}
}

// Whoever wants another language sees it alone, and the answer stays as it is.
func TestLanguageOfOnePerson(t *testing.T) {
	r := start(t)
	_, answer := explained(t, r)
	menu := r.discord.OverGateway(press(answer, bot.ActionLanguage, "en-US", ""))
	if menu.Type != 4 || !menu.Ephemeral || len(menu.Selects) != 1 || menu.Selects[0].Options[0].Value != "fr" {
		t.Fatalf("type %d, ephemeral %t: %+v", menu.Type, menu.Ephemeral, menu.Selects)
	}
	a := r.discord.OverGateway(r.discord.Choose(&menu.Message, menu.Selects[0].CustomID, "fr", "en-US"))
	if a.Type != 7 || !a.Ephemeral || !strings.Contains(a.Text(), "adresse") || len(a.Selects) != 0 {
		t.Errorf("type %d, ephemeral %t: %s", a.Type, a.Ephemeral, a.Text())
	}
	if now := r.discord.Message(answer.ID); now.Text() != answer.Text() {
		t.Errorf("the answer changed: %s", now.Text())
	}
}

// A complaint is kept as keys of the catalogue, and nothing else.
func TestWrong(t *testing.T) {
	r := start(t)
	_, answer := explained(t, r)
	asked := r.discord.OverGateway(press(answer, bot.ActionWrong, "fr", ""))
	if asked.Type != 4 || !asked.Ephemeral || len(asked.Selects) != 2 {
		t.Fatalf("type %d, ephemeral %t: %+v", asked.Type, asked.Ephemeral, asked.Selects)
	}
	if !strings.Contains(asked.Text(), "Adresse inconnue") { // what the person read, and no name of a rule
		t.Errorf("not about what was said: %s", asked.Text())
	}
	offered := map[any]bool{}
	for _, menu := range asked.Selects {
		for _, o := range menu.Options {
			offered[o.Value] = true
		}
	}
	for _, c := range catalog.Causes() {
		if !offered[string(c)] {
			t.Errorf("%s cannot be chosen", c)
		}
	}
	for _, menu := range asked.Selects {
		var spoken []string
		for _, o := range menu.Options {
			spoken = append(spoken, strings.NewReplacer("é", "e", "î", "i", "ê", "e", "è", "e", "à", "a", "'", "", " ", "").Replace(strings.ToLower(o.Label)))
		}
		if last := len(spoken) - 1; !slices.IsSorted(spoken[:last]) { // that no cause fits comes last
			t.Errorf("not in the order of the alphabet: %q", spoken)
		}
	}
	menu := asked.Selects[0]
	choice, _ := menu.Options[3].Value.(string)
	if a := r.discord.OverGateway(r.discord.Choose(&asked.Message, menu.CustomID, choice, "fr")); a.Type != 7 || len(a.Selects) != 0 {
		t.Errorf("type %d: %s", a.Type, a.Text())
	}
	got, err := r.store.Feedback(t.Context(), name, answer.GuildID)
	if err != nil || len(got) != 1 || got[0].Entry != "5.1.1" && got[0].Entry != "mailbox-unknown" && !strings.Contains(got[0].Entry, "/") || string(got[0].Cause) != choice {
		t.Errorf("%+v, %v", got, err)
	}
}

// An answer is taken away by the person whom it was for, and by who may manage
// messages, and does not come back.
func TestDelete(t *testing.T) {
	r := start(t)
	for name, row := range map[string]struct {
		user        string
		permissions int64
		gone        bool
	}{
		"the poster":      {"700000000000000001", 0, true},
		"a moderator":     {"700000000000000002", discordtest.PermissionManageMessages, true},
		"an admin":        {"700000000000000003", discordgo.PermissionAdministrator, true},
		"somebody else":   {"700000000000000004", 0, false},
		"a channel's own": {"700000000000000005", discordtest.PermissionManageChannels, false},
	} {
		t.Run(name, func(t *testing.T) {
			paste, answer := explained(t, r)
			i := press(answer, bot.ActionDelete, "en-US", row.user)
			i.Permissions = row.permissions
			a := r.discord.OverGateway(i)
			if gone := r.discord.Message(answer.ID) == nil; gone != row.gone {
				t.Fatalf("gone: %t; answer of type %d: %s", gone, a.Type, a.Text())
			}
			if !row.gone {
				if a.Type != 4 || !a.Ephemeral {
					t.Errorf("type %d, ephemeral %t", a.Type, a.Ephemeral)
				}
				return
			}
			if found, ok, err := r.store.Remembered(t.Context(), "discord", paste.ChannelID, paste.ID); err != nil || !ok || found.State != bot.Gone {
				t.Errorf("%+v, %t, %v", found.State, ok, err)
			}
		})
	}
}

// Where only the person brought the bot along, it shares and takes away all the
// same.
func TestShareAndDeleteWhereCarried(t *testing.T) {
	r := start(t)
	for _, where := range []discordtest.Interaction{{Carried: true}, {Private: true}} {
		i := r.discord.Slash("smtp", "en-US", map[string]string{"code": "503"})
		i.Carried, i.Private, i.User = where.Carried, where.Private, "700000000000000001"
		alone := r.discord.OverGateway(i)
		if !alone.Ephemeral {
			t.Fatal("it was not for one person")
		}
		i = press(&alone.Message, bot.ActionShare, "en-US", "700000000000000001")
		i.Carried, i.Private = where.Carried, where.Private
		shared := r.discord.OverGateway(i)
		if shared.Type != 4 || shared.Ephemeral || !strings.Contains(shared.Text(), "503") {
			t.Fatalf("type %d, ephemeral %t: %s", shared.Type, shared.Ephemeral, shared.Text())
		}
		for user, gone := range map[string]bool{"700000000000000002": false, "700000000000000001": true} {
			i = press(&shared.Message, bot.ActionDelete, "en-US", user)
			i.Carried, i.Private = where.Carried, where.Private
			a := r.discord.OverGateway(i)
			if taken := a.Type == 7 && !strings.Contains(a.Text(), "503"); taken != gone {
				t.Errorf("%s: type %d: %s", user, a.Type, a.Text())
			}
		}
	}
}
