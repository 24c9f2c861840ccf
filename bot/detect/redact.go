package detect

import (
	"net/netip"
	"slices"
	"strings"
)

// gone stands for what Redact took out.
const gone = "…"

// Redact takes out of a text what tells who wrote to whom: the part of an
// address before the @, IP addresses, queue and message ids, user names,
// tokens and whatever else looks random. Codes, words, and the names of hosts
// and domains stay. It goes over the text once. It takes out rather too much:
// what it gives is there to recognize a line again, not to read it.
func Redact(text string) string {
	r := redactor{text: text}
	r.out.Grow(len(text))
	for at := 0; at < len(text); {
		if separates(text[at]) {
			if text[at] == '"' {
				if end := quotedLocal(text, at); end > 0 { // "jo smith"@dest.example
					r.out.WriteString(gone)
					at = end
					r.word(at, r.wordEnd(at))
					at = r.wordEnd(at)
					continue
				}
			}
			if text[at] == '\n' {
				r.secret = false
			}
			r.out.WriteByte(text[at])
			at++
			continue
		}
		end := r.wordEnd(at)
		if end < len(text) && text[end] == '"' && quotedLocal(text, end) > 0 {
			r.out.WriteString(gone) // what stands before a quoted part belongs to it
		} else {
			r.word(at, end)
		}
		at = end
	}
	return r.out.String()
}

type redactor struct {
	text   string
	out    strings.Builder
	secret bool // the next word is one, for a word such as "password:" stands before it
}

// separates reports whether a byte stands between words.
func separates(c byte) bool {
	switch c {
	case ' ', '\t', '\r', '\n', '<', '>', '(', ')', '[', ']', '{', '}', ',', ';', '"', '\'', '`', '|', '\\':
		return true
	}
	return false
}

func (r *redactor) wordEnd(at int) int {
	for at < len(r.text) && !separates(r.text[at]) {
		at++
	}
	return at
}

// quotedLocal gives the place of the @ behind a quoted local part. RFC 5321,
// section 4.1.2; its longest is 64 bytes (section 4.5.3.1.1).
func quotedLocal(text string, at int) int {
	for i := at + 1; i < len(text)-1 && i < at+80 && text[i] != '\n'; i++ {
		if text[i] == '"' {
			if text[i+1] == '@' {
				return i + 1
			}
			return 0
		}
	}
	return 0
}

// word writes what may stay of a word.
func (r *redactor) word(start, end int) {
	word := r.text[start:end]
	if word == "" {
		return
	}
	if at := max(strings.LastIndexByte(word, '@'), strings.LastIndex(word, "%40")); at >= 0 {
		r.address(word, at)
		r.secret = false
		return
	}
	if r.secret && strings.Trim(word, "=:.-") != "" {
		r.secret = slices.Contains(secretKinds[:], strings.ToLower(word)) // "Authorization: Bearer …"
		if r.secret {
			r.out.WriteString(word)
		} else {
			r.out.WriteString(gone)
		}
		return
	}
	bare := strings.TrimRight(word, ".:")
	if addr := strings.TrimPrefix(bare, "IPv6:"); strings.Count(addr, ":") > 1 {
		if _, err := netip.ParseAddr(addr); err == nil {
			r.out.WriteString(gone + word[len(bare):])
			return
		}
	}
	for i, piece := 0, ""; i < len(word); i += len(piece) {
		piece = word[i:]
		cut := strings.IndexAny(piece, ":=")
		if cut < 0 || strings.Trim(piece[cut:], "=") == "" { // "=" at the end is base64's filling
			r.piece(piece)
			r.secret = slices.Contains(secretKinds[:], strings.ToLower(piece)) && i == 0
			continue
		}
		piece = piece[:cut+1]
		key := strings.ToLower(strings.TrimRight(piece[:cut], "\"'"))
		rest := word[i+len(piece):]
		r.piece(piece[:cut])
		r.out.WriteByte(piece[cut])
		if r.secret = private(key); r.secret && rest != "" {
			r.out.WriteString(gone)
			r.secret = false
			return
		}
	}
}

// address writes the domain of an address.
func (r *redactor) address(word string, at int) {
	if i := strings.LastIndexByte(word[:at], ':'); i >= 0 && !strings.ContainsAny(word[:i], "@%") {
		r.out.WriteString(word[:i+1]) // "mailto:", "TO:"
		word, at = word[i+1:], at-i-1
	}
	if at > 0 && word[:at] != gone {
		r.out.WriteString(gone)
	} else {
		r.out.WriteString(word[:at])
	}
	sign := 1
	if word[at] == '%' {
		sign = 3
	}
	r.out.WriteString(word[at : at+sign])
	r.piece(word[at+sign:])
}

// piece writes a piece of a word that holds no address, or what stands for it.
func (r *redactor) piece(piece string) {
	bare := strings.TrimRight(piece, ".!?*")
	switch {
	case bare == "":
	case holdsIPv4(bare), looksRandom(bare):
		r.out.WriteString(gone + piece[len(bare):])
		return
	}
	r.out.WriteString(piece)
}

// secretKinds are words behind which a secret stands: RFC 4954's mechanisms
// and HTTP's.
var secretKinds = [...]string{"bearer", "basic", "plain", "login", "xoauth2", "oauthbearer", "cram-md5", "ntlm"}

// private reports whether a field's name says that its value is a secret or a
// person's.
func private(key string) bool {
	switch key[strings.LastIndexAny(key, "?&-_/.")+1:] {
	case "user", "username", "login", "pass", "password", "passwd", "pwd", "token", "secret", "apikey", "key", "authorization", "signature", "cookie", "session":
		return true
	}
	return false
}

// holdsIPv4 finds four numbers with dots or, as providers name their
// customers' hosts, with dashes between them.
func holdsIPv4(s string) bool {
	for i := 0; i < len(s); {
		if !isDigit(s[i]) {
			i++
			continue
		}
		numbers, at := 0, i
		for at < len(s) && isDigit(s[at]) {
			value, from := 0, at
			for at < len(s) && isDigit(s[at]) && at-from < 4 {
				value = value*10 + int(s[at]-'0')
				at++
			}
			if at-from > 3 || value > 255 {
				numbers = 0
				break
			}
			numbers++
			if numbers == 4 {
				return true
			}
			if at+1 >= len(s) || (s[at] != '.' && s[at] != '-') || !isDigit(s[at+1]) {
				break
			}
			at++
		}
		for i = max(at, i+1); i < len(s) && isDigit(s[i]); i++ {
		}
	}
	return false
}

// looksRandom reports whether a piece is an id or a secret rather than a word, a
// code or a name: it changes between letters and digits, or between small and
// capital letters, more often than those do.
func looksRandom(s string) bool {
	letters, digits, changes, humps, hex, last := 0, 0, 0, 0, true, byte(0)
	dotted := false
	for i := range len(s) {
		var kind byte
		switch c := s[i]; {
		case isDigit(c):
			kind = '0'
			digits++
		case c >= 'a' && c <= 'z':
			kind = 'a'
		case c >= 'A' && c <= 'Z':
			kind = 'A'
		case c == '.':
			dotted = true
			continue
		case c == '-', c == '_', c == '+', c == '/', c == '=', c == '~', c == '$', c == '%', c == '#', c == '&', c == '?', c == '!', c == '*':
			continue
		default:
			return false // words of other scripts
		}
		if kind != '0' {
			letters++
			hex = hex && s[i]|0x20 <= 'f'
		}
		switch {
		case last == 'a' && kind == 'A':
			changes++
			humps++
		case last != 0 && (last == '0') != (kind == '0'):
			changes++
		}
		last = kind
	}
	switch {
	case dotted && hostName(s) != "": // "mx01.dest.example", unlike "SG.aBcDeF…"
		return humps > 3
	case letters == 0:
		return digits >= 9 && !dotted
	case letters <= 2 && len(s) >= 10 && s[4] == '-' && s[7] == '-': // RFC 3339's date and hour
		return false
	case len(s) >= 8 && hex && digits > 0:
		return true
	case len(s) >= 32:
		return digits > 0 || humps > 3
	case len(s)%4 == 0 && s[len(s)-1] == '=' && len(s) >= 8:
		return true
	}
	return changes > 1 && (len(s) >= 8 && digits > 2 || len(s) >= 10 && changes*5 >= len(s))
}
