// Package detect finds SMTP errors in what people paste, and only there: a
// number alone never counts. It takes text and returns values; it knows no
// clock, log or platform.
package detect

import (
	"cmp"

	"smtpbot/catalog"
)

// Finding is one SMTP error in a text.
type Finding struct {
	Reply    catalog.ReplyCode    // as it stands in the text, 0 where it has none
	Enhanced catalog.EnhancedCode // likewise
	Class    catalog.Class
	catalog.Diagnosis
	Start, End int // byte offsets of the evidence in the text
	Count      int // how many times the text says the same: one for each recipient, say
	Names      Names
}

// Names are what an answer may carry over from the paste, so that a command
// can be copied from it. They are host and domain names and never addresses:
// the part before an @ is not kept.
type Names struct {
	Domain   string // the recipient's domain
	Sender   string // the sender's domain
	Host     string // the server that refused
	List     string // the block list that was named
	Provider string // the provider's name
}

// over fills what n lacks from other.
func (n Names) over(other Names) Names {
	n.Domain = cmp.Or(n.Domain, other.Domain)
	n.Sender = cmp.Or(n.Sender, other.Sender)
	n.Host = cmp.Or(n.Host, other.Host)
	n.List = cmp.Or(n.List, other.List)
	n.Provider = cmp.Or(n.Provider, other.Provider)
	return n
}

// Value gives a name as the catalogue's prose asks for it, "" for an unknown
// one.
func (n *Names) Value(name string) string {
	switch name {
	case "domain":
		return n.Domain
	case "sender":
		return n.Sender
	case "host":
		return n.Host
	case "list":
		return n.List
	case "provider":
		return n.Provider
	}
	return ""
}
