package slack

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestCommands(t *testing.T) {
	r := newRig(t, options{})
	for _, tt := range []struct{ text, want string }{
		{"503", "503"}, {"221 vs 503", "221"}, {"", "/smtp"}, {"help", "/smtp"}, {"  \u00a0 ", ""}, {"5.1.1", "5.1.1"}, {"mailbox full", ""},
		{unknownUser, "550 5.1.1"}, {"\x00\xff\xfe", ""}, {"<!channel> @everyone", ""}, {"<@U0BOT> *b* _i_ ~s~ `c` ```", ""},
		{"&lt;!channel&gt; &amp;amp;", ""}, {"<<<>>>", ""}, {strings.Repeat("💥", 9000), ""}, {"lookup", ""}, {"compare 1 2 3 4 5 6", ""}, {"\u202e550", ""},
	} {
		if got := r.command(tt.text); !strings.Contains(got, tt.want) {
			t.Errorf("%.40q: answered %.200q, want %q in it", tt.text, got, tt.want)
		}
	}
	if n := len(r.api.posted()); n != 0 {
		t.Errorf("%d posts: commands answer in private", n)
	}
}

func TestCommandLanguage(t *testing.T) {
	r := newRig(t, options{})
	for range 3 {
		if got := r.command("503"); !strings.Contains(got, "Définitif") {
			t.Errorf("somebody whose Slack is French was answered with %q", got)
		}
	}
	r.settle()
	if n := r.api.called("users.info"); n != 1 {
		t.Errorf("users.info was called %d times", n)
	}
}

// An answer waits for a language no longer than a moment, and does not ask for
// it again and again.
func TestLanguageIsOutOfReach(t *testing.T) {
	r := newRig(t, options{})
	r.api.failing(func(method string, _ int, w http.ResponseWriter) bool {
		if method == "users.info" {
			w.WriteHeader(http.StatusInternalServerError)
		}
		return method == "users.info"
	})
	for range 3 {
		if got := r.command("503"); !strings.Contains(got, "503") {
			t.Errorf("answered %q", got)
		}
	}
	r.settle()
	if n := r.api.called("users.info"); n != 1 {
		t.Errorf("users.info was called %d times", n)
	}
}

func TestLocalesAreBounded(t *testing.T) {
	r := newRig(t, options{})
	r.api.failing(func(method string, _ int, w http.ResponseWriter) bool { return false })
	for i := range maxLocales + 50 {
		r.locales.known[fmt.Sprint("U", i)] = locale{name: "de-DE", until: time.Now().Add(time.Hour)}
		if len(r.locales.known) == maxLocales {
			break
		}
	}
	r.tasks.Take()
	r.locales.of("T1", "UNEW")
	r.tasks.Done()
	r.settle()
	if n := len(r.locales.known); n > maxLocales {
		t.Errorf("%d locales are kept", n)
	}
}

// Between a person and the bot there is no level to set, and everybody may
// choose the language, guests too.
func TestSettingsBetweenTwo(t *testing.T) {
	r := newRig(t, options{})
	for i, text := range []string{"off", "lang en", "settings"} {
		r.event(wrap("T1", fmt.Sprint("Ev", i), said(fmt.Sprint(i, ".000100"), text, "channel", "D1", "channel_type", "im", "user", "U0GUEST")))
		r.settle()
	}
	posts := r.api.posted()
	if len(posts) != 3 {
		t.Fatalf("%d posts", len(posts))
	}
	for i, want := range []string{"rien à régler", "English", "Here, between you and the bot"} {
		if got := strings.Join(strings.Fields(posts[i].Get("text")), " "); !strings.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
}
