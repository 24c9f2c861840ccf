package slack

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"smtpbot/bot"
	"smtpbot/bot/store/sqlstore"
)

// A signed /smtp over HTTP, from the request's headers to the answer's last
// byte, with settings on a real SQLite.
func BenchmarkSignedCommand(b *testing.B) {
	c, err := loadCatalog()
	if err != nil {
		b.Fatal(err)
	}
	store, err := sqlstore.Open("sqlite:" + filepath.Join(b.TempDir(), "rows.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	a := New(Config{SigningSecret: testSecret}, bot.New(c, store, bot.Options{}), slog.New(slog.DiscardHandler))
	mux := http.NewServeMux()
	a.Routes(mux)
	for _, text := range []string{"503", "450 vs 550", "mailbox full"} {
		b.Run(text, func(b *testing.B) {
			body := url.Values{
				"token": {"x"}, "team_id": {"T1"}, "team_domain": {"example"}, "channel_id": {"C1"}, "channel_name": {"general"}, "user_id": {"U1"}, "user_name": {"alice"},
				"command": {"/smtp"}, "text": {text}, "api_app_id": {appID}, "response_url": {"https://hooks.slack.com/commands/1/2"}, "trigger_id": {"1.2.3"},
			}.Encode()
			header := sign(body, time.Now())
			header.Set("Content-Type", "application/x-www-form-urlencoded")
			b.ReportAllocs()
			for b.Loop() {
				r := httptest.NewRequest(http.MethodPost, "/slack/commands", strings.NewReader(body))
				r.Header = header
				w := httptest.NewRecorder()
				mux.ServeHTTP(w, r)
				if w.Code != http.StatusOK || w.Body.Len() < 500 {
					b.Fatalf("%d %s", w.Code, w.Body)
				}
			}
		})
	}
}
