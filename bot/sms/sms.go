// Package sms says what an SMS is: which alphabet a text needs, how many parts
// it takes on the air, what it costs, and how to write it without marks so that
// it stays in the cheap alphabet. Pure functions, no state.
package sms

import "unicode/utf8"

// Encoding is the alphabet that a text is sent in.
type Encoding string

const (
	// GSM7 is the seven-bit default alphabet with its extension table.
	GSM7 Encoding = "gsm7"
	// UCS2 is UTF-16. One "đ" or "ế" is enough to need it.
	UCS2 Encoding = "ucs2"
)

// Count is the size of a text on the air.
type Count struct {
	Encoding Encoding
	// Units are septets (an escaped sign counts two) for GSM7, UTF-16 units for UCS2.
	Units int
	// Parts are the messages that are paid for; 0 only for the empty text.
	Parts int
}

// Measure tells how text goes out. A text that fits takes one part of 160
// septets or 70 UTF-16 units; a longer one takes parts of 153 or 67, and neither
// an escaped sign nor a surrogate pair is ever split between two parts. The
// empty text is GSM7 with no units and no parts. A byte that is not UTF-8 counts
// as the replacement character (U+FFFD), which is what a gateway would send.
func Measure(text string) Count {
	encoding, units := size(text)
	c := Count{Encoding: encoding, Units: units}
	single, each := encoding.limits()
	if units == 0 {
		return c
	}
	c.Parts = 1
	if units <= single {
		return c
	}
	inPart := 0
	for _, r := range text {
		u := encoding.units(r)
		if inPart+u > each {
			c.Parts++
			inPart = 0
		}
		inPart += u
	}
	return c
}

// Split returns the parts of text as a phone receives them, as many as Measure
// counts. Joined they are text, byte for byte. The empty text has none: nil.
func Split(text string) []string {
	c := Measure(text)
	switch c.Parts {
	case 0:
		return nil
	case 1:
		return []string{text}
	}
	_, each := c.Encoding.limits()
	parts := make([]string, 0, c.Parts)
	start, inPart := 0, 0
	for i, r := range text {
		u := c.Encoding.units(r)
		if inPart+u > each {
			parts = append(parts, text[start:i])
			start, inPart = i, 0
		}
		inPart += u
	}
	return append(parts, text[start:])
}

// Cost is the price of sending c at perPart (any unit of money) for each part.
func Cost(c Count, perPart int64) int64 {
	return int64(c.Parts) * perPart
}

// limits are the units of a lone message, and of each part of a longer one.
func (e Encoding) limits() (single, each int) {
	if e == UCS2 {
		return 70, 67
	}
	return 160, 153
}

// units is what r takes in e, which must be able to hold it.
func (e Encoding) units(r rune) int {
	if e == UCS2 {
		if r > 0xFFFF {
			return 2
		}
		return 1
	}
	return septets(r)
}

// size finds the encoding that text needs and its length in it.
func size(text string) (e Encoding, units int) {
	for _, r := range text {
		u := septets(r)
		if u == 0 {
			return UCS2, utf16Length(text)
		}
		units += u
	}
	return GSM7, units
}

func utf16Length(text string) (units int) {
	for _, r := range text {
		units += UCS2.units(r)
	}
	return units
}

// ascii holds the septets of each ASCII character, sixteen a row.
const ascii = "" +
	"0000000000102100" + // newline, form feed (escaped), carriage return
	"0000000000000000" +
	"1111111111111111" +
	"1111111111111111" +
	"1111111111111111" +
	"1111111111122221" + // [ \ ] ^
	"0111111111111111" + // no backtick
	"1111111111122220" //   { | } ~

// septets is what r takes in GSM-7: 1, 2 for a sign of the extension table, or
// 0 when r has no place there. The escape code itself is no text: 0.
func septets(r rune) int {
	if r < utf8.RuneSelf {
		return int(ascii[r] - '0')
	}
	return septetsBeyondASCII(r)
}

func septetsBeyondASCII(r rune) int {
	switch r {
	case '€':
		return 2
	case '£', '¥', 'è', 'é', 'ù', 'ì', 'ò', 'Ç', 'Ø', 'ø', 'Å', 'å',
		'Δ', 'Φ', 'Γ', 'Λ', 'Ω', 'Π', 'Ψ', 'Σ', 'Θ', 'Ξ',
		'Æ', 'æ', 'ß', 'É', '¤', '¡', 'Ä', 'Ö', 'Ñ', 'Ü', '§', '¿',
		'ä', 'ö', 'ñ', 'ü', 'à':
		return 1
	}
	return 0
}
