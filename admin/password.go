package admin

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
)

// minPassword is how many letters a password must have.
const minPassword = 10

// maxPassword bounds what is hashed, in bytes.
const maxPassword = 256

// passwordCost is OWASP's choice for argon2id where memory is dear.
var passwordCost = argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// ErrPassword says that a password is too short, or too long to be one.
var ErrPassword = errors.New("admin: a password has 10 letters or more")

// HashPassword makes the form in which a password is stored (argon2id, PHC
// string). Hashing the same password twice gives different strings.
func HashPassword(password string) (string, error) {
	hash, err := argon2id.CreateHash(password, &passwordCost)
	if err != nil {
		return "", fmt.Errorf("admin: hash a password: %w", err)
	}
	return hash, nil
}

// newPassword is HashPassword for one that an officer chose.
func newPassword(password string) (string, error) {
	if utf8.RuneCountInString(password) < minPassword || len(password) > maxPassword {
		return "", ErrPassword
	}
	return HashPassword(password)
}

// passwordFits compares in constant time. A hash that cannot be read fits nothing.
func passwordFits(password, hash string) bool {
	if len(password) > maxPassword {
		password = ""
	}
	fits, err := argon2id.ComparePasswordAndHash(password, hash)
	return err == nil && fits
}
