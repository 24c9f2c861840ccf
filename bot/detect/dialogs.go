package detect

import "slices"

// dialogForms are what the windows of mail programs and web applications say
// that met no server, or hide what it said.
var dialogForms = slices.Concat(
	// Thunderbird: comm/mail/locales, composeMsgs.properties and its successor.
	phrases(speaks, 10, "outgoing server (smtp) * does not support the selected*", "outgoing server (smtp) * does not seem to support encrypted*",
		"establish a secure link with outgoing server (smtp)*", "establish a secure link with smtp server*",
		"verbindungsaufbau mit dem smtp-server * fehlgeschlagen*", "verbindung mit dem smtp-server * mitten in der transaktion",
		"verbindung mit dem smtp-server * ihre ablaufzeit*", "smtp-server * ist unbekannt", "smtp-server * unterstützt die gewählte*",
		"postausgangs-server (smtp) * kann nicht authentifiziert werden", "mit dem smtp-server * kann nicht mit starttls*",
		"übersteigt das globale größenlimit*", "la connexion au serveur smtp * a échoué",
		"authentifier auprès du serveur sortant (smtp)*"),
	// Outlook. 0x80042109 is of SMTP alone, 0x8004210a of both ways.
	phrases(speaks, 10, "0x80042109", "cannot connect to your outgoing (smtp)*", "response from the sending (smtp*",
		"log on to the outgoing mail server (smtp)*", "log onto outgoing mail server (smtp): the specified*"),
	// Apple Mail, on telephones and computers.
	phrases(speaks, 10, "cannot send mail a copy has been placed in*", "cannot send mail the user name or password for*",
		"cannot send mail the connection to the outgoing server*", "cannot send mail this message could not be delivered*"),
	// Gmail's "send mail as".
	phrases(says, 9, "server returned error:"),
	phrases(speaks, 10, "reach server. please double-check the server and port number"),
	// Roundcube, in its languages: localization/*/messages.inc.
	phrases(says, 8, "smtp-fehler*", "erreur smtp*"),
	phrases(speaks, 10, "smtp-fehler (-1)*", "erreur smtp (-1)*"),
	phrases(speaks, 4, "authentifizierung fehlgeschlagen", "échec de l'authentification", "l'authentification a échoué"),
	// PEAR's Mail and Net_SMTP: pfSense, older PHP.
	phrases(speaks, 10, "[smtp: failed to connect socket*", "[smtp: starttls failed*"),
	// PHP's mail(): PHPMailer, WordPress, Drupal.
	phrases(speaks, 6, "could not instantiate mail function"),
	phrases(speaks, 10, "your site may not be correctly configured to send emails",
		"unable to send email. contact the site administrator if the problem persists",
		"unable to send e-mail. contact the site administrator if the problem persists"),
	// Symfony Mailer and Swift Mailer.
	phrases(speaks, 10, "but got code \"\", with message \"\"", "unable to connect with starttls*", "unable to connect with tls encryption",
		"connection to \"process /usr/sbin/sendmail*", "mailer\\exception\\transportexception: connection to*"),
	// Laminas and Zend, as in Magento.
	phrases(says, 8, "mail\\protocol\\exception*", "zend_mail_protocol_exception:"),
	phrases(speaks, 4, "could not open socket"),
	// Home Assistant: components/smtp/notify.py.
	phrases(speaks, 10, "login not possible. please check your setting and/or your credentials", "smtp server not found or refused connection"),
	// Many: scanners, monitors, chat servers.
	phrases(speaks, 6, "failed to connect to smtp server", "unable to connect to the smtp server", "cannot connect to smtp server",
		"could not connect to smtp server"),
	phrases(speaks, 6, "smtp authentication failed", "smtp authentication error"),
	// Terminals: msmtp, ssmtp, s-nail, swaks, Postfix's own sendmail(1).
	phrases(speaks, 10, "msmtp: tls handshake failed*", "msmtp: the server does not support*", "msmtp: cannot use a secure authentication*",
		"msmtp: no recipients found", "sendmail: cannot open *", "s-nail: could not connect*", "*** host did not advertise starttls",
		"unable to look up public/pickup", "/usr/sbin/sendmail: not found", "/usr/sbin/sendmail: no such file*"),
)
