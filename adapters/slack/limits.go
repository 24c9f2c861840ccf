package slack

import (
	"sort"
	"unicode/utf16"

	"smtpbot/adapters/slack/blockkit"
)

// The limits that the renderer keeps to. Those of Slack stand in package
// blockkit, each with its page; where one here is lower, it says why.
const (
	maxBlocks     = blockkit.MaxBlocks
	maxViewBlocks = blockkit.MaxViewBlocks
	maxSection    = blockkit.MaxSection
	maxFields     = blockkit.MaxFields
	maxField      = blockkit.MaxField
	maxContext    = blockkit.MaxContext
	maxActions    = blockkit.MaxActions
	maxButton     = blockkit.MaxButton
	maxValue      = blockkit.MaxValue
	maxActionID   = blockkit.MaxActionID
	maxText       = blockkit.MaxText

	// All blocks of a message together, with room for what an adapter adds.
	maxMessage = 12_000

	// The texts of a modal or Home together. Their JSON has to stay below
	// 250 KB, and what goes back with an acknowledgement by Socket Mode below 20.
	maxView = 60_000

	// maxURL is for what becomes a link; a longer one is left out.
	maxURL = 2000

	// maxBody is how much of a request is read. Slack says no size; a message
	// has 40,000 characters at the most and comes twice, as text and as blocks.
	maxBody = 2 << 20

	// maxTyped is how many bytes of a text are read, the 40,000 characters that
	// a message can have, at four bytes each, and then some: what comes has to
	// be judged within three seconds.
	// https://api.slack.com/changelog/2018-04-truncating-really-long-messages
	maxTyped = 192 << 10

	// mark stands where something was cut off.
	mark = "…"
)

// units counts a text as limits do.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// fit gives render(n) for the largest n up to total at which it is no longer
// than limit. What render gives must not shrink while n grows.
func fit(limit, total int, render func(n int) string) string {
	n := sort.Search(min(total, limit), func(n int) bool { return units(render(n+1)) > limit })
	return render(n)
}
