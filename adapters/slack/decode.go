package slack

import "strings"

// plainText gives the words that somebody typed, from the markup in which
// Slack hands them over: links show what was typed, entities are characters
// again. Angle brackets that hold none of Slack's own forms stay.
//
// https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
func plainText(markup string) string {
	if len(markup) > maxTyped {
		markup = strings.ToValidUTF8(markup[:maxTyped], "")
	}
	var b strings.Builder
	b.Grow(len(markup))
	for {
		open := strings.IndexByte(markup, '<')
		if open < 0 {
			break
		}
		length := strings.IndexAny(markup[open+1:], "<>\n")
		if length < 0 {
			break
		}
		end := open + 1 + length
		if markup[end] != '>' {
			b.WriteString(markup[:end])
			markup = markup[end:]
			continue
		}
		b.WriteString(markup[:open])
		if shown, ok := reveal(markup[open+1 : end]); ok {
			b.WriteString(shown)
		} else {
			b.WriteString(markup[open : end+1])
		}
		markup = markup[end+1:]
	}
	b.WriteString(markup)
	return unescaper.Replace(b.String())
}

var unescaper = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">")

// reveal gives what a form between angle brackets shows.
func reveal(form string) (string, bool) {
	what, label, labelled := strings.Cut(form, "|")
	if what == "" {
		return "", false
	}
	sign := ""
	switch {
	case what[0] == '!':
		name, rest, _ := strings.Cut(what[1:], "^")
		if labelled { // a date, or a group, which has its @ in the label
			return label, true
		}
		switch name {
		case "date":
			return rest, true
		case "subteam":
			return "@" + rest, true
		}
		return "@" + name, true
	case isID(what, "@UW"):
		sign = "@"
	case isID(what, "#CG"):
		sign = "#"
	case isLink(what):
		if !labelled {
			return strings.TrimPrefix(what, "mailto:"), true
		}
		return label, true
	default:
		return "", false
	}
	if labelled && label != "" {
		return sign + strings.TrimPrefix(label, sign), true
	}
	return what, true
}

// isID reports whether a form is a sign and an id such as @U012AB: the first
// letter of kinds is the sign, the rest are letters that the id may begin with.
func isID(form, kinds string) bool {
	if len(form) < 3 || form[0] != kinds[0] || strings.IndexByte(kinds[1:], form[1]) < 0 {
		return false
	}
	return strings.Trim(form[1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}

func isLink(form string) bool {
	scheme, rest, ok := strings.Cut(form, ":")
	if !ok || rest == "" {
		return false
	}
	switch scheme {
	case "mailto", "tel":
		return true
	}
	return strings.HasPrefix(rest, "//") && strings.Trim(scheme, "abcdefghijklmnopqrstuvwxyz+.-") == ""
}

// withoutMention takes a person's mention off, and reports whether it was
// there. Without an id it takes the first mention of anybody.
func withoutMention(markup, id string) (string, bool) {
	prefix := "<@" + id
	found := false
	for from := 0; ; {
		i := strings.Index(markup[from:], prefix)
		if i < 0 {
			return strings.TrimSpace(markup), found
		}
		i += from
		end := strings.IndexByte(markup[i:], '>')
		if end < 0 {
			return strings.TrimSpace(markup), found
		}
		if next := markup[i+len(prefix)]; id != "" && next != '>' && next != '|' { // a longer id
			from = i + len(prefix)
			continue
		}
		before, after := strings.TrimRight(markup[:i], " \u00a0"), strings.TrimLeft(markup[i+end+1:], " \u00a0:,")
		if before != "" && after != "" && !strings.HasSuffix(before, "\n") {
			before += " "
		}
		markup, found = before+after, true
		if id == "" {
			return strings.TrimSpace(markup), true
		}
	}
}
