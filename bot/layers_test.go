package bot_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImportsPointOneWay keeps the direction in which packages may know each
// other: catalog ← bot/detect, bot/card ← bot ← stores and platforms ←
// adapters ← cmd. Each row says what a package may import of the project, and
// what of the world it may not reach even at a distance.
func TestImportsPointOneWay(t *testing.T) {
	core := []string{"smtpbot/catalog", "smtpbot/bot", "smtpbot/bot/card", "smtpbot/bot/detect", "smtpbot/bot/memo", "smtpbot/bot/message", "smtpbot/bot/tally"}
	const sql, web, slack, discord = "database/sql", "net/http", "github.com/slack-go/slack", "github.com/bwmarrin/discordgo"
	rows := []struct {
		pkg    string
		may    []string
		cannot []string
	}{
		{"smtpbot/catalog", nil, []string{sql, web, slack, discord, "log/slog", "context"}},
		{"smtpbot/bot/card", nil, []string{sql, web, slack, discord}},
		{"smtpbot/bot/detect", []string{"smtpbot/catalog"}, []string{sql, web, slack, discord}},
		{"smtpbot/bot/memo", nil, []string{sql, web, slack, discord, "log/slog"}},
		{"smtpbot/bot/message", nil, []string{sql, web, slack, discord, "log/slog"}},
		{"smtpbot/bot/tally", []string{"smtpbot/catalog", "smtpbot/bot/detect"}, []string{sql, web, slack, discord}},
		{"smtpbot/bot", core, []string{sql, web, slack, discord}},
		{"smtpbot/bot/seal", nil, []string{sql, web, slack, discord, "log/slog"}},
		{"smtpbot/bot/store/memory", core, []string{slack, discord}},
		{"smtpbot/bot/store/sqlstore", core, []string{slack, discord}},
		{"smtpbot/adapters/delivery", nil, []string{sql, web, slack, discord}},
		{"smtpbot/adapters/slack", append(slices.Clone(core), "smtpbot/bot/seal", "smtpbot/adapters/delivery", "smtpbot/adapters/slack/blockkit"), []string{sql, discord}},
		{"smtpbot/adapters/discord", append(slices.Clone(core), "smtpbot/adapters/delivery"), []string{sql, slack}},
		{"smtpbot/adapters/web", core, []string{slack, discord}},
	}
	for _, row := range rows {
		t.Run(row.pkg, func(t *testing.T) {
			for _, dep := range deps(t, row.pkg) {
				if strings.HasPrefix(dep, "smtpbot/") && dep != row.pkg && !slices.Contains(row.may, dep) {
					t.Errorf("%s reaches %s", row.pkg, dep)
				}
				if slices.Contains(row.cannot, dep) {
					t.Errorf("%s reaches %s", row.pkg, dep)
				}
			}
		})
	}
}

func deps(t *testing.T, pkg string) []string {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", pkg).Output()
	if err != nil {
		t.Fatalf("go list -deps %s: %v", pkg, err)
	}
	list := strings.Fields(string(out))
	if !slices.Contains(list, pkg) {
		t.Fatalf("go list -deps %s does not list the package itself", pkg)
	}
	return list
}
