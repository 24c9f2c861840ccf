package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// arguments are what stands behind a command's name. Flags may stand anywhere.
type arguments struct {
	words       []string
	lang        string
	json, jsonl bool
	url         string // an address
	help        bool
}

func parse(c command, args []string) (arguments, error) {
	var a arguments
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	if strings.Contains(c.usage, "--lang") {
		flags.StringVar(&a.lang, "lang", "", "")
	}
	if strings.Contains(c.usage, "--json") {
		flags.BoolVar(&a.json, "json", false, "")
	}
	if strings.Contains(c.usage, "--url") {
		flags.StringVar(&a.url, "url", "", "")
	}
	if strings.Contains(c.usage, "--jsonl") {
		flags.BoolVar(&a.jsonl, "jsonl", false, "")
	}
	for {
		err := flags.Parse(args)
		if errors.Is(err, flag.ErrHelp) {
			a.help = true
			return a, nil
		}
		if err != nil {
			return a, fmt.Errorf("%v; usage: smtpbot %s", err, c.usage)
		}
		if flags.NArg() == 0 {
			return a, nil
		}
		rest := flags.Args()
		if len(args) > len(rest) && args[len(args)-len(rest)-1] == "--" { // what follows are words
			a.words = append(a.words, rest...)
			return a, nil
		}
		a.words = append(a.words, rest[0])
		args = rest[1:]
	}
}

// language is what --lang or else the terminal's locale asks for.
func (a arguments) language(env map[string]string) string {
	for _, wish := range []string{a.lang, env["LC_ALL"], env["LC_MESSAGES"], env["LANG"]} {
		if wish != "" {
			return wish
		}
	}
	return ""
}
