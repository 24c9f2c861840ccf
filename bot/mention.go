package bot

import (
	"context"
	"slices"
	"strings"

	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// Ask answers a message that is put to the bot itself: its name stands in it
// (the adapter has taken that off), or nobody else reads the conversation. It
// is Command for everyone to see, answered once like what Observe finds: nil
// where somebody else claimed the message or only gave thanks, and after an
// error nothing was claimed. Edits are not asked anew.
func (b *Bot) Ask(ctx context.Context, m Message) (*Answer, error) {
	if m.FromUs || m.Bot || m.Edited || thanks(m.Text) && m.Logs == nil {
		return nil, nil
	}
	e := b.catalog.Edition(m.Lang)
	found := b.heard(m)
	lease := Lease
	if len(found) == 0 {
		// A question is not stored, so nobody could answer it later: the row
		// keeps others away and is never overdue.
		lease = Keep
	}
	claim, err := b.claim(ctx, m, e.Lang(), levelAsked, found, lease) // who asks gets an answer, however young the last one is
	if err != nil || claim.outcome == repeated {
		return nil, err
	}
	answer := b.Command(ctx, Request{Place: m.Place, Text: m.Text, Logs: m.Logs, Lang: m.Lang, User: m.User, Admin: m.Admin, Direct: m.Direct})
	answer.Private = false
	if !m.Direct {
		answer = brief(e, answer)
	}
	return &Answer{Card: answer, Row: claim.row, How: LevelReply}, nil
}

// brief leaves the lists of commands out of an answer that a whole channel
// reads: one of them asked, if anybody did.
func brief(e *catalog.Edition, c card.Card) card.Card {
	listed := func(block card.Block) bool {
		return block.Heading != "" && (block.Heading == e.Label("help.verbs") || block.Heading == e.Label("help.here"))
	}
	if slices.ContainsFunc(c.Body, listed) {
		c.Body = append(slices.DeleteFunc(slices.Clone(c.Body), listed), card.Block{Text: e.Label("help.rest")})
	}
	return c
}

// polite are the words of a message that asks for nothing.
var polite = [...]string{"thanks", "thank", "you", "thx", "ty", "cheers", "merci", "beaucoup", "danke", "gracias", "grazie", "bot", "ok", "okay",
	"great", "nice", "good", "super", "parfait", "perfect", "a", "lot", "so", "much", "very", "for", "the", "help", "job"}

// thanks reports whether somebody thanks, and asks for nothing.
func thanks(text string) bool {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !('a' <= r && r <= 'z') })
	return len(words) > 0 && len(words) < 8 && words[0] != "help" && !strings.ContainsAny(text, "?0123456789") &&
		!slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(polite[:], w) })
}
