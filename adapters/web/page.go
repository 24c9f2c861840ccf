package web

import (
	"bytes"
	"html/template"
	"net/http"
	"strings"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// examples are what the page offers to click: a code, a comparison, and lines
// as people paste them. Their hosts and addresses are reserved for documents.
var examples = []struct{ Name, Text string }{
	{"/smtp 503", "/smtp 503"},
	{"/smtp 221 vs 503", "/smtp 221 vs 503"},
	{"Postfix", "Nov 20 09:14:02 mail postfix/smtp[2214]: 4B2Xk1: to=<sales@dest.example>, relay=mx.dest.example[192.0.2.25]:25, delay=1.2, delays=0.1/0/0.6/0.5, dsn=5.1.1, status=bounced (host mx.dest.example[192.0.2.25] said: 550 5.1.1 <sales@dest.example>: Recipient address rejected: User unknown in virtual mailbox table (in reply to RCPT TO command))"},
	{"Gmail", "550-5.7.26 Your email has been blocked because the sender is unauthenticated.\n550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.\n550 5.7.26  https://support.google.com/mail/answer/81126#authentication - gsmtp"},
	{"Python", "smtplib.SMTPAuthenticationError: (535, b'5.7.8 Error: authentication failed: UGFzc3dvcmQ6')"},
	{"Spamhaus", "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org"},
}

// view is what the template shows.
type view struct {
	E         *catalog.Edition
	Lang      string
	Other     string // the other language
	Examples  []struct{ Name, Text string }
	Exchanges []exchange
}

// exchange is what somebody wrote, and the answer.
type exchange struct {
	E      *catalog.Edition
	Asked  string
	Card   card.Card
	Silent bool // in a channel the bot would keep silent
}

// Label lets the template ask for a text.
func (v view) Label(key string) string { return v.E.Label("page." + key) }

// Label lets the template ask for a text.
func (x exchange) Label(key string) string { return x.E.Label("page." + key) }

// show serves the page, with an answer where something was asked: by a form
// that was sent, or by a link such as /?q=503.
func (s *Server) show(w http.ResponseWriter, r *http.Request) {
	x, status := s.ask(w, r)
	e := s.edition(r)
	v := view{E: e, Lang: e.Lang(), Other: "fr", Examples: examples}
	if v.Lang == "fr" {
		v.Other = "en"
	}
	if x != nil {
		v.Exchanges = []exchange{*x}
	}
	s.render(w, "page", v, status)
}

// exchange serves one answer alone, for the script of the page to append.
func (s *Server) exchange(w http.ResponseWriter, r *http.Request) {
	x, status := s.ask(w, r)
	if x == nil {
		x = &exchange{E: s.edition(r), Card: card.Card{Tone: card.Note, Title: s.edition(r).Label("page.empty")}}
	}
	s.render(w, "exchange", *x, status)
}

// ask puts the question of a request to the bot, as a direct message would.
func (s *Server) ask(w http.ResponseWriter, r *http.Request) (*exchange, int) {
	if err := readForm(w, r); err != nil {
		e := s.bot.Catalog().Edition(r.Header.Get("Accept-Language"))
		x := exchange{E: e, Card: card.Card{Tone: card.Note, Title: e.Label("page.toolong")}}
		if tooLarge(err) {
			return &x, http.StatusRequestEntityTooLarge
		}
		x.Card.Title = e.Label("page.empty")
		return &x, http.StatusBadRequest
	}
	e := s.edition(r)
	asked := strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(r.FormValue("q"), "\x00", ""), "�"))
	if asked == "" {
		return nil, http.StatusOK
	}
	x := exchange{E: e, Asked: asked}
	x.Card = s.bot.Command(r.Context(), bot.Request{Place: bot.Place{Platform: "web"}, Text: asked, Lang: e.Lang()})
	x.Silent = !strings.HasPrefix(asked, "/smtp") && len(s.bot.Explain(e, asked).Findings) == 0
	return &x, http.StatusOK
}

func (s *Server) render(w http.ResponseWriter, name string, data any, status int) {
	var b bytes.Buffer
	if err := s.page.ExecuteTemplate(&b, name, data); err != nil {
		s.log.Error("the page cannot be rendered", "template", name)
		http.Error(w, "The page cannot be shown; the log says so too.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Vary", "Accept-Language")
	w.WriteHeader(status)
	w.Write(b.Bytes())
}

// prose turns a card's text into HTML: its two marks, and everything else escaped.
func prose(text string) template.HTML {
	var b strings.Builder
	for _, span := range card.Spans(text) {
		words := template.HTMLEscapeString(span.Text)
		switch span.Style {
		case card.Code:
			b.WriteString("<code>" + words + "</code>")
		case card.Strong:
			b.WriteString("<strong>" + words + "</strong>")
		default:
			b.WriteString(words)
		}
	}
	return template.HTML(b.String())
}
