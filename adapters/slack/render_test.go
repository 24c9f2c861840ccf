package slack

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"smtpbot/adapters/slack/blockkit"
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
	body, err := json.Marshal(ephemeral(c, ""))
	if err != nil {
		t.Fatal(err)
	}
	checkWebhook(t, body)
	return indented(t, map[string]any{"text": m.text, "blocks": blocks})
}

// indented is JSON to be read.
func indented(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
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

// fits holds an answer against the limits with all that readers can do with
// it: as a post and in a modal. Nothing of it may be cut.
func fits(t *testing.T, a *Adapter, lang string, c card.Card) {
	t.Helper()
	m := render(a.bot.Controls(lang, c, "U0SOMEBODY"))
	raw, err := json.Marshal(slack.Blocks{BlockSet: m.blocks})
	if err == nil {
		err = blockkit.CheckMessage(m.text, raw)
	}
	whole := !wasCut(raw)
	if c.Again != "" {
		v := a.cardModal(lang, c, origin{Channel: "C012345678", Thread: "1700000000.000100", URL: strings.Repeat("u", 500)})
		raw, _ := json.Marshal(v)
		err = errors.Join(err, blockkit.CheckView(raw))
		whole = whole && !wasCut(raw) && len(raw) <= maxAck // what is longer is cut where a form is sent
	}
	if err != nil || !whole || units("language "+c.Again) > blockkit.MaxOptionValue {
		t.Errorf("%s: %s: whole: %t, %v", lang, c.Title, whole, err)
	}
}

// wasCut reports whether a mark stands where something was left out.
func wasCut(sent []byte) bool {
	return bytes.Contains(sent, []byte(`\n`+mark)) || bytes.Contains(sent, []byte(`"`+mark+`"`))
}

// Every answer that the real catalogue can give fits whole.
func TestCatalogueFits(t *testing.T) {
	c := testCatalog(t)
	a := &Adapter{bot: bot.New(c, nil, bot.Options{})}
	questions := []string{"", "help", "settings", "stop", "no such thing at all", "2xx", "4xx", "5xx", "mailbox full"}
	for _, code := range c.Codes() {
		questions = append(questions, code.String(), "450 vs "+code.String()+" vs 550 vs 5.7.1")
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
			fits(t, a, lang, a.bot.Command(t.Context(), bot.Request{Text: q, Lang: lang}))
		}
		for _, key := range c.Keys() {
			whole, ok := a.bot.Again(lang, "lookup "+key)
			if !ok {
				t.Errorf("%s: there is no entry %s", lang, key)
			}
			fits(t, a, lang, whole)
			short, ok := a.bot.Again(lang, "answer 550,5.7.1,"+key+";450,4.2.1,mailbox-full;554,,spam")
			if !ok {
				t.Errorf("%s: there is no answer for %s", lang, key)
			}
			fits(t, a, lang, short)
			checkView(t, a.compareModal(lang, key, origin{About: key}))
			checkView(t, a.wrongModal(lang, origin{About: key}))
		}
	}
}

// Every pair of reply codes fits, everything beside what it is confused with,
// and the pairs of those entries that take the most room: what is shorter on
// both sides fits where these do.
func TestComparisonsFit(t *testing.T) {
	c := testCatalog(t)
	a := &Adapter{bot: bot.New(c, nil, bot.Options{})}
	compare := func(lang, one, other string) {
		if compared, ok := a.bot.CompareWith(lang, one, other); ok {
			fits(t, a, lang, compared)
		} else if one != other {
			t.Errorf("%s: %s and %s cannot be compared", lang, one, other)
		}
	}
	for _, lang := range c.Languages() {
		codes := c.Codes()
		for i, one := range codes {
			if testing.Short() && i%8 > 0 { // nothing here runs beside anything else, which is what the race detector looks for
				continue
			}
			for _, other := range codes[i+1:] {
				compare(lang, one.String(), other.String())
			}
		}
		size := map[string]int{}
		for i, key := range c.Keys() {
			for _, near := range a.bot.Beside(lang, key) {
				if testing.Short() && i%8 > 0 {
					continue
				}
				compare(lang, key, near.Entry)
			}
			whole, _ := a.bot.Again(lang, "lookup "+key)
			size[key] = len(card.Text(whole))
		}
		longest := slices.SortedFunc(maps.Keys(size), func(a, b string) int { return size[b] - size[a] })[:25]
		for i, one := range longest {
			if testing.Short() && i%8 > 0 {
				continue
			}
			for _, other := range longest[i+1:] {
				compare(lang, one, other)
			}
		}
	}
}

// What a form gives goes back with an acknowledgement, which may not be long.
func TestUpdatesAreShort(t *testing.T) {
	a := &Adapter{bot: bot.New(testCatalog(t), nil, bot.Options{})}
	long := card.Card{Title: "Long", Again: "lookup 550", Body: []card.Block{{Text: strings.Repeat("é<& ", 8000)}, {List: []string{strings.Repeat("x ", 4000)}}}}
	raw, err := json.Marshal(a.update("fr", long, origin{Channel: "C1"}).body)
	if err != nil || len(raw) > maxAck+100 || !strings.Contains(string(raw), mark) {
		t.Errorf("%d bytes, %v", len(raw), err)
	}
}

func TestGolden(t *testing.T) {
	for _, n := range []cardtest.Named{
		{Name: "answer", Card: card.Card{
			Tone: card.Final, Title: "`550 5.7.26` · Gmail could not tell that this mail really comes from shop.example",
			Body: []card.Block{
				{Text: "Final until the domain's DNS is mended; then send again. **Move: whoever looks after shop.example's DNS.**"},
				{Text: "`dig +short TXT shop.example` has to show one `v=spf1` record that names the server you send from."},
				{Heading: "Also pasted", List: []string{"`421` · The server is shutting down"}},
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
		{Name: "log", Card: cardtest.Log()},
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
