package catalog

// Text is the prose of an entry in one language. Every field but Fix is one
// paragraph. Prose carries two marks: `code` and **strong**. A placeholder
// such as {domain} is filled from the text that was pasted; a part in square
// brackets that holds a placeholder is left out where there is nothing to
// fill it with: "That address does not exist[ at {domain}]".
type Text struct {
	Title   string   `toml:"title"`   // what happened, in the reader's words
	Verdict string   `toml:"verdict"` // final or passing, where the general wording will not do
	Move    string   `toml:"move"`    // whose move it is, where the general wording will not do
	Meaning string   `toml:"meaning"` // what the code means
	When    string   `toml:"when"`    // which command, which side
	Fix     []string `toml:"fix"`     // steps; the first one can be done now and stands alone
	Words   string   `toml:"words"`   // further words by which people search for it; never shown
}

// over lays t over base: what t does not say, base says.
func (t Text) over(base Text) Text {
	pick := func(a, b string) string {
		if a != "" {
			return a
		}
		return b
	}
	base.Title = pick(t.Title, base.Title)
	base.Verdict = pick(t.Verdict, base.Verdict)
	base.Move = pick(t.Move, base.Move)
	base.Meaning = pick(t.Meaning, base.Meaning)
	base.When = pick(t.When, base.When)
	base.Words = pick(t.Words, base.Words)
	if len(t.Fix) > 0 {
		base.Fix = t.Fix
	}
	return base
}

// Entry is one thing that the catalogue knows, in one language.
type Entry struct {
	Key        string // "503", "5.1.1", "google/no-such-user", "mailbox-full", "5xx"
	Kind       Kind
	Code       string // the code that it explains, "" for a cause
	Class      Class  // "" where it has none
	Who        Who
	Retry      Retry
	Cause      Cause
	Evidence   Evidence
	Stages     []Stage
	Related    []string // keys of entries that are read beside this one
	References []Reference
	Provider   string // key of the provider, "" for a standard's entry
	Seen       string // date at which the source was read, "" for a standard
	Text
}

// Reference is where a fact can be checked.
type Reference struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}
