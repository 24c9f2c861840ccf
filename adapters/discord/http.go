package discord

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"
)

// Routes registers the address of interactions, where a public key is set.
func (a *Adapter) Routes(mux *http.ServeMux) {
	if a.config.PublicKey != nil {
		mux.HandleFunc("POST /discord/interactions", func(w http.ResponseWriter, r *http.Request) {
			if !a.guarded("HTTP interaction", func() { a.serveInteraction(w, r) }) {
				http.Error(w, "something went wrong here", http.StatusInternalServerError)
			}
		})
	}
}

// serveInteraction answers a signed request of Discord's. Discord also sends
// requests with a wrong signature, and takes the address away from who answers
// them with anything but 401.
//
// https://discord.com/developers/docs/interactions/overview#setting-up-an-endpoint
func (a *Adapter) serveInteraction(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			http.Error(w, "the request is too large", http.StatusRequestEntityTooLarge)
			return
		}
		http.Error(w, "the request could not be read", http.StatusBadRequest)
		return
	}
	if !signed(a.config.PublicKey, r.Header, body, a.now()) {
		http.Error(w, "the signature does not fit", http.StatusUnauthorized)
		return
	}
	var i interaction
	if err := json.Unmarshal(body, &i); err != nil {
		http.Error(w, "the request is not an interaction", http.StatusBadRequest)
		return
	}
	answer, err := json.Marshal(a.respond(r.Context(), &i))
	if err != nil {
		a.log.Error("an answer could not be encoded", "problem", err.Error())
		http.Error(w, "something went wrong here", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(answer)
}

// signed reports whether a request is Discord's and fresh. discordgo's own
// check knows no freshness, so that a request once overheard would be good
// for ever.
func signed(key ed25519.PublicKey, h http.Header, body []byte, now time.Time) bool {
	signature, err := hex.DecodeString(h.Get("X-Signature-Ed25519"))
	if err != nil || len(signature) != ed25519.SignatureSize {
		return false
	}
	stamp := h.Get("X-Signature-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || now.Sub(time.Unix(seconds, 0)).Abs() > maxSkew {
		return false
	}
	return ed25519.Verify(key, append([]byte(stamp), body...), signature)
}
