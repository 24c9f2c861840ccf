package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// rest makes requests through a session of discordgo that is never opened: it
// lends its client and its headers. Waiting is done here, because discordgo
// sleeps past the end of a context, retries a 429 without limit, 500 and 503
// not at all, and keeps what it knows of every address for ever.
type rest struct {
	session *discordgo.Session
	pause   time.Duration // before the first retry of what failed
	limits  *limits
}

func newRest(s *discordgo.Session, pause time.Duration, log *slog.Logger) *rest {
	return &rest{session: s, pause: pause, limits: newLimits(log)}
}

// tries is how often a request is made at the most.
const tries = 5

// call is one request.
type call struct {
	method, url string
	bucket      string // names what is rationed together
	body        any    // nil for none
	into        any    // what the answer is read into; nil for nothing
}

func (r *rest) do(ctx context.Context, c call) error {
	var body []byte
	if c.body != nil {
		var err error
		if body, err = json.Marshal(c.body); err != nil {
			return err
		}
	}
	pause := r.pause
	for try := 1; ; try++ {
		answer, err := r.once(ctx, c, body)
		if err == nil {
			if c.into == nil {
				return nil
			}
			return json.Unmarshal(answer, c.into)
		}
		wait := pause + rand.N(pause)
		var limited *discordgo.RateLimitError
		switch {
		case ctx.Err() != nil || try == tries || final(err) || errors.Is(err, errTooManyRefusals):
			return err
		case errors.As(err, &limited):
			wait = limited.RetryAfter
		}
		pause *= 2
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait {
			return err
		}
		if sleep(ctx, wait) != nil {
			return err
		}
	}
}

func (r *rest) once(ctx context.Context, c call, body []byte) ([]byte, error) {
	free := strings.HasPrefix(c.bucket, "callback ") // Discord does not count them
	for {
		wait, err := r.limits.wait(c.bucket, free, time.Now())
		if err != nil {
			return nil, err
		}
		if wait <= 0 {
			break
		}
		if err := sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
	var got httpAnswer
	// A bucket for this request alone: discordgo unlocks it when it is done.
	bucket := discordgo.NewRatelimiter().GetBucket("")
	bucket.Lock()
	answer, err := r.session.RequestWithLockedBucket(c.method, c.url, "application/json", body, bucket, 0,
		discordgo.WithContext(context.WithValue(ctx, httpAnswerKey{}, &got)), discordgo.WithRetryOnRatelimit(false), discordgo.WithRestRetries(0))
	r.limits.learn(c.bucket, got, time.Now())
	return answer, err
}

// final reports whether the same request would fail again.
func final(err error) bool {
	var answer *discordgo.RESTError
	if !errors.As(err, &answer) || answer.Response == nil {
		return false
	}
	switch status := answer.Response.StatusCode; status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests:
		return false
	default:
		return status >= 400 && status < 500
	}
}

// status gives the HTTP status and Discord's own code of a refusal, or zeros.
//
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
func status(err error) (status, code int) {
	var answer *discordgo.RESTError
	if !errors.As(err, &answer) || answer.Response == nil {
		return 0, 0
	}
	if answer.Message != nil {
		code = answer.Message.Code
	}
	return answer.Response.StatusCode, code
}

// described says what went wrong without what must not be logged: addresses of
// interactions hold their token, and answers may repeat what was sent.
func described(err error) string {
	if err == nil {
		return ""
	}
	var closed *websocket.CloseError
	var limited *discordgo.RateLimitError
	var address *url.Error
	if http, code := status(err); http != 0 {
		return fmt.Sprintf("discord answered %d (code %d)", http, code)
	}
	switch {
	case errors.As(err, &closed):
		return fmt.Sprintf("discord closed the connection with %d", closed.Code)
	case errors.As(err, &limited):
		return "discord asks to wait for " + limited.RetryAfter.String()
	case errors.As(err, &address):
		return address.Err.Error()
	}
	return cut(err.Error(), 120)
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
