package discord

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
	"smtpbot/bot/card"
)

// Every entry of the catalogue, and what the bot says besides, in each
// language, as it is sent: with what its reader can do with it.
func TestCatalogueFits(t *testing.T) {
	t.Parallel()
	v := discordtest.LoadValidator(t)
	b := newBot(t, nil, bot.Options{})
	questions := []string{
		"", "help", "nonsense", "450 vs 550", "1 2 3 4 5 6", "compare", "explain", "explain " + pasted, "search mail",
		"settings", "on", "off", "react", "quiet", "lang fr", "lang xx",
	}
	for _, key := range b.Catalog().Keys() {
		questions = append(questions, "lookup "+key)
	}
	for _, lang := range b.Catalog().Languages() {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			for _, q := range questions {
				c := b.Command(t.Context(), bot.Request{Text: q, Lang: lang, Admin: true})
				c.Private = false
				t.Run(q, func(t *testing.T) { check(t, v, b.Controls(lang, c, "900000000000000001")) })
			}
			for _, q := range append(questions, comparisons(b)...) {
				c := b.Command(t.Context(), bot.Request{Text: q, Lang: lang, Admin: true})
				t.Run(q, func(t *testing.T) { checkAnswer(t, v, b.Controls(lang, c, "900000000000000001")) })
			}
		})
	}
}

// comparisons are those that the notes on pairs know, and the longest of four.
func comparisons(b *bot.Bot) []string {
	list := []string{"450 vs 550 vs 421 vs 554", "421 vs 450 vs 451 vs 452", "5.7.1 vs 5.7.26 vs 5.1.1 vs 4.2.2", "spam vs virus vs policy vs unclear"}
	for _, key := range b.Catalog().Keys() {
		for _, h := range b.Beside("en", key) {
			if key < h.Entry {
				list = append(list, "compare "+key+" vs "+h.Entry)
			}
		}
	}
	return list
}

// Nothing of an entry is cut: Details shows the whole of it. Of a comparison
// only one of four codes is, with a mark, and each code is whole behind its
// button.
func TestWhatIsCut(t *testing.T) {
	t.Parallel()
	b := newBot(t, nil, bot.Options{})
	for _, lang := range b.Catalog().Languages() {
		for _, key := range b.Catalog().Keys() {
			c := b.Command(t.Context(), bot.Request{Text: "lookup " + key, Lang: lang})
			if parts := describe(c, maxDescription, maxEmbed-maxTitle); len(parts) != 1 || strings.HasSuffix(parts[0], "…") {
				t.Errorf("%s, %s: cut", key, lang)
			}
		}
	}
	c := b.Command(t.Context(), bot.Request{Text: "450 vs 550 vs 421 vs 554", Lang: "fr"})
	m := render(tongue{Edition: b.Catalog().Edition("fr")}, c)
	total := 0
	for _, e := range m.Embeds {
		total += length(e.Title) + length(e.Description)
	}
	if len(m.Embeds) != 2 || total < maxEmbed*9/10 || !strings.HasSuffix(m.Embeds[1].Description, "…") {
		t.Errorf("%d embeds of %d, which end with %q", len(m.Embeds), total, m.Embeds[1].Description[len(m.Embeds[1].Description)-20:])
	}
	if len(c.Actions) != 4 {
		t.Errorf("%d ways to the whole entries", len(c.Actions))
	}
}

// What is in the answers' buttons holds all that pressing them needs.
func TestButtons(t *testing.T) {
	t.Parallel()
	b := newBot(t, nil, bot.Options{})
	for _, key := range b.Catalog().Keys() {
		c := b.Command(t.Context(), bot.Request{Text: "lookup " + key, Lang: "en"})
		c.Private = false
		c = b.Controls("en", c, "900000000000000001")
		n := 0
		for _, row := range render(tongue{Edition: b.Catalog().Edition("en")}, c).Components {
			n += len(row.(discordgo.ActionsRow).Components)
		}
		if n != len(c.Actions) {
			t.Errorf("%s: %d of %d buttons", key, n, len(c.Actions))
		}
	}
}

// Forms and menus fit in every language.
func TestFormsFit(t *testing.T) {
	t.Parallel()
	v := discordtest.LoadValidator(t)
	b := newBot(t, nil, bot.Options{})
	a := New(Config{Token: "x"}, b, quiet())
	for _, lang := range b.Catalog().Languages() {
		press := func(customID string, values ...string) *interaction {
			return &interaction{
				Type: discordgo.InteractionMessageComponent, Locale: lang, User: &user{ID: "1"}, Message: &message{ID: "2"},
				Data: &interactionData{CustomID: customID, Values: values},
			}
		}
		all := []*interaction{
			{Type: discordgo.InteractionApplicationCommand, Locale: lang, Data: &interactionData{Type: 1, Name: explainName}},
			press("delete:2"), press("language:answer 550,5.1.1,mailbox-unknown"), press("in:lookup 550", "fr"),
		}
		for _, key := range []string{"550", "5.7.26", "5xx", "spam", longest(b.Catalog().Keys())} {
			all = append(all, press("compare:"+key), press("wrong:"+key), press("share:lookup "+key))
		}
		for _, i := range all {
			raw, err := json.Marshal(a.respond(t.Context(), i))
			if err != nil {
				t.Fatal(err)
			}
			if _, problems := v.Callback(raw); len(problems) > 0 {
				t.Errorf("%s: %s\n%s", i.Data.CustomID, strings.Join(problems, "; "), raw)
			}
		}
		raw, err := json.Marshal(renderHint(b.Catalog().Edition(lang), card.Card{Again: "answer 550,5.1.1,mailbox-unknown"}))
		if err != nil {
			t.Fatal(err)
		}
		if _, problems := v.Message(raw); len(problems) > 0 {
			t.Errorf("hint: %s", strings.Join(problems, "; "))
		}
	}
}

func longest(list []string) string {
	return slices.MaxFunc(list, func(a, b string) int { return len(a) - len(b) })
}
