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
	maxMedia    = 20
)

// check says what makes a message unacceptable, as ErrInvalid.
func (in Inbound) check() error {
	switch {
	case in.From == "":
		return fmt.Errorf("%w: no sender", ErrInvalid)
	case len(in.From) > maxAddress || len(in.Group) > maxAddress:
		return fmt.Errorf("%w: address too long", ErrInvalid)
	case len(in.External) > maxExternal:
		return fmt.Errorf("%w: id too long", ErrInvalid)
	case len(in.Text) > MaxText:
		return fmt.Errorf("%w: text of %d bytes is too long", ErrInvalid, len(in.Text))
	case !utf8.ValidString(in.Text) || !utf8.ValidString(in.Button) || !utf8.ValidString(in.External):
		return fmt.Errorf("%w: text is not UTF-8", ErrInvalid)
	case len(in.Media) > maxMedia:
		return fmt.Errorf("%w: %d attachments", ErrInvalid, len(in.Media))
	case in.At.IsZero():
		return fmt.Errorf("%w: no time", ErrInvalid)
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
	b, _ := json.Marshal(in.Media) // strings only: cannot fail
	return b
}

func (in Inbound) json() []byte {
	b, _ := json.Marshal(in) // strings, numbers and a time: cannot fail
	return b
}
