package detect

// Other protocols whose three digits look like SMTP's: they share their
// numbering with it (RFC 959, section 4.2, for FTP; RFC 3977, section 3.2, for
// NNTP; RFC 9110, section 15, for HTTP; RFC 3261, section 7.2, for SIP).
var foreignForms = []phrase{
	{"http/1.0", foreign, 0}, {"http/1.1", foreign, 0}, {"http/2", foreign, 0}, {"http/2.0", foreign, 0}, {"http/3", foreign, 0}, {"http error*", foreign, 0}, {"http status*", foreign, 0}, {"http code", foreign, 0}, {"http response", foreign, 0}, {"http 4*", foreign, 0}, {"http 5*", foreign, 0}, {"statuscode", foreign, 0}, {"requested url returned error", foreign, 0},
	{"internal server error", foreign, 0}, {"bad gateway", foreign, 0}, {"gateway timeout", foreign, 0}, {"gateway time-out", foreign, 0}, {"misdirected request", foreign, 0}, {"unprocessable entity", foreign, 0}, {"bad request", foreign, 0}, {"too many requests", foreign, 0}, {"503 service unavailable", foreign, 0}, {"503 service temporarily unavailable", foreign, 0}, {"501 not implemented", foreign, 0}, {"403 forbidden", foreign, 0}, {"404 not found", foreign, 0}, {"404 page", foreign, 0}, {"401 unauthorized", foreign, 0}, {"405 method", foreign, 0}, {"408 request", foreign, 0}, {"410 gone", foreign, 0}, {"413 request", foreign, 0}, {"413 payload", foreign, 0}, {"502 proxy error", foreign, 0}, {"451 unavailable for legal", foreign, 0}, {"web server is down", foreign, 0}, {"cloudflare", foreign, 0}, {"nginx", foreign, 0}, {"varnish", foreign, 0}, {"guru meditation", foreign, 0}, {"tcp_denied*", foreign, 0},
	{"\"get /", foreign, 0}, {"\"post /", foreign, 0}, {"\"head /", foreign, 0}, {"\"put /", foreign, 0}, {"get /", foreign, 0}, {"post /", foreign, 0},
	{"sip/2.0", foreign, 0}, {"sip:*", foreign, 0}, {"invite", foreign, 0}, {"newsgroup*", foreign, 0}, {"no such article", foreign, 0}, {"article number", foreign, 0}, {"nntp", foreign, 0},
	{"imap*", foreign, 0}, {"pop3*", foreign, 0}, {"pam_unix*", foreign, 0}, {"modsecurity*", foreign, 0}, {"exists", foreign, 0},
	{"ftp: 4*", foreign, 0}, {"pasv", foreign, 0}, {"passive mode", foreign, 0}, {"ftp error", foreign, 0}, {"ftp login", foreign, 0},

	{"ftp>", foreignTalk, 0}, {"vsftpd*", foreignTalk, 0}, {"proftpd", foreignTalk, 0}, {"pure-ftpd", foreignTalk, 0}, {"filezilla", foreignTalk, 0}, {"227 entering", foreignTalk, 0}, {"229 entering", foreignTalk, 0}, {"331 *", foreignTalk, 0}, {"230 login", foreignTalk, 0}, {"230 user", foreignTalk, 0}, {"cwd", foreignTalk, 0}, {"retr", foreignTalk, 0}, {"stor", foreignTalk, 0}, {"epsv", foreignTalk, 0}, {"ftp://*", foreignTalk, 0}, {"ftp_perform", foreignTalk, 0},
}
