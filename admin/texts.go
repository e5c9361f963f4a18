package admin

import (
	_ "embed"
	"fmt"

	"github.com/goccy/go-yaml"
)

//go:embed texts.yaml
var textsFile []byte

// text is one thing that the console says, in both languages. %s, %d and
// %[1]s stand for what is put in.
type text struct {
	VI string `yaml:"vi"`
	EN string `yaml:"en"`
}

// texts is the message catalogue: everything the console itself says.
type texts map[string]text

func loadTexts() (texts, error) {
	var t texts
	if err := yaml.UnmarshalWithOptions(textsFile, &t, yaml.Strict()); err != nil {
		return nil, err
	}
	return t, nil
}

// say is a text in a language; the key itself when there is none, which a
// test rules out.
func (t texts) say(lang, key string, args ...any) string {
	s, ok := t[key]
	if !ok {
		return key
	}
	said := s.VI
	if lang == "en" {
		said = s.EN
	}
	if len(args) == 0 {
		return said
	}
	return fmt.Sprintf(said, args...)
}
