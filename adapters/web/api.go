package web

import (
	"encoding/json"
	"io"
	"net/http"

	"smtpbot/bot/card"
)

// The JSON interface gives the objects that the command line's --json prints.

func (s *Server) apiLookup(w http.ResponseWriter, r *http.Request) {
	found, ok := s.bot.Lookup(s.edition(r), r.FormValue("q"))
	if !ok {
		s.refuse(w, http.StatusNotFound, "no entry fits; ask with q=503, q=5.1.1 or words")
		return
	}
	s.json(w, http.StatusOK, found)
}

func (s *Server) apiCompare(w http.ResponseWriter, r *http.Request) {
	found, ok := s.bot.Compare(s.edition(r), r.FormValue("q"))
	if !ok {
		s.refuse(w, http.StatusBadRequest, "a comparison needs two to four different codes, such as q=450+vs+550")
		return
	}
	s.json(w, http.StatusOK, found)
}

func (s *Server) apiSearch(w http.ResponseWriter, r *http.Request) {
	s.json(w, http.StatusOK, s.bot.Search(s.edition(r), r.FormValue("q")))
}

func (s *Server) apiExplain(w http.ResponseWriter, r *http.Request) {
	e := s.bot.Catalog().Edition(r.URL.Query().Get("lang"))
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	if tooLarge(err) {
		s.refuse(w, http.StatusRequestEntityTooLarge, "the text is larger than 1 MB; send the part around the code")
		return
	}
	if err != nil {
		s.refuse(w, http.StatusBadRequest, "the text cannot be read; send it as the body of the request")
		return
	}
	found := s.bot.Explain(e, string(text))
	for i := range found.Findings {
		found.Findings[i].Card = card.Text(s.bot.Answer(e, found.Findings[i:i+1]))
	}
	s.json(w, http.StatusOK, found)
}

func (s *Server) json(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		s.log.Debug("an answer was not taken")
	}
}

func (s *Server) refuse(w http.ResponseWriter, status int, how string) {
	s.json(w, status, struct {
		Error string `json:"error"`
	}{how})
}
