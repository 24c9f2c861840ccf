package detect

import "sort"

// view is a text made plain for the scanner: what it was wrapped in is gone. It
// is never longer than the original.
type view struct {
	text   string
	layers [][]edit // the outermost wrapping first; empty where nothing changed
}

// edit says that the piece [start, end) of a text became the size bytes from
// to on. A hostile text has one for every second byte, so they are kept small;
// no text comes near two gigabytes.
type edit struct{ start, end, to, size int32 }

// span gives the stretch of the original that a stretch of the view stands
// for. It never leaves the original and is never inverted. What was put in the
// place of a longer piece stands for all of it; what was dropped at either end
// is left out.
func (v *view) span(start, end int) (int, int) {
	empty := end <= start
	for i := len(v.layers) - 1; i >= 0; i-- {
		start, end = startBefore(v.layers[i], start), endBefore(v.layers[i], end)
	}
	if empty || end < start {
		end = start
	}
	return start, end
}

// startBefore gives the place that a stretch beginning at a place had before
// the edits were made.
func startBefore(edits []edit, at int) int {
	n := sort.Search(len(edits), func(i int) bool { return int(edits[i].to) > at })
	if n == 0 {
		return at
	}
	e := edits[n-1]
	if at < int(e.to+e.size) {
		return int(e.start)
	}
	return at + int(e.end-e.to-e.size)
}

// endBefore does the same for the end of a stretch.
func endBefore(edits []edit, at int) int {
	n := sort.Search(len(edits), func(i int) bool { return int(edits[i].to) >= at })
	if n == 0 {
		return at
	}
	e := edits[n-1]
	if at <= int(e.to+e.size) {
		return int(e.end)
	}
	return at + int(e.end-e.to-e.size)
}

// editor takes a text out of one kind of wrapping after the other. Nothing is
// copied before the first change.
type editor struct {
	text    string
	changed bool
	out     []byte // text[:done] as edited, if anything has changed
	done    int
	edits   []edit
	view    view
	signs   sign
}

// replace puts by in the place of text[start:end], which stands behind all
// that was replaced before. by may not be longer than what it replaces.
func (e *editor) replace(start, end int, by string) {
	e.changed = true
	if e.out == nil {
		e.out = make([]byte, 0, len(e.text)) // enough for all layers, for none grows
	}
	e.out = append(e.out, e.text[e.done:start]...)
	at := len(e.out)
	e.out = append(e.out, by...)
	e.done = end
	if end-start == 1 && len(by) == 1 {
		return // nothing moves
	}
	if n := len(e.edits); n > 0 && by == "" && e.edits[n-1].size == 0 && int(e.edits[n-1].end) == start {
		e.edits[n-1].end = int32(end)
		return
	}
	if e.edits == nil {
		e.edits = make([]edit, 0, 8)
	}
	e.edits = append(e.edits, edit{int32(start), int32(end), int32(at), int32(len(by))})
}

// settle makes the changes so far the text that the next layer works on.
func (e *editor) settle() {
	if !e.changed {
		return
	}
	e.text = string(append(e.out, e.text[e.done:]...))
	if len(e.edits) > 0 {
		e.view.layers = append(e.view.layers, e.edits)
	}
	e.changed, e.out, e.done, e.edits = false, e.out[:0], 0, nil
	e.signs = signsOf(e.text)
}
