package discord

import (
	"strings"
	"testing"
	"time"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
)

func TestCompletion(t *testing.T) {
	r := start(t)
	for name, row := range map[string]struct {
		option, typed, locale string
		first                 string // value of the first choice
		in                    string // stands in its name
	}{
		"nothing":          {"code", "", "en-US", "550", ""},
		"a beginning":      {"code", "45", "en-US", "450", ""},
		"a code":           {"code", "503", "en-US", "503", "503 · "},
		"an enhanced code": {"code", "5.7.2", "en-US", "5.7.2", ""},
		"a passing one":    {"code", "4.7.2", "en-US", "4.7.2", ""},
		"words":            {"code", "mailbox full", "en-US", "mailbox-full", "full"},
		"French words":     {"code", "boîte pleine", "fr", "mailbox-full", "pleine"},
		"a slip":           {"code", "greylsited", "en-US", "greylisted", ""},
		"two letters":      {"code", "gr", "en-US", "greylisted", ""},
		"a provider":       {"code", "gmail", "en-US", "google/", ""},
		"a comparison":     {"code", "450 vs 55", "en-US", "450 vs 550", ""},
		"versus":           {"versus", "55", "en-US", "550", ""},
	} {
		t.Run(name, func(t *testing.T) {
			i := r.discord.Complete("smtp", row.option, row.typed, row.locale)
			for _, a := range []*discordtest.Answer{r.discord.OverGateway(i), r.discord.OverHTTP(r.http, i)} {
				if a.Type != 8 || len(a.Choices) == 0 || len(a.Choices) > maxChoices {
					t.Fatalf("type %d, %d choices", a.Type, len(a.Choices))
				}
				c := a.Choices[0]
				if value, _ := c.Value.(string); !strings.HasPrefix(value, row.first) || !strings.Contains(c.Name, row.in) {
					t.Errorf("%q with the value %v", c.Name, c.Value)
				}
			}
		})
	}
	if a := r.discord.OverGateway(discordtest.Interaction{Type: 4, Data: map[string]any{"name": "smtp", "type": 1, "options": []any{}}}); a.Type != 8 {
		t.Errorf("without an option: type %d", a.Type)
	}
}

// Whatever is typed, the list keeps to the limits and comes in time: each key
// that is pressed asks for one.
func TestCompletionIsQuick(t *testing.T) {
	t.Parallel()
	a := New(Config{Token: "x"}, newBot(t, nil, bot.Options{}), quiet())
	typed := []string{"@everyone <@1> **x**", strings.Repeat("mailbox ", 800), "\x00\xff", "550 5.1.1 vs google/no-such-user vs ", "4", "é"}
	for _, key := range a.bot.Catalog().Keys() {
		typed = append(typed, key[:len(key)/2], key)
	}
	began := time.Now()
	for _, lang := range a.bot.Catalog().Languages() {
		for _, text := range typed {
			list := a.choices(lang, text)
			if len(list) > maxChoices {
				t.Fatalf("%q: %d choices", text, len(list))
			}
			for _, c := range list {
				if length(c.Name) > maxOptionText || length(c.Value) > maxOptionText || blank(c.Name) || c.Value == "" {
					t.Errorf("%q: %+v", text, c)
				}
			}
		}
	}
	if each := time.Since(began) / time.Duration(2*len(typed)); each > 300*time.Millisecond {
		t.Errorf("%s each", each)
	}
}

func BenchmarkCompletion(b *testing.B) {
	a := New(Config{Token: "x"}, newBot(b, nil, bot.Options{}), quiet())
	a.choices("en", "warm")
	for b.Loop() {
		a.choices("en", "mailbx full")
	}
}
