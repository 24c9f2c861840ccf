package delivery

import (
	"context"
	"sync"
)

// Lanes keep order: what belongs to one channel is done one after the other. A
// channel that has to wait holds back nothing but itself.
type Lanes struct {
	tasks  *Tasks
	inLane int // how much may wait in one lane
	inAll  int // and in all together

	mu      sync.Mutex
	waiting map[string][]func(ctx context.Context) // by channel; an entry stands while its lane runs
	total   int
}

// NewLanes makes lanes that hold so much each, and so much together.
func NewLanes(t *Tasks, inLane, inAll int) *Lanes {
	return &Lanes{tasks: t, inLane: inLane, inAll: inAll, waiting: map[string][]func(ctx context.Context){}}
}

// Queue has something done for a channel, behind what waits there already. It
// is called while a piece of work is taken, as for [Tasks.Go], and reports
// whether there was room. What is queued is done in any case: where a stop has
// no time left for it, with a context that has ended.
func (l *Lanes) Queue(channel string, do func(ctx context.Context)) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	lane, running := l.waiting[channel]
	if len(lane) >= l.inLane || l.total >= l.inAll {
		return false
	}
	if !running && !l.tasks.Go(func(ctx context.Context) { l.run(ctx, channel) }) {
		return false
	}
	l.waiting[channel] = append(lane, do)
	l.total++
	return true
}

// run does what waits for a channel, until nothing does.
func (l *Lanes) run(ctx context.Context, channel string) {
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
		Guard(l.tasks.log, "a lane", func() { next(ctx) })
	}
}
