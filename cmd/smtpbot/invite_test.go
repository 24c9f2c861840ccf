package main

import (
	"strings"
	"testing"
)

func TestInvite(t *testing.T) {
	for _, row := range []struct {
		name     string
		env      []string
		args     string
		status   int
		out, err string
	}{
		{"by the id", []string{"DISCORD_APPLICATION_ID=123456789012345678"}, "invite discord", 0, "client_id=123456789012345678&", ""},
		{"with nothing", nil, "invite discord", 2, "", "set DISCORD_APPLICATION_ID"},
		{"no number", []string{"DISCORD_APPLICATION_ID=smtpbot"}, "invite discord", 2, "", "not a number"},
		{"another platform", nil, "invite slack", 2, "", "/slack/install"},
		{"no platform", nil, "invite", 2, "", "usage: smtpbot invite discord"},
	} {
		status, out, errs := cli(t, nil, row.env, strings.Fields(row.args)...)
		if status != row.status || !strings.Contains(out, row.out) || !strings.Contains(errs, row.err) || out == "" && errs == "" {
			t.Errorf("%s: status %d\n%s%s", row.name, status, out, errs)
		}
	}
}
