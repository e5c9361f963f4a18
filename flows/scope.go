package flows

import "fmt"

// factNames are the roots that a host looks up.
var factNames = [...]string{"contact", "round", "commune", "group"}

type fact struct {
	value any
	known bool
}

// eval gives the value of an expression in a frame.
func (p *player) eval(f *frame, ex *expression) (any, error) {
	switch {
	case ex.constant:
		return ex.value, nil
	case ex.prog == nil:
		v, err := p.name(f, ex.root)
		for _, key := range ex.path {
			if err != nil {
				break
			}
			v, err = at(v, key)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", ex.src, err)
		}
		return v, nil
	}
	env := p.env // taken, as a list of a loop may be evaluated in between
	if p.env = nil; env == nil {
		env = make(map[string]any, 4)
	}
	for _, root := range ex.roots {
		v, err := p.name(f, root)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", ex.src, err)
		}
		env[root] = v
	}
	v, err := p.vm.Run(ex.prog, env)
	clear(env)
	p.env = env
	if err != nil {
		return nil, fmt.Errorf("%s: %w", ex.src, oneLine(err))
	}
	return v, nil
}

func (p *player) evalNormal(f *frame, ex *expression) (any, error) {
	v, err := p.eval(f, ex)
	if err != nil {
		return nil, err
	}
	if v, err = normal(v); err != nil {
		return nil, fmt.Errorf("%s: %w", ex.src, err)
	}
	return v, nil
}

// name gives what a name means in a frame; unknown names are null.
func (p *player) name(f *frame, name string) (any, error) {
	for k := len(f.loops) - 1; k >= 0; k-- {
		l := &f.loops[k]
		if name != "index" && f.code[l.place].step.as != name {
			continue
		}
		if name == "index" {
			return int64(l.index + 1), nil
		}
		if err := p.load(f, k); err != nil || l.index >= len(l.list) {
			return nil, err
		}
		return l.list[l.index], nil
	}
	if v, ok := f.get(name); ok {
		return v, nil
	}
	switch name {
	case "args":
		return f.args, nil
	case "input":
		if f.input == nil {
			return nil, nil
		}
		return f.input, nil
	case "answer":
		return &p.now, nil
	case "lang":
		return p.language(), nil
	case "now":
		return p.h.Now(), nil
	case "code":
		return p.h.NewCode(), nil
	}
	for i, root := range factNames {
		if root == name {
			if !p.facts[i].known {
				p.facts[i] = fact{p.h.Lookup(root), true}
			}
			return p.facts[i].value, nil
		}
	}
	return nil, nil
}

func (p *player) language() string {
	if p.lang == "" {
		if p.lang = p.h.Lang(); p.lang == "" {
			p.lang = homeLang
		}
	}
	return p.lang
}

// each gives the list of a loop.
func (p *player) each(f *frame, s *step) ([]any, error) {
	v, err := p.eval(f, s.list)
	if err != nil {
		return nil, err
	}
	list, ok := listOf(v)
	if !ok {
		return nil, fmt.Errorf("%s: %T is no list", s.list.src, v)
	}
	return list, nil
}

// load fetches the list of loop k again, in the scope of the loops around it.
func (p *player) load(f *frame, k int) error {
	l := &f.loops[k]
	if l.loaded {
		return nil
	}
	around := *f
	around.loops = f.loops[:k]
	list, err := p.each(&around, f.code[l.place].step)
	if err != nil {
		return err
	}
	l.list, l.loaded = list, true
	return nil
}

// settle finds the items of a frame's loops again in lists that may have
// changed since; where one is gone, so is the place.
func (p *player) settle(f *frame) error {
	for k := range f.loops {
		l := &f.loops[k]
		if l.loaded {
			continue
		}
		if err := p.load(f, k); err != nil {
			return err
		}
		if l.index < len(l.list) && (l.key == nil || keyOf(l.list[l.index]) == l.key) {
			l.key = keyOf(l.list[l.index])
			continue
		}
		found := -1
		for i, item := range l.list {
			if l.key != nil && keyOf(item) == l.key {
				found = i
				break
			}
		}
		if found < 0 {
			f.lost = true
			return nil
		}
		l.index = found
	}
	return nil
}

// keyOf tells an item of a list again: by itself when it is plain, else by
// its code, id or value. Null when there is nothing to tell it by.
func keyOf(item any) any {
	switch v := item.(type) {
	case string, int64, bool:
		return v
	case int:
		return int64(v)
	case Values:
		for _, name := range []string{"code", "id", "value"} {
			switch k := v[name].(type) {
			case string, int64:
				return k
			case int:
				return int64(k)
			}
		}
	case map[string]any:
		return keyOf(Values(v))
	}
	return nil
}

// render writes a text in the language of the talk.
func (p *player) render(f *frame, t *text) (string, error) {
	w := t.in(p.language())
	switch {
	case len(w.parts) == 0:
		return "", nil
	case len(w.parts) == 1 && w.parts[0].ex == nil:
		return w.parts[0].said, nil
	}
	b := make([]byte, 0, len(w.src)+32)
	for _, part := range w.parts {
		if part.ex == nil {
			b = append(b, part.said...)
			continue
		}
		v, err := p.eval(f, part.ex)
		if err != nil {
			return "", err
		}
		b = appendValue(b, v, p.lang)
	}
	return string(b), nil
}
