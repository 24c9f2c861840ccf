package detect

// pointsHeader is what the header of a bounce counts: as much as the words that
// only bounces begin with.
const pointsHeader = 7

// ScanBounce is Scan for the readable part of a mail whose header says that it
// is a bounce. Header fields themselves are no evidence of an error, so the
// reader of the mail leaves them out and tells what they say in this way.
func (d *Detector) ScanBounce(text string) []Finding {
	p := page{detector: d, view: unwrap(text), bounce: pointsHeader}
	p.readLines()
	return p.weigh()
}
