package bot

import "slices"

// Split cuts a text into pieces of at most so many characters: at a line end
// or else at a space in the second half of a piece, else where it must. The
// pieces joined are the text; there is always one.
func Split(text string, most int) []string {
	runes := []rune(text)
	var pieces []string
	for len(runes) > most {
		at := most
		for _, end := range []rune{'\n', ' '} {
			if i := lastIndex(runes[:most], end); i > most/2 {
				at = i + 1
				break
			}
		}
		pieces = append(pieces, string(runes[:at]))
		runes = runes[at:]
	}
	return append(pieces, string(runes))
}

func lastIndex(runes []rune, r rune) int {
	for i, found := range slices.Backward(runes) {
		if found == r {
			return i
		}
	}
	return -1
}
