package flows

import (
	"slices"
	"strings"
	"unicode"

	"github.com/loa-vn/loa/flows/understand"
)

// wish gives the flow that what was said starts, nil when there is none.
// While a question is open the wish must be clear.
func (p *player) wish(open bool) (*flow, error) {
	if f, err := p.keyword(); f != nil || err != nil {
		return f, err
	}
	r := &p.out.Reading
	ask := p.open()
	stops := r.Ask == understand.AskStop || r.Ask == understand.AskHuy
	if r.Ask != "" && (stops || ask == nil || ask.step.expect != understand.ExpectText) {
		if f, err := p.first(p.e.byAsk[r.Ask]); f != nil || err != nil {
			return f, err
		}
	}
	if !open || p.clear() && !inTalk(r.Intent) {
		if f, err := p.first(p.e.byIntent[r.Intent]); f != nil || err != nil {
			return f, err
		}
	}
	if p.in.Kind == InputMedia && strings.TrimSpace(p.in.Text) == "" && (ask == nil || ask.step.expect != understand.ExpectMedia) {
		return p.first(p.e.byMedia)
	}
	return nil, nil
}

// inTalk tells the intents that mean something else while a question is open.
func inTalk(i understand.Intent) bool {
	switch i {
	case understand.None, understand.Choice, understand.Skip, understand.Back, understand.Exit, understand.Help:
		return true
	}
	return false
}

// keyword gives the flow whose keyword the text begins with, the longest first.
func (p *player) keyword() (*flow, error) {
	if len(p.e.byKeyword) == 0 {
		return nil, nil
	}
	first := strings.TrimSpace(p.in.Text)
	if i := strings.IndexFunc(first, unicode.IsSpace); i >= 0 {
		first = first[:i]
	}
	if first = bare(first); first == "" || len(first) > 64 {
		return nil, nil
	}
	flows := p.e.byKeyword[understand.Fold(first)]
	if flows == nil {
		return nil, nil
	}
	// In free words it says nothing by which word they begin.
	ask := p.open()
	free := ask != nil && (ask.step.expect == understand.ExpectText || ask.step.expect == ExpectName)
	const longest = 6
	fields := strings.Fields(p.in.Text)
	for n := min(len(fields), longest); n > 0; n-- {
		said := understand.Fold(bare(strings.Join(fields[:n], " ")))
		for _, f := range flows {
			if !slices.Contains(f.starts.keywords, said) || free && n < len(fields) {
				continue
			}
			p.now.rest = strings.Join(fields[n:], " ")
			ok, err := p.may(f)
			if err != nil {
				return nil, err
			}
			if ok {
				return f, nil
			}
		}
	}
	p.now.rest = ""
	return nil, nil
}

// bare leaves out the signs after a word.
func bare(s string) string { return strings.TrimRight(s, ".,:;!?-") }

// first gives the first of list that may start.
func (p *player) first(list []*flow) (*flow, error) {
	for _, f := range list {
		if ok, err := p.may(f); ok || err != nil {
			return f, err
		}
	}
	return nil, nil
}

// may tells whether the condition of f holds.
func (p *player) may(f *flow) (bool, error) {
	if f.starts.cond == nil {
		return true, nil
	}
	v, err := p.eval(&frame{flow: f, input: &p.now}, f.starts.cond)
	return truthy(v), err
}

// begin plays f, which may interrupt what is open.
func (p *player) begin(f *flow) error {
	p.out.Flow, p.misses = f.id, 0
	p.frames = append(p.frames, frame{flow: f, code: f.code, input: &p.now, over: len(p.frames) > 0})
	return p.run()
}

// serve starts f while something may be open. A talk that f is part of ends,
// as with silence; so does the oldest of too many.
func (p *player) serve(f *flow) error {
	if i := talkWith(f, p.frames); i >= 0 {
		if err := p.hush(i); err != nil {
			return err
		}
	}
	return p.above(f)
}

// press starts f by a button. A talk that f is part of ends only when what
// was pressed asks something itself.
func (p *player) press(f *flow) error {
	if err := p.above(f); err != nil || len(p.frames) == 0 {
		return err
	}
	t := talkAt(p.frames, len(p.frames)-1)
	i := talkWith(f, p.frames[:t])
	if i < 0 || p.frames[t].flow != f {
		return nil
	}
	pressed := slices.Clone(p.frames[t:])
	p.frames = p.frames[:t]
	if err := p.hush(i); err != nil {
		return err
	}
	pressed[0].over = i > 0
	p.frames = append(p.frames, pressed...)
	return nil
}

// talkWith gives where the talk that f is part of begins in frames, -1 when there
// is none.
func talkWith(f *flow, frames []frame) int {
	for i := range frames {
		if frames[i].flow == f {
			return talkAt(frames, i)
		}
	}
	return -1
}

// above starts f above what is open.
func (p *player) above(f *flow) error {
	var talks []int
	for i := range p.frames {
		if i == 0 || p.frames[i].over {
			talks = append(talks, i)
		}
	}
	if len(talks) >= maxTalks {
		later := slices.Clone(p.frames[talks[1]:])
		p.frames = p.frames[:talks[1]]
		if err := p.hush(0); err != nil {
			return err
		}
		later[0].over = false
		p.frames = append(p.frames, later...)
	}
	return p.begin(f)
}

// talkAt gives where the talk that frame i is part of begins.
func talkAt(frames []frame, i int) int {
	for i > 0 && !frames[i].over {
		i--
	}
	return i
}
