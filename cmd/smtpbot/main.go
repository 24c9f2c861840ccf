// Command smtpbot explains SMTP errors: in Slack and Discord, on a local page,
// and on the command line.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"smtpbot/catalog"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Environ(), streams{os.Stdin, os.Stdout, os.Stderr}))
}

// streams are what a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// Exit statuses, the same for every command.
const (
	exitFound    = 0
	exitNothing  = 1
	exitUnusable = 2
)

// command is one subcommand of the binary.
type command struct {
	name, usage, what string
	run               func(ctx context.Context, a arguments, env map[string]string, s streams) (int, error)
}

func commands() []command {
	return []command{
		{"serve", "serve", "runs what the environment configures, and the local page", serve},
		{"lookup", "lookup QUERY [--lang fr] [--json]", "one entry: 503, 5.1.1, 5xx, 550-5.7.26, or words", lookup},
		{"compare", "compare A B [C...] [--lang fr] [--json]", "two to four codes side by side", compare},
		{"search", "search WORDS... [--lang fr] [--json]", "entries by words, best first", search},
		{"explain", "explain [FILE|-] [--lang fr] [--json|--jsonl]", "explains a pasted text, a log or an .eml file", explain},
		{"check", "check", "checks the configuration without starting", check},
		{"manifest", "manifest slack [--url https://…]", "the Slack app's manifest: for Socket Mode, or for an address", manifest},
		{"invite", "invite discord", "the link that adds the bot to a server", invite},
		{"key", "key", "prints a new SMTPBOT_KEY", key},
		{"catalog", "catalog stats | lint | todo LANG | accept LANG", "for contributors: counts, faults, what a language lacks", catalogue},
		{"version", "version", "version, commit, Go version", version},
	}
}

// run picks the command and turns its outcome into an exit status: one line on
// standard error says what was wrong and how to mend it.
func run(ctx context.Context, args, environ []string, s streams) int {
	if len(args) == 0 {
		args = []string{"serve"}
	}
	switch args[0] {
	case "help", "-h", "--help":
		fmt.Fprint(s.out, usage())
		return exitFound
	}
	for _, c := range commands() {
		if c.name != args[0] {
			continue
		}
		a, err := parse(c, args[1:])
		if err != nil {
			return fail(s, err)
		}
		if a.help {
			fmt.Fprintf(s.out, "usage: smtpbot %s\n\n%s\n", c.usage, c.what)
			return exitFound
		}
		status, err := c.run(ctx, a, environment(environ), s)
		if err != nil {
			return fail(s, err)
		}
		return status
	}
	return fail(s, fmt.Errorf("there is no command %q; run `smtpbot help` for the list, or `smtpbot lookup %s`", args[0], args[0]))
}

// fail reports one line. A message of several lines is a list of problems.
func fail(s streams, err error) int {
	fmt.Fprintf(s.err, "smtpbot: %v\n", err)
	return exitUnusable
}

func usage() string {
	var b strings.Builder
	b.WriteString("smtpbot explains SMTP errors.\n\nusage:\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  smtpbot %-46s %s\n", c.usage, c.what)
	}
	b.WriteString("\nWithout a command it serves. What serves is configured by environment variables: see `smtpbot check` and the README.\n")
	return b.String()
}

func loadCatalog() (*catalog.Catalog, error) { return catalog.Load(catalog.Files()) }
