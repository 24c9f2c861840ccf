package discord

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// transport sends what discordgo addresses to https://discord.com to the place
// that is configured, and refuses every other address: neither the bot's token
// nor what people paste goes anywhere else. discordgo's own endpoints are
// globals, which two adapters in one process would fight over.
type transport struct {
	base *url.URL // nil for https://discord.com
	next http.RoundTripper
}

// home is the scheme and host of every address in discordgo.
const homeScheme, homeHost = "https", "discord.com"

func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != homeScheme || r.URL.Host != homeHost {
		if r.Body != nil {
			r.Body.Close()
		}
		return nil, fmt.Errorf("refused to send a request to %q", r.URL.Host)
	}
	out := r.Clone(r.Context())
	// discordgo v0.29.0 writes version 9 into its endpoints when it is loaded.
	out.URL.Path = strings.Replace(out.URL.Path, "/api/v9/", "/api/v10/", 1)
	out.URL.RawPath = strings.Replace(out.URL.RawPath, "/api/v9/", "/api/v10/", 1)
	if t.base != nil {
		out.URL.Scheme, out.URL.Host, out.Host = t.base.Scheme, t.base.Host, ""
		out.URL.Path = t.base.Path + out.URL.Path
		if out.URL.RawPath != "" {
			out.URL.RawPath = t.base.EscapedPath() + out.URL.RawPath
		}
	}
	answer, err := t.next.RoundTrip(out)
	if got, ok := r.Context().Value(httpAnswerKey{}).(*httpAnswer); ok && err == nil {
		*got = httpAnswer{answer.StatusCode, answer.Header}
	}
	return answer, err
}

// httpAnswer is what discordgo does not hand on of an answer. A request carries
// in its context where to put it.
type httpAnswer struct {
	status int
	header http.Header
}

type httpAnswerKey struct{}

// newClient makes the client of all requests. Discord's interface answers
// without redirects, so none is followed.
func newClient(base *url.URL) *http.Client {
	return &http.Client{
		Transport:     &transport{base, http.DefaultTransport.(*http.Transport).Clone()},
		Timeout:       20 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
