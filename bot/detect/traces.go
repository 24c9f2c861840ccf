package detect

import (
	"slices"
	"strings"
)

// source reports whether a text ends with the name of a program's file, as the
// frames of a stack trace have it before the number of the line. Endings that
// are countries', too, are left out: ".pl", ".rs".
func source(before string) bool {
	dot := strings.LastIndexByte(before, '.')
	return dot > 0 && isWord(before[dot-1]) &&
		slices.Contains([]string{"rb", "js", "ts", "mjs", "go", "java", "php", "kt", "cs", "ex", "exs"}, before[dot+1:])
}

// trace reports whether an arrow leads on to a cause, and not from a code to
// its meaning: .NET's " ---> System.Net.WebException: …", and Exchange, which
// puts its own reply before the other server's: "550 5.7.23 … violation -> 550
// …". https://learn.microsoft.com/dotnet/api/system.exception.tostring
func (p *page) trace(m mark) bool {
	if m.phrase.text != "-> *" || m.at == 0 {
		return false
	}
	text := p.view.text
	if text[m.at-1] == '-' {
		return true
	}
	before := strings.TrimRight(text[max(0, m.at-9):m.at], " ")
	if before == "" || isDigit(before[len(before)-1]) {
		return false
	}
	_, _, ok := readReply(text, m.end)
	return ok || strings.HasPrefix(text[m.end:], "Socket")
}
