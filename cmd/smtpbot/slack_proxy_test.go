package main

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/gorilla/websocket"
)

// slackProxy stands between the process and local Slack, both ways: it judges
// all that the process says, makes faults, and adds what local Slack lacks. All
// addresses of local Slack that the process gets to know are the proxy's.
type slackProxy struct {
	t   testing.TB
	url string

	mu      sync.Mutex
	slack   *url.URL
	process string
	fault   func(c slackCall) fault
	calls   map[string]int
	faults  map[string]int
	people  map[string]map[string]any // what users.info tells of a person beside what local Slack knows
	picked  map[string]any            // in the inputs of a Home, by block and action
	said    []slackCall               // all that was judged, in order
	sockets []*websocket.Conn         // the process' connections of Socket Mode
	sent    map[string]bool           // the envelopes that went to one of these
	acked   map[string]bool           // the messages that were delivered by Socket Mode: whether they were acknowledged
}

// slackCall is something that the process says to Slack: a call of the Web API,
// an answer to a response address, or what goes with an acknowledgement.
type slackCall struct {
	method string // "chat.update"; "response", "acknowledgement"
	form   url.Values
	body   []byte // JSON
	n      int    // counts the calls of the method
}

func newSlackProxy(t testing.TB) *slackProxy {
	x := &slackProxy{t: t, calls: map[string]int{}, faults: map[string]int{}, people: map[string]map[string]any{}, sent: map[string]bool{}, acked: map[string]bool{}}
	web := httptest.NewServer(x)
	t.Cleanup(func() { x.cut(); web.Close() })
	x.url = web.URL
	return x
}

func (x *slackProxy) toSlack(s *localSlack) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.slack, _ = url.Parse(s.url)
}

func (x *slackProxy) toProcess(p *process) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.process = p.url
}

// failing has calls fail from now on as f says; nil: none.
func (x *slackProxy) failing(f func(c slackCall) fault) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.fault = f
}

func (x *slackProxy) person(user string, fields map[string]any) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.people[user] = fields
}

func (x *slackProxy) called(method string) int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.calls[method]
}

// made counts the faults by their kinds.
func (x *slackProxy) made() map[string]int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return maps.Clone(x.faults)
}

// delivered gives the messages that Socket Mode delivered, and whether they were
// acknowledged.
func (x *slackProxy) delivered() map[string]bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return maps.Clone(x.acked)
}

// count is how much was said so far.
func (x *slackProxy) count() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.said)
}

// since gives what was said behind a number of things.
func (x *slackProxy) since(from int) []slackCall {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.Clone(x.said[from:])
}

// says waits until the process says, behind a number of things, something by a
// method that holds these words, and gives it.
func (x *slackProxy) says(from int, method string, words ...string) (found slackCall) {
	x.t.Helper()
	defer func() {
		if x.t.Failed() {
			for _, c := range x.since(from) {
				x.t.Logf("%s %.1500s", c.method, c.words())
			}
		}
	}()
	eventually(x.t, method+" with "+strings.Join(words, ", "), func() bool {
		for _, c := range x.since(from) {
			if c.method == method && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(c.words(), w) }) {
				found = c
				return true
			}
		}
		return false
	})
	return found
}

// words is all that a call holds, as text.
func (c slackCall) words() string {
	s := string(c.body)
	for _, v := range c.form {
		s += " " + strings.Join(v, " ")
	}
	var plain any
	if json.Unmarshal(c.body, &plain) == nil { // without escapes
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		_ = e.Encode(plain)
		s += b.String()
	}
	return s
}

func (x *slackProxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, "/slack/"):
		x.deliver(w, r)
	case strings.HasPrefix(r.URL.Path, "/socket/"):
		x.connect(w, r)
	default:
		x.forward(w, r)
	}
}

// forward passes a call on to local Slack, unless it fails.
func (x *slackProxy) forward(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	c := slackCall{method: strings.TrimPrefix(r.URL.Path, "/api/"), body: body}
	if strings.Contains(r.URL.Path, "/response/") {
		c.method = "response"
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		c.form, _ = url.ParseQuery(string(body))
		c.body = nil
	}
	x.mu.Lock()
	x.calls[c.method]++
	c.n = x.calls[c.method]
	fail, to := x.fault, x.slack
	x.mu.Unlock()
	x.judge(c)
	pass := &httputil.ReverseProxy{
		Rewrite:        func(p *httputil.ProxyRequest) { p.SetURL(to) },
		ModifyResponse: func(resp *http.Response) error { return x.complete(c, resp) },
		ErrorHandler:   func(w http.ResponseWriter, _ *http.Request, _ error) { panic(http.ErrAbortHandler) }, // local Slack is away
	}
	if fail != nil && strings.HasPrefix(r.URL.Path, "/api/") {
		if f := fail(c); f.do != nil {
			x.mu.Lock()
			x.faults[f.name]++
			x.mu.Unlock()
			f.do(w, r, pass)
			return
		}
	}
	pass.ServeHTTP(w, r)
}

// complete puts the proxy's address in the place of local Slack's, and adds
// what a person has there.
func (x *slackProxy) complete(c slackCall, resp *http.Response) error {
	if !strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") {
		return nil
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	resp.Body.Close()
	body = x.here(body)
	x.mu.Lock()
	more := x.people[c.form.Get("user")]
	x.mu.Unlock()
	if c.method == "users.info" && more != nil {
		var answer map[string]any
		if json.Unmarshal(body, &answer) == nil {
			if user, ok := answer["user"].(map[string]any); ok {
				for k, v := range more {
					user[k] = v
				}
			}
			body, _ = json.Marshal(answer)
		}
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	resp.ContentLength = int64(len(body))
	resp.Header.Set("Content-Length", strconv.Itoa(len(body)))
	return nil
}

// here names the proxy where local Slack names itself.
func (x *slackProxy) here(body []byte) []byte {
	x.mu.Lock()
	defer x.mu.Unlock()
	return bytes.ReplaceAll(body, []byte(x.slack.Host), []byte(strings.TrimPrefix(x.url, "http://")))
}
