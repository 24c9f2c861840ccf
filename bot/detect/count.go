package detect

import (
	"slices"
	"strings"
)

// counted reports whether a number beside the codes says how often they came,
// or the number itself counts: a report, a chart, a table of totals.
func (p *page) counted(s *site) bool {
	before, after := p.beside(s)
	if total(after) || times(before) || s.reply == 0 && dated(after) || s.reply != 0 && s.enhanced.IsZero() && (priced(before, after) || grouped(after)) {
		return true
	}
	if s.reply == 0 || !s.enhanced.IsZero() || s.more {
		return false
	}
	return things(after) || several(after) || listed(after) || shared(after) || p.column(s, before)
}

// beside gives what stands on the line of the codes before and behind them, as
// far as it can matter: a line may be as long as the text.
func (p *page) beside(s *site) (before, after string) {
	text := p.view.text
	after = text[s.end:min(len(text), s.end+reach)]
	if i := strings.IndexByte(after, '\n'); i >= 0 {
		after = after[:i]
	}
	return text[max(s.physical, s.start-reach):s.start], after
}

// total reports whether a count follows: "550 5.1.1: 412 (3 %)", `"550",412`.
func total(after string) bool {
	i := skip(after, 0, " \t\"'`:;,|=(")
	if i == 0 || i >= len(after) {
		return false
	}
	rest := after[i:]
	if strings.HasPrefix(rest, "x ") || strings.HasPrefix(rest, "x") && len(rest) > 1 && isDigit(rest[1]) {
		rest = strings.TrimLeft(rest[1:], " ")
	}
	n := digits(rest)
	if n == 0 {
		return false
	}
	if n+1 < len(rest) && (rest[n] == '.' || rest[n] == ',') && isDigit(rest[n+1]) {
		n += 1 + digits(rest[n+1:])
		if n+1 < len(rest) && rest[n] == '.' && isDigit(rest[n+1]) {
			return false // an IP address
		}
	}
	rest = strings.TrimLeft(rest[n:], " ")
	return rest == "" || strings.IndexByte("%),;|}", rest[0]) >= 0 || strings.HasPrefix(rest, "(") || strings.HasPrefix(rest, "times")
}

// dated reports whether a date follows, as it does behind a release's number:
// "5.7.1 (2026-02-01)".
func dated(after string) bool {
	rest := after[skip(after, 0, " -([:"):]
	return len(rest) > 7 && digits(rest) == 4 && rest[4] == '-' && digits(rest[5:]) == 2
}

// times reports whether a count stands before the codes: "412x 550", and the
// column of counts that uniq prints.
func times(before string) bool {
	head := strings.TrimRight(before, " \t\"'`")
	if head == before && head != "" {
		return false
	}
	if crossed := strings.TrimSuffix(head, "x"); crossed != head {
		crossed = strings.TrimRight(crossed, " ")
		return crossed != "" && isDigit(crossed[len(crossed)-1])
	}
	head = strings.TrimLeft(head, " \t")
	return head != "" && digits(head) == len(head)
}

func digits(s string) int {
	n := 0
	for n < len(s) && n < 10 && isDigit(s[n]) {
		n++
	}
	return n
}

// kinds of things that are counted. A server says "too many recipients" or "no
// valid recipients"; it does not say "dead addresses".
var kinds = [...]string{
	"active", "bad", "blocked", "bounced", "broken", "closed", "dead", "deferred", "deleted", "disabled", "duplicate", "expired", "extra", "failed",
	"free", "good", "hard", "inactive", "internal", "invalid", "local", "missing", "new", "old", "open", "other", "outgoing", "rejected", "soft",
	"spam", "suspended", "test", "unique", "unknown", "unread", "unsent", "valid",
}

// several reports whether the number counts a kind of things: "550 dead
// addresses". A server's own words begin with a capital letter.
func several(after string) bool {
	words := strings.TrimLeft(after, " ")
	first, rest, _ := strings.Cut(words, " ")
	if len(words) == len(after) || !slices.Contains(kinds[:], first) {
		return false
	}
	n := 0
	for n < len(rest) && rest[n] >= 'a' && rest[n] <= 'z' {
		n++
	}
	return n > 3 && rest[n-1] == 's' && rest[n-2] != 's' && (n == len(rest) || rest[n] != ':')
}

// things reports whether the number counts what a plural names, with nothing
// said of it: "550 orders, the relay".
func things(after string) bool {
	words := strings.TrimPrefix(after, " ")
	n := 0
	for n < len(words) && words[n] >= 'a' && words[n] <= 'z' {
		n++
	}
	rest := words[n:]
	return len(words) < len(after) && n > 3 && words[n-1] == 's' && words[n-2] != 's' && (rest == "" || rest[0] == ',' || strings.HasPrefix(rest, " and "))
}

// listed reports whether more counts or codes follow: "550 passed, 12 failed",
// "421, 450, 451".
func listed(after string) bool {
	if strings.HasPrefix(after, ", ") {
		if _, _, ok := readReply(after, 2); ok {
			return true
		}
	}
	if len(after) > 80 {
		after = after[:80]
	}
	for items := 0; items < 2; {
		i := strings.Index(after, ", ")
		if i < 0 {
			return false
		}
		after = after[i+2:]
		if n := digits(after); n > 0 && n < 7 && n+1 < len(after) && after[n] == ' ' && isLetter(after[n+1]) {
			items++ // of capital letters it takes two: "10 MB" is one
			if after[n+1] >= 'a' {
				items++
			}
		}
	}
	return true
}

// shared reports whether a share or another count follows the thing that is
// counted: "550 rejected (9%)", "421 deferred (4521 deferrals)".
func shared(after string) bool {
	words := strings.TrimLeft(after, " ")
	n := 0
	for n < len(words) && words[n] >= 'a' && words[n] <= 'z' {
		n++
	}
	rest, ok := strings.CutPrefix(strings.TrimLeft(words[n:], " "), "(")
	share := digits(rest)
	return ok && n > 0 && share > 0 && (rest[share:] == "" || rest[share] == '%' || rest[share] == ' ')
}
