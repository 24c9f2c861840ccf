package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"
)

// A fault is how a call of the Web API fails; the zero value is none.
type fault struct {
	name string
	do   func(w http.ResponseWriter, r *http.Request, pass http.Handler)
}

// limited wants the bot to wait. https://docs.slack.dev/apis/web-api/rate-limits
func limited(seconds int) fault {
	return fault{"limited", func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		w.Header().Set("Retry-After", fmt.Sprint(seconds))
		w.WriteHeader(http.StatusTooManyRequests)
	}}
}

func broken(status int) fault {
	return fault{fmt.Sprint(status), func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		w.WriteHeader(status)
		fmt.Fprint(w, "<html>Oops</html>")
	}}
}

func slow(d time.Duration) fault {
	return fault{"slow", func(w http.ResponseWriter, r *http.Request, pass http.Handler) {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.Context().Done():
		}
		pass.ServeHTTP(w, r)
	}}
}

// says is a refusal in words.
func says(code string) fault {
	return fault{code, func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"ok":false,"error":%q}`, code)
	}}
}

// cutBefore cuts the connection: Slack never sees the call.
func cutBefore() fault {
	return fault{"cut", func(http.ResponseWriter, *http.Request, http.Handler) { panic(http.ErrAbortHandler) }}
}

// lost cuts it when Slack has done what the call wanted: nobody learns of it.
func lost() fault {
	return fault{"lost", func(_ http.ResponseWriter, r *http.Request, pass http.Handler) {
		pass.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	}}
}

// rain has a third of the calls fail, each in another way: the same ones in each run,
// as far as the calls come in the same order.
func rain(seed uint64) func(slackCall) fault {
	var mu sync.Mutex
	r := rand.New(rand.NewPCG(seed, seed))
	ways := []fault{limited(1), broken(http.StatusInternalServerError), broken(http.StatusServiceUnavailable), slow(300 * time.Millisecond), cutBefore(), lost()}
	return func(slackCall) fault {
		mu.Lock()
		defer mu.Unlock()
		if r.IntN(3) > 0 {
			return fault{}
		}
		return ways[r.IntN(len(ways))]
	}
}
