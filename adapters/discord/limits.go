package discord

import "time"

// What a message may hold. Lengths are counted in UTF-16 units, which are
// never fewer than what Discord counts.
const (
	// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
	maxTitle       = 256
	maxDescription = 4096
	maxFooter      = 2048
	maxEmbed       = 6000 // all texts of a message's embeds together

	// https://discord.com/developers/docs/resources/message#create-message
	maxContent = 2000
	maxNonce   = 25

	// https://discord.com/developers/docs/components/reference#action-row
	maxRows     = 5
	maxInRow    = 5
	maxLabel    = 80  // https://discord.com/developers/docs/components/reference#button
	maxCustomID = 100 // https://discord.com/developers/docs/components/reference#anatomy-of-a-component

	// https://discord.com/developers/docs/components/reference#string-select
	maxChoices     = 25  // of a menu, of an option, and of a completion
	maxOptionText  = 100 // label and value of a choice
	maxPlaceholder = 100 // a field takes that; a menu would take 150

	// https://discord.com/developers/docs/components/reference#text-input
	maxModalTitle = 45 // also of a field's label
	maxInput      = 4000
)

const (
	// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback
	callbackWithin = 3 * time.Second

	// https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure
	maxOption = 6000

	// How far the timestamp of a signed request may be from our clock. Discord
	// names no figure; five minutes is what Slack asks for.
	maxSkew = 5 * time.Minute

	// How large a signed request may be. The largest one carries a message with
	// ten full embeds, some 100 kB when every character is escaped.
	maxBody = 1 << 20
)
