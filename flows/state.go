package flows

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
	"time"
)

// stateVersion is the first byte of a state.
const stateVersion = 1

// errState says that a state cannot be read.
var errState = errors.New("flows: not a state")

// Bounds of a state that is read.
const (
	maxFrames  = 16
	maxHistory = 24
	maxNesting = 16
)

// frame is one flow that a person is in.
type frame struct {
	flow    *flow
	code    []op
	pc      int
	vars    []variable
	args    Values
	input   *view
	loops   []loop
	history []mark // questions that were answered, for BACK

	over    bool // it interrupts the frame below, else it was called by it
	kept    bool // it began again: what has its value is passed over
	lost    bool // its place is no more in the flow
	resumed bool // its question was put again after another wish: once is enough
	listed  uint32
	narrow  []string // what an ambiguous answer could mean
}

type variable struct {
	name  string
	value any
}

// loop is one turn of an each.
type loop struct {
	place  int // of its opEach
	index  int
	key    any // tells the item again when the list has changed
	list   []any
	loaded bool
}

// mark is a question that was answered.
type mark struct {
	pc    int
	index []int // of the loops around it
}

func (f *frame) get(name string) (any, bool) {
	for i := range f.vars {
		if f.vars[i].name == name {
			return f.vars[i].value, true
		}
	}
	return nil, false
}

func (f *frame) set(name string, value any) {
	for i := range f.vars {
		if f.vars[i].name == name {
			f.vars[i].value = value
			return
		}
	}
	f.vars = append(f.vars, variable{name, value})
}

func (f *frame) unset(name string) {
	f.vars = slices.DeleteFunc(f.vars, func(v variable) bool { return v.name == name })
}

// again lets the flow begin anew with what was answered kept.
func (f *frame) again() {
	f.pc, f.loops, f.history, f.narrow = 0, nil, nil, nil
	f.lost, f.kept = false, true
}

// Flags of a frame.
const (
	flagOver = 1 << iota
	flagKept
	flagListed
	flagNarrow
	flagResumed
)

func appendState(b []byte, frames []frame, misses int) ([]byte, error) {
	b = append(b, stateVersion)
	b = binary.AppendUvarint(b, uint64(misses))
	b = binary.AppendUvarint(b, uint64(len(frames)))
	for i := range frames {
		var err error
		if b, err = appendFrame(b, &frames[i]); err != nil {
			return nil, fmt.Errorf("flow %s: %w", frames[i].flow.id, err)
		}
	}
	return seal(b), nil
}

// seal adds a checksum, so that nothing but a state is read as one.
func seal(b []byte) []byte { return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b)) }

// unseal takes the checksum off; false when it is not of b.
func unseal(b []byte) ([]byte, bool) {
	n := len(b) - 4
	if n < 1 {
		return nil, false
	}
	return b[:n], binary.LittleEndian.Uint32(b[n:]) == crc32.ChecksumIEEE(b[:n])
}

func appendFrame(b []byte, f *frame) ([]byte, error) {
	var flags byte
	if f.over {
		flags |= flagOver
	}
	if f.kept {
		flags |= flagKept
	}
	if f.resumed {
		flags |= flagResumed
	}
	if f.listed != 0 {
		flags |= flagListed
	}
	if len(f.narrow) > 0 {
		flags |= flagNarrow
	}
	b = appendString(b, f.flow.id)
	b = binary.LittleEndian.AppendUint32(b, f.flow.hash)
	b = append(b, flags)
	var id string
	var code opcode
	if f.pc < len(f.code) {
		id, code = f.code[f.pc].id(), f.code[f.pc].code
	}
	b = append(b, byte(code))
	b = appendString(b, id)
	b = binary.AppendUvarint(b, uint64(f.pc))
	var err error
	b = binary.AppendUvarint(b, uint64(len(f.loops)))
	for _, l := range f.loops {
		b = binary.AppendUvarint(b, uint64(l.index))
		if b, err = appendAny(b, l.key, 0); err != nil {
			return nil, err
		}
	}
	if b, err = appendVars(b, f); err != nil {
		return nil, err
	}
	if f.flow.keeps.args {
		b, err = appendAny(b, f.args, 0)
	} else {
		b, err = appendAny(b, nil, 0)
	}
	if err != nil {
		return nil, fmt.Errorf("args: %w", err)
	}
	if b, err = appendInput(b, f); err != nil {
		return nil, err
	}
	b = binary.AppendUvarint(b, uint64(len(f.history)))
	for _, m := range f.history {
		b = binary.AppendUvarint(b, uint64(m.pc))
		b = binary.AppendUvarint(b, uint64(len(m.index)))
		for _, i := range m.index {
			b = binary.AppendUvarint(b, uint64(i))
		}
	}
	if f.listed != 0 {
		b = binary.LittleEndian.AppendUint32(b, f.listed)
	}
	if len(f.narrow) > 0 {
		b = binary.AppendUvarint(b, uint64(len(f.narrow)))
		for _, s := range f.narrow {
			b = appendString(b, s)
		}
	}
	return b, nil
}

// appendVars writes the variables; the value of one that nothing reads is
// left out, that it was set is not.
func appendVars(b []byte, f *frame) ([]byte, error) {
	b = binary.AppendUvarint(b, uint64(len(f.vars)))
	for _, v := range f.vars {
		b = appendString(b, v.name)
		value := v.value
		if !f.flow.keeps.vars[v.name] {
			value = nil
		}
		var err error
		if b, err = appendAny(b, value, 0); err != nil {
			return nil, fmt.Errorf("variable %s: %w", v.name, err)
		}
	}
	return b, nil
}

func appendInput(b []byte, f *frame) ([]byte, error) {
	count := len(b)
	b = append(b, 0)
	if f.input == nil {
		return b, nil
	}
	for _, name := range f.flow.keeps.fields {
		value := f.input.look(name)
		if value == nil {
			continue
		}
		b[count]++
		b = appendString(b, name)
		var err error
		if b, err = appendAny(b, value, 0); err != nil {
			return nil, fmt.Errorf("input.%s: %w", name, err)
		}
	}
	return b, nil
}

func appendString(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// Tags of values.
const (
	tagNull = iota
	tagFalse
	tagTrue
	tagInt
	tagFloat
	tagString
	tagTime
	tagValues
	tagList
)

func appendAny(b []byte, v any, depth int) ([]byte, error) {
	if depth > maxNesting {
		return nil, errors.New("values stand too deep in one another")
	}
	switch v := v.(type) {
	case nil:
		return append(b, tagNull), nil
	case bool:
		if v {
			return append(b, tagTrue), nil
		}
		return append(b, tagFalse), nil
	case int64:
		return binary.AppendVarint(append(b, tagInt), v), nil
	case float64:
		return binary.LittleEndian.AppendUint64(append(b, tagFloat), math.Float64bits(v)), nil
	case string:
		return appendString(append(b, tagString), v), nil
	case time.Time:
		raw, err := v.MarshalBinary()
		if err != nil {
			return nil, err
		}
		return appendString(append(b, tagTime), string(raw)), nil
	case Values:
		if v == nil {
			return append(b, tagNull), nil
		}
		names := make([]string, 0, len(v))
		for k := range v {
			names = append(names, k)
		}
		slices.Sort(names)
		b = binary.AppendUvarint(append(b, tagValues), uint64(len(v)))
		for _, k := range names {
			var err error
			if b, err = appendAny(appendString(b, k), v[k], depth+1); err != nil {
				return nil, err
			}
		}
		return b, nil
	case []any:
		b = binary.AppendUvarint(append(b, tagList), uint64(len(v)))
		for _, e := range v {
			var err error
			if b, err = appendAny(b, e, depth+1); err != nil {
				return nil, err
			}
		}
		return b, nil
	}
	n, err := normal(v)
	if err != nil {
		return nil, err
	}
	return appendAny(b, n, depth)
}

// id is what an op is found by when its place has changed.
func (o *op) id() string {
	if o.mark != "" {
		return o.mark
	}
	return o.step.id
}
