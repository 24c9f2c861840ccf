package detect

// words of mail and of failing: together, and only behind a code, they tell a
// reply from a number. RFC 5321 and RFC 3463 use most of them.
var mailWords = []phrase{
	{"mailbox*", subject, 0}, {"mail*", subject, 0}, {"e-mail*", subject, 0}, {"email*", subject, 0}, {"message*", subject, 0},
	{"recipient*", subject, 0}, {"sender*", subject, 0}, {"user", subject, 0}, {"users", subject, 0}, {"account*", subject, 0},
	{"address*", subject, 0}, {"domain*", subject, 0}, {"relay*", subject, 0}, {"rcpt*", subject, 0}, {"helo", subject, 0},
	{"ehlo", subject, 0}, {"esmtp", subject, 0}, {"smtp*", subject, 0}, {"lmtp*", subject, 0}, {"starttls", subject, 0}, {"tls", subject, 0},
	{"auth", subject, 0}, {"authenticat*", subject, 0}, {"authoriz*", subject, 0}, {"authoris*", subject, 0}, {"postmaster*", subject, 0}, {"spf", subject, 0},
	{"dkim", subject, 0}, {"dmarc", subject, 0}, {"dnsbl", subject, 0}, {"rbl*", subject, 0}, {"blacklist*", subject, 0},
	{"blocklist*", subject, 0}, {"block list*", subject, 0}, {"greylist*", subject, 0}, {"graylist*", subject, 0}, {"spam*", subject, 0}, {"virus*", subject, 0},
	{"quota*", subject, 0}, {"overquota", subject, 0}, {"over quota", subject, 0}, {"envelope*", subject, 0}, {"attachment*", subject, 0}, {"header*", subject, 0},
	{"content", subject, 0}, {"bounce*", subject, 0}, {"reverse dns", subject, 0}, {"rdns", subject, 0}, {"ptr", subject, 0}, {"mx", subject, 0},
	{"transaction*", subject, 0}, {"command*", subject, 0}, {"parameter*", subject, 0}, {"argument*", subject, 0}, {"syntax", subject, 0},
	{"delivery", subject, 0}, {"deliver*", subject, 0}, {"channel", subject, 0}, {"policy", subject, 0}, {"reputation", subject, 0}, {"client host", subject, 0},
	{"hostname*", subject, 0}, {"host name*", subject, 0}, {"credentials", subject, 0}, {"inbox*", subject, 0}, {"pipelin*", subject, 0}, {"connection*", subject, 0},
	{"greeting", subject, 0}, {"list", subject, 0}, {"storage", subject, 0}, {"rate", subject, 0}, {"ip", subject, 0}, {"server*", subject, 0}, {"service*", subject, 0},
	{"mechanism*", subject, 0}, {"rfc", subject, 0}, {"rfc*", subject, 0}, {"chunking", subject, 0}, {"bdat", subject, 0}, {"resources", subject, 0}, {"disk", subject, 0},
	{"local part", subject, 0}, {"path", subject, 0}, {"data", subject, 0}, {"size", subject, 0}, {"sequence", subject, 0}, {"tempfail*", subject, 0},
	{"empfänger*", subject, 0}, {"absender*", subject, 0}, {"destinataire*", subject, 0}, {"boite*", subject, 0}, {"boîte*", subject, 0}, {"usuario*", subject, 0}, {"buzón", subject, 0},
	{"adresse*", subject, 0}, {"expéditeur*", subject, 0}, {"emetteur*", subject, 0}, {"utilisateur*", subject, 0}, {"benutzer*", subject, 0}, {"nachricht*", subject, 0}, {"postfach*", subject, 0},
	{"destinatario*", subject, 0}, {"remitente*", subject, 0}, {"utente*", subject, 0}, {"casella*", subject, 0}, {"connexion*", subject, 0}, {"lhlo", subject, 0}, {"сообщени*", subject, 0}, {"пользовател*", subject, 0},
}

var failWords = []phrase{
	{"reject*", failure, 0}, {"denied", failure, 0}, {"deny*", failure, 0}, {"refus*", failure, 0}, {"block*", failure, 0}, {"unavailable", failure, 0},
	{"not", failure, 0}, {"no", failure, 0}, {"unknown", failure, 0}, {"invalid*", failure, 0}, {"illegal", failure, 0}, {"bad", failure, 0}, {"error*", failure, 0}, {"fail*", failure, 0},
	{"cannot", failure, 0}, {"can't", failure, 0}, {"can not", failure, 0}, {"couldn't", failure, 0}, {"could not", failure, 0}, {"won't", failure, 0}, {"unable", failure, 0}, {"doesn't", failure, 0}, {"don't", failure, 0}, {"didn't", failure, 0},
	{"isn't", failure, 0}, {"wasn't", failure, 0}, {"weren't", failure, 0}, {"disabled", failure, 0}, {"suspended", failure, 0}, {"inactive", failure, 0}, {"expired", failure, 0}, {"exceed*", failure, 0}, {"too", failure, 0}, {"over", failure, 0},
	{"full", failure, 0}, {"limit*", failure, 0}, {"prohibit*", failure, 0}, {"forbidden", failure, 0}, {"unauthenticated", failure, 0}, {"unauthorized", failure, 0}, {"unsolicited", failure, 0}, {"unrecogni*", failure, 0}, {"unsupported", failure, 0},
	{"unimplemented", failure, 0}, {"unrouteable", failure, 0}, {"unroutable", failure, 0}, {"undeliverable", failure, 0}, {"unexpected", failure, 0}, {"missing", failure, 0}, {"must", failure, 0}, {"need", failure, 0}, {"needs", failure, 0}, {"required", failure, 0}, {"require*", failure, 0},
	{"incorrect", failure, 0}, {"insufficient", failure, 0}, {"temporar*", failure, 0}, {"deferred", failure, 0}, {"defer*", failure, 0}, {"later", failure, 0}, {"try again", failure, 0}, {"closing", failure, 0}, {"timeout", failure, 0}, {"timed out", failure, 0}, {"violat*", failure, 0},
	{"malformed", failure, 0}, {"loop*", failure, 0}, {"hop*", failure, 0}, {"lost", failure, 0}, {"locked", failure, 0}, {"busy", failure, 0}, {"never", failure, 0}, {"nonexistent", failure, 0}, {"non-existent", failure, 0}, {"unreachable", failure, 0}, {"restricted", failure, 0},
	{"disallowed", failure, 0}, {"banned", failure, 0}, {"blacklisted", failure, 0}, {"listed", failure, 0}, {"detected", failure, 0}, {"suspected", failure, 0}, {"suspicio*", failure, 0}, {"problem*", failure, 0}, {"misconfigur*", failure, 0}, {"aborted", failure, 0}, {"abort*", failure, 0}, {"throttl*", failure, 0},
	{"already", failure, 0}, {"nested", failure, 0}, {"before", failure, 0}, {"first", failure, 0}, {"only", failure, 0}, {"excessive", failure, 0}, {"spammer*", failure, 0}, {"out of", failure, 0}, {"gone", failure, 0}, {"deleted", failure, 0}, {"moved", failure, 0}, {"please", failure, 0}, {"expected", failure, 0}, {"poor", failure, 0}, {"low", failure, 0},
	{"nicht", failure, 0}, {"kein*", failure, 0}, {"unbekannt*", failure, 0}, {"abgelehnt", failure, 0}, {"inconnu*", failure, 0}, {"invalide", failure, 0}, {"refuse*", failure, 0}, {"pleine", failure, 0}, {"bloquee", failure, 0}, {"bloquée", failure, 0}, {"trop", failure, 0}, {"desconocido", failure, 0}, {"no existe", failure, 0}, {"non esiste", failure, 0}, {"не", failure, 0},
}

// turns of speech with which people talk about codes instead of pasting them.
var speech = []phrase{
	{"what does", asks, 0}, {"what is", asks, 0}, {"what's", asks, 0}, {"whats", asks, 0}, {"what are", asks, 0}, {"what do", asks, 0}, {"what would", asks, 0}, {"meaning of", asks, 0}, {"meant by", asks, 0}, {"mean by", asks, 0},
	{"difference between", asks, 0}, {"differ between", asks, 0}, {"explain", asks, 0}, {"define", asks, 0}, {"definition of", asks, 0}, {"how do i interpret", asks, 0}, {"which of", asks, 0}, {"when do servers", asks, 0}, {"codes like", asks, 0}, {"errors like", asks, 0}, {"such as", asks, 0}, {"e.g.", asks, 0},
	{"was bedeutet", asks, 0}, {"was heißt", asks, 0}, {"que signifie", asks, 0}, {"que veut dire", asks, 0}, {"c'est quoi", asks, 0}, {"qué significa", asks, 0},

	{"mean", prose, 0}, {"means", prose, 0}, {"meant", prose, 0}, {"meaning", prose, 0}, {"indicates", prose, 0}, {"stands for", prose, 0}, {"is", prose, 0}, {"are", prose, 0}, {"was", prose, 0}, {"were", prose, 0}, {"when", prose, 0}, {"if", prose, 0}, {"because", prose, 0}, {"for", prose, 0}, {"and", prose, 0}, {"or", prose, 0},
	{"vs", prose, 0}, {"versus", prose, 0}, {"in", prose, 0}, {"on", prose, 0}, {"at", prose, 0}, {"from", prose, 0}, {"to", prose, 0}, {"as", prose, 0}, {"which", prose, 0}, {"that's", prose, 0}, {"with", prose, 0}, {"after", prose, 0}, {"while", prose, 0}, {"but", prose, 0}, {"so", prose, 0}, {"then", prose, 0}, {"errors", prose, 0}, {"codes", prose, 0}, {"code", prose, 0}, {"response", prose, 0}, {"responses", prose, 0},
	{"reply", prose, 0}, {"replies", prose, 0}, {"bounces", prose, 0}, {"bounce", prose, 0}, {"rejection*", prose, 0}, {"into", prose, 0}, {"until", prose, 0}, {"instead", prose, 0}, {"should", prose, 0}, {"would", prose, 0}, {"will", prose, 0}, {"again", prose, 0}, {"heißt", prose, 0}, {"bedeutet", prose, 0}, {"signifie", prose, 0}, {"veut dire", prose, 0},

	{"a", article, 0}, {"an", article, 0}, {"the", article, 0}, {"those", article, 0}, {"these", article, 0}, {"some", article, 0}, {"this", article, 0}, {"each", article, 0}, {"every", article, 0}, {"un", article, 0}, {"une", article, 0}, {"le", article, 0}, {"les", article, 0}, {"ein", article, 0}, {"eine", article, 0}, {"der", article, 0}, {"about", article, 0}, {"of", article, 0}, {"over", article, 0}, {"under", article, 0}, {"than", article, 0}, {"ticket", article, 0}, {"line", article, 0}, {"issue", article, 0}, {"port", article, 0}, {"page", article, 0}, {"room", article, 0}, {"pr", article, 0}, {"extension", article, 0}, {"update", article, 0}, {"add", article, 0}, {"code", article, 0},

	{"getting", report, 3}, {"get", report, 3}, {"gets", report, 3}, {"got", report, 3}, {"returns", report, 3}, {"returned", report, 3}, {"with", report, 3}, {"says", report, 3}, {"replied", report, 3}, {"replies", report, 3}, {"answered", report, 3}, {"answers", report, 3}, {"error", report, 3}, {"response", report, 3}, {"reply", report, 3}, {"received", report, 3}, {"receive", report, 3}, {"fails", report, 3}, {"failed", report, 3}, {"bounced", report, 3}, {"bounces", report, 3}, {"throws", report, 3}, {"saw", report, 3}, {"erreur", report, 3}, {"fehler", report, 3},

	{"version", version, 0}, {"ver", version, 0}, {"ver.", version, 0}, {"v", version, 0}, {"release", version, 0}, {"section", version, 0}, {"sections", version, 0}, {"chapter", version, 0}, {"kernel", version, 0}, {"upgrade to", version, 0}, {"upgraded to", version, 0}, {"update to", version, 0}, {"updated to", version, 0}, {"firmware", version, 0}, {"agent", version, 0}, {"chart", version, 0}, {"paragraph", version, 0}, {"clause", version, 0}, {"sec", version, 0}, {"rfc", version, 0}, {"step", version, 0}, {"php", version, 0}, {"python", version, 0}, {"perl", version, 0}, {"ruby", version, 0}, {"node", version, 0}, {"linux", version, 0}, {"tag", version, 0}, {"build", version, 0}, {"wordpress", version, 0}, {"mysql", version, 0}, {"django", version, 0}, {"laravel", version, 0}, {"spring", version, 0}, {"rails", version, 0},
}

// what numbers count. A server's own word in that place begins with a capital
// letter ("550 Messages from …"), so only small letters count.
var units = []phrase{
	{"mb", unit, 1}, {"gb", unit, 1}, {"kb", unit, 1}, {"tb", unit, 1}, {"kib", unit, 1}, {"mib", unit, 1}, {"gib", unit, 1}, {"k", unit, 0}, {"m", unit, 0}, {"g", unit, 0}, {"meg", unit, 1}, {"megs", unit, 0}, {"gigs", unit, 0}, {"bytes", unit, 1}, {"ms", unit, 1}, {"s", unit, 0}, {"sec", unit, 0}, {"secs", unit, 0}, {"seconds", unit, 0}, {"min", unit, 0}, {"mins", unit, 0}, {"minutes", unit, 0}, {"hours", unit, 0}, {"hrs", unit, 0}, {"days", unit, 0}, {"weeks", unit, 0}, {"months", unit, 0}, {"years", unit, 0},
	{"usd", unit, 1}, {"eur", unit, 1}, {"euro", unit, 0}, {"euros", unit, 0}, {"dollars", unit, 0}, {"bucks", unit, 0}, {"pounds", unit, 0}, {"km", unit, 1}, {"miles", unit, 0}, {"kg", unit, 1}, {"hz", unit, 1}, {"mhz", unit, 1}, {"volt", unit, 0}, {"volts", unit, 0}, {"watt", unit, 0}, {"watts", unit, 0}, {"px", unit, 0}, {"dpi", unit, 0}, {"rpm", unit, 0}, {"people", unit, 0}, {"users", unit, 0}, {"accounts", unit, 0}, {"messages", unit, 0}, {"emails", unit, 0}, {"e-mails", unit, 0}, {"mails", unit, 0}, {"mailboxes", unit, 0}, {"recipients", unit, 0}, {"senders", unit, 0}, {"domains", unit, 0}, {"addresses", unit, 0}, {"bounces", unit, 0}, {"tickets", unit, 0}, {"times", unit, 0}, {"lines", unit, 0}, {"files", unit, 0}, {"items", unit, 0}, {"servers", unit, 0}, {"hosts", unit, 0}, {"subscribers", unit, 0}, {"customers", unit, 0}, {"connections", unit, 0}, {"requests", unit, 0}, {"errors", unit, 0}, {"percent", unit, 0}, {"more", unit, 0}, {"of", unit, 0}, {"different", unit, 0}, {"per", unit, 0}, {"rejected mail*", unit, 0}, {"rejected email*", unit, 0}, {"rejected message*", unit, 0}, {"new *", unit, 0}, {"open *", unit, 0}, {"other *", unit, 0}, {"spam mails", unit, 0}, {"spam messages", unit, 0}, {"failed *", unit, 0},
}
