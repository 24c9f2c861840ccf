package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// ask prepares what lookup, compare and search share.
func ask(a arguments, env map[string]string, missing string) (*bot.Bot, *catalog.Edition, string, error) {
	query := strings.TrimSpace(strings.Join(a.words, " "))
	if query == "" {
		return nil, nil, "", fmt.Errorf("%s", missing)
	}
	c, err := loadCatalog()
	if err != nil {
		return nil, nil, "", err
	}
	return bot.New(c, nil, bot.Options{}), c.Edition(a.language(env)), query, nil
}

func lookup(ctx context.Context, a arguments, env map[string]string, s streams) (int, error) {
	b, e, query, err := ask(a, env, "lookup needs a code or words, for example: smtpbot lookup 503")
	if err != nil {
		return exitUnusable, err
	}
	found, ok := b.Lookup(e, query)
	if !ok {
		return nothing(ctx, b, e, a, s, query)
	}
	if a.json {
		return exitFound, writeJSON(s.out, found)
	}
	return exitFound, answer(ctx, b, e, s.out, "lookup "+query)
}

func compare(ctx context.Context, a arguments, env map[string]string, s streams) (int, error) {
	b, e, query, err := ask(a, env, "compare needs two to four codes, for example: smtpbot compare 450 550")
	if err != nil {
		return exitUnusable, err
	}
	found, ok := b.Compare(e, query)
	if !ok {
		return exitUnusable, fmt.Errorf("compare needs two to four different codes, for example: smtpbot compare 450 550")
	}
	if a.json {
		return exitFound, writeJSON(s.out, found)
	}
	return exitFound, answer(ctx, b, e, s.out, "compare "+query)
}

func search(ctx context.Context, a arguments, env map[string]string, s streams) (int, error) {
	b, e, query, err := ask(a, env, "search needs words, for example: smtpbot search mailbox full")
	if err != nil {
		return exitUnusable, err
	}
	found := b.Search(e, query)
	if a.json {
		status := exitFound
		if len(found.Results) == 0 {
			status = exitNothing
		}
		return status, writeJSON(s.out, found)
	}
	if len(found.Results) == 0 {
		return nothing(ctx, b, e, a, s, query)
	}
	for _, h := range found.Results {
		fmt.Fprintf(s.out, "%-28s %s\n", h.Entry, h.Title)
	}
	return exitFound, nil
}

// nothing says that no entry fits, with the nearest ones.
func nothing(ctx context.Context, b *bot.Bot, e *catalog.Edition, a arguments, s streams, query string) (int, error) {
	if a.json {
		fmt.Fprintf(s.err, "smtpbot: nothing fits %q\n", card.Plain(query, 60))
		return exitNothing, nil
	}
	return exitNothing, answer(ctx, b, e, s.out, "search "+query)
}

// answer prints the card that the chat platforms would show.
func answer(ctx context.Context, b *bot.Bot, e *catalog.Edition, out io.Writer, text string) error {
	c := b.Command(ctx, bot.Request{Place: bot.Place{Platform: "terminal"}, Text: text, Lang: e.Lang()})
	_, err := io.WriteString(out, card.Text(c))
	return err
}

// writeJSON writes one object on one line.
func writeJSON(out io.Writer, v any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
