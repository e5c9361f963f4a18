package main

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

type healthCmd struct {
	URL string `arg:"" optional:"" help:"Base address of the running Loa." default:"http://127.0.0.1:8080"`
}

// Run asks /readyz once.
func (c *healthCmd) Run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.URL+"/readyz", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s is not ready: %s", c.URL, response.Status)
	}
	return nil
}
