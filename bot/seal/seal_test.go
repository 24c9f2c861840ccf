package seal_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"smtpbot/bot/seal"
)

func TestOpenGivesBackWhatWasSealed(t *testing.T) {
	box, err := seal.New(seal.Key())
	if err != nil {
		t.Fatal(err)
	}
	secret := []byte("a token that nobody may read")
	first, second := box.Seal(secret, "slack/T1"), box.Seal(secret, "slack/T1")
	if bytes.Equal(first, second) {
		t.Error("the same secret looks the same twice")
	}
	if bytes.Contains(first, secret[:8]) {
		t.Error("the secret shows")
	}
	if got, err := box.Open(first, "slack/T1"); err != nil || !bytes.Equal(got, secret) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestWhatDoesNotOpen(t *testing.T) {
	box, _ := seal.New(seal.Key())
	other, _ := seal.New(seal.Key())
	sealed := box.Seal([]byte("secret"), "slack/T1")
	changed := bytes.Clone(sealed)
	changed[len(changed)-1] ^= 1
	for name, row := range map[string]struct {
		box    *seal.Box
		sealed []byte
		owner  string
	}{
		"another owner": {box, sealed, "slack/T2"}, "another key": {other, sealed, "slack/T1"}, "changed": {box, changed, "slack/T1"},
		"cut": {box, sealed[:10], "slack/T1"}, "nothing": {box, nil, "slack/T1"}, "in clear": {box, []byte("secret"), "slack/T1"},
	} {
		if got, err := row.box.Open(row.sealed, row.owner); !errors.Is(err, seal.ErrBroken) || got != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestKeys(t *testing.T) {
	raw := bytes.Repeat([]byte{0xfb, 0xef}, 16) // holds + and / in base64
	for name, row := range map[string]struct {
		key string
		ok  bool
	}{
		"base64": {base64.StdEncoding.EncodeToString(raw), true}, "without padding": {base64.RawStdEncoding.EncodeToString(raw), true},
		"for URLs": {base64.URLEncoding.EncodeToString(raw), true}, "hexadecimal": {hex.EncodeToString(raw), true},
		"in capitals": {strings.ToUpper(hex.EncodeToString(raw)), true}, "with a line feed": {base64.StdEncoding.EncodeToString(raw) + "\n", true},
		"empty": {"", false}, "short": {base64.StdEncoding.EncodeToString(raw[:16]), false}, "long": {base64.StdEncoding.EncodeToString(append(raw, 0)), false},
		"words": {"correct horse battery staple", false},
	} {
		box, err := seal.New(row.key)
		if (err == nil) != row.ok || (box != nil) != row.ok {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && row.key != "" && strings.Contains(err.Error(), row.key) {
			t.Errorf("%s: the error repeats the key", name)
		}
	}
	if first, second := seal.Key(), seal.Key(); first == second {
		t.Error("two new keys are the same")
	}
	// However it is written, it is the same key.
	a, _ := seal.New(hex.EncodeToString(raw))
	b, _ := seal.New(base64.StdEncoding.EncodeToString(raw))
	if got, err := b.Open(a.Seal([]byte("x"), "o"), "o"); err != nil || string(got) != "x" {
		t.Errorf("%q, %v", got, err)
	}
}
