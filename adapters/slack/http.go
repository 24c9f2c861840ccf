package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"github.com/slack-go/slack"
)

// Routes registers the addresses that Slack sends to, where a signing secret is
// set. Each takes all three kinds of request, since an app may have one address
// for everything.
func (a *Adapter) Routes(mux *http.ServeMux) {
	if a.workspaces != nil {
		mux.HandleFunc("GET "+pathInstall, a.serveInstall)
		mux.HandleFunc("GET "+pathRedirect, a.serveRedirect)
	}
	if a.cfg.SigningSecret == "" {
		return
	}
	for _, path := range []string{pathEvents, pathCommands, pathInteractions} {
		mux.HandleFunc("POST "+path, a.serveHTTP)
	}
}

// serveHTTP takes a signed request. 401 and 413 mean that nothing was done, 503
// that Slack should deliver it again.
func (a *Adapter) serveHTTP(w http.ResponseWriter, r *http.Request) {
	if !a.tasks.Take() {
		http.Error(w, "stopping", http.StatusServiceUnavailable)
		return
	}
	defer a.tasks.Done()
	body, status := a.verified(w, r)
	if status == http.StatusUnauthorized && isCertificateCheck(body) {
		w.WriteHeader(http.StatusOK)
		return
	}
	if status != http.StatusOK {
		a.log.Warn("a request was refused", "status", status)
		http.Error(w, http.StatusText(status), status)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), ackWithin)
	defer cancel()
	answer, err := a.guard(func() (reply, error) { return a.dispatch(ctx, r.Header.Get("Content-Type"), body) })
	switch {
	case errors.Is(err, errMalformed):
		w.Header().Set("X-Slack-No-Retry", "1") // it would come back the same
		http.Error(w, http.StatusText(http.StatusBadRequest), http.StatusBadRequest)
		return
	case errors.Is(err, errPanic):
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	case err != nil:
		a.log.Error("an event was not taken; slack delivers it again", "error", err)
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
		return
	}
	writeBody(w, answer.body)
	if answer.after != nil {
		answer.after()
	}
}

// verified reads the body of a request that Slack signed within the last five
// minutes. https://docs.slack.dev/authentication/verifying-requests-from-slack
func (a *Adapter) verified(w http.ResponseWriter, r *http.Request) (body []byte, status int) {
	verifier, err := slack.NewSecretsVerifier(r.Header, string(a.cfg.SigningSecret))
	if err != nil {
		body, _ = io.ReadAll(io.LimitReader(r.Body, maxCheck))
		return body, http.StatusUnauthorized
	}
	body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return nil, http.StatusRequestEntityTooLarge
	}
	if err != nil {
		return nil, http.StatusBadRequest
	}
	if _, err := verifier.Write(body); err != nil || verifier.Ensure() != nil {
		return nil, http.StatusUnauthorized
	}
	return body, http.StatusOK
}

// maxCheck is more than a request has by which Slack looks at a certificate.
const maxCheck = 1 << 10

// isCertificateCheck reports whether Slack only looks whether the certificate
// is good. Such a request need not be signed, says nothing, and gets nothing.
// https://docs.slack.dev/interactivity/implementing-slash-commands#ssl
func isCertificateCheck(body []byte) bool {
	form, err := url.ParseQuery(string(body))
	return err == nil && form.Get("ssl_check") == "1" && !form.Has("command") && !form.Has("payload")
}

var errMalformed = errors.New("malformed request")

// dispatch finds out what a request is by its content: events are JSON, the
// rest are forms, of which interactions carry JSON in a field.
func (a *Adapter) dispatch(ctx context.Context, contentType string, body []byte) (reply, error) {
	media, _, _ := mime.ParseMediaType(contentType)
	if media == "application/json" || bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")) { // no form begins like that
		var first struct {
			Type      string `json:"type"`
			Challenge string `json:"challenge"`
		}
		if json.Unmarshal(body, &first) != nil {
			return reply{}, errMalformed
		}
		if first.Type == "url_verification" { // https://docs.slack.dev/reference/events/url_verification
			return reply{body: map[string]string{"challenge": first.Challenge}}, nil
		}
		return a.onEvent(ctx, body)
	}
	form, err := url.ParseQuery(string(body))
	switch {
	case err != nil:
		return reply{}, errMalformed
	case form.Has("ssl_check"): // Slack looks whether the certificate is good
		return reply{}, nil
	case form.Has("payload"):
		var in interaction
		if json.Unmarshal([]byte(form.Get("payload")), &in) != nil {
			return reply{}, nil // of a kind that the bot does not offer
		}
		return a.onInteraction(ctx, in), nil
	case form.Has("command"):
		return a.onCommand(ctx, commandOf(form)), nil
	}
	return reply{}, errMalformed
}

func writeBody(w http.ResponseWriter, body any) {
	if body == nil {
		w.WriteHeader(http.StatusOK)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if answer, ok := body.(readyMessage); ok {
		w.Header().Set("Content-Length", strconv.Itoa(len(answer.json)))
		_, _ = w.Write(answer.json)
		return
	}
	_ = json.NewEncoder(w).Encode(body)
}
