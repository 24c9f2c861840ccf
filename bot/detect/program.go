package detect

import "strings"

// program reports whether the codes stand in a program, a test, a query or a
// setting: somebody wrote them there, no server sent them. It goes by the
// signs that programming languages share, not by their words; those stand in
// the table of speech.
func (p *page) program(s *site) bool {
	before, after := p.beside(s)
	quote := byte(0)
	if n := len(before); n > 0 && strings.IndexByte("\"'`", before[n-1]) >= 0 {
		quote = before[n-1]
		before = before[:n-1]
	}
	return quote != 0 && (argument(before, after, quote) || strings.HasSuffix(before, "<<< ")) ||
		answered(after) || assigned(before) || directed(before, s.reply == 0) || pattern(after) || p.literals(s, before) || p.noted(s, before, quote) || p.changed(s)
}

// answered reports whether the codes head one of our own answers, which
// somebody copied.
func answered(after string) bool { return strings.HasPrefix(after, " · ") }

// argument reports whether a quoted text is handed to a function: the quote
// opens behind "name(", or closes before the bracket that "name(" opened. An
// exception that prints itself quotes the words alone: (550, b'…').
func argument(before, after string, quote byte) bool {
	if n := len(before); n > 1 && strings.IndexByte("rbfuL", before[n-1]) >= 0 && !isWord(before[n-2]) {
		before = before[:n-1] // Python's r"…"
	}
	if called(before) || returns(before) {
		return true
	}
	end := strings.IndexByte(after, quote)
	if end >= 0 && (strings.HasPrefix(after[end+1:], ");") || strings.TrimSpace(after[end+1:]) == ";") {
		return true // the end of a statement
	}
	if end > 0 && strings.HasPrefix(after[end+1:], ", ") && strings.TrimLeft(before, " \t") == "(" {
		return true // a row of a table
	}
	if end < 0 || !strings.HasPrefix(strings.TrimLeft(after[end+1:], " "), ")") {
		return false
	}
	open := opener(before)
	return open >= 0 && before[open] == '(' && (called(before[:open+1]) || returns(before[:open]))
}

// returns reports whether a text ends with the word of a program that begins a
// statement. In a sentence another word stands before it.
func returns(before string) bool {
	for _, word := range [...]string{"return", "yield", "print", "puts", "echo", "die"} {
		head, ok := strings.CutSuffix(strings.TrimRight(before, " ("), word)
		head = strings.TrimSpace(head)
		if ok && (head == "" || strings.IndexByte("{;):-+", head[len(head)-1]) >= 0) {
			return true
		}
	}
	return false
}

// called reports whether a text ends with "name(".
func called(before string) bool {
	n := len(before)
	return n > 1 && before[n-1] == '(' && (isWord(before[n-2]) || before[n-2] == '_' || before[n-2] == '!')
}

// method reports whether a text ends with "name(" where the name begins with a
// small letter; an exception that prints itself has a capital one.
func method(before string) bool {
	if !called(before) {
		return false
	}
	i := len(before) - 1
	for i > 0 && (isWord(before[i-1]) || before[i-1] == '_') {
		i--
	}
	return before[i] >= 'a' && before[i] <= 'z'
}

// opener finds the last bracket that is still open.
func opener(before string) int {
	depth := 0
	for i := len(before) - 1; i >= 0; i-- {
		switch before[i] {
		case ')', ']', '}':
			depth++
		case '(', '[', '{':
			if depth == 0 {
				return i
			}
			depth--
		}
	}
	return -1
}

// assigned reports whether the codes are assigned or compared. A log's
// "key=value" has no blanks about the sign.
func assigned(before string) bool {
	head := strings.TrimRight(before, " \t")
	for _, sign := range [...]string{"==", "!=", "=~", "~=", "|=", "|~", ":=", "<>"} {
		if strings.HasSuffix(head, sign) {
			return true
		}
	}
	n := len(head)
	if name := strings.TrimRight(strings.TrimSuffix(head, "="), "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"); n-len(name) > 4 && strings.IndexByte(head[len(name):], '_') >= 0 && head[n-1] == '=' {
		return true // SMTP_ERROR_TEXT=…
	}
	return n > 1 && head[n-1] == '=' && (head[n-2] == ' ' || head[n-2] == '\t')
}

// directed reports whether a setting tells a server to answer so: Postfix's
// access(5) "REJECT 550 5.7.1 …" and transport(5) "error:5.1.1 …", Sendmail's
// access map "ERROR:5.7.1:550 …", Sieve's ereject, OpenSMTPD's filters.
func directed(before string, status bool) bool {
	head := strings.TrimRight(before, " \t")
	if head == before { // "error:5.1.1"; a log has a blank behind the colon
		rest := strings.TrimRight(head, "0123456789.:")
		cut := head[len(rest):]
		return strings.HasPrefix(cut, ":") && (status || strings.IndexByte(cut, '.') > 0) && (endsWith(rest, "error") || endsWith(rest, "retry"))
	}
	return endsWith(head, "reject") || endsWith(head, "ereject") || endsWith(head, "disconnect")
}

// endsWith reports whether a text ends with a word, whatever its case.
func endsWith(text, word string) bool {
	n := len(text) - len(word)
	return n >= 0 && strings.EqualFold(text[n:], word) && (n == 0 || !isWord(text[n-1]) && text[n-1] != '-')
}

// pattern reports whether what follows the codes is a pattern's.
func pattern(after string) bool {
	after = strings.TrimLeft(after, " \t-")
	if after == "" {
		return false
	}
	switch after[0] {
	case '*', '%', '\\', '^':
		return true
	case '.':
		return strings.HasPrefix(after, ".*") || strings.HasPrefix(after, ".+") || strings.HasPrefix(after, "...)") || strings.HasPrefix(after, "...\"")
	case '[':
		return strings.HasPrefix(after, "[- ]") || strings.HasPrefix(after, "[ -]") || strings.HasPrefix(after, "[-\\")
	case '4', '5':
		return strings.HasPrefix(after[1:], "\\.")
	}
	return false
}

// literals reports whether the two codes are literals of their own, in a call
// or a table: reply(550, "5.7.1", …), {550, "5.1.1", …}. In a row of CSV they
// are, too, but nothing is open there.
func (p *page) literals(s *site, before string) bool {
	text := p.view.text
	if s.reply == 0 || s.apart || s.end >= len(text) {
		return false
	}
	if s.enhanced.IsZero() {
		return method(before) && strings.HasPrefix(text[s.end:], ", \"") // reply(550, "no such user")
	}
	between := text[s.start+3 : s.end]
	at := strings.IndexByte(between, ',')
	if at >= 0 && s.end < len(text) && text[s.end] == ' ' && method(before) && strings.IndexByte("\"'", between[len(between)-len(s.enhanced.String())-1]) >= 0 {
		return true // reply(550, "5.1.1 no such user")
	}
	if at < 0 || strings.IndexByte("\"'", text[s.end]) < 0 || strings.IndexByte(between[at:], text[s.end]) < 0 {
		return false
	}
	if strings.IndexFunc(between, func(r rune) bool { return r == ':' || r == '=' }) >= 0 {
		return false // each has its name: {"code": 550, "status": "5.1.1"
	}
	open := opener(before)
	return open >= 0 && (before[open] == '{' || called(before[:open+1]))
}

// noted reports whether the codes begin a comment or a heading, or are the key
// of a table of texts: 421: "Service not available". Postfix's access(5) has an
// address as the key.
func (p *page) noted(s *site, before string, quote byte) bool {
	head := strings.TrimSpace(before)
	switch {
	case strings.HasSuffix(head, "//"), strings.HasSuffix(head, "/*"), head == "<!--":
		return true
	case strings.HasSuffix(before, "# ") && (strings.Trim(head, "#") == "" || !s.enhanced.IsZero()):
		return true
	case strings.Trim(head, "0123456789.") == "" && strings.Contains(head, ".") && (strings.HasSuffix(before, "  ") || strings.HasSuffix(before, "\t")):
		return true
	case head == "":
		_, after := p.beside(s)
		return quote == 0 && s.enhanced.IsZero() && (strings.HasPrefix(after, ": \"") || strings.HasPrefix(after, ": '"))
	}
	return false
}

// changed reports whether the codes stand in a line of a diff: beside it is
// one with the other sign.
func (p *page) changed(s *site) bool {
	text := p.view.text
	if s.start-s.physical > reach {
		return false
	}
	var other byte
	switch text[s.physical] {
	case '-':
		other = '+'
	case '+':
		other = '-'
	default:
		return false
	}
	if next := lineEnd(text, s.start) + 1; next < len(text) && text[next] == other {
		return true
	}
	if s.physical == 0 {
		return false
	}
	return text[strings.LastIndexByte(text[:s.physical-1], '\n')+1] == other
}

// process reports whether a number in brackets is a process's, as syslog
// prints it: "smtpd[554]:". RFC 3164, section 5.3.
func process(text string, i, end int) bool {
	if i < 2 || text[i-1] != '[' || end >= len(text) || text[end] != ']' || !isLetter(text[i-2]) {
		return false
	}
	at := i - 1
	for at > 0 && (isLetter(text[at-1]) || text[at-1] == '-') {
		at--
	}
	switch strings.ToLower(text[at : i-1]) {
	case "error", "code", "status", "reply", "response":
		return false
	case "smtp":
		return at > 0 && text[at-1] == '/'
	}
	return true
}

// measured reports whether a log's key before "=" measures something, as in
// Postfix's "delay=450, delays=…, dsn=…".
func measured(text string, equals int) bool {
	at := equals
	for at > 0 && isLetter(text[at-1]) {
		at--
	}
	switch strings.ToLower(text[at:equals]) {
	case "delay", "size", "pid", "uid", "gid", "nrcpt", "nrcpts", "port", "ttl", "time", "len", "length", "count", "bytes", "duration", "id":
		return true
	}
	return false
}
