// Package seal encrypts what grants access to a workspace before it is stored.
// Whoever has the database alone has nothing.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
)

// KeySize is the length of a key in bytes: that of AES-256.
const KeySize = 32

// Problems with a key or with what was sealed. Neither is ever repeated in an error.
var (
	ErrKey    = errors.New("the key has to be 32 bytes, written in base64 or as 64 hexadecimal digits")
	ErrBroken = errors.New("what was sealed does not open: it was changed, belongs elsewhere, or was sealed with another key")
)

// Box seals and opens with one key. It is safe for concurrent use.
type Box struct{ aead cipher.AEAD }

// New makes a box with a key in base64, padded or not, or in hexadecimal.
func New(key string) (*Box, error) {
	raw, err := decode(strings.TrimSpace(key))
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(raw)
	if err != nil {
		return nil, ErrKey
	}
	// The nonce is random and stands before the rest. NIST SP 800-38D, section
	// 8.3 allows 2^32 of them under one key: no bot has that many tokens.
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, err
	}
	return &Box{aead}, nil
}

// Key makes a new key, in base64.
func Key() string {
	var raw [KeySize]byte
	rand.Read(raw[:]) // never fails: it ends the program instead
	return base64.StdEncoding.EncodeToString(raw[:])
}

// Seal encrypts a secret. It opens for the same owner alone ("slack/T1"), so
// that what was sealed for one workspace is of no use in the row of another.
func (b *Box) Seal(secret []byte, owner string) []byte {
	return b.aead.Seal(nil, nil, secret, []byte(owner))
}

// Open gives back what Seal made of a secret for an owner.
func (b *Box) Open(sealed []byte, owner string) ([]byte, error) {
	secret, err := b.aead.Open(nil, nil, sealed, []byte(owner))
	if err != nil {
		return nil, ErrBroken
	}
	return secret, nil
}

func decode(key string) ([]byte, error) {
	if len(key) == hex.EncodedLen(KeySize) {
		if raw, err := hex.DecodeString(key); err == nil {
			return raw, nil
		}
	}
	plain := strings.TrimRight(key, "=")
	for _, e := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		if raw, err := e.DecodeString(plain); err == nil && len(raw) == KeySize {
			return raw, nil
		}
	}
	return nil, ErrKey
}
