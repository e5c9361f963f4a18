package understand

import "strings"

// syllable says whether a folded word can be a Vietnamese syllable. Such a
// word is somebody's word: it is never bent into another one.
func syllable(w string) bool {
	if len(w) == 0 || len(w) > 7 {
		return false
	}
	rest := w[onset(w):]
	if rest == "" {
		return w == "gi"
	}
	return rhymes[rest] || strings.HasPrefix(w, "gi") && rhymes[w[1:]]
}

// onset is the length of the initial consonant.
func onset(w string) int {
	for _, o := range onsets {
		if strings.HasPrefix(w, o) {
			return len(o)
		}
	}
	return 0
}

var onsets = [...]string{
	"ngh", "ng", "gh", "gi", "kh", "nh", "ph", "th", "tr", "ch", "qu",
	"b", "c", "d", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x",
}

var rhymes = set(`a ac ach ai am an ang anh ao ap at au ay
	e ec em en eng eo ep et enh ech eu
	i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu
	o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong op ot
	oong
	u ua uan uang uat uay uc ue uech uen uenh uet ui um un ung uo uoc uoi uom uon uong uop uot uou
	up ut uu uy uya uych uyen uyet uynh uyt uyu ui uau
	y yem yen yet yeu ych ynh yt`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
