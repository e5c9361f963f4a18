package storage

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Keyring seals addresses and other personal data at rest (AES-256-GCM, with
// the id of the key in front) and hashes addresses for lookup
// (HMAC-SHA-256 under a key of its own). Safe for concurrent use.
type Keyring struct {
	current byte
	aeads   map[byte]cipher.AEAD
	lookup  []byte
	rand    io.Reader
}

// Keys is a keyring's file form: keys are base64, 32 bytes each. A new
// sealing key is added under a new id and made Current; old ones stay until
// nothing is sealed with them. The lookup key never changes.
type Keys struct {
	Current byte            `json:"current"`
	Seal    map[byte]string `json:"seal"`
	Lookup  string          `json:"lookup"`
}

// ErrSealed says that the sealed bytes are not ours, were changed, or their key is gone.
var ErrSealed = errors.New("storage: cannot open sealed data")

// NewKeys draws a fresh set of keys.
func NewKeys() Keys {
	draw := func() string {
		b := make([]byte, 32)
		_, _ = rand.Read(b) // never fails (crypto/rand)
		return base64.StdEncoding.EncodeToString(b)
	}
	return Keys{Current: 1, Seal: map[byte]string{1: draw()}, Lookup: draw()}
}

// ParseKeys reads the JSON form of Keys.
func ParseKeys(data []byte) (*Keyring, error) {
	var k Keys
	if err := json.Unmarshal(data, &k); err != nil {
		return nil, fmt.Errorf("storage: keys: %w", err)
	}
	return k.Keyring()
}

// Keyring checks the keys and makes them usable.
func (k Keys) Keyring() (*Keyring, error) {
	r := &Keyring{current: k.Current, aeads: make(map[byte]cipher.AEAD, len(k.Seal)), rand: rand.Reader}
	for id, text := range k.Seal {
		key, err := base64.StdEncoding.DecodeString(text)
		if err != nil || len(key) != 32 {
			return nil, fmt.Errorf("storage: keys: sealing key %d is not 32 bytes of base64", id)
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, fmt.Errorf("storage: keys: %w", err)
		}
		if r.aeads[id], err = cipher.NewGCM(block); err != nil {
			return nil, fmt.Errorf("storage: keys: %w", err)
		}
	}
	if r.aeads[k.Current] == nil {
		return nil, fmt.Errorf("storage: keys: the current sealing key %d is missing", k.Current)
	}
	var err error
	if r.lookup, err = base64.StdEncoding.DecodeString(k.Lookup); err != nil || len(r.lookup) != 32 {
		return nil, errors.New("storage: keys: the lookup key is not 32 bytes of base64")
	}
	return r, nil
}

// Seal encrypts plain. Sealing the same text twice gives different bytes.
func (r *Keyring) Seal(plain []byte) []byte {
	aead := r.aeads[r.current]
	out := make([]byte, 1+aead.NonceSize(), 1+aead.NonceSize()+len(plain)+aead.Overhead())
	out[0] = r.current
	if _, err := io.ReadFull(r.rand, out[1:]); err != nil {
		panic("storage: no randomness: " + err.Error()) // crypto/rand never fails
	}
	return aead.Seal(out, out[1:1+aead.NonceSize()], plain, out[:1])
}

// Open decrypts what Seal made; ErrSealed if it cannot.
func (r *Keyring) Open(sealed []byte) ([]byte, error) {
	if len(sealed) == 0 {
		return nil, ErrSealed
	}
	aead := r.aeads[sealed[0]]
	if aead == nil || len(sealed) < 1+aead.NonceSize()+aead.Overhead() {
		return nil, ErrSealed
	}
	plain, err := aead.Open(nil, sealed[1:1+aead.NonceSize()], sealed[1+aead.NonceSize():], sealed[:1])
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

// Hash is the keyed hash by which an address is looked up.
func (r *Keyring) Hash(address string) Hash {
	mac := hmac.New(sha256.New, r.lookup)
	mac.Write([]byte(address))
	var h Hash
	mac.Sum(h[:0])
	return h
}

// Address makes the stored form of an address ("tel:+84905123456").
func (r *Keyring) Address(address string) Address {
	return Address{Hash: r.Hash(address), Sealed: r.Seal([]byte(address)), Mask: Mask(address)}
}

// Mask is what a list may show of an address: the scheme's kind and the last
// three characters.
func Mask(address string) string {
	const tel, chat = "tel:+84", "telegram:"
	tail := address
	if len(tail) > 3 {
		tail = tail[len(tail)-3:]
	}
	switch {
	case len(address) > len(tel)+4 && address[:len(tel)] == tel:
		return "0" + address[len(tel):len(tel)+1] + "…" + tail
	case len(address) > len(chat) && address[:len(chat)] == chat:
		return "Telegram …" + tail
	default:
		return "…" + tail
	}
}

// JSON is the file form that ParseKeys reads.
func (k Keys) JSON() []byte {
	b, err := json.MarshalIndent(k, "", "  ")
	if err != nil {
		panic(err) // strings and bytes only
	}
	return append(b, '\n')
}
