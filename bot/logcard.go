package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// logsCard answers a question that logs came with. It is not ok where they hold
// no error, and the words ask for something else.
func (b *Bot) logsCard(e *catalog.Edition, l *Logs, text string) (card.Card, bool) {
	if l == nil {
		return card.Card{}, false
	}
	if len(l.found) > 0 {
		return b.findingsCard(e, b.explained(e, l.found)), true
	}
	v, rest := b.verbOf(text)
	terms, _ := parseTerms(e, clip(rest))
	if v.run != nil && v.Name != "explain" || len(terms) > 0 {
		return card.Card{}, false
	}
	return card.Card{Tone: card.Good, Title: e.Label("log.none", "lines", strconv.Itoa(l.lines))}, true
}

// logOf counts what the logs hold that findings come from: nothing where they
// come from a paste.
func logOf(found []Finding) (log Log) {
	for _, f := range found {
		log = log.plus(f.log)
	}
	return log
}

// logCard is the answer to a log in a channel: what went wrong how often and
// where, a line each, and below that the answer to the finding at the head.
func (b *Bot) logCard(e *catalog.Edition, found []Finding, log Log) card.Card {
	lead := found[0]
	lead.log = Log{}
	c := b.findingsCard(e, []Finding{lead})
	total := log
	var list []string
	often := slices.SortedStableFunc(slices.Values(found), func(a, b Finding) int { return cmp.Compare(b.found.Count, a.found.Count) })
	for i, f := range often {
		if i == mostHere {
			total.More += len(often) - mostHere
			break
		}
		list = append(list, kindLine(e, f))
	}
	if total.More > 0 {
		list = append(list, counted(e, "log.more", total.More))
	}
	explained := c.Body
	explained[0].Heading = c.Title
	c.Tone, c.Title = card.Note, logTitle(e, log.Errors, log.Lines)
	c.Body = append([]card.Block{{List: list}}, explained...)
	c.Again = b.againLog(found, log)
	return c
}

// againLog writes down what a log holds: its lines, its errors, how many kinds
// are not named, and how often each of the others came up. The first kinds are
// named, as many as there is room for.
func (b *Bot) againLog(found []Finding, log Log) string {
	e := b.catalog.Edition("")
	var ones []string
	for _, f := range found {
		ones = append(ones, strconv.Itoa(f.found.Count)+"*"+b.oneAgain(e, f))
	}
	for n := len(ones); n > 0; n-- {
		again := fmt.Sprintf("log %d/%d/%d %s", log.Lines, log.Errors, log.More+len(ones)-n, strings.Join(ones[:n], ";"))
		if len(again) <= maxAgain {
			return again
		}
	}
	return b.againFound(found)
}

// logAgain reads the counts that againLog wrote, and gives what stands behind.
func logAgain(again string) (log Log, rest string) {
	counts, rest, _ := strings.Cut(again, " ")
	var n [3]int
	for i, count := range strings.SplitN(counts, "/", len(n)) {
		n[i], _ = strconv.Atoi(count)
		n[i] = max(n[i], 0)
	}
	return Log{n[0], n[1], n[2]}, rest
}

// kindLine says of one kind how often it came up, what it is, and where. Of a row
// the hosts are gone; whose server it is, its entry may know.
func kindLine(e *catalog.Edition, f Finding) string {
	line := join("**"+strconv.Itoa(max(f.found.Count, 1))+"×**", code(codes(f)), e.Label("cause."+string(f.Cause)))
	where := card.Plain(f.at.first, 80)
	switch {
	case where != "" && f.at.many:
		where = e.Label("log.at.others", "host", where)
	case f.at.more > 0:
		where = counted(e, "log.at", f.at.more, "host", where)
	}
	if entry, ok := e.Entry(f.Entry); ok && where == "" && entry.Provider != "" {
		where = e.ProviderName(entry.Provider)
	}
	if where == "" {
		return line
	}
	return line + " · " + where
}

// code marks codes, where there are any.
func code(codes string) string {
	if codes == "" {
		return ""
	}
	return "`" + codes + "`"
}

func logTitle(e *catalog.Edition, errors, lines int) string {
	return counted(e, "log.title", errors, "lines", strconv.Itoa(lines))
}

// counted says something of one, or of many.
func counted(e *catalog.Edition, key string, n int, args ...string) string {
	if n == 1 {
		return e.Label(key+".one", args...)
	}
	return e.Label(key+".many", append(args, "n", strconv.Itoa(n))...)
}
