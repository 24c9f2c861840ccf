package detect

import "slices"

// Mail systems with few forms of their own: Courier, OpenSMTPD, Haraka,
// Dovecot, Domino, MDaemon,
// Cisco (IronPort).
var agentForms = slices.Concat(
	// Courier: courieresmtp sends, courieresmtpd receives.
	phrases(logs, 8, "courieresmtp:", "courieresmtpd:"),
	phrases(speaks, 10, ",status: deferred*", ",status: failure*"),
	phrases(bounce, 6, "undeliverable mail your message to the following recipients*"),
	// OpenSMTPD: log_envelope() in smtpd/log.c and mta_delivery_log() in smtpd/mta.c.
	phrases(logs, 8, "result=\"permfail\"", "result=\"tempfail\"", "relay: tempfail for", "relay: permfail for",
		"smtp failed-command"),
	phrases(speaks, 10, "result=\"permfail\"", "result=\"tempfail\"", "relay: tempfail for", "relay: permfail for"),
	// Haraka: outbound/hmail.js.
	phrases(speaks, 10, "bouncing mail: some recipients failed", "too many failures (tried all mxs)"),
	// Dovecot, which says so in LMTP, LDA and Sieve.
	phrases(speaks, 10, "quota exceeded (mailbox for user is full)"),
	// HCL Domino's router.
	phrases(says, 10, "smtp protocol returned a permanent error", "smtp protocol returned a transient error"),
	phrases(says, 8, "via smtp:", "smtpclient: receiveresponse:"),
	// Cisco Secure Email Gateway, its mail log and its bounces.
	// https://www.cisco.com/c/en/us/support/docs/security/email-security-appliance/118226-technote-esa-00.html
	phrases(logs, 10, "bounced: dcid*", "delayed: dcid*"),
	phrases(says, 9, "unknown address error"),
	// MDaemon. https://help.mdaemon.com/mdaemon/en/queues_dsn-options.html
	phrases(bounce, 9, "had permanent fatal delivery errors", "had transient non-fatal delivery errors"),
)
