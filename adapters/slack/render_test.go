package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/bot/card/cardtest"
)

// checkCard renders a card and holds it against all limits, as a post and as
// an answer to a command.
func checkCard(t *testing.T, c card.Card) []byte {
	t.Helper()
	m := render(c)
	sent, err := json.Marshal(slack.Blocks{BlockSet: m.blocks})
	if err != nil {
		t.Fatal(err)
	}
	var blocks []any
	if err := json.Unmarshal(sent, &blocks); err != nil {
		t.Fatal(err)
	}
	checkMessage(t, m.text, blocks)
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // to be read
	enc.SetIndent("", "  ")
	if err := enc.Encode(map[string]any{"text": m.text, "blocks": blocks}); err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(ephemeral(c, ""))
	if err != nil {
		t.Fatal(err)
	}
	checkWebhook(t, body)
	return b.Bytes()
}

func TestHostileCards(t *testing.T) {
	for _, n := range cardtest.Cards() {
		t.Run(n.Name, func(t *testing.T) {
			got := string(checkCard(t, n.Card))
			for _, m := range cardtest.Mentions {
				if strings.HasPrefix(m, "<") && strings.Contains(got, m) {
					t.Errorf("%s stands in the message", m)
				}
			}
			if strings.Contains(got, "javascript:alert(1)|") || strings.Contains(got, "<!") {
				t.Error("a link that is none")
			}
		})
	}
}

func TestWhatIsCutShowsIt(t *testing.T) {
	for _, name := range []string{"many blocks", "long blocks", "long list", "tall table", "many links", "wall without a space", "megabyte", "table of long cells"} {
		for _, n := range cardtest.Cards() {
			if n.Name == name && !strings.Contains(string(checkCard(t, n.Card)), mark) {
				t.Errorf("%s: no mark where it was cut", name)
			}
		}
	}
}

// Every answer that the real catalogue can give fits whole.
func TestCatalogueFits(t *testing.T) {
	c := testCatalog(t)
	b := bot.New(c, nil, bot.Options{})
	questions := []string{"", "help", "no such thing at all", "2xx", "4xx", "5xx", "mailbox full"}
	for _, code := range c.Codes() {
		questions = append(questions, code.String(), "compare "+code.String()+" vs 550", "450 vs "+code.String()+" vs 550 vs 5.7.1")
	}
	for class := range 3 {
		for subject := range 8 {
			for detail := range 40 {
				questions = append(questions, fmt.Sprintf("%d.%d.%d", []int{2, 4, 5}[class], subject, detail))
			}
		}
	}
	for _, lang := range c.Languages() {
		for _, q := range questions {
			got := string(checkCard(t, b.Command(context.Background(), bot.Request{Text: q, Lang: lang})))
			if strings.Contains(got, "\n"+mark) || strings.Contains(got, `"`+mark+`"`) {
				t.Errorf("%s: %q does not fit: %d bytes", lang, q, len(got))
			}
		}
	}
}

func TestGolden(t *testing.T) {
	for _, n := range []cardtest.Named{
		{Name: "answer", Card: card.Card{
			Tone: card.Final, Title: "`550 5.7.26` · Gmail could not tell that this mail really comes from shop.example",
			Body: []card.Block{
				{Text: "Final until the domain's DNS is mended; then send again. **Move: whoever looks after shop.example's DNS.**"},
				{Text: "`dig +short TXT shop.example` has to show one `v=spf1` record that names the server you send from."},
				{Heading: "Also in this paste", List: []string{"`421` · The server is shutting down"}},
			},
			Small: []string{"5xx · final", "sender authentication", "Gmail's own page, seen 2026-02"},
			Links: []card.Link{{Title: "Email sender guidelines", URL: "https://support.google.com/a/answer/81126?a=1&b=2"}},
			Actions: []card.Action{
				{ID: "details", Label: "Details", Value: "lookup google/unauthenticated"},
				{ID: "compare", Label: "Compare with 5.7.1", Value: "compare 550 5.7.26 vs 5.7.1"},
			},
		}},
		{Name: "compare", Card: card.Card{
			Tone: card.Note, Title: "`450` vs `550`", Private: true,
			Body: []card.Block{
				{Text: "`450` means: ask again later. `550` means: do not ask again."},
				{Table: &card.Table{Columns: []string{"`450`", "`550`"}, Rows: []card.Row{
					{Name: "Class", Values: []string{"4xx · passing", "5xx · final"}}, {Name: "Send again", Values: []string{"yes, by itself", "no"}}}}},
				{Heading: "What sets them apart", Ordered: true, List: []string{"`450` is passing.", "`550` is final."}},
			},
			Actions: []card.Action{{ID: "details", Label: "450", Value: "lookup 450"}, {ID: "details", Label: "550", Value: "lookup 550"}},
		}},
		{Name: "hostile", Card: card.Card{
			Title: "<!channel> *bold* `<@U1>` @everyone", Body: []card.Block{{Heading: "_a_ & b", List: []string{"<https://evil.example|bank>", "\x00"}}},
			Links: []card.Link{{Title: "x|y", URL: "https://example.org/a|b"}, {Title: "script", URL: "javascript:alert(1)"}},
		}},
		{Name: "empty", Card: card.Card{}},
	} {
		t.Run(n.Name, func(t *testing.T) { golden(t, n.Name, checkCard(t, n.Card)) })
	}
}

func FuzzRender(f *testing.F) {
	f.Add("`550` · **no** <!channel>", "https://example.org/|")
	f.Fuzz(func(t *testing.T, prose, address string) {
		checkCard(t, card.Card{
			Title: prose, Body: []card.Block{{Heading: prose, Text: prose}, {List: []string{prose}}, {Table: &card.Table{Columns: []string{prose}, Rows: []card.Row{{Name: prose, Values: []string{prose}}}}}},
			Small: []string{prose}, Links: []card.Link{{Title: prose, URL: address}}, Actions: []card.Action{{ID: prose, Label: prose, Value: prose}},
		})
	})
}
