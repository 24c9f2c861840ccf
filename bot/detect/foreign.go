package detect

import "slices"

// Other protocols whose three digits look like SMTP's: they share their
// numbering with it (RFC 959, section 4.2, for FTP; RFC 3977, section 3.2, for
// NNTP; RFC 9110, section 15, for HTTP; RFC 3261, section 7.2, for SIP).
var foreignForms = slices.Concat(
	phrases(foreign, 0, "http/1.0", "http/1.1", "http/2", "http/2.0", "http/3", "http error*", "http status*",
		"http code", "http response", "http 4*", "http 5*", "statuscode", "requested url returned error",
		"internal server error", "500 server error", "\"service unavailable\"", "bad gateway", "gateway timeout", "gateway time-out", "misdirected request",
		"unprocessable entity", "bad request", "too many requests", "503 service unavailable",
		"503 service temporarily unavailable", "501 not implemented", "403 forbidden", "404 not found", "404 page",
		"401 unauthorized", "405 method", "408 request", "410 gone", "413 request", "413 payload", "502 proxy error",
		"451 unavailable for legal", "web server is down", "cloudflare", "nginx", "varnish", "guru meditation",
		"tcp_denied*", "\"get /", "\"post /", "\"head /", "\"put /", "get /", "post /", "sip/2.0", "sip:*", "invite",
		"newsgroup*", "no such article", "article number", "nntp", "imap*", "pop3*", "no [overquota]", "no [authenticationfailed]", "no [limit]", "no [inuse]", "pam_unix*", "modsecurity*", "exists",
		"ftp: 4*", "pasv", "passive mode", "ftp error", "ftp login", "gmail api", "graph api", "googleapi*", "ftp client", "ftp server", "ftp upload",
		"505 http*", "507 insufficient storage", "508 loop detected", "511 network authentication*", "520 web server*",
		"522 connection timed out", "523 origin*", "524 a timeout*", "525 ssl*", "526 invalid ssl*", "530 origin*", "431 request header*",
		"monitor is down", "news server"),
	// They have no enhanced codes: beside such a one the word tells nothing.
	phrases(foreign, 1, "ftp", "ftps", "sftp", "lftp", "ftplib.*", "ftp_*", "sip", "asterisk*", "voip"),
	phrases(foreignTalk, 0, "ftp>", "vsftpd*", "proftpd", "pure-ftpd", "filezilla", "227 entering", "229 entering",
		"331 *", "530 login incorrect", "553 could not create", "550 permission denied", "550 failed to*",
		"closing control connection", "480 temporarily unavailable", "486 busy", "487 request terminated", "230 login", "230 user", "cwd", "retr", "stor", "epsv", "ftp://*", "ftp_perform",
		"critical file transfer error", "200 port command*"),
)
