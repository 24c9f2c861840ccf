package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/caarlos0/env/v11"
	"gopkg.in/yaml.v3"

	"smtpbot/adapters"
)

// read gives a file of the repository.
func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func known() map[string]bool {
	names := map[string]bool{}
	for _, v := range variables() {
		names[v.name] = true
		if v.secret {
			names[v.name+"_FILE"] = true
		}
	}
	return names
}

// TestVariablesAreTheOnesRead holds the list that operators see to the fields
// that the code reads.
func TestVariablesAreTheOnesRead(t *testing.T) {
	var want []string
	params, err := env.GetFieldParams(&config{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range params {
		want = append(want, p.Key)
	}
	for _, p := range adapters.Platforms() {
		want = append(want, p.Variables()...)
	}
	var got []string
	for _, v := range variables() {
		got = append(got, v.name)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("variables() lists %q; the code reads %q", got, want)
	}
}

var variableName = regexp.MustCompile(`\b(?:SMTPBOT|SLACK|DISCORD)_[A-Z_]+[A-Z]\b`)

// TestDocumentsNameRealVariables looks through everything that an operator
// reads or copies for a variable that the code does not know.
func TestDocumentsNameRealVariables(t *testing.T) {
	test := []string{"SMTPBOT_TEST_POSTGRES", "SMTPBOT_CORPUS", "DISCORD_OPENAPI"} // for tests alone
	for _, file := range []string{"README.md", "CONTRIBUTING.md", "deploy/Dockerfile", "deploy/compose.yaml", "deploy/systemd/smtpbot.service", "deploy/slack/manifest.yaml", "deploy/slack/manifest-http.yaml", "deploy/discord/README.md"} {
		for _, name := range variableName.FindAllString(read(t, file), -1) {
			if !known()[name] && !slices.Contains(test, name) {
				t.Errorf("%s names %s, which smtpbot does not read", file, name)
			}
		}
	}
	readme := read(t, "README.md")
	for _, v := range variables() {
		if !strings.Contains(readme, "`"+v.name+"`") {
			t.Errorf("README.md does not list %s", v.name)
		}
	}
	for _, c := range commands() {
		if !strings.Contains(readme, "smtpbot "+c.name) && c.name != "serve" {
			t.Errorf("README.md does not show `smtpbot %s`", c.name)
		}
	}
}

// TestREADMELinks follows every link of the README that leads into the tree.
func TestREADMELinks(t *testing.T) {
	for _, m := range regexp.MustCompile(`\]\(([^)#:]+)\)`).FindAllStringSubmatch(read(t, "README.md"), -1) {
		if _, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(m[1]))); err != nil {
			t.Errorf("README.md leads to %s, which is not there", m[1])
		}
	}
}

func TestDockerfile(t *testing.T) {
	file := read(t, "deploy/Dockerfile")
	minor := regexp.MustCompile(`^go(\d+\.\d+)`).FindStringSubmatch(runtime.Version())[1]
	if !strings.Contains(read(t, "go.mod"), "\ngo "+minor) || !strings.Contains(file, "FROM golang:"+minor+" ") {
		t.Errorf("go.mod, the image and this toolchain (%s) are not of one version", minor)
	}
	for _, want := range []string{"CGO_ENABLED=0", "./cmd/smtpbot", "FROM scratch", "ca-certificates.crt", "main.release="} {
		if !strings.Contains(file, want) {
			t.Errorf("the Dockerfile lacks %s", want)
		}
	}
	if user := regexp.MustCompile(`(?m)^USER (\d+):(\d+)$`).FindStringSubmatch(file); user == nil || user[1] == "0" {
		t.Error("the image does not run as a user without rights")
	}
}

func TestCompose(t *testing.T) {
	var file struct {
		Services map[string]struct {
			Build       struct{ Context, Dockerfile string }
			ReadOnly    bool `yaml:"read_only"`
			Environment map[string]string
			Secrets     []string
			Volumes     []string
		}
		Secrets map[string]struct{ File string }
		Volumes map[string]any
	}
	if err := yaml.NewDecoder(bytes.NewReader([]byte(read(t, "deploy/compose.yaml")))).Decode(&file); err != nil {
		t.Fatal(err)
	}
	s, ok := file.Services["smtpbot"]
	if !ok || !s.ReadOnly {
		t.Fatal("there is no service smtpbot with a read-only root")
	}
	if _, err := os.Stat(filepath.Join("..", "..", "deploy", s.Build.Context, s.Build.Dockerfile)); err != nil {
		t.Errorf("the Dockerfile is not where compose looks: %v", err)
	}
	for name, value := range s.Environment {
		secret, isFile := strings.CutPrefix(value, "/run/secrets/")
		if isFile && !slices.Contains(s.Secrets, secret) {
			t.Errorf("%s reads the secret %s, which the service does not get", name, secret)
		}
	}
	for _, secret := range s.Secrets {
		if file.Secrets[secret].File == "" {
			t.Errorf("the secret %s has no file", secret)
		}
	}
}

func TestSystemdUnit(t *testing.T) {
	unit := read(t, "deploy/systemd/smtpbot.service")
	start := regexp.MustCompile(`(?m)^ExecStart=\S+/smtpbot (\w+)$`).FindStringSubmatch(unit)
	if start == nil || !slices.ContainsFunc(commands(), func(c command) bool { return c.name == start[1] }) {
		t.Error("the unit does not start a command of smtpbot")
	}
	stop := regexp.MustCompile(`(?m)^TimeoutStopSec=(\d+)$`).FindStringSubmatch(unit)
	if stop == nil || stop[1] != "10" {
		t.Error("the unit does not give the 10 s that a stop may take")
	}
	if !strings.Contains(unit, "RestartPreventExitStatus=2") || !strings.Contains(unit, "DynamicUser=yes") {
		t.Error("the unit retries a broken configuration, or runs as root")
	}
}
