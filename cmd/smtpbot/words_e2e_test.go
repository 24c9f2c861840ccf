package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"smtpbot/adapters/discord/discordtest"
)

// What is asked, and what is pasted, in all four places.
var (
	wordsAsked  = []string{"503", "lookup 503", "lookup 5.1.1", "452 4.2.2", "221 vs 503", "450 vs 550"}
	wordsPasted = []string{
		"550 5.1.1 Recipient address rejected: User unknown in virtual mailbox table",
		"452 4.2.2 The recipient's inbox is out of storage space",
		"554 5.7.1 Relay access denied",
		"550-5.7.26 Your email has been blocked because the sender is unauthenticated. 550 5.7.26 - gsmtp",
		"530 5.7.0 Must issue a STARTTLS command first",
	}
)

// The same is said in the same words on Slack, on Discord, on the page, and on
// the command line.
func TestSameWordsEverywhere(t *testing.T) {
	t.Parallel()
	slack := startSlackBehindProxy(t, "")
	discord := discordtest.New(t)
	p := slack.startBinary(append(discordEnv(discord), "SLACK_APP_TOKEN=xapp-test-token", "SMTPBOT_COOLDOWN=0")...)
	p.ready()
	discordReady(t, p, discord)
	for _, question := range wordsAsked {
		t.Run(question, func(t *testing.T) {
			before := len(slack.ephemeral())
			slack.command(question)
			texts := map[string]string{
				"the page": onPage(t, p, question),
				"Discord":  onDiscord(t, &discord.OverGateway(discord.Slash("smtp", "en-US", map[string]string{"code": question})).Message),
				"Slack":    onSlack(t, slack.ephemeral()[before]),
			}
			codes, compared := strings.Fields(strings.ReplaceAll(question, " vs ", " ")), strings.Contains(question, " vs ")
			switch { // where there is no button for the rest, the entry stands whole
			case compared:
				texts["the command line"] = onCommandLine(t, "", append([]string{"compare"}, codes...)...)
			case codes[0] == "lookup":
				texts["the command line"] = onCommandLine(t, "", codes...)
			}
			same(t, compared, texts)
		})
	}
	for i, paste := range wordsPasted {
		t.Run(paste[:9], func(t *testing.T) {
			ts := slack.say(paste, "user", fmt.Sprint("U1PERSON", i)) // what one person pastes at once has one answer
			slack.answered(ts)
			m := discord.Post(discordtest.Message{Content: paste})
			same(t, false, map[string]string{
				"the command line": onCommandLine(t, paste, "explain"),
				"the page":         onPage(t, p, paste),
				"Discord":          onDiscord(t, discord.AwaitSent(m.ChannelID, 1)[0]),
				"Slack":            onSlack(t, slack.answers(ts)[0]),
			})
		})
	}
	p.stop()
}

var (
	webAddress = regexp.MustCompile(`https?://\S+`)
	number     = regexp.MustCompile(`(?m)^\s*\d+\. `) // of a list, which the page draws itself
	word       = regexp.MustCompile(`[\p{L}\p{N}]+`)
)

// same compares the words, in alphabetical order: where the small print and the
// links stand is the place's own. A table names its columns once or with every
// value, so that of a comparison the words count, and not how often each comes.
func same(t *testing.T, table bool, texts map[string]string) {
	t.Helper()
	want := []string(nil)
	for _, place := range slices.Sorted(maps.Keys(texts)) {
		list := word.FindAllString(strings.ToLower(number.ReplaceAllString(webAddress.ReplaceAllString(texts[place], " "), "")), -1)
		slices.Sort(list)
		if table {
			list = slices.Compact(list)
		}
		if want == nil {
			want = list
		}
		if diff := cmp.Diff(want, list); diff != "" || len(list) < 10 {
			t.Errorf("other words on %s (-elsewhere +there):\n%s\n%s", place, diff, texts[place])
		}
	}
}

func onCommandLine(t *testing.T, input string, args ...string) string {
	t.Helper()
	cmd := exec.Command(buildBinary(t), args...)
	cmd.Env = []string{"HOME=" + t.TempDir(), "LANG=en_US.UTF-8"}
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v", args, err)
	}
	var lines []string
	for line := range strings.Lines(string(out)) {
		if !strings.Contains(line, ": smtpbot ") { // what the buttons are elsewhere
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

func onPage(t *testing.T, p *process, question string) string {
	t.Helper()
	r, err := http.Get(p.url + "/?q=" + url.QueryEscape(question))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	root, err := html.Parse(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	var walk func(n *html.Node, inCard bool)
	walk = func(n *html.Node, inCard bool) {
		class := ""
		for _, a := range n.Attr {
			if a.Key == "class" {
				class = a.Val
			}
		}
		switch {
		case n.Type == html.TextNode && inCard:
			parts = append(parts, n.Data)
		case n.Data == "form", class == "who", class == "note":
			if inCard {
				return
			}
		}
		inCard = inCard || n.Data == "section" && strings.HasPrefix(class, "card")
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, inCard)
		}
	}
	walk(root, false)
	return strings.Join(parts, " ")
}

var markdownLink = regexp.MustCompile(`\[([^\]]+)\]\(<?[^)]+?>?\)`)

func onDiscord(t *testing.T, m *discordtest.Message) string {
	t.Helper()
	var parts []string
	for _, e := range m.Embeds {
		parts = append(parts, e.Title, e.Description)
		if e.Footer != nil {
			parts = append(parts, e.Footer.Text)
		}
	}
	text := markdownLink.ReplaceAllString(strings.Join(parts, "\n"), "$1")
	return strings.ReplaceAll(text, `\`, "")
}

var slackLink = regexp.MustCompile(`<[^|>]+\|([^>]+)>`)

func onSlack(t *testing.T, m slackMessage) string {
	t.Helper()
	var parts []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				walk(one)
			}
		case map[string]any:
			if text, ok := v["text"].(string); ok {
				parts = append(parts, text)
			}
			if v["type"] != "actions" {
				for _, one := range v {
					walk(one)
				}
			}
		}
	}
	for _, raw := range m.Blocks {
		var block any
		if err := json.Unmarshal(raw, &block); err != nil {
			t.Fatal(err)
		}
		walk(block)
	}
	return html.UnescapeString(slackLink.ReplaceAllString(strings.Join(parts, "\n"), "$1"))
}
