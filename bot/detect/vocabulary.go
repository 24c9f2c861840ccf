package detect

import "slices"

// words of mail and of failing: together, and only behind a code, they tell a
// reply from a number. RFC 5321 and RFC 3463 use most of them.
var mailWords = slices.Concat(
	phrases(subject, 0, "mailbox*", "mail*", "e-mail*", "email*", "message*", "recipient*", "sender*", "user", "users",
		"account*", "address*", "domain*", "relay*", "rcpt*", "helo", "ehlo", "esmtp", "smtp*", "lmtp*", "starttls", "tls",
		"auth", "authenticat*", "authentification*", "authoriz*", "authoris*", "postmaster*", "spf", "dkim", "dmarc", "dnsbl", "rbl*",
		"blacklist*", "blocklist*", "block list*", "greylist*", "graylist*", "spam*", "virus*", "quota*", "overquota",
		"over quota", "envelope*", "attachment*", "header*", "content", "bounce*", "reverse dns", "rdns", "ptr", "mx",
		"transaction*", "command*", "parameter*", "argument*", "syntax", "delivery", "deliver*", "channel", "policy",
		"reputation", "client host", "hostname*", "host name*", "credentials", "inbox*", "pipelin*", "connection*",
		"greeting", "list", "storage", "rate", "ip", "server*", "service*", "mechanism*", "rfc", "rfc*", "chunking", "bdat",
		"resources", "disk", "local part", "path", "data", "size", "sequence", "tempfail*", "empfänger*", "absender*",
		"destinataire*", "boite*", "boîte*", "usuario*", "buzón", "adresse*", "expéditeur*", "emetteur*", "utilisateur*",
		"benutzer*", "nachricht*", "postfach*", "destinatario*", "remitente*", "utente*", "casella*", "connexion*", "lhlo",
		"сообщени*", "пользовател*"),
)

var failWords = slices.Concat(
	phrases(failure, 0, "reject*", "denied", "deny*", "refus*", "block*", "unavailable", "not", "no", "unknown",
		"invalid*", "illegal", "bad", "error*", "fail*", "cannot", "can't", "can not", "couldn't", "could not", "won't",
		"unable", "doesn't", "don't", "didn't", "isn't", "wasn't", "weren't", "disabled", "suspended", "inactive",
		"expired", "exceed*", "too", "over", "full", "limit*", "prohibit*", "forbidden", "unauthenticated", "unauthorized",
		"unsolicited", "unrecogni*", "unsupported", "unimplemented", "unrouteable", "unroutable", "undeliverable",
		"unexpected", "missing", "must", "need", "needs", "required", "require*", "incorrect", "insufficient", "temporar*",
		"deferred", "defer*", "later", "try again", "closing", "timeout", "timed out", "violat*", "malformed", "loop*",
		"hop*", "lost", "locked", "busy", "never", "nonexistent", "non-existent", "unreachable", "restricted", "disallowed",
		"banned", "blacklisted", "listed", "detected", "suspected", "suspicio*", "problem*", "misconfigur*", "aborted",
		"abort*", "throttl*", "already", "nested", "before", "first", "only", "excessive", "spammer*", "out of", "gone",
		"deleted", "moved", "please", "expected", "poor", "low", "nicht", "kein*", "unbekannt*", "abgelehnt", "inconnu*",
		"invalide", "refuse*", "pleine", "sorry", "unfortunately", "bloquee", "bloquée", "trop", "desconocido", "no existe", "non esiste", "не"),
)

// what people say who got a reply themselves: they show an error, also where
// they copy no more than its codes.
var got = []string{"getting", "get", "gets", "got", "received", "receive", "receives", "seeing", "see", "saw", "bekomme", "bekommt",
	"bekommen", "erhalte", "erhält", "erhalten", "reçois", "reçoit", "recibe", "recibo", "riceve", "krijgt", "dostaje", "получаю", "получает"}

// turns of speech with which people talk about codes instead of pasting them.
var speech = slices.Concat(
	phrases(asks, 0, "what does", "what is", "what's", "whats", "what are", "what do", "what would", "meaning of",
		"meant by", "mean by", "difference between", "differ between", "explain", "define", "definition of",
		"how do i interpret", "which of", "never see", "when do servers", "codes like", "errors like", "such as", "e.g.", "was bedeutet",
		"was heißt", "que signifie", "que veut dire", "c'est quoi", "qué significa", "что значит", "что означает",
		"isn't", "why is", "is there", "has anybody seen", "has anyone seen", "if the", "if a", "if it's", "if it is",
		"if you see", "when a", "when the server", "when the bounce", "when the error", "when the reply", "when the text", "when you", "must say", "must answer", "must return", "should say",
		"should answer", "should return", "should be", "must be", "would be", "would say", "would answer", "rejecting with", "answered with",
		"instead of", "rather than", "better than", "use * with"),
	phrases(lesson, 0, "rfc * says", "test case", "a test for", "tests for", "reject text", "reply text", "raise",
		"throw new", "return smtp*", "logger.*", "console.*", "assert*", "const", "printf*", "fmt.*", "expect(*",
		"for example", "let's say", "add \"*", "given a", "grep", "egrep", "zgrep", "rg", "awk", "sed", "jq", "exigrep", "exipick", "select-string", "filter @message", "fields @*",
		"like '*", "like \"*", "-match", "-like", "values (*", "insert into", "delete from", "select *", "index=*", "echo \"*", "echo '*",
		"#define", "errors.new*", "new error(*", "side_effect*", "mock*", "jest.*", "stub*", "msgid \"*", "msgstr \"*", "failregex*", "<host>*", "smtp-sink", "input: \"*", "input\": \"*", "pattern\": \"*", "match\": \"*", "example\": \"*", "want\": \"*", "fail text \"*", "count_over_time*",
		"smtp_message", "reply_text*", "reject_message*", "reject-text*", "todo:", "fixme:", "feature(*", "$#error*", "want \"*", "match: \"*", "pattern: \"*", "code ==", "code ===", "code !=", "if code"),
	phrases(lessonBehind, 0, "(total:*", "%s", "%d", "%v", "-> *", "=> *", "is a permanent code", "is a transient code",
		"<domain>*", "<command>*", "<forward-path>*", "is a soft bounce", "is a hard bounce", "is the code for", "counts as", "treated as a"),
	// A server's own words begin with a capital letter where they begin with one of these.
	phrases(prose, 1, "the", "could", "can", "may", "might", "during", "before", "where", "has", "have", "had", "does", "did", "by",
		"of", "we", "you", "they", "it", "that", "this", "than", "not only", "just", "only", "also", "once", "per", "like", "without", "mentioned", "quoted", "named", "shown",
		"pour", "chez", "de", "ou", "quand", "avec", "d'un", "et", "est", "sont", "dans", "si", "ist", "sind", "für", "bei", "wenn", "oder",
		"und", "von", "mit", "por", "para", "con", "cuando"),
	phrases(prose, 2, "means", "indicates", "signals", "stands for", "heißt", "heisst", "bedeutet", "signifie", "veut dire", "significa", "quiere decir"),
	phrases(prose, 0, "mean", "meant", "meaning", "usually", "often", "normally", "typically", "sometimes", "tells", "wants", "fell", "rose", "went",
		"dropped", "down", "comes", "came", "happens", "gets", "→", "–", "—", "は", "って", "とは", "の場合", "is", "are", "was", "were", "when",
		"if", "because", "for", "and", "or", "vs", "versus", "in", "on", "at", "from", "to", "as", "which", "that's",
		"with", "after", "while", "but", "so", "then", "errors", "codes", "code", "response", "responses", "reply",
		"replies", "bounces", "bounce", "rejection*", "into", "until", "instead", "should", "would", "will", "again",
		"needs"),
	phrases(article, 0, "a", "an", "the", "those", "these", "some", "this", "each", "every", "un", "une", "le", "les",
		"ein", "eine", "der", "about", "of", "over", "under", "than", "ticket", "line", "issue", "port", "page", "room",
		"pr", "extension", "update", "add", "code"),
	phrases(report, 3, "returns", "returned", "with", "says", "replied", "replies", "answered", "answers", "error",
		"response", "reply", "fails", "failed", "bounced", "bounces", "throws", "erreur", "fehler"),
	phrases(report, 3, got...), phrases(owns, 0, got...),
	phrases(version, 0, "version", "ver", "ver.", "v", "release", "section", "sections", "chapter", "kernel",
		"upgrade to", "upgraded to", "update to", "updated to", "firmware", "agent", "chart", "paragraph", "clause", "sec",
		"rfc", "step", "php", "python", "perl", "ruby", "node", "linux", "tag", "build", "wordpress", "mysql", "django",
		"laravel", "spring", "rails", "new in", "since", "as of", "exim", "postfix", "dovecot", "roundcube", "app"),
)

// what numbers count. A server's own word in that place begins with a capital
// letter ("550 Messages from …"), so only small letters count.
var units = slices.Concat(
	phrases(unit, 1, "mb", "gb", "kb", "tb", "kib", "mib", "gib", "meg", "bytes", "ms", "usd", "eur", "km", "kg", "hz",
		"mhz", "mails im", "mails in der", "mails pro", "mails, keine", "bestellungen", "rechnungen", "anfragen", "postfächer", "konten", "kunden", "stück"),
	phrases(unit, 0, "k", "m", "g", "megs", "gigs", "s", "sec", "secs", "seconds", "min", "mins", "minutes", "hours",
		"hrs", "days", "weeks", "months", "years", "euro", "euros", "dollars", "bucks", "grand", "pounds", "miles", "volt", "volts",
		"watt", "watts", "px", "dpi", "rpm", "people", "users", "accounts", "messages", "emails", "e-mails", "mails",
		"mailboxes", "recipients", "senders", "domains", "addresses", "bounces", "tickets", "times", "lines", "files",
		"items", "servers", "hosts", "subscribers", "customers", "connections", "requests", "errors", "percent", "more",
		"of", "different", "per", "rejected mail*", "rejected email*", "rejected message*", "new *", "open *", "other *",
		"spam mails", "spam messages", "failed *"),
)
