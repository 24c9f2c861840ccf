package catalog

// PairNotes say what sets two codes apart that people confuse, beside what
// follows from their facts.
type PairNotes struct {
	Lead   string   `toml:"lead"`   // holds both apart at a glance
	Notes  []string `toml:"notes"`  // what class, retry, stage and whose move do not say
	Choose string   `toml:"choose"` // for the one who writes a server
}

// Pair gives the notes on two entries, in either order. What a language does
// not say, English says.
func (e *Edition) Pair(a, b string) (PairNotes, bool) {
	for _, name := range []string{a + "-" + b, b + "-" + a} {
		english, ok := e.pairs[name]
		if !ok {
			continue
		}
		if own, ok := e.pairProse[name]; ok {
			return *own, true
		}
		return *english, true
	}
	return PairNotes{}, false
}
