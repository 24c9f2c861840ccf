// Package web serves the local page, which shows what the chat platforms would
// show, the same answers as JSON, and the state of the process.
package web

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"

	"smtpbot/bot"
	"smtpbot/catalog"
)

//go:embed static/*
var static embed.FS

//go:embed page.html
var pageText string

// MaxBody is how much a request may carry, in bytes: a bounce with the message
// that came back in it is rarely larger.
const MaxBody = 1 << 20

// Server serves the page.
type Server struct {
	bot     *bot.Bot
	metrics *Metrics
	ready   func(context.Context) map[string]error
	log     *slog.Logger
	page    *template.Template
}

// New makes a server. ready gives the state of every part that can be away.
func New(b *bot.Bot, m *Metrics, ready func(context.Context) map[string]error, log *slog.Logger) *Server {
	return &Server{b, m, ready, log, template.Must(template.New("page").Funcs(template.FuncMap{"prose": prose}).Parse(pageText))}
}

// Mux gives the routes of the page; adapters add theirs to it.
func (s *Server) Mux() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.show)
	mux.HandleFunc("POST /{$}", s.show)
	mux.HandleFunc("POST /answer", s.exchange)
	mux.HandleFunc("GET /page.css", asset("static/page.css", "text/css; charset=utf-8"))
	mux.HandleFunc("GET /page.js", asset("static/page.js", "text/javascript; charset=utf-8"))
	mux.HandleFunc("GET /favicon.ico", asset("static/icon.svg", "image/svg+xml"))
	mux.HandleFunc("GET /api/lookup", s.apiLookup)
	mux.HandleFunc("GET /api/compare", s.apiCompare)
	mux.HandleFunc("GET /api/search", s.apiSearch)
	mux.HandleFunc("POST /api/explain", s.apiExplain)
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.HandleFunc("GET /readyz", s.readyz)
	mux.Handle("GET /metrics", s.metrics.handler())
	return mux
}

// Wrap guards every route: a panic ends the request and not the process, and
// what a browser may do with an answer is set down.
func (s *Server) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		defer func() {
			switch v := recover(); v {
			case nil:
			case http.ErrAbortHandler:
				panic(v)
			default:
				// The value may hold what somebody pasted; the stack holds none of it.
				s.log.Error("a handler panicked", "route", r.Pattern, "stack", string(debug.Stack()))
				http.Error(w, "Something went wrong here. It is in the log; try again, or ask with other words.", http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func asset(name, kind string) http.HandlerFunc {
	data, err := static.ReadFile(name)
	return func(w http.ResponseWriter, r *http.Request) {
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Cache-Control", "max-age=300")
		io.Copy(w, bytes.NewReader(data))
	}
}

// edition is the catalogue in the language that the request asks for.
func (s *Server) edition(r *http.Request) *catalog.Edition {
	wish := r.FormValue("lang")
	if wish == "" {
		wish = r.Header.Get("Accept-Language")
	}
	return s.bot.Catalog().Edition(wish)
}

// readForm reads a form of at most MaxBody, or answers the request itself.
func readForm(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, MaxBody)
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		return r.ParseMultipartForm(MaxBody)
	}
	return r.ParseForm()
}

func tooLarge(err error) bool {
	var large *http.MaxBytesError
	return errors.As(err, &large)
}
