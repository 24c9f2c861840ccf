package bot

import (
	"slices"
	"strings"

	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// short is a question of nothing but codes, and its language. Such are asked
// most, and whoever asks gets the same.
type short struct{ lang, text string }

const (
	maxMemo  = 1024
	maxShort = 32
)

// remembered gives the answer to a question, which compose finds where it is
// not known. Nothing is kept of questions with words in them.
func (b *Bot) remembered(e *catalog.Edition, text string, compose func() card.Card) card.Card {
	if len(text) > maxShort || strings.Trim(text, "0123456789.x-/ vs") != "" {
		return compose()
	}
	return b.memo.Of(short{e.Lang(), text}, func() card.Card {
		c := compose()
		c.Body, c.Links, c.Actions = slices.Clip(c.Body), slices.Clip(c.Links), slices.Clip(c.Actions) // nobody adds to what others read
		return c
	})
}
