package detect

import "strings"

// chatLinks puts what a reader sees in the place of what Slack and Discord
// send in angle brackets: links with and without a label, channels, people,
// groups, dates.
// https://docs.slack.dev/messaging/formatting-message-text#advanced
// https://docs.discord.com/developers/reference#message-formatting
func (e *editor) chatLinks() {
	text := e.text
	closing := -1 // the ">" of the link whose label is being passed
	for i := 0; i < len(text); i++ {
		if i == closing {
			e.replace(i, i+1, "")
			continue
		}
		if text[i] != '<' {
			next := strings.IndexByte(text[i:], '<')
			if next < 0 {
				next = len(text) - i
			}
			if i < closing && closing < i+next {
				next = closing - i
			}
			i += next - 1
			continue
		}
		label, end := chatLink(text, i)
		switch {
		case end == 0:
		case i > 1 && text[i-1] == '(' && text[i-2] == ']': // the address of a link of Discord's
		case label == end: // nothing to read
			if i == 0 || text[i-1] == '\n' {
				end = skip(text, end, " ") // else the line would seem indented
			}
			e.replace(i, end, "")
			i = end - 1
		default:
			by := ""
			if c := text[i+1]; (c == '#' || c == '@') && text[label-1] == '|' {
				by = text[i+1 : i+2]
			}
			e.replace(i, label, by)
			i = label - 1
			closing = end - 1
		}
	}
}

// chatLink reads the link that begins at i: where its label begins and where
// it ends, 0 where it is none. A link without a label has label == end, or, if
// its address is what a reader sees, the place of that.
func chatLink(text string, i int) (label, end int) {
	s := text[i+1:]
	if s == "" || strings.IndexByte("mht!@#:a", s[0]) < 0 {
		return 0, 0
	}
	show := 0 // what is seen without a label begins here
	switch {
	case strings.HasPrefix(s, "mailto:"):
		show = i + 1 + len("mailto:")
	case strings.HasPrefix(s, "http://"), strings.HasPrefix(s, "https://"):
		show = i + 1
	case strings.HasPrefix(s, "tel:"):
		show = i + 1 + len("tel:")
	case strings.HasPrefix(s, "!date^"), strings.HasPrefix(s, "!subteam^"), strings.HasPrefix(s, "!here"), strings.HasPrefix(s, "!channel"), strings.HasPrefix(s, "!everyone"):
	case mention(s):
	default:
		return 0, 0
	}
	for at := i + 2; at < len(text); at++ {
		switch c := text[at]; {
		case c == '|' && label == 0:
			label = at + 1
		case c == '>':
			switch {
			case s[0] == '!' && (s[1] == 'h' || s[1] == 'c' || s[1] == 'e'):
				return at + 1, at + 1
			case label > 0 && label < at:
				return label, at + 1
			case show > 0:
				return show, at + 1
			}
			return at + 1, at + 1
		case c == '\n', c == '<', c == ' ' && label == 0 && s[0] != '!':
			return 0, 0
		}
	}
	return 0, 0
}

// mention reports whether a link begins with the mark of a person, a channel,
// an emoji or a time, and the number or name behind it: Slack's "@U0AB12CD" and
// "#C0AB12CD", Discord's "@123", "@!123", "@&123", "#123", ":name:123", "t:123".
func mention(s string) bool {
	switch {
	case strings.HasPrefix(s, "t:"):
		return len(s) > 2 && isDigit(s[2])
	case strings.HasPrefix(s, "a:"), s[0] == ':':
		name, rest, ok := strings.Cut(s[strings.IndexByte(s, ':')+1:min(len(s), 60)], ":")
		return ok && name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_~") == "" && rest != "" && isDigit(rest[0])
	case s[0] != '@' && s[0] != '#':
		return false
	}
	id := strings.TrimLeft(s[1:min(len(s), 40)], "!&")
	n := 0
	for n < len(id) && (isDigit(id[n]) || id[n] >= 'A' && id[n] <= 'Z') {
		n++
	}
	return n >= 8 && n < len(id) && (id[n] == '>' || id[n] == '|')
}
