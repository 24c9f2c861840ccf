package discordtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Faults of the HTTP interface, by script.

type fault struct {
	method string
	path   *regexp.Regexp
	left   int

	status  int // 0 where the request is dealt with all the same
	body    string
	headers map[string]string
	wait    time.Duration // before the answer
	broken  bool          // no answer comes
}

// Fail answers the next requests that fit with a status and a body.
func (s *Server) Fail(times int, method, path string, status int, body string, headers map[string]string) {
	s.script(&fault{method: method, path: regexp.MustCompile(path), left: times, status: status, body: body, headers: headers})
}

// Limit answers the next requests that fit with 429. The scope is user, shared
// or global.
//
// https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit
func (s *Server) Limit(times int, method, path, scope string, after time.Duration) {
	body, headers := limited(scope, after)
	s.Fail(times, method, path, http.StatusTooManyRequests, body, headers)
}

// Slow lets the next requests that fit wait for their answer.
func (s *Server) Slow(times int, method, path string, wait time.Duration) {
	s.script(&fault{method: method, path: regexp.MustCompile(path), left: times, wait: wait})
}

// Break ends the connection of the next requests that fit before they are dealt with.
func (s *Server) Break(times int, method, path string) {
	s.script(&fault{method: method, path: regexp.MustCompile(path), left: times, broken: true, status: -1})
}

// Lose deals with the next requests that fit, but the answer is lost.
func (s *Server) Lose(times int, method, path string) {
	s.script(&fault{method: method, path: regexp.MustCompile(path), left: times, broken: true})
}

// Mend takes back all faults that have not struck yet.
func (s *Server) Mend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

func (s *Server) script(f *fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, f)
}

// strike gives the fault that is due for a request, or nil.
func (s *Server) strike(method, path string) *fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		if f.left > 0 && f.method == method && f.path.MatchString(path) {
			f.left--
			return f
		}
	}
	return nil
}

// play deals with a request as a fault wants it.
func (f *fault) play(w http.ResponseWriter, r *http.Request, serve func(http.ResponseWriter)) {
	if f.wait > 0 {
		select {
		case <-time.After(f.wait):
		case <-r.Context().Done():
		}
	}
	switch {
	case f.broken && f.status < 0:
		hangUp(w)
	case f.broken:
		serve(httptest.NewRecorder())
		hangUp(w)
	case f.status == 0:
		serve(w)
	default:
		w.Header().Set("Content-Type", "application/json")
		for k, v := range f.headers {
			w.Header().Set(k, v)
		}
		w.WriteHeader(f.status)
		fmt.Fprint(w, f.body)
	}
}

// limited is how Discord says that something is rationed.
func limited(scope string, after time.Duration) (body string, headers map[string]string) {
	raw, _ := json.Marshal(map[string]any{"message": "You are being rate limited.", "retry_after": after.Seconds(), "global": scope == "global"})
	headers = map[string]string{
		"Retry-After": strconv.Itoa(int(math.Ceil(after.Seconds()))), "X-RateLimit-Scope": scope,
	}
	if scope == "global" {
		headers["X-RateLimit-Global"] = "true"
	}
	return string(raw), headers
}

// limit rations requests: so many of each path in a time.
type limit struct {
	method string
	path   *regexp.Regexp
	most   int
	per    time.Duration
	seen   map[string]*window
}

type window struct {
	left int
	ends time.Time
}

// Ration lets so many requests of each path that fits pass in a time, says so
// in the headers, and answers what is more with 429.
//
// https://discord.com/developers/docs/topics/rate-limits#header-format
func (s *Server) Ration(method, path string, most int, per time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limits = append(s.limits, &limit{method, regexp.MustCompile(path), most, per, map[string]*window{}})
}

// rationed answers a request that is one too many.
func (s *Server) rationed(w http.ResponseWriter, method, path string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, l := range s.limits {
		if l.method != method || !l.path.MatchString(path) {
			continue
		}
		now := time.Now()
		open := l.seen[path]
		if open == nil || !now.Before(open.ends) {
			open = &window{l.most, now.Add(l.per)}
			l.seen[path] = open
		}
		after := max(open.ends.Sub(now), time.Millisecond)
		h := w.Header()
		h.Set("X-RateLimit-Limit", strconv.Itoa(l.most))
		h.Set("X-RateLimit-Reset-After", fmt.Sprintf("%.3f", after.Seconds()))
		h.Set("X-RateLimit-Reset", fmt.Sprintf("%.3f", float64(open.ends.UnixMilli())/1000))
		h.Set("X-RateLimit-Bucket", fmt.Sprintf("bucket%d", i))
		h.Set("X-RateLimit-Remaining", strconv.Itoa(max(0, open.left-1)))
		if open.left--; open.left >= 0 {
			return false
		}
		body, headers := limited("user", after)
		for k, v := range headers {
			h.Set(k, v)
		}
		h.Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusTooManyRequests)
		fmt.Fprint(w, body)
		return true
	}
	return false
}

// counted notes the status of an answer.
type counted struct {
	http.ResponseWriter
	status int
}

func (c *counted) WriteHeader(status int) {
	c.status = cmp.Or(c.status, status)
	c.ResponseWriter.WriteHeader(status)
}

// Unwrap lets a connection be taken over.
func (c *counted) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// serveREST deals with a request to the HTTP interface.
func (s *Server) serveREST(plain http.ResponseWriter, r *http.Request) {
	w := &counted{ResponseWriter: plain}
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.statuses[w.status]++
		s.note()
	}()
	path, ok := strings.CutPrefix(r.URL.Path, "/api/v10")
	if !ok {
		s.t.Errorf("%s %s: not version 10", r.Method, r.URL.Path)
		refuse(w, 404, 0, "404: Not Found")
		return
	}
	if f := s.strike(r.Method, path); f != nil {
		f.play(w, r, func(w http.ResponseWriter) { s.route(w, r, path) })
		return
	}
	if !s.rationed(w, r.Method, path) {
		s.route(w, r, path)
	}
}
