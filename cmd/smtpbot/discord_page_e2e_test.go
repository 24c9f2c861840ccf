package main

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"smtpbot/adapters/discord/discordtest"
)

// TestDiscordInABrowser looks at what was really sent, drawn by components that
// look like Discord's (npm: @skyra/discord-components-core). Discord's own
// client may break lines elsewhere.
func TestDiscordInABrowser(t *testing.T) {
	const modules = "../../.ci/node_modules"
	if _, err := os.Stat(modules + "/@skyra/discord-components-core"); err != nil {
		missing(t, "@skyra/discord-components-core (npm ci --prefix .ci)")
	}
	s := discordtest.New(t)
	p := startBinary(t, discordEnv(s)...)
	discordReady(t, p, s)

	paste := s.Post(discordtest.Message{Content: pastedGmail})
	answer := s.AwaitSent(paste.ChannelID, 1)[0]
	details := s.OverGateway(s.Press(answer, "Details", "en-US"))
	compare := s.OverGateway(s.Slash("smtp", "en-US", map[string]string{"code": "221", "versus": "503"}))
	short := s.Post(discordtest.Message{Content: discordPaste})
	onPhone := s.AwaitSent(short.ChannelID, 1)[0]

	var page string
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, page)
			return
		}
		http.FileServer(http.Dir(modules)).ServeHTTP(w, r)
	}))
	defer web.Close()
	for _, row := range []struct {
		name          string
		width, height int64
		messages      string
		words         []string
	}{
		{"discord-answer.png", 900, 620, said(paste) + drawn(t, answer, above("Our newsletter to Gmail stopped working …")), []string{"Gmail could not tell", "Details"}},
		{"discord-details.png", 900, 1400, drawn(t, &details.Message, ""), []string{"What to do"}},
		{"discord-compare.png", 900, 1200, drawn(t, &compare.Message, `<discord-command slot="reply" author="ann" role-color="#d7a04f" command="/smtp" `+face("#d7a04f")+`></discord-command>`), []string{"221", "503"}},
		{"discord-phone.png", 390, 760, said(short) + drawn(t, onPhone, above("host mx.dest.example said …")), []string{"550 5.1.1"}},
	} {
		page = pageHead + row.messages + "</discord-messages>"
		ctx := browser(t, row.width, row.height)
		do(t, ctx, chromedp.Navigate(web.URL+"/"))
		eventually(t, "the messages of "+row.name, func() bool {
			text := js[string](t, ctx, `document.body.innerText`)
			for _, w := range row.words {
				if !strings.Contains(text, w) {
					return false
				}
			}
			return js[bool](t, ctx, `[...document.querySelectorAll("discord-button, discord-embed, discord-message")].every(e => e.shadowRoot)`)
		})
		if over := js[float64](t, ctx, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
			t.Errorf("%s runs %v px out of the screen", row.name, over)
		}
		if h := js[float64](t, ctx, `Math.ceil(document.querySelector("discord-messages").getBoundingClientRect().height)`); h > 0 {
			do(t, ctx, chromedp.EmulateViewport(row.width, int64(h)))
		}
		picture(t, ctx, row.name)
	}
	p.stop()
}

// pageHead loads the components as they lie in node_modules.
const pageHead = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<script type="importmap">{"imports": {
	"lit": "/lit/index.js", "lit/": "/lit/", "lit-html": "/lit-html/lit-html.js", "lit-html/": "/lit-html/",
	"lit-element/lit-element.js": "/lit-element/lit-element.js", "@lit/reactive-element": "/@lit/reactive-element/reactive-element.js",
	"@lit/reactive-element/": "/@lit/reactive-element/", "@lit/context": "/@lit/context/index.js"
}}</script>
<script type="module">import "/@skyra/discord-components-core/dist/index.js"</script>
<style>
	html, body { margin: 0; background: #313338 }
	.title { font-weight: 600; font-size: 1rem; color: #f2f3f5; margin-bottom: 8px; display: block }
	discord-embed-description ul, discord-embed-description ol { margin: 4px 0 4px 4px; padding-left: 16px }
	discord-embed-description p { margin: 0; min-height: .6em; white-space: normal }
	.small { font-size: .75rem; color: #949ba4 }
</style>
<discord-messages>`

// face is a plain picture of somebody.
func face(color string) string {
	return `avatar="data:image/svg+xml,` + url.PathEscape(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="`+color+`"/></svg>`) + `"`
}

// above is what stands over an answer: the message that it replies to.
func above(text string) string {
	return `<discord-reply slot="reply" author="ann" role-color="#d7a04f" ` + face("#d7a04f") + `>` + html.EscapeString(text) + `</discord-reply>`
}

// said is what somebody wrote.
func said(m *discordtest.Message) string {
	return `<discord-message author="ann" role-color="#d7a04f" timestamp="09:14" twenty-four ` + face("#d7a04f") + `>` + strings.ReplaceAll(html.EscapeString(m.Content), "\n", "<br>") + `</discord-message>`
}

// drawn is a message of the bot, from what it sent.
func drawn(t *testing.T, m *discordtest.Message, over string) string {
	t.Helper()
	var sent struct {
		Content string
		Embeds  []struct {
			Title, Description string
			Color              int
			Footer             *struct{ Text string }
		}
		Components []struct {
			Components []struct {
				Type        int
				Style       int
				Label       string
				Placeholder string
			}
		}
	}
	if err := json.Unmarshal(m.Raw, &sent); err != nil {
		t.Fatal(err)
	}
	ephemeral := ""
	if m.Ephemeral {
		ephemeral = " ephemeral"
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<discord-message author="smtpbot" bot %s role-color="#8ab4f8" timestamp="09:14" twenty-four%s>%s%s`, face("#5865f2"), ephemeral, over, marked(sent.Content))
	for _, e := range sent.Embeds {
		fmt.Fprintf(&b, `<discord-embed slot="embeds" color="#%06x"><discord-embed-description slot="description">`, e.Color)
		if e.Title != "" {
			fmt.Fprintf(&b, `<span class="title">%s</span>`, inline(e.Title))
		}
		b.WriteString(marked(e.Description) + `</discord-embed-description>`)
		if e.Footer != nil {
			fmt.Fprintf(&b, `<discord-embed-footer slot="footer">%s</discord-embed-footer>`, html.EscapeString(e.Footer.Text))
		}
		b.WriteString(`</discord-embed>`)
	}
	if len(sent.Components) > 0 {
		b.WriteString(`<discord-attachments slot="components">`)
		for _, row := range sent.Components {
			b.WriteString(`<discord-action-row>`)
			for _, c := range row.Components {
				if c.Type == 3 {
					fmt.Fprintf(&b, `<discord-string-select-menu placeholder=%q></discord-string-select-menu>`, html.EscapeString(c.Placeholder))
					continue
				}
				style := map[int]string{1: "primary", 2: "secondary", 3: "success", 4: "destructive"}[c.Style]
				fmt.Fprintf(&b, `<discord-button type=%q>%s</discord-button>`, style, html.EscapeString(c.Label))
			}
			b.WriteString(`</discord-action-row>`)
		}
		b.WriteString(`</discord-attachments>`)
	}
	return b.String() + `</discord-message>`
}

var (
	bullet   = regexp.MustCompile(`^- (.*)`)
	numbered = regexp.MustCompile(`^\d+\. (.*)`)
	marks    = regexp.MustCompile("\\\\([^a-zA-Z0-9\\s])|``? ?([^`]+?) ?``?|\\*\\*(.+?)\\*\\*|\\[([^\\]]+)\\]\\(<?([^)>]+)>?\\)|(https?://\\S+)")
)

// marked draws Discord's markdown, as far as the bot writes it.
func marked(text string) string {
	var b strings.Builder
	open := ""
	in := func(list string) {
		if open != list {
			if open != "" {
				b.WriteString("</" + open + ">")
			}
			if open = list; list != "" {
				b.WriteString("<" + list + ">")
			}
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		switch m, n := bullet.FindStringSubmatch(line), numbered.FindStringSubmatch(line); {
		case m != nil:
			in("ul")
			b.WriteString("<li>" + inline(m[1]) + "</li>")
		case n != nil:
			in("ol")
			b.WriteString("<li>" + inline(n[1]) + "</li>")
		case strings.HasPrefix(line, "-# "):
			in("")
			b.WriteString(`<p class="small">` + inline(line[3:]) + "</p>")
		case text != "":
			in("")
			b.WriteString("<p>" + inline(line) + "</p>")
		}
	}
	in("")
	return b.String()
}

func inline(text string) string {
	var b strings.Builder
	at := 0
	for _, m := range marks.FindAllStringSubmatchIndex(text, -1) {
		b.WriteString(html.EscapeString(text[at:m[0]]))
		at = m[1]
		part := func(i int) string { return text[m[2*i]:m[2*i+1]] }
		switch {
		case m[2] >= 0:
			b.WriteString(html.EscapeString(part(1)))
		case m[4] >= 0:
			b.WriteString("<discord-code>" + html.EscapeString(part(2)) + "</discord-code>")
		case m[6] >= 0:
			b.WriteString("<strong>" + inline(part(3)) + "</strong>")
		case m[8] >= 0:
			fmt.Fprintf(&b, `<discord-link href="%s">%s</discord-link>`, html.EscapeString(part(5)), inline(part(4)))
		case m[12] >= 0:
			fmt.Fprintf(&b, `<discord-link href="%s">%s</discord-link>`, html.EscapeString(part(6)), html.EscapeString(part(6)))
		}
	}
	b.WriteString(html.EscapeString(text[at:]))
	return b.String()
}
