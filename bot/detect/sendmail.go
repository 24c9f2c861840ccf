package detect

// Sendmail and its kin: the transcript in a bounce, and the log's stat=.
// Sendmail Installation and Operation Guide, section 2.1.
var sendmailForms = []phrase{
	{"(reason:", says, 9}, {"reason:", says, 5}, {"<<<", says, 8}, {"stat=", logs, 5}, {"stat=deferred*", logs, 8}, {"stat=service unavailable", logs, 9}, {"stat=user unknown", logs, 9}, {"stat=host unknown", logs, 9}, {"reject=*", logs, 8}, {"ruleset=check_*", logs, 8}, {"while talking to", says, 5},
	{"transcript of session follows", bounce, 8}, {"the following addresses had permanent*", bounce, 8}, {"the following addresses had transient*", bounce, 8}, {"the following addresses had delivery*", bounce, 8}, {"the following addresses had*", bounce, 7}, {"returned mail: see transcript for details", bounce, 7}, {"returned mail:", bounce, 5}, {"warning: could not send message for past", bounce, 7}, {"message could not be delivered for", speaks, 5}, {"message will be deleted from queue", speaks, 5}, {"will keep trying until message is", bounce, 7},
	{"had transient non-fatal errors", passing, 0}, {"will keep trying until", passing, 0}, {"still being retried", passing, 0},
	{"user unknown", speaks, 3}, {"host unknown", speaks, 3}, {"cannot open mail file", speaks, 3}, {"... deferred:", logs, 6},
}
