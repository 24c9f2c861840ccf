package discord

import (
	"context"
	"sync"
)

// lanes keep order: what belongs to one channel is done one after the other, so
// that a deletion cannot overtake its message. A channel that is slow holds
// back nothing but itself.
type lanes struct {
	work  *work
	slots chan struct{} // how much is done at a time
	most  int           // how much may wait

	mu      sync.Mutex
	waiting map[string][]job // by channel; an entry stands while its lane runs
	total   int
}

type job struct {
	do   func(context.Context)
	ctx  context.Context
	done func()
}

func newLanes(w *work, atOnce, most int) *lanes {
	return &lanes{work: w, slots: make(chan struct{}, atOnce), most: most, waiting: map[string][]job{}}
}

// queue has something done for a channel, behind what waits there already. It
// is not ok where there is no room for it, or the adapter stops.
func (l *lanes) queue(channel string, do func(context.Context)) (ok bool) {
	ctx, done, ok := l.work.begin()
	if !ok {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.total >= l.most {
		done()
		return false
	}
	lane, running := l.waiting[channel]
	l.waiting[channel] = append(lane, job{do, ctx, done})
	l.total++
	if !running {
		go l.run(channel)
	}
	return true
}

// run does what waits for a channel, until nothing does.
func (l *lanes) run(channel string) {
	for {
		l.mu.Lock()
		lane := l.waiting[channel]
		if len(lane) == 0 {
			delete(l.waiting, channel)
			l.mu.Unlock()
			return
		}
		next := lane[0]
		l.waiting[channel] = lane[1:]
		l.total--
		l.mu.Unlock()
		l.slots <- struct{}{}
		next.do(next.ctx)
		<-l.slots
		next.done()
	}
}
