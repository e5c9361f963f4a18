package flows

import "github.com/loa-vn/loa/flows/understand"

// flow is one conversation.
type flow struct {
	id      string
	file    string
	line    int
	title   *text
	starts  starts
	parts   int
	samples map[string]string
	private *text
	steps   []*step
	silence []*step

	code  []op   // of steps
	hush  []op   // of silence
	asks  []int  // places of the asks in code
	hash  uint32 // of the structure, without texts
	keeps keeps  // what must outlive a turn
}

// starts says what starts a flow.
type starts struct {
	intents  []understand.Intent
	keywords []string // folded
	buttons  []string
	asks     []string
	media    bool
	cond     *expression
	rank     int
	line     int
}

func (s *starts) any() bool {
	return len(s.intents) > 0 || len(s.keywords) > 0 || len(s.buttons) > 0 || len(s.asks) > 0 || s.media
}

// stepKind tells steps apart.
type stepKind string

// Kinds of step.
const (
	stepSay  stepKind = "say"
	stepAsk  stepKind = "ask"
	stepDo   stepKind = "do"
	stepWhen stepKind = "when"
	stepEach stepKind = "each"
	stepSet  stepKind = "set"
	stepCall stepKind = "call"
	stepEnd  stepKind = "end"
)

// step is one step as it is written; what its kind does not have is empty.
type step struct {
	kind   stepKind
	line   int
	id     string
	cond   *expression // if
	unless *expression

	save string
	text *text // say, ask
	with []arg // do, call, set

	// say
	buttons []button
	toast   bool

	// ask
	expect understand.Expect
	again  *text
	resume *text
	from   *expression
	opts   *options
	skip   bool
	inline bool
	greedy bool
	sure   sureness

	name string // of the action or the called flow

	// when
	branches []branch
	other    []*step

	// each
	list  *expression
	as    string
	steps []*step

	value *expression // end
}

// sureness says what a yes must be to be taken for one.
type sureness string

// How sure a yes must be.
const (
	sureWord   sureness = "word"   // not a word alone that may mean something else
	sureNumber sureness = "number" // the number, the button, or the wish itself said again
)

// ExpectName is what Host.Read is told when a name is asked for: it reads what
// was said as if nothing was asked, but a name or a refusal to give one as
// such (None, Skip).
const ExpectName understand.Expect = "name"

// arg is a named expression.
type arg struct {
	name string
	ex   *expression
}

// button is an extra button under a say.
type button struct {
	value *text // one string, with placeholders
	label *text
}

// options are what may be chosen: those written, or a host's list.
type options struct {
	line    int
	list    string
	only    *expression
	written []writtenOption
}

type writtenOption struct {
	value string
	label *text
}

// branch is one case of a when.
type branch struct {
	cond *expression
	then []*step
}

// keeps names what of a flow is needed in a later turn.
type keeps struct {
	vars   map[string]bool
	input  map[string]bool
	fields []string // those of input, in the order of inputFields
	args   bool
}
