package discord

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The README's link asks for what the code uses.
func TestREADMELink(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(raw), invitation("APPLICATION_ID")) {
		t.Errorf("the README does not hold %q", invitation("APPLICATION_ID"))
	}
}

// The set-up page names the numbers that the code uses.
func TestDeployPage(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../deploy/discord/README.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(raw)
	for _, want := range []string{
		invitation("APPLICATION_ID"),
		fmt.Sprintf("together %d", int(intents)),
		"/discord/interactions", "DISCORD_BOT_TOKEN", "DISCORD_PUBLIC_KEY", menuName, "/" + slashName, portal,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %q", want)
		}
	}
	var sum int64
	for _, m := range regexp.MustCompile("(?m)^\\| `[A-Z_]+` \\| ([0-9]+) \\|").FindAllStringSubmatch(page, -1) {
		n, err := strconv.ParseInt(m[1], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		sum |= n
	}
	if sum != permissions {
		t.Errorf("the permissions of the page are %d, those of the code %d", sum, permissions)
	}
}
