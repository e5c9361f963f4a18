package flows

import (
	"encoding/binary"
	"math"
	"time"
)

// restore reads a state. Frames of flows that have changed are put where
// their question is now, or marked lost.
func (e *Engine) restore(state []byte, room []frame) (frames []frame, misses int, err error) {
	state, ok := unseal(state)
	if !ok {
		return nil, 0, errState
	}
	d := decoder{s: string(state)}
	if d.byte() != stateVersion {
		return nil, 0, errState
	}
	misses = d.count(1 << 10)
	n := d.count(maxFrames)
	frames = room[:0]
	for i := 0; i < n && !d.bad; i++ {
		frames = append(frames, frame{})
		e.restoreFrame(&d, &frames[i])
	}
	if d.bad || d.s != "" || len(frames) == 0 {
		return nil, 0, errState
	}
	for i := range frames {
		f := &frames[i]
		want := opAsk
		if i+1 < len(frames) && !frames[i+1].over {
			want = opCall
		}
		if !f.lost && f.code[f.pc].code != want {
			f.lost = true
		}
	}
	return frames, misses, nil
}

func (e *Engine) restoreFrame(d *decoder, f *frame) {
	if f.flow = e.flows[d.str()]; f.flow == nil {
		d.bad = true
		return
	}
	f.code = f.flow.code
	same := d.uint32() == f.flow.hash
	flags := d.byte()
	f.over, f.kept, f.resumed = flags&flagOver != 0, flags&flagKept != 0, flags&flagResumed != 0
	code, id := opcode(d.byte()), d.str()
	f.pc = d.count(math.MaxInt32)
	if n := d.count(maxDepth + 1); n > 0 && !d.bad {
		f.loops = make([]loop, n)
		for i := range f.loops {
			f.loops[i].index = d.count(math.MaxInt32)
			f.loops[i].key = d.any(0)
		}
	}
	if n := d.count(1 << 10); n > 0 && !d.bad {
		f.vars = make([]variable, 0, min(n, 16)+1)
		for i := 0; i < n && !d.bad; i++ {
			f.vars = append(f.vars, variable{d.str(), d.any(0)})
		}
	}
	f.args, _ = d.any(0).(Values)
	if n := d.count(len(inputFields)); n > 0 && !d.bad {
		f.input = &view{kept: make([]variable, 0, n)}
		for i := 0; i < n && !d.bad; i++ {
			f.input.kept = append(f.input.kept, variable{d.str(), d.any(0)})
		}
	}
	d.history(f)
	if flags&flagListed != 0 {
		f.listed = d.uint32()
	}
	if flags&flagNarrow != 0 {
		for n := d.count(1 << 10); n > 0 && !d.bad; n-- {
			f.narrow = append(f.narrow, d.str())
		}
	}
	if d.bad {
		return
	}
	f.find(same, code, id)
}

func (d *decoder) history(f *frame) {
	n := d.count(maxHistory)
	if n == 0 || d.bad {
		return
	}
	f.history = make([]mark, 0, n+1)
	for i := 0; i < n && !d.bad; i++ {
		m := mark{pc: d.count(math.MaxInt32)}
		if k := d.count(maxDepth + 1); k > 0 && !d.bad {
			m.index = make([]int, k)
			for j := range m.index {
				m.index[j] = d.count(math.MaxInt32)
			}
		}
		f.history = append(f.history, m)
	}
}

// find puts the frame where its op is now.
func (f *frame) find(same bool, code opcode, id string) {
	if !same {
		f.history = nil
		f.pc = -1
		for i := range f.code {
			if f.code[i].code == code && f.code[i].id() == id && id != "" {
				f.pc = i
				break
			}
		}
	}
	if f.pc < 0 || f.pc >= len(f.code) || f.code[f.pc].code != code || len(f.code[f.pc].loops) != len(f.loops) {
		f.pc, f.loops, f.lost = 0, nil, true
		return
	}
	for i, place := range f.code[f.pc].loops {
		f.loops[i].place = place
	}
	for _, m := range f.history {
		if m.pc >= len(f.code) || f.code[m.pc].code != opAsk || len(f.code[m.pc].loops) != len(m.index) {
			f.history = nil
			break
		}
	}
}

// decoder reads a state; bad stays true after the first thing that is not as
// it should be.
type decoder struct {
	s   string
	bad bool
}

func (d *decoder) byte() byte {
	if d.bad || d.s == "" {
		d.bad = true
		return 0
	}
	b := d.s[0]
	d.s = d.s[1:]
	return b
}

func (d *decoder) uint32() uint32 { return uint32(d.fixed(4)) }

func (d *decoder) fixed(n int) uint64 {
	var v uint64
	for i := range n {
		v |= uint64(d.byte()) << (8 * i)
	}
	return v
}

func (d *decoder) uvarint() uint64 {
	var v uint64
	for i := range binary.MaxVarintLen64 {
		b := d.byte()
		v |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			return v
		}
	}
	d.bad = true
	return 0
}

// count reads a number that is at most limit.
func (d *decoder) count(limit int) int {
	v := d.uvarint()
	if v > uint64(limit) {
		d.bad = true
		return 0
	}
	return int(v)
}

func (d *decoder) str() string {
	n := d.uvarint()
	if d.bad || n > uint64(len(d.s)) {
		d.bad = true
		return ""
	}
	s := d.s[:n]
	d.s = d.s[n:]
	return s
}

func (d *decoder) any(depth int) any {
	if depth > maxNesting {
		d.bad = true
		return nil
	}
	switch d.byte() {
	case tagNull:
		return nil
	case tagFalse:
		return false
	case tagTrue:
		return true
	case tagInt:
		u := d.uvarint()
		return int64(u>>1) ^ -int64(u&1)
	case tagFloat:
		return math.Float64frombits(d.fixed(8))
	case tagString:
		return d.str()
	case tagTime:
		var t time.Time
		if t.UnmarshalBinary([]byte(d.str())) != nil {
			d.bad = true
		}
		return t
	case tagValues:
		n := d.count(len(d.s))
		m := make(Values, min(n, 64))
		for i := 0; i < n && !d.bad; i++ {
			k := d.str()
			m[k] = d.any(depth + 1)
		}
		return m
	case tagList:
		n := d.count(len(d.s))
		list := make([]any, 0, min(n, 64))
		for i := 0; i < n && !d.bad; i++ {
			list = append(list, d.any(depth+1))
		}
		return list
	}
	d.bad = true
	return nil
}
