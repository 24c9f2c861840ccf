package slack

import (
	"sort"
	"unicode/utf16"
)

// Slack does not say what it counts as a character. The renderer counts UTF-16
// units of the escaped text, the largest of the possible readings.

const (
	// https://docs.slack.dev/reference/block-kit/blocks
	maxBlocks = 50

	// https://docs.slack.dev/reference/block-kit/blocks/section-block
	maxSection = 3000
	maxFields  = 10
	maxField   = 2000

	// https://docs.slack.dev/reference/block-kit/blocks/context-block and
	// https://docs.slack.dev/reference/block-kit/composition-objects/text-object
	maxContext = 3000

	// https://docs.slack.dev/reference/block-kit/blocks/actions-block
	maxActions = 25

	// https://docs.slack.dev/reference/block-kit/block-elements/button-element
	maxButton   = 75
	maxValue    = 2000
	maxActionID = 255

	// The fallback. https://docs.slack.dev/reference/methods/chat.postMessage
	// asks for 4,000 at the most; answers to commands carry it beside the
	// blocks and have to stay small.
	maxText = 3000

	// All blocks of a message together. Slack answers msg_blocks_too_long from
	// about 13,200 on, which no page says: https://github.com/slackapi/bolt-js/issues/2509
	maxMessage = 12_000

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
