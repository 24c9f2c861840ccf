package message

import "slices"

// track is a text put together from stretches of a source.
type track struct {
	text   []byte
	pieces []piece // in order, of the text and of the source
}

// piece says where in the source a stretch of the text comes from.
type piece struct {
	at       int // where it begins in the text
	from, to int // its stretch of the source
	same     bool
}

// same adds a stretch of the source as it is.
func (t *track) same(text string, from int) {
	if n := len(t.pieces); n > 0 {
		if last := &t.pieces[n-1]; last.same && last.to == from {
			last.to += len(text)
			t.text = append(t.text, text...)
			return
		}
	}
	t.add(text, from, from+len(text), true)
}

// decoded adds what stands for a stretch of the source.
func (t *track) decoded(text string, from, to int) { t.add(text, from, to, false) }

func (t *track) add(text string, from, to int, same bool) {
	if text == "" {
		return
	}
	t.pieces = append(t.pieces, piece{len(t.text), from, to, same})
	t.text = append(t.text, text...)
}

// span gives the stretch of the source for a stretch of the text. It never
// leaves the source and is never inverted.
func (t *track) span(start, end int) (int, int) {
	if len(t.pieces) == 0 {
		return 0, 0
	}
	first := t.pieces[t.piece(start)]
	from := first.from
	if first.same {
		from = min(first.from+start-first.at, first.to)
	}
	if end <= start {
		return from, from
	}
	last := t.pieces[t.piece(end-1)]
	to := last.to
	if last.same {
		to = min(last.from+end-last.at, last.to)
	}
	return from, max(from, to)
}

// piece finds the piece in which a place lies.
func (t *track) piece(at int) int {
	n, exact := slices.BinarySearchFunc(t.pieces, at, func(p piece, at int) int { return p.at - at })
	if !exact {
		n--
	}
	return max(n, 0)
}
