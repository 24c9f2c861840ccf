package discord

import (
	"context"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
	"smtpbot/bot/store/memory"
)

// With a public key and no token the bot answers interactions, connects to
// nothing, and is ready.
func TestInteractionsAlone(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	base, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	key, err := hex.DecodeString(s.PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	a := New(Config{PublicKey: key, API: base}, newBot(t, memory.New(), bot.Options{}), quiet())
	mux := http.NewServeMux()
	a.Routes(mux)
	web := httptest.NewServer(mux)
	t.Cleanup(web.Close)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	if err := a.Ready(); err != nil {
		t.Error(err)
	}
	answer := s.OverHTTP(web.URL+"/discord/interactions", discordtest.Interaction{
		Type: 2, Locale: "en-US", Data: map[string]any{"id": "1", "name": slashName, "type": 1, "options": []any{map[string]any{"name": optionCode, "type": 3, "value": "503"}}},
	})
	if !strings.Contains(answer.Text(), "503") {
		t.Errorf("%s", answer.Text())
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if n, _ := s.Sessions(); n > 0 {
		t.Errorf("%d sessions", n)
	}
}
