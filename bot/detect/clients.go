package detect

import "slices"

// Libraries and programs that send mail, and how they print a refusal. Each
// is as its own source prints it.
var clientForms = slices.Concat(
	// Python: smtplib, aiosmtplib.
	phrases(says, 9, "smtplib.smtp*", "smtprecipientsrefused*", "smtpdataerror*", "smtpsenderrefused*",
		"smtpauthenticationerror*", "smtpconnecterror*", "smtpheloerror*", "smtpresponseexception*"),
	phrases(says, 7, "smtpserverdisconnected*", "smtpnotsupportederror*", "smtpexception*"),
	phrases(speaks, 2, "connection unexpectedly closed"),
	// PHP: PHPMailer, Symfony Mailer, Swift Mailer, PEAR.
	phrases(says, 8, "smtp error:", "smtp error code:", "smtp code:", "expected response code*",
		"swift_transportexception"),
	phrases(says, 2, "detail:", "with message"),
	phrases(says, 9, "but got code", "smtp server error:", "smtp -> error:"),
	phrases(speaks, 8, "the following recipients failed"),
	phrases(speaks, 3, "could not authenticate"),
	phrases(speaks, 6, "could not connect to smtp host", "smtp connect() failed"),
	phrases(speaks, 4, "data not accepted"),
	phrases(speaks, 7, "the following from address failed"),
	phrases(says, 6, "transportexception"),
	// Node: Nodemailer.
	phrases(says, 6, "responsecode:", "response:"),
	phrases(says, 8, "message failed:", "invalid login:"),
	phrases(says, 9, "can't send mail - all recipients were rejected", "mail command failed:", "data command failed:"),
	phrases(says, 7, "can't send mail*"),
	phrases(logs, 7, "eenvelope", "eauth"),
	phrases(logs, 5, "emessage"),
	phrases(speaks, 6, "greeting never received"),
	// Java: JavaMail, Jakarta Mail, Angus; Spring.
	phrases(says, 10, "smtpsendfailedexception*", "smtpaddressfailedexception*", "smtpsenderfailedexception*"),
	phrases(says, 8, "sendfailedexception*", "messagingexception*", "authenticationfailedexception*",
		"mailsendexception*", "mailauthenticationexception*"),
	phrases(says, 6, "could not connect to smtp host", "smtp;"),
	phrases(speaks, 6, "mailconnectexception*"),
	phrases(speaks, 4, "couldn't connect to host, port"),
	phrases(logs, 7, "javax.mail.*", "jakarta.mail.*"),
	phrases(logs, 3, "invalid addresses"),
	// .NET: System.Net.Mail, MailKit.
	phrases(says, 9, "smtpexception:", "smtpfailedrecipientexception*", "smtpfailedrecipientsexception*",
		"smtpcommandexception*"),
	phrases(says, 8, "smtpprotocolexception*"),
	phrases(says, 10, "the server response was:"),
	phrases(speaks, 8, "mailbox unavailable. the server response was"),
	phrases(logs, 7, "system.net.mail.*"),
	phrases(logs, 6, "mailkit.*", "statuscode: mailbox*"),
	// Ruby: net-smtp, Action Mailer.
	phrases(says, 9, "net::smtp*"),
	// Go, Rust, Elixir, Perl.
	phrases(says, 8, "failed to send mail:", "failed to send email:", "permanent_failure", "temporary_failure"),
	phrases(says, 7, "could not send email*", "error sending mail*", "error sending email*", "failed to send email*",
		"failed to send mail*", "smtp error*", "smtp response*", "net::smtp"),
	phrases(says, 2, "sendmail: *"),
	phrases(says, 9, "permanent error (", "transient error (", "gomail: could not send*"),
	phrases(says, 6, "smtp status*", "smtp reply*", "smtp server:"),
	phrases(says, 3, "smtp: *"),
	// Programs: curl, msmtp, mailx, swaks, mutt, Thunderbird, Outlook, ssmtp.
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
	// Sending services and queues that quote the receiver's words.
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
)
