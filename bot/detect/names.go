package detect

import "strings"

// hostName gives the host name that a text begins with, in lower case, or ""
// where it is none. RFC 5321, section 4.1.2; letters, digits, dashes and dots,
// at least two labels, so that it can stand in a command without quoting.
func hostName(s string) string {
	end := 0
	for end < len(s) && (isLetter(s[end]) || isDigit(s[end]) || s[end] == '-' || s[end] == '.') {
		end++
	}
	name := strings.ToLower(strings.TrimRight(s[:end], ".-"))
	if len(name) > 253 || len(name) < 4 {
		return ""
	}
	labels, letters := 0, false
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return ""
		}
		labels++
		letters = isLetter(label[0])
	}
	if labels < 2 || !letters {
		return "" // one label, or an IP address
	}
	return name
}

// domainOf gives the domain of the address that a text begins with.
func domainOf(s string) string {
	at := strings.IndexByte(s, '@')
	if at < 0 || at > 100 {
		return ""
	}
	if strings.ContainsAny(s[:at], " \t\n") {
		return ""
	}
	return hostName(s[at+1:])
}
