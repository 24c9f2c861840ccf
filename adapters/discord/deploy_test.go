package discord

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
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
		"/discord/interactions", "smtpbot invite discord", menuName, portal, emoji,
		"`/" + slashName + " " + optionCode + ":", "`/" + explainName + "`", "`/" + settingsName + "`",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %q", want)
		}
	}
	for _, v := range Variables() {
		if !strings.Contains(page, "`"+v+"`") && !strings.Contains(page, "`"+v+"=") && v != "DISCORD_API_URL" { // for tests
			t.Errorf("the page does not say what %s is for", v)
		}
	}
	for _, l := range bot.Levels() {
		if !strings.Contains(page, "| `"+string(l)+"` |") {
			t.Errorf("the page does not say what the level %s is", l)
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

// The printed link is that of the pages, for the application that the
// environment names, or that the token belongs to.
func TestInvite(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	for name, row := range map[string]struct {
		env  map[string]string
		want string
	}{
		"by its id":          {map[string]string{"DISCORD_APPLICATION_ID": "123456789012345678"}, invitation("123456789012345678")},
		"by its token":       {map[string]string{"DISCORD_BOT_TOKEN": s.Token, "DISCORD_API_URL": s.URL()}, invitation(s.AppID)},
		"with nothing":       {nil, "DISCORD_APPLICATION_ID"},
		"with a wrong id":    {map[string]string{"DISCORD_APPLICATION_ID": "smtpbot"}, "DISCORD_APPLICATION_ID"},
		"with a wrong token": {map[string]string{"DISCORD_BOT_TOKEN": "MTIz.other.token", "DISCORD_API_URL": s.URL()}, "401"},
	} {
		link, err := Invite(t.Context(), row.env)
		if err != nil {
			link = err.Error()
		}
		if !strings.Contains(link, row.want) || strings.Contains(link, ".token") {
			t.Errorf("%s: %s", name, link)
		}
	}
}
