package understand

import "strings"

// cue is something noticed in a message: a phrase of cues.yaml, or a finding.
type cue uint8

// The cues of lexicon/cues.yaml, in its words, then the findings that the
// reader makes itself.
const (
	cueNothing cue = iota
	cueGia
	cueHowmuch
	cueHow
	cueNow
	cueUp
	cueDown
	cueSell
	cueOffer
	cueRegister
	cueReceive
	cueSend
	cueTell
	cueAbove
	cueBelow
	cuePasses
	cueQuit
	cueDifficulty
	cueResults
	cueWork
	cueOpinion
	cueShould
	cueNotShould
	cueJoinword
	cueLive
	cueErase
	cueHelp
	cueWhenq
	cueTreat
	cueCondition
	cueQuestion
	cueSayYes
	cueSayNo
	cueSayAbstain
	cueSayOther
	cueEveryitem
	cueExcept
	cuePriority
	cueBecause
	cueItemword
	cueAdvert
	cueAbuse
	cueNegation
	cueInput
	cueConsent
	cueCutoff   // a word that ends something
	cueMessages // a word of messages
	cueWipe     // a word that makes something go away
	cuePersonal // what Loa keeps of a person
	cuePast     // another year, another season
	cueOthers   // people other than the writer

	firstFinding
)

const (
	findCommodity cue = iota + firstFinding
	findAmbiguous
	findPlace
	findPrice
	findItem
	findSure  // a word of trouble that tells a difficulty by itself
	findSign  // a word that may tell one
	findAsked // ends in a question: ?, không, chưa, à, hả
	findShort // at most four words
	findFirstOpinion
	findBare // only things that were recognised, no other words
	findFirstDifficulty
	findFertiliser
	lastCue
)

var cueNames = [lastCue]string{
	"nothing", "gia", "howmuch", "how", "now", "up", "down", "sell", "offer",
	"register", "receive", "send", "tell", "above", "below", "passes", "quit", "difficulty",
	"results", "work", "opinion", "should", "not_should", "joinword", "live", "erase", "help",
	"whenq", "treat", "condition", "question", "sayyes", "sayno",
	"sayabstain", "sayother", "everyitem", "except", "priority", "because", "itemword", "advert", "abuse", "negation", "input", "consent", "cutoff", "messages", "wipe", "personal", "past", "others",
	"commodity", "ambiguous", "place", "price", "item", "trouble", "sign", "asked", "short",
	"opinion_first", "bare", "difficulty_first", "fertiliser",
}

func cueNamed(name string) (cue, bool) {
	for i, n := range cueNames {
		if n == name {
			return cue(i), true
		}
	}
	return 0, false
}

// cues is a set of cues.
type cues [2]uint64

func (s *cues) add(c cue)      { s[c>>6] |= 1 << (c & 63) }
func (s *cues) drop(c cue)     { s[c>>6] &^= 1 << (c & 63) }
func (s *cues) has(c cue) bool { return s[c>>6]&(1<<(c&63)) != 0 }
func (s *cues) String() string {
	var names []string
	for c := range lastCue {
		if s.has(c) {
			names = append(names, cueNames[c])
		}
	}
	return strings.Join(names, " ")
}
