package bot

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"smtpbot/bot/card"
	"smtpbot/bot/tally"
	"smtpbot/catalog"
)

// mostKinds is how many kinds of errors of a log are listed: what a terminal
// shows at once.
const mostKinds = 20

// Sum sums up a mail log, as [tally.Read] does. The findings are the first of
// each kind that the summary lists, in its order.
func (b *Bot) Sum(ctx context.Context, e *catalog.Edition, log io.Reader, progress func(int64)) (Explain, error) {
	sum, err := tally.Read(ctx, log, b.detector.Scan, progress)
	if err != nil {
		return Explain{}, err
	}
	x := Explain{Findings: []Finding{}, Summary: &Summary{Lines: sum.Lines, Errors: sum.Errors, Kinds: []Kind{}}}
	for i, k := range sum.Kinds {
		if i == mostKinds {
			x.Summary.More = len(sum.Kinds) - mostKinds
			break
		}
		f := b.finding(e, k.Finding)
		x.Findings = append(x.Findings, f)
		x.Summary.Kinds = append(x.Summary.Kinds, Kind{
			Count: k.Times, Line: k.Line, Reply: f.Reply, Enhanced: f.Enhanced, Class: f.Class, Cause: f.Cause, Entry: f.Entry, Host: k.Host, Title: f.Title, Sample: k.Sample,
		})
	}
	return x, nil
}

// SummaryCard shows a summary as a table, and explains what stands there most.
func (b *Bot) SummaryCard(e *catalog.Edition, x Explain) card.Card {
	s := x.Summary
	c := card.Card{Tone: card.Note, Title: logTitle(e, s.Errors, s.Lines)}
	if len(x.Findings) == 0 {
		c.Tone, c.Title = card.Good, e.Label("log.none", "lines", strconv.Itoa(s.Lines))
		return c
	}
	// The first column is the count: as wide as the largest one, which stands first.
	width := len(strconv.Itoa(s.Kinds[0].Count))
	table := &card.Table{}
	for _, column := range []string{"code", "cause", "host", "line"} {
		table.Columns = append(table.Columns, e.Label("log."+column))
	}
	for _, k := range s.Kinds {
		code := strings.TrimSpace(k.Reply + " " + k.Enhanced)
		table.Rows = append(table.Rows, card.Row{
			Name:   fmt.Sprintf("%*d×", width, k.Count),
			Values: []string{orDash(code), e.Label("cause." + string(k.Cause)), orDash(k.Host), strconv.Itoa(k.Line)},
		})
	}
	c.Body = append(c.Body, card.Block{Table: table})
	if s.More > 0 {
		c.Body = append(c.Body, card.Block{Text: counted(e, "log.more", s.More)})
	}
	top := b.Answer(e, x.Findings[:1])
	c.Body = append(c.Body, card.Block{Heading: e.Label("log.top"), Text: top.Title})
	c.Body = append(c.Body, top.Body...)
	c.Small, c.Links, c.Actions = top.Small, top.Links, top.Actions
	return c
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
