package detect

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"smtpbot/catalog"
)

// codes are a reply code, an enhanced code, or both, as they stand side by
// side.
type codes struct {
	start, end int // of the codes; the words begin behind end
	reply      catalog.ReplyCode
	enhanced   catalog.EnhancedCode
	more       bool // "550-": further lines follow. RFC 5321, section 4.2.1.
	hash       bool // the enhanced code is written #5.1.1
}

// readCodes reads the codes that begin at a digit 4 or 5; ok is false where
// the digits are part of something else.
func readCodes(text string, i int) (c codes, ok bool) {
	c.start = i
	if e, end, ok := readEnhanced(text, i); ok && !(end+1 < len(text) && text[end] == '-' && isLetter(text[end+1])) { // 5.0.0-rc1
		c.enhanced, c.end = e, end
		c.hash = i > 0 && text[i-1] == '#'
		return c, true
	}
	reply, end, ok := readReply(text, i)
	if !ok {
		return c, false
	}
	c.reply, c.end = reply, end
	if e, end, ok := readEnhancedObject(text, c.end); ok {
		c.enhanced, c.end = e, end
		return c, true
	}
	// "550 550 5.2.2" and "550-550 5.2.2": a relay put its own in front.
	if next := skip(text, c.end, " -\t"); next > c.end {
		if again, end, ok := readReply(text, next); ok && again == reply {
			c.end = end
		}
	}
	if c.end < len(text) && text[c.end] == '-' {
		c.more = true
		c.end++
	}
	// Between the two stand blanks, a hash, a quote, brackets; more would tear
	// apart what does not belong together.
	at := skip(text, c.end, " \t\n-:,([\"'")
	if at < len(text) && text[at] == 'b' && at+1 < len(text) && (text[at+1] == '\'' || text[at+1] == '"') {
		at += 2 // Python's b'…'
	}
	if at < len(text) && text[at] == '#' {
		at++
		c.hash = true
	}
	if at-c.end <= 16 {
		if e, end, ok := readEnhanced(text, at); ok {
			c.enhanced, c.end = e, end
			return c, true
		}
	}
	c.hash = false
	return c, !port(reply)
}

// port reports whether a number is a port of submission, RFC 8314, section
// 3.3, and RFC 6409: no server answers with it, and people paste it a lot.
func port(code catalog.ReplyCode) bool { return code == 465 || code == 587 }

// readReply reads three digits that stand by themselves and are an error by
// RFC 5321, section 4.2.1: the first is 4 or 5.
func readReply(text string, i int) (code catalog.ReplyCode, end int, ok bool) {
	end = i + 3
	if end > len(text) || (text[i] != '4' && text[i] != '5') || !isDigit(text[i+1]) || !isDigit(text[i+2]) {
		return 0, 0, false
	}
	if i > 0 {
		switch p := text[i-1]; {
		case i > 2 && text[i-3:i] == "ID ":
			return 0, 0, false // Cisco's "DCID 550 MID 4211"
		case p == '[' && process(text, i, end), p == '=' && measured(text, i-1):
			return 0, 0, false
		case p == '#' && i > 1 && isWord(text[i-2]):
			return 0, 0, false // a place in a page
		case letterBefore(text, i), p == '.', p == '/', p == '^', p == '$', p == '+', p == '@', p == '_', p == '\\', p == '~', p == '%', p == '!', p == '&', p == '?':
			return 0, 0, false
		case p == '-':
			if i > 1 && isWord(text[i-2]) && !isReplyBefore(text, i-1) {
				return 0, 0, false // B-550
			}
		case p == ':':
			if i > 1 && isDigit(text[i-2]) {
				return 0, 0, false // 10:550
			}
			if i > 1 && isLetter(text[i-2]) && end+1 < len(text) && text[end] == ':' && isLetter(text[end+1]) {
				return 0, 0, false // mailer.go:446:send()
			}
			if source(text[:i-1]) {
				return 0, 0, false // smtp.rb:542
			}
		case p == ',':
			if i > 1 && isDigit(text[i-2]) {
				return 0, 0, false // 1,550
			}
		}
	}
	if end < len(text) {
		switch n := text[end]; {
		case isWord(n), n == '/', n == '%', n == '_', n == '@', n == '+', n == '*':
			return 0, 0, false
		case n == '<' && end+1 < len(text) && text[end+1] == ' ':
			return 0, 0, false // AT&T's "DNSBL:RBL 521< 192.0.2.1 >_is_blocked"
		case n == '.' || n == ':' || n == ',':
			if end+1 < len(text) && isDigit(text[end+1]) {
				if n == ':' {
					_, _, ok := readEnhanced(text, end+1)
					if ok {
						break
					}
				}
				return 0, 0, false // 550.25
			}
		case n == '-' && slug(text, end):
			return 0, 0, false
		case n == '-':
			if end+1 < len(text) && isDigit(text[end+1]) {
				if !leads(text, end+1, text[i:end]) {
					return 0, 0, false // 550-552
				}
			}
		}
	}
	return catalog.ReplyCode(int(text[i]-'0')*100 + int(text[i+1]-'0')*10 + int(text[i+2]-'0')), end, true
}

// slug reports whether words follow that are joined by hyphens alone, as in the
// name of a branch: "550-mailbox-full".
func slug(text string, i int) bool {
	joined := 0
	for ; i < len(text) && (isLetter(text[i]) || text[i] == '-' && i+1 < len(text) && isLetter(text[i+1])); i++ {
		if text[i] == '-' {
			joined++
		}
	}
	return joined > 1 && (i == len(text) || strings.IndexByte(" '\"`\n/,)", text[i]) >= 0)
}

// leads reports whether digits behind "550-" begin a reply's text: the
// enhanced code, the same code once more, or an IP address.
func leads(text string, i int, reply string) bool {
	if _, _, ok := readEnhanced(text, i); ok {
		return true
	}
	if strings.HasPrefix(text[i:], reply) {
		return i+3 == len(text) || !isWord(text[i+3])
	}
	dot := skip(text, i, "0123456789")
	return dot-i <= 3 && dot+1 < len(text) && text[dot] == '.' && isDigit(text[dot+1])
}

// isReplyBefore reports whether three digits end at i, as in "550-550 5.1.1".
func isReplyBefore(text string, i int) bool {
	return i >= 3 && isDigit(text[i-1]) && isDigit(text[i-2]) && (text[i-3] == '4' || text[i-3] == '5') && (i == 3 || !isWord(text[i-4]))
}

// readEnhanced reads class.subject.detail of an error. RFC 3463, section 2.
func readEnhanced(text string, i int) (code catalog.EnhancedCode, end int, ok bool) {
	if i+5 > len(text) || (text[i] != '4' && text[i] != '5') || text[i+1] != '.' {
		return code, 0, false
	}
	if i > 0 {
		switch p := text[i-1]; {
		case letterBefore(text, i), p == '.', p == '/', p == '_', p == '~', p == '^', p == '+', p == '$':
			return code, 0, false
		case p == '-' && (i < 4 || !isReplyBefore(text, i-1)) && i > 1 && isWord(text[i-2]):
			return code, 0, false // postfix-4.5.2
		}
	}
	subject, at, ok := number(text, i+2)
	if !ok || at >= len(text) || text[at] != '.' {
		return code, 0, false
	}
	detail, at, ok := number(text, at+1)
	if !ok {
		return code, 0, false
	}
	if at < len(text) {
		switch n := text[at]; {
		case isWord(n), n == '/', n == '_', n == '+', n == '~', n == '@', n == '*':
			return code, 0, false
		case n == '.' || n == '-':
			if at+1 < len(text) && isDigit(text[at+1]) {
				return code, 0, false // an address, a package's revision
			}
		}
	}
	return catalog.EnhancedCode{Digit: uint16(text[i] - '0'), Subject: subject, Detail: detail}, at, true
}

// number reads one to three digits without a leading zero.
func number(text string, i int) (n uint16, end int, ok bool) {
	start := i
	for i < len(text) && isDigit(text[i]) && i-start < 4 {
		n = n*10 + uint16(text[i]-'0')
		i++
	}
	length := i - start
	return n, i, length >= 1 && length <= 3 && (length == 1 || text[start] != '0')
}

// skip passes over the bytes of a set, at most a line's indent of them.
func skip(text string, i int, set string) int {
	for n := 0; i < len(text) && n < 40; n++ {
		found := false
		for j := 0; j < len(set); j++ {
			found = found || set[j] == text[i]
		}
		if !found {
			break
		}
		i++
	}
	return i
}

// letterBefore reports whether a letter or digit stands directly before a
// place, of a script that puts blanks between words. Japanese and Chinese put
// none: in エラー550 the code begins a word.
func letterBefore(text string, i int) bool {
	if text[i-1] < utf8.RuneSelf {
		return isWord(text[i-1])
	}
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) && r != 'ー' && r != '：'
}
