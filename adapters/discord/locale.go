package discord

import (
	"cmp"
	"context"
	"strings"

	"smtpbot/catalog"
)

// locales are the languages of Discord's clients.
//
// https://discord.com/developers/docs/reference#locales
var locales = [...]string{
	"id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR", "ro", "fi",
	"sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko",
}

// knows reports whether the catalogue is there in somebody's language.
func knows(c *catalog.Catalog, locale string) bool {
	return c.MatchLanguage(locale) != catalog.English || locale == catalog.English || strings.HasPrefix(locale, catalog.English+"-")
}

// localized gives a text in every language of Discord's that the catalogue
// has. English is what stands in the command itself.
func localized(c *catalog.Catalog, key string) map[string]string {
	english := c.Edition(catalog.English).Label(key)
	texts := map[string]string{}
	for _, locale := range locales {
		if text := c.Edition(locale).Label(key); knows(c, locale) && text != english {
			texts[locale] = text
		}
	}
	if len(texts) == 0 {
		return nil
	}
	return texts
}

// langOf is the language for one person: their own, else the channel's, else
// the server's. A language that the catalogue does not have counts as none: in
// a channel that was set to French, somebody whose Discord is Danish reads
// French.
func (a *Adapter) langOf(ctx context.Context, i *interaction) string {
	c := a.bot.Catalog()
	if knows(c, i.Locale) {
		return i.Locale
	}
	set := ""
	if i.GuildID != "" {
		s, err := a.bot.SettingsFor(ctx, i.settingsPlace())
		if err == nil { // without the store the other two do
			set = s.Lang
		}
	}
	return cmp.Or(set, i.GuildLocale)
}

// langForAll is the language for everybody in a channel: the channel's, else
// that of who speaks there.
func (a *Adapter) langForAll(ctx context.Context, i *interaction) string {
	if i.GuildID != "" {
		if s, err := a.bot.SettingsFor(ctx, i.settingsPlace()); err == nil && s.Lang != "" {
			return s.Lang
		}
	}
	return a.langOf(ctx, i)
}

// langAtOnce is the language for a form, which has to come without the store.
func (a *Adapter) langAtOnce(i *interaction) string {
	if knows(a.bot.Catalog(), i.Locale) {
		return i.Locale
	}
	return i.GuildLocale
}
