package understand

import (
	"fmt"
	"strings"
)

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
	cueTrend
	cuePast
	cueFuture
	cueUp
	cueDown
	cueSellnow
	cueSell
	cueOffer
	cuePastSale
	cueRegister
	cueReceive
	cueSend
	cueRegular
	cueWhen
	cueTell
	cueAbove
	cueBelow
	cuePasses
	cueQuit
	cueTidings
	cueDifficulty
	cueSuffer
	cueComplain
	cuePlan
	cueAskAbout
	cueResults
	cueMine
	cueWork
	cueOpinion
	cueShould
	cueNotShould
	cueJoinword
	cueLive
	cueErase
	cueNotErase
	cueHelp
	cueUsage
	cueLanguage
	cueOfficer
	cueProcedure
	cueMeeting
	cueWhenq
	cueWherehow
	cueTreat
	cueThanks
	cueGreet
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
	cueWeather
	cueNegation
	cueNomore
	cueInput
	cueJudge
	cueConsent
	cueCutoff   // a word that ends something
	cueMessages // a word of messages
	cueWipe     // a word that makes something go away
	cuePersonal // what Loa keeps of a person

	firstFinding
)

const (
	findCommodity cue = iota + firstFinding
	findAmbiguous
	findPlace
	findVillage
	findNumber
	findPrice
	findItem
	findSure  // a word of trouble that tells a difficulty by itself
	findSign  // a word that may tell one
	findLang  // a language was named
	findAsked // ends in a question: ?, không, chưa, à, hả
	findShort // at most four words
	findBrief // at most eight words
	findFirstOpinion
	findQuitFirst // the word of ending comes before what is to end
	findManner    // a commodity, asked about alone
	findTrendTail // ends in up or down and a question
	findBare      // only things that were recognised, no other words
	findFirstDifficulty
	findFertiliser
	findUnsold // a word of selling behind a negation
	lastCue
)

var cueNames = [lastCue]string{
	"nothing", "gia", "howmuch", "how", "now", "trend", "past", "future", "up", "down", "sellnow", "sell", "offer", "past_sale",
	"register", "receive", "send", "regular", "when", "tell", "above", "below", "passes", "quit", "tidings", "difficulty", "suffer", "complain",
	"plan", "ask_about", "results", "mine", "work", "opinion", "should", "not_should", "joinword", "live", "erase", "not_erase", "help", "usage",
	"language", "officer", "procedure", "meeting", "whenq", "wherehow", "treat", "thanks", "greet", "condition", "question", "sayyes", "sayno",
	"sayabstain", "sayother", "everyitem", "except", "priority", "because", "itemword", "advert", "abuse", "weather", "negation", "nomore", "input", "judge", "consent", "cutoff", "messages", "wipe", "personal",
	"commodity", "ambiguous", "place", "village", "number", "price", "item", "trouble", "sign", "lang", "asked", "short", "brief",
	"opinion_first", "quit_first", "manner", "trend_tail", "bare", "difficulty_first", "fertiliser", "unsold",
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
func (s *cues) all(o *cues) bool {
	return s[0]&o[0] == o[0] && s[1]&o[1] == o[1]
}
func (s *cues) any(o *cues) bool { return s[0]&o[0] != 0 || s[1]&o[1] != 0 }
func (s *cues) empty() bool      { return s[0] == 0 && s[1] == 0 }

func (s *cues) String() string {
	var names []string
	for c := range lastCue {
		if s.has(c) {
			names = append(names, cueNames[c])
		}
	}
	return strings.Join(names, " ")
}

// rule gives an intent a score when its cues are there.
type rule struct {
	intent         Intent
	all, any, none cues
	score          float64
	anyGiven       bool
	text           string
}

func compileRules(in []baseRule) ([]rule, error) {
	out := make([]rule, 0, len(in))
	for i, b := range in {
		r := rule{intent: b.Intent, score: b.Score, text: fmt.Sprintf("all %s", b.All)}
		if b.Any != "" {
			r.text += ", any " + b.Any
		}
		for _, p := range []struct {
			from string
			to   *cues
		}{{b.All, &r.all}, {b.Any, &r.any}, {b.None, &r.none}} {
			for name := range strings.FieldsSeq(p.from) {
				c, ok := cueNamed(name)
				if !ok {
					return nil, fmt.Errorf("rule %d for %s: unknown cue %q", i+1, b.Intent, name)
				}
				p.to.add(c)
			}
		}
		r.anyGiven = !r.any.empty()
		if r.all.empty() && !r.anyGiven || r.score <= 0 || r.score > 1 {
			return nil, fmt.Errorf("rule %d for %s: no cues or no score", i+1, b.Intent)
		}
		out = append(out, r)
	}
	return out, nil
}

func (u *rule) holds(s *cues) bool {
	return s.all(&u.all) && !s.any(&u.none) && (!u.anyGiven || s.any(&u.any))
}
