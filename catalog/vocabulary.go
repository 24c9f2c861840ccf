package catalog

import "slices"

// Kind tells what an entry describes.
type Kind string

const (
	KindReply    Kind = "reply"    // a reply code, 503
	KindEnhanced Kind = "enhanced" // an enhanced status code, 5.1.1
	KindProvider Kind = "provider" // a text that one provider's servers send
	KindCause    Kind = "cause"    // a cause, mailbox-full
	KindClass    Kind = "class"    // a whole class, 5xx
)

// Who has to act.
type Who string

const (
	WhoSender         Who = "sender"          // the person who wrote the message
	WhoSenderAdmin    Who = "sender-admin"    // whoever runs the sending server, program or domain
	WhoRecipient      Who = "recipient"       // the person it was written to
	WhoRecipientAdmin Who = "recipient-admin" // whoever runs the receiving server
	WhoBothAdmins     Who = "both-admins"     // the two administrators together
	WhoNobody         Who = "nobody"          // nothing is wrong, or time heals it
)

// Retry says what sending again would bring.
type Retry string

const (
	RetryNoNeed  Retry = "no-need"         // nothing failed
	RetryAgain   Retry = "retry"           // the same attempt may pass later
	RetrySlower  Retry = "retry-slower"    // it may pass at a lower rate
	RetryFixed   Retry = "fix-then-resend" // it passes once the fault is mended
	RetryNoSense Retry = "do-not-retry"    // it never passes
)

// Evidence grades how well a fact is founded.
type Evidence string

const (
	EvidenceStandard     Evidence = "standard"      // an RFC or the IANA registry
	EvidenceProviderPage Evidence = "provider-page" // the provider's own page was read
	EvidenceField        Evidence = "field"         // seen in real mail or in a public data set
	EvidenceUnconfirmed  Evidence = "unconfirmed"   // general knowledge alone
)

// Stage is the point of the session at which a reply appears.
type Stage string

const (
	StageConnect  Stage = "connect"     // the greeting
	StageHello    Stage = "hello"       // EHLO, HELO
	StageTLS      Stage = "starttls"    // STARTTLS
	StageAuth     Stage = "auth"        // AUTH
	StageMail     Stage = "mail"        // MAIL FROM
	StageRecipien Stage = "rcpt"        // RCPT TO
	StageData     Stage = "data"        // DATA, BDAT: before the content
	StageContent  Stage = "end-of-data" // after the final dot
	StageVerify   Stage = "vrfy"        // VRFY, EXPN
	StageQuit     Stage = "quit"        // QUIT
	StageAny      Stage = "any"         // any command
)

// Cause is why a message was refused or held; the remedy hangs on it.
type Cause string

const (
	CauseSuccess Cause = "success" // no error
	CauseUnclear Cause = "unclear" // an error whose text does not say why
)

// Causes lists every cause, in the order in which documents show them.
var causes = []Cause{
	"mailbox-unknown", "mailbox-full", "mailbox-disabled", "mailbox-moved", "recipient-refused", "sender-refused",
	"domain-unknown", "domain-takes-no-mail", "message-too-large", "content-refused", "spam", "virus", "policy",
	"address-blocked", "poor-reputation", "rate-limited", "too-many-connections", "reverse-dns-missing",
	"sender-authentication", "not-compliant", "relay-denied", "login-failed", "tls-required", "greylisted",
	"too-many-recipients", "sending-limit", "routing-loop", "syntax", "bad-sequence", "not-implemented",
	"server-storage", "server-fault", "network", "expired", "delivery-agent", "suppressed", CauseSuccess, CauseUnclear,
}

var (
	kindsWho      = []Who{WhoSender, WhoSenderAdmin, WhoRecipient, WhoRecipientAdmin, WhoBothAdmins, WhoNobody}
	kindsRetry    = []Retry{RetryNoNeed, RetryAgain, RetrySlower, RetryFixed, RetryNoSense}
	kindsEvidence = []Evidence{EvidenceStandard, EvidenceProviderPage, EvidenceField, EvidenceUnconfirmed}
	kindsStage    = []Stage{StageConnect, StageHello, StageTLS, StageAuth, StageMail, StageRecipien, StageData,
		StageContent, StageVerify, StageQuit, StageAny}
)

// Causes returns every cause, in the order in which documents show them.
func Causes() []Cause { return slices.Clone(causes) }
