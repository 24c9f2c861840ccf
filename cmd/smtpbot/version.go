package main

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
)

// release is set by the linker: -ldflags "-X main.release=1.2.3".
var release string

func version(_ context.Context, _ arguments, _ map[string]string, s streams) (int, error) {
	name, commit := build()
	fmt.Fprintf(s.out, "smtpbot %s, commit %s, %s\n", name, commit, runtime.Version())
	return exitFound, nil
}

// build says what was built, from the linker or from the module's own record.
func build() (name, commit string) {
	name, commit = release, "unknown"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return cmp.Or(name, "unknown"), commit
	}
	dirty := ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = " with changes"
		}
	}
	if len(commit) > 12 {
		commit = commit[:12]
	}
	return cmp.Or(name, info.Main.Version, "(devel)"), commit + dirty
}
