package discordtest

import (
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Validator checks bodies against Discord's own description of its interface,
// where DISCORD_OPENAPI names the file that holds it, and against what that
// description leaves out, everywhere.
//
// https://github.com/discord/discord-api-spec
type Validator struct {
	mu      sync.Mutex
	schemas map[string]*jsonschema.Schema // by method and path; nil without the description
}

const spec = "file:///discord.json"

// checked are the bodies that are described.
var checked = map[string]string{
	"message":  "/paths/~1channels~1{channel_id}~1messages/post",
	"callback": "/paths/~1interactions~1{interaction_id}~1{interaction_token}~1callback/post",
	"commands": "/paths/~1applications~1{application_id}~1commands/put",
}

// LoadValidator reads the description, if there is one.
func LoadValidator(t testing.TB) *Validator {
	t.Helper()
	file := os.Getenv("DISCORD_OPENAPI")
	if file == "" {
		return &Validator{}
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatalf("DISCORD_OPENAPI: %v", err)
	}
	defer f.Close()
	document, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		t.Fatalf("DISCORD_OPENAPI: %v", err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource(spec, document); err != nil {
		t.Fatal(err)
	}
	v := &Validator{schemas: map[string]*jsonschema.Schema{}}
	for name, path := range checked {
		schema, err := compiler.Compile(spec + "#" + strings.NewReplacer("{", "%7B", "}", "%7D").Replace(path) + "/requestBody/content/application~1json/schema")
		if err != nil {
			t.Fatalf("DISCORD_OPENAPI: %v", err)
		}
		v.schemas[name] = schema
	}
	return v
}

// described checks a body against the description.
func (v *Validator) described(name string, body []byte) []string {
	if v.schemas == nil {
		return nil
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(body)))
	if err != nil {
		return []string{"not JSON"}
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.schemas[name].Validate(document); err != nil {
		return []string{"OpenAPI: " + err.Error()}
	}
	return nil
}
