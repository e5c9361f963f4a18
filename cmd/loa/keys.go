package main

import "github.com/loa-vn/loa/storage"

type keysCmd struct{}

// Run prints a fresh set of keys. Whoever loses them loses every address.
func (c *keysCmd) Run(io streams) error {
	_, err := io.out.Write(storage.NewKeys().JSON())
	return err
}
