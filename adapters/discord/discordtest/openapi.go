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
	schemas map[string]*jsonschema.Schema // by method and path; nil without the description
}

const spec = "file:///discord.json"

// checked are the bodies that are described.
var checked = map[string]string{
	"message":  "/paths/~1channels~1{channel_id}~1messages/post",
	"callback": "/paths/~1interactions~1{interaction_id}~1{interaction_token}~1callback/post",
	"commands": "/paths/~1applications~1{application_id}~1commands/put",
	"edit":     "/paths/~1channels~1{channel_id}~1messages~1{message_id}/patch",
	"followup": "/paths/~1webhooks~1{webhook_id}~1{webhook_token}/post",
	"original": "/paths/~1webhooks~1{webhook_id}~1{webhook_token}~1messages~1@original/patch",
}

// LoadValidator reads the description, if there is one.
func LoadValidator(t testing.TB) *Validator {
	t.Helper()
	v, err := load()
	if err != nil {
		t.Fatalf("DISCORD_OPENAPI: %v", err)
	}
	return v
}

var load = sync.OnceValues(func() (*Validator, error) {
	file := os.Getenv("DISCORD_OPENAPI")
	if file == "" {
		return &Validator{}, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	document, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource(spec, document); err != nil {
		return nil, err
	}
	v := &Validator{schemas: map[string]*jsonschema.Schema{}}
	for name, path := range checked {
		at := spec + "#" + strings.NewReplacer("{", "%7B", "}", "%7D").Replace(path) + "/requestBody/content/application~1json/schema"
		if v.schemas[name], err = compiler.Compile(at); err != nil {
			return nil, err
		}
	}
	return v, nil
})

// described checks a body against the description.
func (v *Validator) described(name string, body []byte) []string {
	if v.schemas == nil {
		return nil
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(body)))
	if err != nil {
		return []string{"not JSON"}
	}
	if err := v.schemas[name].Validate(document); err != nil {
		return []string{"OpenAPI: " + err.Error()}
	}
	return nil
}
