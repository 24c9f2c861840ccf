package detect

import "slices"

// Sending services, and the queues that report in JSON or CSV: Amazon SES,
// SendGrid, Mailgun, Postmark, SparkPost, PowerMTA. KumoMTA's JSON needs no
// forms; see readEnhancedObject.
var serviceForms = slices.Concat(
	// What many of them put before the receiver's words.
	phrases(says, 7, "mta response:"),
	phrases(logs, 3, "remote mta", "refused to accept"),
	phrases(says, 5, "smtp-status", "with the following error"),
	phrases(says, 4, "status code:", "error message:", "mail code"),
	phrases(says, 8, "diagnosticcode", "diagnostic code", "with the following error message", "server replied:",
		"server said:", "remote host replied:", "remote server replied:", "last smtp error:", "the reason for the problem"),
	phrases(says, 6, "bounce reason", "last error:", "reported error:", "(mail-code:"),
	phrases(logs, 6, "bouncedrecipients"),
	phrases(logs, 2, "delivery-status"),
	phrases(says, 9, "remote server said:"),
	// Amazon SES.
	phrases(speaks, 10, "email address is not verified. the following identities failed the check",
		"amazon ses has suppressed sending to this address"),
	// SendGrid drops what is on its own lists.
	// https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event#dropped
	phrases(speaks, 10, "\"reason\":\"bounced address\"", "\"reason\": \"bounced address\"",
		"\"reason\":\"unsubscribed address\"", "\"reason\": \"unsubscribed address\"",
		"\"reason\":\"spam reporting address\"", "\"reason\": \"spam reporting address\""),
	// Mailgun. https://documentation.mailgun.com/docs/mailgun/user-manual/events/events
	phrases(logs, 8, "\"delivery-status\":"),
	phrases(speaks, 10, "not delivering to previously bounced address"),
	// Postmark. https://postmarkapp.com/developer/api/overview#error-codes
	phrases(speaks, 10, "recipient(s) that have been marked as inactive"),
)
