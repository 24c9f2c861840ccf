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
	// Amazon SES: its API's errors and its notifications.
	// https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html
	phrases(speaks, 10, "when calling the sendemail operation: *", "when calling the sendrawemail operation: *",
		"is on the suppression list for your account", "is on the suppression list because it has a recent history*",
		"\"bouncesubtype\":\"*", "\"bouncesubtype\": \"*"),
	// SendGrid: v3 API and event webhook.
	phrases(speaks, 10, "\"message\":\"maximum credits exceeded\"", "\"message\": \"maximum credits exceeded\"",
		"the from address does not match a verified sender identity", "unable to get mx info: *",
		"delayed bounce - unable to deliver message in *"),
	// Mailgun.
	phrases(speaks, 10, "not delivering to a user who marked your messages as spam", "not delivering to unsubscribed address*",
		"\"reason\":\"suppress-*", "\"reason\": \"suppress-*", "free accounts are for test purposes only. *",
		"\"message\":\"too old\"", "\"message\": \"too old\"", "\"message\":\"no mx for *", "\"message\": \"no mx for *"),
	// Postmark.
	phrases(speaks, 10, "is not a sender signature on your account", "while your account is pending approval, all recipient*"),
	// Mailchimp Transactional (Mandrill), Mailjet, Brevo.
	phrases(speaks, 10, "\"reject_reason\":\"*", "\"reject_reason\": \"*", "\"error_related_to\":\"*", "\"error_related_to\": \"*",
		"because the sender you used * is not valid"),
	// Resend answers with an object of HTTP's, "statusCode" and all, which counts against mail.
	// https://resend.com/docs/api-reference/errors
	phrases(speaks, 24, "domain is not verified. please, add and verify your domain", "you can only send testing emails to your own email address*",
		"you have reached your daily email sending quota", "you have reached your monthly email sending quota"),
)
