package detect

// Libraries and programs that send mail, and how they print a refusal. Each
// is as its own source prints it.
var clientForms = []phrase{
	// Python: smtplib, aiosmtplib.
	{"smtplib.smtp*", says, 9}, {"smtprecipientsrefused*", says, 9}, {"smtpdataerror*", says, 9}, {"smtpsenderrefused*", says, 9}, {"smtpauthenticationerror*", says, 9}, {"smtpconnecterror*", says, 9}, {"smtpheloerror*", says, 9}, {"smtpresponseexception*", says, 9}, {"smtpserverdisconnected*", says, 7}, {"smtpnotsupportederror*", says, 7}, {"smtpexception*", says, 7},
	{"connection unexpectedly closed", speaks, 2},
	// PHP: PHPMailer, Symfony Mailer, Swift Mailer, PEAR.
	{"smtp error:", says, 8}, {"smtp error code:", says, 8}, {"smtp code:", says, 8}, {"detail:", says, 2}, {"expected response code*", says, 8}, {"but got code", says, 9}, {"with message", says, 2}, {"the following recipients failed", speaks, 8}, {"could not authenticate", speaks, 3}, {"could not connect to smtp host", speaks, 6}, {"smtp connect() failed", speaks, 6}, {"data not accepted", speaks, 4}, {"smtp server error:", says, 9}, {"smtp -> error:", says, 9}, {"the following from address failed", speaks, 7}, {"swift_transportexception", says, 8}, {"transportexception", says, 6},
	// Node: Nodemailer.
	{"responsecode:", says, 6}, {"response:", says, 6}, {"message failed:", says, 8}, {"can't send mail - all recipients were rejected", says, 9}, {"can't send mail*", says, 7}, {"eenvelope", logs, 7}, {"eauth", logs, 7}, {"emessage", logs, 5}, {"invalid login:", says, 8}, {"mail command failed:", says, 9}, {"data command failed:", says, 9}, {"greeting never received", speaks, 6},
	// Java: JavaMail, Jakarta Mail, Angus; Spring.
	{"smtpsendfailedexception*", says, 10}, {"smtpaddressfailedexception*", says, 10}, {"smtpsenderfailedexception*", says, 10}, {"sendfailedexception*", says, 8}, {"messagingexception*", says, 8}, {"authenticationfailedexception*", says, 8}, {"mailsendexception*", says, 8}, {"mailauthenticationexception*", says, 8}, {"could not connect to smtp host", says, 6}, {"mailconnectexception*", speaks, 6}, {"couldn't connect to host, port", speaks, 4}, {"javax.mail.*", logs, 7}, {"jakarta.mail.*", logs, 7}, {"smtp;", says, 6}, {"invalid addresses", logs, 3},
	// .NET: System.Net.Mail, MailKit.
	{"smtpexception:", says, 9}, {"smtpfailedrecipientexception*", says, 9}, {"smtpfailedrecipientsexception*", says, 9}, {"smtpcommandexception*", says, 9}, {"smtpprotocolexception*", says, 8}, {"the server response was:", says, 10}, {"mailbox unavailable. the server response was", speaks, 8}, {"system.net.mail.*", logs, 7}, {"mailkit.*", logs, 6}, {"statuscode: mailbox*", logs, 6},
	// Ruby: net-smtp, Action Mailer.
	{"net::smtp*", says, 9},
	// Go, Rust, Elixir, Perl.
	{"failed to send mail:", says, 8}, {"failed to send email:", says, 8}, {"could not send email*", says, 7}, {"error sending mail*", says, 7}, {"error sending email*", says, 7}, {"failed to send email*", says, 7}, {"failed to send mail*", says, 7}, {"sendmail: *", says, 2}, {"permanent error (", says, 9}, {"transient error (", says, 9}, {"gomail: could not send*", says, 9}, {"smtp error*", says, 7}, {"smtp status*", says, 6}, {"smtp reply*", says, 6}, {"smtp response*", says, 7}, {"smtp server:", says, 6}, {"smtp: *", says, 3}, {"permanent_failure", says, 8}, {"temporary_failure", says, 8}, {"net::smtp", says, 7},
	// Programs: curl, msmtp, mailx, swaks, mutt, Thunderbird, Outlook, ssmtp.
	{"rcpt failed:", says, 9}, {"mail failed:", says, 9}, {"command failed:", says, 6}, {"login denied", speaks, 2}, {"msmtp:", logs, 7}, {"server message:", says, 9}, {"authentication failed (method*", speaks, 5}, {"s-nail:", logs, 6}, {"mailx:", logs, 5}, {"ssmtp:", logs, 7}, {"an error occurred while sending mail", says, 9}, {"the mail server responded:", says, 10}, {"server responded:", says, 7}, {"the server responded:", says, 8}, {"server error:", says, 6}, {"the server responded with", says, 6}, {"unable to send message", says, 3}, {"an error occurred during the smtp*", speaks, 6},
	// Sending services and queues that quote the receiver's words.
	{"mta response:", says, 7}, {"remote mta", logs, 3}, {"smtp-status", says, 5}, {"status code:", says, 4}, {"diagnosticcode", says, 8}, {"diagnostic code", says, 8}, {"bounce reason", says, 6}, {"bouncedrecipients", logs, 6}, {"delivery-status", logs, 2}, {"with the following error message", says, 8}, {"with the following error", says, 5}, {"server replied:", says, 8}, {"server said:", says, 8}, {"remote server said:", says, 9}, {"remote host replied:", says, 8}, {"remote server replied:", says, 8}, {"refused to accept", logs, 3}, {"last error:", says, 6}, {"last smtp error:", says, 8}, {"error message:", says, 4}, {"reported error:", says, 6}, {"the reason for the problem", says, 8}, {"(mail-code:", says, 6}, {"mail code", says, 4},
}
