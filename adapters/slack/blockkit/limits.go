// Package blockkit knows what Slack takes: its limits, each with the page that
// says so, and checks of what is about to be sent. The renderer keeps to the
// limits; tests and fakes of Slack hold every payload against them.
package blockkit

// Slack does not say what it counts as a character. The checks count UTF-16
// units of the escaped text, the largest of the possible readings.
const (
	// MaxBlocks and MaxViewBlocks: https://docs.slack.dev/reference/block-kit/blocks
	MaxBlocks     = 50  // in a message
	MaxViewBlocks = 100 // in a modal and in a Home tab

	// MaxBlockID: https://docs.slack.dev/reference/block-kit/blocks/section-block
	MaxBlockID = 255

	// https://docs.slack.dev/reference/block-kit/blocks/section-block
	MaxSection = 3000
	MaxFields  = 10
	MaxField   = 2000

	// https://docs.slack.dev/reference/block-kit/blocks/header-block
	MaxHeader = 150

	// https://docs.slack.dev/reference/block-kit/blocks/context-block
	MaxContextElements = 10
	// https://docs.slack.dev/reference/block-kit/composition-objects/text-object
	MaxContext = 3000

	// https://docs.slack.dev/reference/block-kit/blocks/actions-block
	MaxActions = 25

	// https://docs.slack.dev/reference/block-kit/blocks/input-block
	MaxInputLabel = 2000
	MaxInputHint  = 2000

	// https://docs.slack.dev/reference/block-kit/block-elements/button-element
	MaxButton   = 75
	MaxValue    = 2000
	MaxActionID = 255

	// https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element
	MaxOverflow = 5

	// https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
	MaxOptions     = 100
	MaxPlaceholder = 150

	// https://docs.slack.dev/reference/block-kit/composition-objects/option-object
	MaxOptionText  = 75
	MaxOptionValue = 150

	// https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
	MaxInput = 3000

	// https://docs.slack.dev/reference/views/modal-views
	MaxViewTitle    = 24 // also of the two buttons at its foot
	MaxMetadata     = 3000
	MaxCallbackID   = 255
	MaxExternalID   = 255
	MaxViewsInStack = 3 // https://docs.slack.dev/surfaces/modals

	// MaxText is for the text of a message, where Slack asks for no more:
	// https://docs.slack.dev/reference/methods/chat.postMessage
	MaxText = 4000

	// MaxMessage is for all blocks of a message together. Slack answers
	// msg_blocks_too_long from about 13,200 on, which no page says:
	// https://github.com/slackapi/bolt-js/issues/2509
	MaxMessage = 13_000

	// MaxView is for a whole view as JSON, in bytes. Slack answers
	// view_too_large from 250 KB on:
	// https://docs.slack.dev/reference/methods/views.open#errors
	MaxView = 250_000
)
