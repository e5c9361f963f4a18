package understand

import "slices"

// expand writes abbreviations out: first those that depend on their
// neighbours, then those of the lexicon.
func (r *reader) expand() {
	in := r.tokens
	out := r.spare[:0]
	changed := false
	for i := 0; i < len(in); {
		t := in[i]
		if t.kind == kindWord {
			if w, ok := r.byNeighbour(in, i, out); ok {
				if w == "" {
					out = append(out, t)
				} else {
					out = r.spread(out, t, r.lex.fixed[w])
					changed = true
				}
				i++
				continue
			}
		}
		if n, ws := r.alias(in, i); n > 0 {
			t.end = in[i+n-1].end
			out = r.spread(out, t, ws)
			i += n
			changed = true
			continue
		}
		out = append(out, t)
		i++
	}
	r.tokens, r.spare = out, in
	if changed {
		r.note("expand", func() string { return r.said() })
	}
}

// alias finds the longest alias at token i.
func (r *reader) alias(in []token, i int) (int, []word) {
	t := &r.lex.aliases
	if in[i].id < 0 || !t.roots[in[i].id] {
		return 0, nil
	}
	node, best := int32(0), 0
	var ws []word
	for j := i; j < len(in); j++ {
		if in[j].id < 0 {
			break
		}
		n, ok := t.edges[edge(node, in[j].id)]
		if !ok {
			break
		}
		node = n
		for x := range t.terms[node] {
			p := &t.terms[node][x]
			fits := true
			for k := i; k <= j; k++ {
				m := p.marked[k-i]
				if in[k].marked != m && (p.exact || agree(in[k].marked, m) == 0) {
					fits = false
				}
			}
			if fits {
				best, ws = j-i+1, r.lex.expansions[p.index]
			}
		}
	}
	return best, ws
}

// byNeighbour reads abbreviations whose meaning depends on what stands beside
// them. It says whether the word was one; an empty result leaves it as it is.
func (r *reader) byNeighbour(in []token, i int, out []token) (string, bool) {
	t := &in[i]
	if len(t.plain) > 4 {
		return "", false
	}
	prev, next := "", ""
	prevDigit, nextDigit := false, false
	if len(out) > 0 {
		prev = out[len(out)-1].plain
		prevDigit = out[len(out)-1].kind == kindDigit
	}
	if i+1 < len(in) {
		next = in[i+1].plain
		nextDigit = in[i+1].kind == kindDigit
	}
	only := len(in) == 1
	switch t.plain {
	case "k", "kg":
		if !t.bare || only {
			return "", true
		}
		if prevDigit || prev == "/" {
			return "", true
		}
		if t.plain == "kg" && (prev == "mot" || prev == "moi" || prev == "nhieu" || prev == "nhiêu") {
			return "", true
		}
		if nextDigit && t.plain == "k" {
			return "", true
		}
		return "không", true
	case "kh":
		if only {
			return "", true
		}
		if oneOf(next, "xa", "nam", "thon", "cua", "phat", "2026", "2027", "2028") || oneOf(prev, "xem", "ban", "theo", "coi", "ve", "gui") {
			return "kế hoạch", true
		}
		return "không", true
	case "bn":
		return "bao nhiêu", true
	case "dk", "dak":
		if t.plain == "dak" {
			return "", false
		}
		if oneOf(next, "mil", "song", "nong", "lap", "rlap", "glong", "lak", "lac", "r", "g", "mam", "nur", "n", "buk", "ru", "wer", "ngo", "drong", "gan", "mol", "ha", "som", "plao", "sin", "nia") {
			return "đắk", true
		}
		if oneOf(prev, "du", "thieu", "chua", "dieu", "khong") {
			return "điều kiện", true
		}
		return "đăng ký", true
	case "hd":
		if oneOf(prev, "ky", "huy", "lam", "ban") || next == "mua" {
			return "hợp đồng", true
		}
		return "hướng dẫn", true
	case "s":
		if prevDigit || nextDigit && in[i+1].glued || t.glued {
			return "", true
		}
		return "sao", true
	case "t":
		if prevDigit || nextDigit || only || t.glued {
			return "", true
		}
		return "tôi", true
	case "tr":
		if prevDigit || nextDigit {
			return "", true
		}
		return "trước", true
	case "r":
		if t.glued || prevDigit || oneOf(prev, "dak", "đắk") || oneOf(next, "lap", "tih") {
			return "", true
		}
		return "rồi", true
	case "m":
		if prevDigit || t.glued || only || next == "nong" {
			return "", true
		}
		return "mình", true
	case "dt":
		if next == "tich" || prevDigit {
			return "diện tích", true
		}
		return "điện thoại", true
	case "hong":
		if t.bare && !oneOf(prev, "duong", "cau", "may", "kenh", "muong", "ong", "xe", "bi", "hu", "cua", "den", "bom", "dap", "cong", "nam", "tru", "dien", "giong", "mau") {
			return "không", true
		}
		return "", false
	}
	return "", false
}

// fixedExpansions are what byNeighbour may answer.
var fixedExpansions = [...]string{
	"không", "kế hoạch", "bao nhiêu", "đắk", "điều kiện", "đăng ký", "hợp đồng", "hướng dẫn",
	"sao", "tôi", "trước", "rồi", "mình", "diện tích", "điện thoại",
}

func oneOf(s string, of ...string) bool { return s != "" && slices.Contains(of, s) }
