package detect

import "slices"

// Sendmail and its kin: the transcript in a bounce, and the log's stat=.
// Sendmail Installation and Operation Guide, section 2.1.
var sendmailForms = slices.Concat(
	phrases(says, 9, "(reason:"),
	phrases(says, 5, "reason:", "while talking to"),
	phrases(says, 8, "<<<"),
	phrases(logs, 5, "stat="),
	phrases(logs, 8, "stat=deferred*", "reject=*", "ruleset=check_*"),
	phrases(logs, 9, "stat=service unavailable", "stat=user unknown", "stat=host unknown"),
	phrases(bounce, 8, "transcript of session follows", "the following addresses had permanent*",
		"the following addresses had transient*", "the following addresses had delivery*"),
	phrases(bounce, 7, "the following addresses had*", "returned mail: see transcript for details",
		"warning: could not send message for past", "will keep trying until message is"),
	phrases(bounce, 5, "returned mail:"),
	phrases(speaks, 5, "message could not be delivered for", "message will be deleted from queue"),
	phrases(speaks, 10, "(deferred: connection timed out*", "(deferred: connection refused*", "(deferred: connection reset*",
		"stat=deferred: *", "error connecting to filter: *", "starttls=client, error: *", "starttls=server, error: *",
		"lost input channel from *", "collect: premature eom: *", "auth failure (login)", "auth failure (plain)", "auth failure (cram-md5)", "timeout waiting for input from",
		"(deferred: name server*", "(deferred: no route to host*"),
	phrases(passing, 0, "had transient non-fatal errors", "will keep trying until", "still being retried"),
	phrases(speaks, 3, "user unknown", "host unknown", "cannot open mail file"),
	phrases(logs, 6, "... deferred:"),
)
