package catalog

import "slices"

// atStage corrects what the words say by the stage at which they came. A
// server that has taken a recipient and then calls them unknown turns the
// message away, not the address; one that refuses before it knows sender or
// recipient has looked at the IP address alone. Only words and codes that
// anybody uses are corrected: a provider's text means what the provider says.
func (c *Catalog) atStage(s Said, d Diagnosis) Diagnosis {
	if s.Stage == "" || d.Provider != "" {
		return d
	}
	for i := range c.generic.Says {
		t := &c.generic.Says[i]
		if len(t.Instead) == 0 {
			break // those that turn a cause stand first
		}
		if t.Stage == s.Stage && slices.Contains(t.Instead, d.Cause) && (t.Reply == "" || s.Reply == 0 || t.Reply[0] == s.Reply.String()[0]) {
			return Diagnosis{Entry: "generic/" + t.Key, Cause: t.Cause, Step: StepGeneric, Words: d.Words}
		}
	}
	return d
}
