package detect

import "slices"

// Programs in which people write, test or hand over mail, and what their
// windows and terminals say.
var programForms = slices.Concat(
	// curl, msmtp, ssmtp, mailx, swaks, mutt.
	phrases(says, 7, "(67) access denied:"), // of FTP too, so no proof of mail
	phrases(says, 9, "rcpt failed:", "mail failed:", "server message:", "an error occurred while sending mail"),
	phrases(says, 6, "command failed:", "server error:", "the server responded with"),
	phrases(speaks, 2, "login denied"),
	phrases(logs, 7, "msmtp:", "ssmtp:"),
	phrases(speaks, 5, "authentication failed (method*"),
	phrases(logs, 6, "s-nail:"),
	phrases(logs, 5, "mailx:"),
	phrases(says, 10, "the mail server responded:"),
	phrases(says, 7, "server responded:"),
	phrases(says, 8, "the server responded:"),
	phrases(says, 3, "unable to send message"),
	phrases(speaks, 6, "an error occurred during the smtp*"),
	phrases(speaks, 10, "msmtp: tls certificate verification failed", "msmtp: cannot connect to", "msmtp: cannot locate host",
		"msmtp: network read error", "ssmtp: cannot open", "smtp session failed: read error", "smtp session failed: write error",
		"*** no authentication type succeeded", "*** error connecting to", "*** remote host closed connection unexpectedly",
		"*** tls startup failed", "*** host did not advertise authentication"),
	// Thunderbird.
	phrases(speaks, 10, "exceeds the global size limit", "because connecting to outgoing server (smtp)",
		"because connecting to smtp server", "because the connection to outgoing server (smtp)",
		"because the connection to smtp server", "unable to authenticate to outgoing server (smtp)",
		"unable to authenticate to smtp server"),
	phrases(says, 10, "der mail-server antwortete:", "der server antwortete:", "le serveur de messagerie a répondu",
		"el servidor de correo respondió", "il server di posta ha risposto"),
	// Outlook. Its numbers from 0x800CCC60 on are those of its SMTP part alone;
	// the ones before it are of POP and IMAP, too.
	// https://learn.microsoft.com/previous-versions/office/developer/office-2007/bb421170(v=office.12)
	phrases(speaks, 10, "0x800ccc6*", "0x800ccc78", "0x800ccc79", "0x800ccc7a", "0x800ccc7b", "0x800ccc7c", "0x800ccc7d",
		"0x800ccc7e", "0x800ccc7f", "0x800ccc80", "0x800ccc81", "sending' reported error (0x800ccc*",
		"sending reported error (0x800ccc*"),
	phrases(logs, 8, "error number: 0x800ccc*", "reported error (0x800ccc*", "protocol: smtp,"),
	// Apple Mail.
	phrases(speaks, 10, "cannot send message using the server", "one of the recipients was rejected by the server",
		"was rejected by the server because it does not allow relaying"),
)
