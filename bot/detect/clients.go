package detect

import "slices"

// Libraries that send mail, and how they print a refusal. Each is as its own
// source prints it. What stands for an error without a code is a whole
// sentence, for programs name these exceptions, too.
var clientForms = slices.Concat(
	// Python: smtplib, aiosmtplib.
	phrases(says, 9, "smtplib.smtp*", "smtprecipientsrefused*", "smtpdataerror*", "smtpsenderrefused*",
		"smtpauthenticationerror*", "smtpconnecterror*", "smtpheloerror*", "smtpresponseexception*"),
	phrases(says, 7, "smtpserverdisconnected*", "smtpnotsupportederror*", "smtpexception*"),
	phrases(speaks, 3, "connection unexpectedly closed"),
	phrases(speaks, 10, "smtpserverdisconnected: connection unexpectedly closed", "smtpserverdisconnected: please run connect() first",
		"smtpserverdisconnected: server not connected", "smtp auth extension not supported by server",
		"starttls extension not supported by server"),
	phrases(client, 0, "smtplib.py*", "aiosmtplib/*", "nodemailer/lib/smtp-connection*"),
	phrases(speaks, 4, "connectionrefusederror: *", "socket.gaierror: *", "timeouterror: *", "socket.timeout: timed out",
		"ssl.sslerror: *", "ssl.sslcertverificationerror: *", "oserror: [errno 101]*", "connectionreseterror: *"),
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
	phrases(speaks, 10, "smtp error: failed to connect to server", "connection could not be established with host",
		"but got an empty response", "failed to authenticate on smtp server", "failed to connect to mailserver at",
		"smtp error (-1): connection to server failed"),
	// Node: Nodemailer.
	phrases(says, 6, "responsecode:", "response:"),
	phrases(says, 8, "message failed:", "invalid login:"),
	phrases(says, 9, "can't send mail - all recipients were rejected", "mail command failed:", "data command failed:"),
	phrases(says, 7, "can't send mail*"),
	phrases(logs, 7, "eenvelope", "eauth"),
	phrases(logs, 5, "emessage"),
	phrases(speaks, 6, "greeting never received", "unexpected socket close"),
	phrases(speaks, 5, "no recipients defined"),
	phrases(client, 10, "command: 'conn'", "command: \"conn\"", "\"command\":\"conn\""),
	phrases(speaks, 4, "connect econnrefused", "connect etimedout", "connect enetunreach", "connect ehostunreach", "getaddrinfo enotfound",
		"getaddrinfo eai_again", "error: connection timeout", "self signed certificate*", "self-signed certificate*",
		"unable to verify the first certificate", "error: certificate has expired", "certificate's altnames*",
		"ssl3_get_record:wrong version number", "tls_validate_record_header:wrong version number"),
	phrases(speaks, 10, "missing credentials for \"*", "missing credentials for 'plain'*"),
	// Java: JavaMail, Jakarta Mail, Angus; Spring.
	phrases(says, 10, "smtpsendfailedexception*", "smtpaddressfailedexception*", "smtpsenderfailedexception*"),
	phrases(says, 8, "sendfailedexception*", "messagingexception*", "authenticationfailedexception*",
		"mailsendexception*", "mailauthenticationexception*"),
	phrases(says, 6, "could not connect to smtp host", "smtp;"),
	phrases(speaks, 10, "couldn't connect to host, port:", "unknown smtp host:", "could not convert socket to tls",
		"starttls is required but host does not support starttls", "failed to connect, no password specified",
		"smtpsendfailedexception: [eof]", "messagingexception: [eof]"),
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
	phrases(speaks, 10, "smtpexception: failure sending mail", "smtpexception: the operation has timed out",
		"the smtp server has unexpectedly disconnected", "mailkit.security.sslhandshakeexception: an error*"),
	// Ruby: net-smtp, Action Mailer.
	phrases(says, 9, "net::smtp*"),
	phrases(speaks, 4, "net::opentimeout", "net::readtimeout"), // of HTTP, too
	phrases(logs, 8, "net/smtp*"),
	// Go, Rust, Erlang and Elixir, Perl.
	phrases(speaks, 10, "smtp: server doesn't support auth", "smtp server does not support starttls",
		"does not advertise the starttls extension", "{:permanent_failure, * :auth_failed*", "{:network_failure, * {:error*"),
	phrases(speaks, 6, "{permanent_failure,*", "{network_failure,*"),
	phrases(says, 8, "failed to send mail:", "failed to send email:", "permanent_failure", "temporary_failure"),
	phrases(says, 7, "could not send email*", "error sending mail*", "error sending email*", "failed to send email*",
		"failed to send mail*", "smtp error*", "smtp response*", "net::smtp"),
	phrases(says, 2, "sendmail: *"),
	phrases(says, 9, "permanent error (", "transient error (", "gomail: could not send*"),
	phrases(says, 6, "smtp status*", "smtp reply*", "smtp server:"),
	phrases(says, 3, "smtp: *"),
)
