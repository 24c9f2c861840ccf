package detect

import "slices"

// runtimeForms are how programs say that they never got to talk SMTP: the
// standard libraries of Go, Ruby, .NET, Java, Perl and Rust. An error of the
// network alone proves no mail. So each counts half and asks for a library
// that sends mail around it.
var runtimeForms = slices.Concat(
	// What says that mail was being sent, and is no server's reply.
	phrases(client, 0, "net/smtp.rb*", "net/smtp/*", "actionmailer*", "mail/network/delivery_methods/*", "gomail:*", "lettre::*", "javax.mail.*", "jakarta.mail.*",
		"com.sun.mail.*", "org.eclipse.angus.mail*", "phpmailer*", "swift_transportexception*", "swift_smtptransport*",
		"send-mailmessage", "failed to send email*", "failed to send mail*", "failed to send e-mail*",
		"could not send email*", "could not send mail*", "could not send e-mail*", "error sending email*",
		"error sending mail*", "git-send-email*", "git send-email*", "mail\\protocol\\exception*", "zend_mail_protocol*"),
	// Go: net, crypto/tls.
	phrases(client, 0, "email: establish connection*"),
	phrases(speaks, 4, ":25: connect: *", ":465: connect: *", ":587: connect: *", ":2525: connect: *", ":25: i/o timeout",
		":465: i/o timeout", ":587: i/o timeout", ":2525: i/o timeout"),
	phrases(speaks, 10, "smtp: tls: failed to verify certificate*"),
	phrases(speaks, 4, "dial tcp *", "dial tcp: lookup *", "read: connection reset by peer", "tls: first record does not look like a tls handshake",
		"tls: failed to verify certificate*", "x509: *"),
	// Ruby: Net::SMTP and what passes through it.
	phrases(speaks, 10, "connect(2) for * port 25", "connect(2) for * port 465", "connect(2) for * port 587"),
	phrases(speaks, 4, "errno::econnrefused*", "errno::etimedout*", "errno::econnreset*", "errno::ehostunreach*", "socketerror: getaddrinfo*",
		"eoferror: end of file reached", "openssl::ssl::sslerror*", "ssl_connect returned=1*"),
	// Python, what does not stand in the table of clients.
	phrases(speaks, 10, "smtpconnecterror: (-1*", "smtpconnecterror: error connecting to*", "smtpconnecttimeouterror: timed out*",
		"smtpserverdisconnected: unexpected eof received", "smtpexception: connection already using tls",
		"smtpexception: no suitable authentication method found", "does not advertise the required smtputf8 capability"),
	phrases(speaks, 4, "ssl.ssleoferror: *", "brokenpipeerror: *", "oserror: [errno *"),
	// PHP's streams.
	phrases(speaks, 10, ":25 (connection refused)", ":465 (connection refused)", ":587 (connection refused)", ":25 (connection timed out)",
		":465 (connection timed out)", ":587 (connection timed out)"),
	phrases(speaks, 4, "stream_socket_enable_crypto(): *", "stream_socket_client(): *"),
	// Node, where Nodemailer hands it on.
	phrases(speaks, 10, "can't create new access token for user", "certificate's altnames: host: smtp.*"),
	phrases(speaks, 4, "unable to get local issuer certificate", "unable to get issuer certificate"),
	// Java.
	phrases(speaks, 10, "messagingexception: exception reading response", "authenticationfailedexception: no authentication mechanisms*",
		"emailexception: sending the email to the following server failed"),
	phrases(speaks, 4, "unrecognized ssl message, plaintext connection*"),
	// .NET.
	phrases(speaks, 10, "smtpexception: server does not support secure connections", "servicenotconnectedexception: the smtpclient*",
		"mailkit.servicenotauthenticatedexception*", "the smtp server does not support authentication",
		"the smtp server does not support the starttls extension", "send-mailmessage : unable to connect*",
		"command unrecognized. the server response was", "transaction failed. the server response was",
		"closing transmission channel. the server response was", "exceeded storage allocation. the server response was",

		"send-mailmessage : the remote name could not*", "exception message: could not connect to mail server"),
	// Rust: lettre. Perl: Net::Cmd below Net::SMTP, git send-email.
	phrases(speaks, 10, "smtp::error { kind: connection*", "no compatible authentication mechanism was found",
		"unable to initialize smtp properly", "starttls failed! *"),
	phrases(speaks, 7, "unexpected eof on command channel"), // of FTP, too
	// curl. https://curl.se/libcurl/c/libcurl-errors.html
	phrases(speaks, 10, "failed to connect to * port 25*", "failed to connect to * port 465*", "failed to connect to * port 587*"),
)
