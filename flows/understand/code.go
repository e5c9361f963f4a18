package understand

// code reads a receipt or another code of Loa's: four or eight letters and
// digits, of which some are letters, that are no ballot and no price.
func (r *reader) code(out *Reading) bool {
	n := r.glued()
	if n == 0 || r.ctx.Expect != ExpectNone && r.ctx.Expect != ExpectYesNo {
		return false
	}
	var buf [8]byte
	s := buf[:0]
	letters, digits, other := 0, 0, false
	for i := r.tokens[0].start; i < r.tokens[n-1].end; i++ {
		c := r.text[i]
		switch {
		case c == '-' && len(s) == 4:
			continue
		case c >= '0' && c <= '9':
			digits++
		case c >= 'a' && c <= 'z':
			c -= 'a' - 'A'
			letters++
		case c >= 'A' && c <= 'Z':
			letters++
		default:
			return false
		}
		switch c {
		case 'I', 'L', 'O', 'U':
			return false // not in the alphabet of codes
		case 'D', 'K':
		default:
			other = other || c > '9'
		}
		if len(s) == cap(buf[:]) {
			return false
		}
		s = append(s, c)
	}
	if len(s) != 4 && len(s) != 8 || letters < 2 || digits < 1 || !other {
		return false
	}
	if s[0] >= '0' && s[0] <= '9' && (s[1] >= '0' && s[1] <= '9' || string(s[1:3]) == "TR" || string(s[1:3]) == "TY") {
		return false // an amount
	}
	if digits == 1 && s[len(s)-1] <= '9' {
		return false // "dong1", a tone's number
	}
	out.Intent, out.Confidence, out.Code = Results, .85, string(s)
	return true
}

// glued is the number of the message's tokens when they are two to nine and
// nothing parts them; else 0.
func (r *reader) glued() int {
	n := len(r.tokens)
	if n < 2 || n > 9 {
		return 0
	}
	for i := 1; i < n; i++ {
		if !r.tokens[i].glued {
			return 0
		}
	}
	return n
}
