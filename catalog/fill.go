package catalog

import "strings"

// Fill puts values into the placeholders of a text. "{domain}" becomes the
// value of domain; where there is none, the language's stand-in (the label
// placeholder.domain) takes its place, and a part in square brackets around it
// is left out whole. Brackets without a placeholder stay as they are.
func (e *Edition) Fill(text string, values map[string]string) string {
	return e.FillBy(text, func(name string) string { return values[name] })
}

// FillBy is Fill with the values that a function gives.
func (e *Edition) FillBy(text string, value func(name string) string) string {
	if strings.IndexByte(text, '{') < 0 {
		return text // nearly always
	}
	var b strings.Builder
	b.Grow(len(text) + 40)
	for text != "" {
		open := strings.IndexAny(text, "[{")
		if open < 0 {
			b.WriteString(text)
			break
		}
		b.WriteString(text[:open])
		text = text[open:]
		if text[0] == '[' {
			if end := strings.IndexByte(text, ']'); end > 0 && firstName(text[1:end]) != "" {
				part := text[1:end]
				if allKnown(part, value) {
					b.WriteString(e.FillBy(part, value))
				}
				text = text[end+1:]
				continue
			}
			b.WriteByte('[')
			text = text[1:]
			continue
		}
		name, rest, ok := placeholder(text)
		if !ok {
			b.WriteByte('{')
			text = text[1:]
			continue
		}
		if v := value(name); v != "" {
			b.WriteString(v)
		} else {
			b.WriteString(e.Label("placeholder." + name))
		}
		text = rest
	}
	return b.String()
}

// placeholder reads "{name}" from the start of a text.
func placeholder(text string) (name, rest string, ok bool) {
	end := strings.IndexByte(text, '}')
	if end < 2 {
		return "", text, false
	}
	name = text[1:end]
	for i := 0; i < len(name); i++ {
		if c := name[i]; (c < 'a' || c > 'z') && c != '-' && c != '_' {
			return "", text, false
		}
	}
	return name, text[end+1:], true
}

// names lists the placeholders of a text.
func names(text string) (list []string) {
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			return list
		}
		name, rest, ok := placeholder(text[open:])
		if ok {
			list = append(list, name)
			text = rest
		} else {
			text = text[open+1:]
		}
	}
}

// firstName gives the first placeholder of a text, "" where it has none.
func firstName(text string) string {
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			return ""
		}
		if name, _, ok := placeholder(text[open:]); ok {
			return name
		}
		text = text[open+1:]
	}
}

// allKnown reports whether every placeholder of a text has a value.
func allKnown(text string, value func(name string) string) bool {
	for text != "" {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			break
		}
		name, rest, ok := placeholder(text[open:])
		switch {
		case !ok:
			text = text[open+1:]
		case value(name) == "":
			return false
		default:
			text = rest
		}
	}
	return true
}
