package bot

import (
	"smtpbot/bot/card"
	"smtpbot/bot/detect"
	"smtpbot/catalog"
)

// The results of the core, before they become cards. Their JSON is the fixed
// interface of the command line and of the local page: keys do not change with
// the language, and what does not apply is "" or [].

// Lookup explains one entry.
type Lookup struct {
	Entry      string              `json:"entry"`
	Kind       catalog.Kind        `json:"kind"`
	Code       string              `json:"code"`
	Title      string              `json:"title"`
	Class      catalog.Class       `json:"class"`
	Meaning    string              `json:"meaning"`
	When       string              `json:"when"`
	Fix        []string            `json:"fix"`
	Who        catalog.Who         `json:"who"`
	Retry      catalog.Retry       `json:"retry"`
	Cause      catalog.Cause       `json:"cause"`
	References []catalog.Reference `json:"references"`
	Related    []string            `json:"related"`
	Evidence   catalog.Evidence    `json:"evidence"`

	entry catalog.Entry
}

// Compare sets two to four entries side by side.
type Compare struct {
	Lead        string   `json:"lead"`
	Entries     []Lookup `json:"entries"`
	Differences []string `json:"differences"`
	Guidance    []string `json:"guidance"`

	names []string // the entries as they were asked for, marked as code
}

// Search lists entries by words, best first.
type Search struct {
	Results []Hit `json:"results"`
}

// Hit is one line of a search.
type Hit struct {
	Entry string  `json:"entry"`
	Title string  `json:"title"`
	Score float64 `json:"score"`
}

// Explain lists the errors in a text, the most telling first. For a mail log
// it has a summary, and the findings follow that.
type Explain struct {
	Findings []Finding `json:"findings"`
	Summary  *Summary  `json:"summary,omitempty"`
}

// Summary sums up a mail log.
type Summary struct {
	Lines  int    `json:"lines"`
	Errors int    `json:"errors"` // lines that hold an error
	Kinds  []Kind `json:"kinds"`  // the most frequent first
	More   int    `json:"more"`   // kinds that are not listed
}

// Kind is one error of a log, by codes, cause and host.
type Kind struct {
	Count    int           `json:"count"`
	Line     int           `json:"line"` // where it stands first, from 1
	Reply    string        `json:"reply"`
	Enhanced string        `json:"enhanced"`
	Class    catalog.Class `json:"class"`
	Cause    catalog.Cause `json:"cause"`
	Entry    string        `json:"entry"`
	Host     string        `json:"host"` // the server that refused, else the recipient's domain
	Title    string        `json:"title"`
	Sample   string        `json:"sample"` // its evidence there, without addresses, ids and secrets
}

// Finding is one error in a text. Start and End are byte offsets into it.
type Finding struct {
	Reply    string        `json:"reply"`
	Enhanced string        `json:"enhanced"`
	Class    catalog.Class `json:"class"`
	Cause    catalog.Cause `json:"cause"`
	Provider string        `json:"provider"`
	Entry    string        `json:"entry"`
	Title    string        `json:"title"`
	Step     catalog.Step  `json:"step"`  // how it was explained, from "distinctive" to "class"
	Words    string        `json:"words"` // the catalogue's wording, or the code, that carried it
	Start    int           `json:"start"`
	End      int           `json:"end"`
	Card     string        `json:"card,omitempty"` // the answer as plain text; not in a batch

	found detect.Finding
	log   Log   // of the first finding of a log: what the whole of it holds
	at    hosts // of a log's finding
}

// newLookup fills an entry's placeholders and flattens its marks: what goes
// out as JSON is plain text in which `code` keeps its backticks.
func newLookup(e *catalog.Edition, entry catalog.Entry, names map[string]string) Lookup {
	fill := func(s string) string { return e.Fill(s, names) }
	entry.Title, entry.Verdict, entry.Move = fill(entry.Title), fill(entry.Verdict), fill(entry.Move)
	entry.Meaning, entry.When = fill(entry.Meaning), fill(entry.When)
	fix := make([]string, 0, len(entry.Fix))
	for _, step := range entry.Fix {
		fix = append(fix, fill(step))
	}
	entry.Fix = fix
	l := Lookup{
		Entry: entry.Key, Kind: entry.Kind, Code: entry.Code, Title: card.Unmarked(entry.Title), Class: entry.Class,
		Meaning: entry.Meaning, When: entry.When, Fix: fix, Who: entry.Who, Retry: entry.Retry, Cause: entry.Cause,
		References: entry.References, Related: entry.Related, Evidence: entry.Evidence, entry: entry,
	}
	if l.References == nil {
		l.References = []catalog.Reference{}
	}
	if l.Related == nil {
		l.Related = []string{}
	}
	return l
}
