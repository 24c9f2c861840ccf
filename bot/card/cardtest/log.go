package cardtest

import "smtpbot/bot/card"

// Log is the answer to a mail log, as a channel gets it. It is not difficult: the
// renderers keep it as a golden file.
func Log() card.Card {
	return card.Card{
		Tone: card.Note, Title: "Mail log: 96 of 116 lines hold an error",
		Body: []card.Block{
			{List: []string{
				"**40×** `452 4.2.2` mailbox full · mx1.dest.example and 2 more", "**31×** `550 5.1.1` mailbox unknown · mx.dest.example", "**12×** network · mx.dest.example",
				"**7×** `554 5.7.1` sending address blocked · Spamhaus", "**3×** `451 4.7.1` greylisted", "and 2 more kinds",
			}},
			{Heading: "`452 4.2.2` · The recipient's mailbox is full", Text: "Passing: your server keeps trying by itself. **The recipient's move.**"},
			{Text: "Tell them by another way that they need to make room."},
		},
		Small:   []string{"4xx · passing"},
		Links:   []card.Link{{Title: "RFC 3463, section 3.3", URL: "https://www.rfc-editor.org/rfc/rfc3463#section-3.3"}},
		Actions: []card.Action{{ID: "details", Label: "Details", Value: "lookup 452 4.2.2"}},
	}
}
