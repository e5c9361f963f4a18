package bot

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// Limits of what is accepted. Longer texts are cut by channels only where a
// provider already does; here they are refused.
const (
	MaxText     = 20_000 // bytes
	maxExternal = 200
	maxAddress  = 200
	maxLabel    = 1_000 // a button's payload, a group's name
	maxMedia    = 20
	maxRef      = 4_000
)

// check says what makes a message unacceptable, as ErrInvalid.
func (in Inbound) check() error {
	switch {
	case in.From == "":
		return fmt.Errorf("%w: no sender", ErrInvalid)
	case in.At.IsZero():
		return fmt.Errorf("%w: no time", ErrInvalid)
	case len(in.Media) > maxMedia:
		return fmt.Errorf("%w: %d attachments", ErrInvalid, len(in.Media))
	}
	for _, part := range []struct {
		name, value string
		most        int
	}{
		{"text", in.Text, MaxText},
		{"button", in.Button, maxLabel},
		{"id", in.External, maxExternal},
		{"sender", in.From, maxAddress},
		{"group", in.Group, maxAddress},
		{"title", in.Title, maxLabel},
	} {
		if err := acceptable(part.name, part.value, part.most); err != nil {
			return err
		}
	}
	for _, m := range in.Media {
		if err := acceptable("attachment", m.Kind+m.Ref+m.Type, maxRef); err != nil {
			return err
		}
	}
	return nil
}

func acceptable(name, value string, most int) error {
	switch {
	case len(value) > most:
		return fmt.Errorf("%w: %s of %d bytes is too long", ErrInvalid, name, len(value))
	case !utf8.ValidString(value):
		return fmt.Errorf("%w: %s is not UTF-8", ErrInvalid, name)
	}
	return nil
}

// stored is the text as the log keeps it.
func (in Inbound) stored() string {
	if in.Button != "" && in.Text == "" {
		return "[" + in.Button + "]"
	}
	return in.Text
}

func (in Inbound) media() []byte {
	if len(in.Media) == 0 {
		return nil
	}
	return encoded(in.Media)
}

func (in Inbound) json() []byte {
	return encoded(in)
}

// encoded is the JSON of what holds nothing but strings, bools and times.
func encoded(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // it cannot fail
	}
	return b
}
