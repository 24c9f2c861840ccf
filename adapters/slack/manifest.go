package slack

import (
	_ "embed"
	"fmt"
	"io"
	"net/url"
	"strings"
	"text/template"
)

//go:embed manifest.yaml.tmpl
var manifestText string

// WriteManifest writes the manifest of the app: with the address at which the
// bot can be reached for signed requests and several workspaces, without one
// for Socket Mode and one workspace.
// https://docs.slack.dev/reference/app-manifest
func WriteManifest(w io.Writer, address string) error {
	if address != "" {
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			return fmt.Errorf("%q is no address such as https://smtpbot.example.com: Slack calls https alone", address)
		}
		address = strings.TrimRight(address, "/")
	}
	t, err := template.New("manifest").Parse(manifestText)
	if err != nil {
		return fmt.Errorf("the manifest's template: %w", err)
	}
	return t.Execute(w, map[string]any{
		"URL": address, "Scopes": scopes, "Events": events, "Commands": slashCommands, "Shortcuts": shortcuts,
		"PathEvents": pathEvents, "PathCommands": pathCommands, "PathInteractions": pathInteractions, "PathRedirect": pathRedirect,
	})
}
