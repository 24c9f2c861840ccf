package discord

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
	"smtpbot/bot/store/memory"
)

// Each interaction is answered alike over the gateway and over HTTP.
func TestInteractions(t *testing.T) {
	r := start(t)
	paste := r.discord.Post(discordtest.Message{Content: pasted})
	answer := r.discord.AwaitSent(paste.ChannelID, 1)[0]
	monitor := r.discord.Post(discordtest.Message{Bot: true, Embeds: []discordtest.Embed{{Title: "Queue", Description: pasted}}})
	chat := r.discord.Post(discordtest.Message{Content: "good morning"})
	slash := func(lang string, options ...string) discordtest.Interaction {
		m := map[string]string{}
		for i := 0; i+1 < len(options); i += 2 {
			m[options[i]] = options[i+1]
		}
		return r.discord.Slash("smtp", lang, m)
	}
	press := func(customID string, on *discordtest.Message) discordtest.Interaction {
		return discordtest.Interaction{Type: 3, Locale: "en-US", Channel: on.ChannelID, On: on, Data: map[string]any{"custom_id": customID, "component_type": 2}}
	}
	for name, row := range map[string]struct {
		i    discordtest.Interaction
		want []string
	}{
		"code":             {slash("en-US", "code", "503"), []string{"503"}},
		"code and versus":  {slash("en-US", "code", "450", "versus", "550"), []string{"450", "550"}},
		"versus alone":     {slash("en-US", "versus", "550"), []string{"550"}},
		"a whole question": {slash("en-US", "code", "450 vs 550"), []string{"450", "550"}},
		"an error":         {slash("en-US", "code", pasted), []string{"550 5.1.1"}},
		"words":            {slash("en-US", "code", "mailbox full"), []string{"full"}},
		"nothing":          {slash("en-US"), []string{"/smtp"}},
		"French":           {slash("fr", "code", "452 4.2.2"), []string{"destinataire"}},
		"unknown language": {slash("xx-YY", "code", "550"), []string{"550"}},
		"hostile":          {slash("en-US", "code", "@everyone <@1> **x** "+strings.Repeat("y", 5900)), nil},
		"menu":             {r.discord.Menu("Explain SMTP error", "en-US", paste), []string{"550 5.1.1"}},
		"menu on an embed": {r.discord.Menu("Explain SMTP error", "fr", monitor), []string{"550 5.1.1", "adresse"}},
		"menu on chat":     {r.discord.Menu("Explain SMTP error", "en-US", chat), nil},
		"details":          {r.discord.Press(answer, "Details", "en-US"), []string{"550 5.1.1", "What to do"}},
		"details, French":  {r.discord.Press(answer, "Details", "fr"), []string{"550 5.1.1", "adresse"}},
		"an old button":    {press("compare:compare 450 vs 550", answer), []string{"450", "550"}},
		"a lost entry":     {press("details:lookup google/gone-since", answer), nil},
		"the hint":         {press("explain:answer 452,4.2.2,mailbox-full", answer), []string{"452 4.2.2"}},
		"unknown button":   {discordtest.Interaction{Type: 3, Data: map[string]any{"custom_id": "gone", "component_type": 2}}, nil},
		"a form":           {discordtest.Interaction{Type: 5, Data: map[string]any{"custom_id": "gone", "components": []any{}}}, nil},
		"unknown command":  {discordtest.Interaction{Type: 2, Data: map[string]any{"id": "1", "name": "gone", "type": 9}}, nil},
		"unknown type":     {discordtest.Interaction{Type: 77, Data: map[string]any{}}, nil},
		"no data":          {discordtest.Interaction{Type: 2}, nil},
		"no target":        {discordtest.Interaction{Type: 2, Data: map[string]any{"name": "Explain SMTP error", "type": 3, "target_id": "5"}}, nil},
		"no member":        {discordtest.Interaction{Type: 2, Private: true, Data: map[string]any{"name": "smtp", "type": 1}}, []string{"/smtp"}},
	} {
		t.Run(name, func(t *testing.T) {
			gateway := r.discord.OverGateway(row.i)
			http := r.discord.OverHTTP(r.http, row.i)
			if string(gateway.Raw) != string(http.Raw) {
				t.Errorf("gateway and HTTP differ:\n%s\n%s", gateway.Raw, http.Raw)
			}
			if gateway.Type != 4 || !gateway.Ephemeral || len(gateway.Text()) < 10 {
				t.Errorf("type %d, ephemeral %t: %s", gateway.Type, gateway.Ephemeral, gateway.Text())
			}
			for _, want := range row.want {
				if !strings.Contains(gateway.Text(), want) {
					t.Errorf("no %q in:\n%s", want, gateway.Text())
				}
			}
		})
	}
}

// A long paste is a file, which the menu reads like the text.
func TestMenuReadsFiles(t *testing.T) {
	r := start(t)
	m := r.discord.Post(discordtest.Message{Content: "what is this?", Files: []discordtest.File{{Name: "message.txt", Type: "text/plain", Body: []byte(pasted)}}})
	if a := r.discord.OverGateway(r.discord.Menu(menuName, "en-US", m)); !a.Ephemeral || !strings.Contains(a.Text(), "550 5.1.1") {
		t.Errorf("ephemeral %t: %s", a.Ephemeral, a.Text())
	}
}

// Where nobody else reads along, an answer stays: what is ephemeral is gone
// with the next start of the client.
func TestAnswersStayInADirectConversation(t *testing.T) {
	r := start(t)
	for _, i := range []discordtest.Interaction{
		{Type: 2, Direct: true, Locale: "en-US", Data: map[string]any{"name": "smtp", "type": 1, "options": []any{map[string]any{"name": "code", "type": 3, "value": "503"}}}},
		{Type: 2, Direct: true, Data: map[string]any{"name": "smtp", "type": 1}},
	} {
		if a := r.discord.OverGateway(i); a.Type != 4 || a.Ephemeral || !strings.Contains(a.Text(), "503") {
			t.Errorf("type %d, ephemeral %t: %s", a.Type, a.Ephemeral, a.Text())
		}
	}
}

// An answer that takes its time is announced, to who will see it, and then put
// in the place of that.
func TestLateAnswer(t *testing.T) {
	t.Parallel()
	for name, over := range map[string]func(r *rig, i discordtest.Interaction) *discordtest.Answer{
		"gateway": func(r *rig, i discordtest.Interaction) *discordtest.Answer { return r.discord.OverGateway(i) },
		"HTTP":    func(r *rig, i discordtest.Interaction) *discordtest.Answer { return r.discord.OverHTTP(r.http, i) },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, discordtest.New(t), memory.New())
			r.adapter.answerWithin = 0
			r.run()
			r.ready()
			a := over(r, r.discord.Slash("smtp", "en-US", map[string]string{"code": "503"}))
			if !a.Ephemeral || !strings.Contains(a.Text(), "503") {
				t.Errorf("type %d, ephemeral %t: %s", a.Type, a.Ephemeral, a.Text())
			}
			if a.Type == 5 && r.discord.Requests("PATCH /webhooks/{}/{}/messages/@original") == 0 {
				t.Error("the announcement was not edited")
			}
		})
	}
}

// A fault of ours is answered, too.
func TestFaultIsAnswered(t *testing.T) {
	r := start(t)
	i := &interaction{ID: "1", Token: "t", Locale: "fr"}
	a := r.adapter.inTime(t.Context(), i, r.adapter.waiting(i), func(context.Context) response { panic("secret") })
	m, ok := a.Data.(outgoing)
	if !ok || m.Flags != discordgo.MessageFlagsEphemeral || !strings.Contains(m.Embeds[0].Title, "erreur") {
		t.Errorf("%+v", a)
	}
	if strings.Contains(r.log.String(), "secret") {
		t.Error("what set the fault off is in the log")
	}
}

// Interactions that cannot be read whole are answered all the same: discordgo
// would panic over their data.
func TestBrokenInteractionIsSurvived(t *testing.T) {
	r := start(t)
	r.discord.Dispatch("INTERACTION_CREATE", map[string]any{"id": "1", "token": "x", "type": 2, "data": "broken"})
	r.settled("INTERACTION_CREATE", 1)
	if a := r.discord.OverGateway(r.discord.Slash("smtp", "en-US", map[string]string{"code": "550"})); a.Type != 4 {
		t.Error(a.Type)
	}
}

func TestCallbackIsRetried(t *testing.T) {
	r := start(t)
	r.discord.Fail(1, "POST", "/callback$", 500, "", nil)
	if a := r.discord.OverGateway(r.discord.Slash("smtp", "en-US", map[string]string{"code": "550"})); a.Type != 4 {
		t.Error(a.Type)
	}
	if n := r.discord.Requests("POST /interactions/{}/{}/callback"); n != 2 {
		t.Errorf("%d requests", n)
	}
}

func TestCallbackBucketsAreFew(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	s := discordtest.New(t)
	for range 5000 {
		seen[callbackBucket(s.ID())] = true
	}
	if len(seen) > 64 || len(seen) < 32 {
		t.Errorf("%d buckets", len(seen))
	}
}

func TestHTTP(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	r := newRig(t, s, memory.New()) // it does not run: HTTP needs no gateway
	ping := []byte(`{"id": "1", "application_id": "2", "type": 1, "token": "t", "version": 1}`)
	slash := []byte(`{"id": "1", "application_id": "2", "type": 2, "token": "t", "version": 1, "data": {"name": "smtp", "type": 1}}`)
	now := time.Now()

	status, body := s.Signed(r.http, ping, now)
	if status != 200 || strings.TrimSpace(string(body)) != `{"type":1}` {
		t.Errorf("PING: %d %s", status, body)
	}
	if status, _ := s.Signed(r.http, slash, now); status != 200 {
		t.Errorf("a command: %d", status)
	}
	for name, post := range map[string]func() (int, []byte){
		"no signature":         func() (int, []byte) { return s.PostWith(r.http, slash, "1", "") },
		"no time":              func() (int, []byte) { return s.PostWith(r.http, slash, "", strings.Repeat("ab", 64)) },
		"wrong signature":      func() (int, []byte) { return s.PostWith(r.http, slash, "1700000000", strings.Repeat("ab", 64)) },
		"short signature":      func() (int, []byte) { return s.PostWith(r.http, slash, "1700000000", "abcd") },
		"signature not in hex": func() (int, []byte) { return s.PostWith(r.http, slash, "1700000000", strings.Repeat("zz", 64)) },
		"stale":                func() (int, []byte) { return s.Signed(r.http, slash, now.Add(-6*time.Minute)) },
		"from the future":      func() (int, []byte) { return s.Signed(r.http, slash, now.Add(6*time.Minute)) },
	} {
		if status, body := post(); status != http.StatusUnauthorized || bytes.Contains(body, []byte("embeds")) {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	if status, _ := s.Signed(r.http, slash, now.Add(-4*time.Minute)); status != 200 {
		t.Errorf("a clock that is 4 minutes off: %d", status)
	}
	if status, _ := s.Signed(r.http, bytes.Repeat([]byte("x"), maxBody+1), now); status != http.StatusRequestEntityTooLarge {
		t.Errorf("oversize: %d", status)
	}
	for _, broken := range []string{"", "{", "[]", `"x"`, `{"type": {}}`} {
		if status, _ := s.Signed(r.http, []byte(broken), now); status != http.StatusBadRequest {
			t.Errorf("%q: %d", broken, status)
		}
	}
	response, err := http.Get(r.http)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET: %d", response.StatusCode)
	}
	if n := s.Requests("POST /interactions/{}/{}/callback"); n != 0 {
		t.Errorf("%d callbacks", n)
	}
}

func TestNoRouteWithoutKey(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	New(Config{Token: "x"}, newBot(t, nil, bot.Options{}), quiet()).Routes(mux)
	request, err := http.NewRequest("POST", "/discord/interactions", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, pattern := mux.Handler(request); pattern != "" {
		t.Errorf("there is %q without a key", pattern)
	}
}

// A fault of ours is logged without what set it off, and ends nothing.
func TestPanics(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	r := newRig(t, s, memory.New())
	r.adapter.bot = nil // every question panics now
	status, body := s.Signed(r.http, []byte(`{"type": 2, "data": {"name": "smtp", "type": 1}}`), time.Now())
	if status != http.StatusInternalServerError || strings.Contains(string(body), "goroutine") {
		t.Errorf("%d %s", status, body)
	}
	if log := r.log.String(); !strings.Contains(log, "recovered from a fault") {
		t.Error(log)
	}
}

// Who has nothing to explain yet gets a field for it, and who asks about a
// picture hears that there is no text in it.
func TestNothingToExplain(t *testing.T) {
	r := start(t)
	asked := r.discord.OverGateway(r.discord.Slash("smtp", "en-US", map[string]string{"code": "explain"}))
	if asked.Form == nil || asked.Form.CustomID != formPaste {
		t.Errorf("no form, but %s", asked.Text())
	}
	picture := r.discord.Post(discordtest.Message{})
	if got, want := r.discord.OverGateway(r.discord.Menu(menuName, "en-US", picture)).Text(), edition(t, "en").Label("discord.menu.empty"); !strings.Contains(got, want) || !strings.Contains(got, "`/smtp-explain`") {
		t.Errorf("%q is not in %s", want, got)
	}
}
