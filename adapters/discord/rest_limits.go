package discord

import (
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// limits knows how much Discord takes now: of each bucket as its answers say,
// of all together as it says when that was too much, and how many refusals it
// has given. A bucket is forgotten when its time is over.
//
// https://discord.com/developers/docs/topics/rate-limits
type limits struct {
	log *slog.Logger

	mu      sync.Mutex
	buckets map[string]bucket
	global  time.Time // until when nothing may be sent
	second  time.Time // the one that is counted
	sent    int       // in it
	bad     [refusalMinutes]int
	minute  int64 // the last one in bad
	told    bool
}

type bucket struct {
	remaining int
	reset     time.Time
}

const (
	perSecond = 45 // Discord takes 50, of all processes of a bot together

	// Who gets 10,000 answers of 401, 403 or 429 within ten minutes is locked
	// out, with all that share the address. The bot stops far below.
	refusalMinutes = 10
	maxRefusals    = 2000

	sweepAt = 1024 // buckets
)

// errTooManyRefusals says that nothing is asked of Discord for a while.
var errTooManyRefusals = errors.New("discord has refused too much within ten minutes; nothing is asked of it until that is over")

func newLimits(log *slog.Logger) *limits { return &limits{log: log, buckets: map[string]bucket{}} }

// wait gives how long a request has to wait. With 0 it is counted. What is free
// does not count towards the limit of all.
func (l *limits) wait(name string, free bool, now time.Time) (time.Duration, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !free && l.refusals(now) >= maxRefusals {
		if !l.told {
			l.told = true
			l.log.Error(errTooManyRefusals.Error())
		}
		return 0, errTooManyRefusals
	}
	b, known := l.buckets[name]
	if known && !b.reset.After(now) {
		delete(l.buckets, name)
		known = false
	}
	switch {
	case known && b.remaining <= 0:
		return b.reset.Sub(now), nil
	case !free && l.global.After(now):
		return l.global.Sub(now), nil
	}
	if !free {
		if now.Sub(l.second) >= time.Second {
			l.second, l.sent = now, 0
		}
		if l.sent >= perSecond {
			return l.second.Add(time.Second).Sub(now), nil
		}
		l.sent++
	}
	if known {
		b.remaining--
		l.buckets[name] = b
	}
	return 0, nil
}

// learn takes what an answer says about limits.
func (l *limits) learn(name string, got httpAnswer, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := got.header
	switch got.status {
	case 0:
		return // no answer
	case http.StatusTooManyRequests:
		if h.Get("X-RateLimit-Scope") == "shared" { // by what others did; not counted
			break
		}
		fallthrough
	case http.StatusUnauthorized, http.StatusForbidden:
		l.refusals(now)
		l.bad[l.minute%refusalMinutes]++
	}
	after := seconds(h.Get("X-RateLimit-Reset-After"))
	if got.status == http.StatusTooManyRequests {
		after = max(after, seconds(h.Get("Retry-After")))
		if h.Get("X-RateLimit-Global") != "" || h.Get("X-RateLimit-Scope") == "global" {
			l.global = now.Add(after)
			return
		}
		l.keep(name, bucket{0, now.Add(after)}, now)
		return
	}
	if remaining, err := strconv.Atoi(h.Get("X-RateLimit-Remaining")); err == nil && after > 0 {
		l.keep(name, bucket{remaining, now.Add(after)}, now)
	}
}

// keep notes a bucket, and forgets those that are over. The lock is held.
func (l *limits) keep(name string, b bucket, now time.Time) {
	if len(l.buckets) >= sweepAt {
		for other, o := range l.buckets {
			if !o.reset.After(now) {
				delete(l.buckets, other)
			}
		}
	}
	l.buckets[name] = b
}

// refusals counts those of the last ten minutes. The lock is held.
func (l *limits) refusals(now time.Time) int {
	minute := now.Unix() / 60
	for ; l.minute < minute; l.minute++ {
		if minute-l.minute > refusalMinutes {
			l.minute = minute - refusalMinutes
		}
		l.bad[(l.minute+1)%refusalMinutes] = 0
	}
	n := 0
	for _, bad := range l.bad {
		n += bad
	}
	if n < maxRefusals {
		l.told = false
	}
	return n
}

func seconds(text string) time.Duration {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f < 0 || f > 24*3600 {
		return 0
	}
	return time.Duration(f * float64(time.Second))
}
