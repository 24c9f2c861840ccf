package slack

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPlainText(t *testing.T) {
	for _, tt := range []struct{ name, markup, want string }{
		{"plain", "550 5.1.1 User unknown", "550 5.1.1 User unknown"},
		{"entities", "a &lt;b&gt; &amp; c", "a <b> & c"},
		{"entities are read once", "&amp;lt;b&amp;gt; &amp;amp;", "&lt;b&gt; &amp;"},
		{"address", "&lt;<mailto:jo@dest.example|jo@dest.example>&gt;: 550", "<jo@dest.example>: 550"},
		{"address without a label", "<mailto:jo@dest.example>", "jo@dest.example"},
		{"host", "host <http://mx.dest.example|mx.dest.example>[192.0.2.7] said", "host mx.dest.example[192.0.2.7] said"},
		{"link", "see <https://support.example/mail/?p=NoSuchUser>", "see https://support.example/mail/?p=NoSuchUser"},
		{"link with entities", "<https://a.example/?x=1&amp;y=2|https://a.example/?x=1&amp;y=2>", "https://a.example/?x=1&y=2"},
		{"link with a title", "<https://a.example/|the page>", "the page"},
		{"channel", "<!channel> <!here> <!everyone>", "@channel @here @everyone"},
		{"group", "<!subteam^S012AB|@mail-ops> <!subteam^S012AB>", "@mail-ops @S012AB"},
		{"date", "<!date^1392734382^{date}|18 February>", "18 February"},
		{"people and channels", "<@U012AB> <@U012AB|jo> <#C012AB|general> <#C012AB>", "@U012AB @jo #general #C012AB"},
		{"brackets of the sender", "<a@b.example>: 550", "<a@b.example>: 550"},
		{"brackets within brackets", "<<a@b.example>>", "<<a@b.example>>"},
		{"open to the end", "x <https://a.example", "x <https://a.example"},
		{"over two lines", "a < b\nc > d", "a < b\nc > d"},
		{"empty", "<> <|> <!> <@> <#>", "<> <|> @ <@> <#>"},
		{"broken UTF-8", "a\xff<b\xfe", "a\xff<b\xfe"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := plainText(tt.markup); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestWithoutMention(t *testing.T) {
	for _, tt := range []struct {
		name, markup, id, want string
		found                  bool
	}{
		{"before", "<@U0BOT> 503", "U0BOT", "503", true},
		{"with a colon", "<@U0BOT>: 503", "U0BOT", "503", true},
		{"with a name", "<@U0BOT|smtpbot> 503", "U0BOT", "503", true},
		{"behind", "503 <@U0BOT>", "U0BOT", "503", true},
		{"within", "what is <@U0BOT> 503?", "U0BOT", "what is 503?", true},
		{"twice", "<@U0BOT> <@U0BOT> 503", "U0BOT", "503", true},
		{"alone", "<@U0BOT>", "U0BOT", "", true},
		{"above a paste", "<@U0BOT>\n550 5.1.1", "U0BOT", "550 5.1.1", true},
		{"another", "<@U0OTHER> 503", "U0BOT", "<@U0OTHER> 503", false},
		{"longer id", "<@U0BOTTLE> 503 <@U0BOT>", "U0BOT", "<@U0BOTTLE> 503", true},
		{"unknown id", "<@U0BOT> 503 <@U1>", "", "503 <@U1>", true},
		{"not closed", "<@U0BOT 503", "U0BOT", "<@U0BOT 503", false},
		{"end of text", "x <@U0BOT", "U0BOT", "x <@U0BOT", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, found := withoutMention(tt.markup, tt.id); got != tt.want || found != tt.found {
				t.Errorf("got %q %v, want %q", got, found, tt.want)
			}
		})
	}
}

func FuzzPlainText(f *testing.F) {
	f.Add("&lt;<mailto:a@b.example|a@b.example>&gt; <!channel> <@U1|x> <https://x.example|y>")
	f.Add("<<<>>>|^!@#")
	f.Fuzz(func(t *testing.T, markup string) {
		got := plainText(markup)
		if utf8.ValidString(markup) && !utf8.ValidString(got) {
			t.Errorf("%q became %q", markup, got)
		}
		if len(got) > len(markup)+strings.Count(markup, "<!") {
			t.Errorf("%q grew to %q", markup, got)
		}
		withoutMention(markup, "U1")
		withoutMention(markup, "")
	})
}
