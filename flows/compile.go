package flows

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/loa-vn/loa/flows/understand"
)

// Engine plays the flows of a library. It is immutable and safe for
// concurrent use.
type Engine struct {
	flows   map[string]*flow
	order   []*flow // by id
	actions map[string]Action
	lists   map[string]bool
	stale   []staleWords

	byIntent  map[understand.Intent][]*flow // in the order they are tried
	byButton  map[string][]*flow
	byAsk     map[string][]*flow
	byMedia   []*flow
	byKeyword map[string][]*flow // by the first word
}

// Compile reads every *.yaml at the root of fsys: flows, and files
// NAME.LANG.yaml with another language's words for NAME.yaml. Actions and
// lists are what a host offers; they are used by Check. The error joins a
// Mistake for everything that is wrong.
func Compile(fsys fs.FS, actions []Action, lists []string) (*Engine, error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("flows: %w", err)
	}
	sort.Strings(names)
	e := &Engine{flows: map[string]*flow{}, actions: map[string]Action{}, lists: map[string]bool{}}
	for _, a := range actions {
		e.actions[a.Name] = a
	}
	for _, l := range lists {
		e.lists[l] = true
	}
	var errs []error
	byFile := map[string]*flow{}
	var overlays []string
	for _, name := range names {
		if base, lang, ok := overlayName(name); ok && langForm.MatchString(lang) && base != "" {
			overlays = append(overlays, name)
			continue
		}
		src, data, err := open(fsys, name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if root := src.parse(data); root != nil {
			if f := src.flow(root); f != nil && len(src.errs) == 0 {
				e.add(src, f)
				byFile[name] = f
			}
		}
		errs = append(errs, src.errs...)
	}
	for _, name := range overlays {
		src, data, err := open(fsys, name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		base, lang, _ := overlayName(name)
		f := byFile[base+".yaml"]
		if f == nil {
			if !slices.Contains(names, base+".yaml") {
				src.failAt(0, "there is no flow %s.yaml that these words are for", base)
			}
		} else if root := src.parse(data); root != nil {
			e.stale = append(e.stale, src.overlay(root, f, lang)...)
		}
		errs = append(errs, src.errs...)
	}
	if len(errs) > 0 {
		return nil, fmt.Errorf("flows: %w", errors.Join(errs...))
	}
	e.index()
	e.keep()
	return e, nil
}

func open(fsys fs.FS, name string) (*source, []byte, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path.Base(name), err)
	}
	return newSource(name, data), data, nil
}

// overlayName takes NAME.LANG.yaml apart.
func overlayName(file string) (base, lang string, ok bool) {
	base, lang, ok = strings.Cut(strings.TrimSuffix(file, ".yaml"), ".")
	return base, lang, ok
}

func (e *Engine) add(src *source, f *flow) {
	if old := e.flows[f.id]; old != nil {
		src.failAt(f.line, "id: the flow %q is in %s already", f.id, old.file)
		return
	}
	f.code, f.hush = assemble(f.steps), assemble(f.silence)
	f.hash = structure(f.code)
	ids := map[string]bool{}
	for i := range f.code {
		s := f.code[i].step
		if f.code[i].code != opAsk {
			continue
		}
		f.asks = append(f.asks, i)
		if ids[s.id] {
			src.failAt(s.line, "ask: another ask has the id %q already: give one an `id`", s.id)
		}
		ids[s.id] = true
	}
	e.flows[f.id] = f
	e.order = append(e.order, f)
}

// index puts the flows under what starts them, in the order they are tried.
func (e *Engine) index() {
	slices.SortFunc(e.order, func(a, b *flow) int { return strings.Compare(a.id, b.id) })
	ranked := slices.Clone(e.order)
	slices.SortStableFunc(ranked, func(a, b *flow) int {
		if a.starts.rank != b.starts.rank {
			return a.starts.rank - b.starts.rank
		}
		switch {
		case a.starts.cond != nil && b.starts.cond == nil:
			return -1
		case a.starts.cond == nil && b.starts.cond != nil:
			return 1
		}
		return 0
	})
	e.byIntent = map[understand.Intent][]*flow{}
	e.byButton = map[string][]*flow{}
	e.byAsk = map[string][]*flow{}
	e.byKeyword = map[string][]*flow{}
	for _, f := range ranked {
		for _, i := range f.starts.intents {
			e.byIntent[i] = append(e.byIntent[i], f)
		}
		for _, b := range f.starts.buttons {
			e.byButton[b] = append(e.byButton[b], f)
		}
		for _, a := range f.starts.asks {
			e.byAsk[a] = append(e.byAsk[a], f)
		}
		if f.starts.media {
			e.byMedia = append(e.byMedia, f)
		}
		for _, k := range f.starts.keywords {
			first, _, _ := strings.Cut(k, " ")
			if !slices.Contains(e.byKeyword[first], f) {
				e.byKeyword[first] = append(e.byKeyword[first], f)
			}
		}
	}
}

// keep finds what of each flow must outlive a turn. A called flow begins with
// its caller's input, so its caller keeps what it needs of that as well.
func (e *Engine) keep() {
	for _, f := range e.order {
		f.keeps = keeps{vars: map[string]bool{}, input: map[string]bool{}}
		f.expressions(func(s *step, ex *expression) {
			for _, ref := range ex.refs {
				switch {
				case ref[0] == "args":
					f.keeps.args = true
				case ref[0] != "input":
					f.keeps.vars[ref[0]] = true
				case len(ref) > 1:
					f.keeps.input[ref[1]] = true
				default:
					for _, name := range inputFields {
						f.keeps.input[name] = true
					}
				}
			}
		})
	}
	for more := true; more; {
		more = false
		for _, f := range e.order {
			for i := range f.code {
				if f.code[i].code != opCall || e.flows[f.code[i].step.name] == nil {
					continue
				}
				for name := range e.flows[f.code[i].step.name].keeps.input {
					if !f.keeps.input[name] {
						f.keeps.input[name], more = true, true
					}
				}
			}
		}
	}
	for _, f := range e.order {
		for _, name := range inputFields {
			if f.keeps.input[name] {
				f.keeps.fields = append(f.keeps.fields, name)
			}
		}
	}
}

// Info describes a flow, for help and lists.
type Info struct {
	ID       string
	Title    map[string]string // by language
	Intents  []understand.Intent
	Keywords []string // folded
	Buttons  []string
	Started  bool // something starts it; else it is only called
}

// Flows lists the flows by id.
func (e *Engine) Flows() []Info {
	list := make([]Info, len(e.order))
	for i, f := range e.order {
		title := map[string]string{}
		if f.title != nil {
			for _, w := range f.title.words {
				title[w.lang] = w.src
			}
		}
		list[i] = Info{
			ID: f.id, Title: title, Started: f.starts.any(),
			Intents:  slices.Clone(f.starts.intents),
			Keywords: slices.Clone(f.starts.keywords),
			Buttons:  slices.Clone(f.starts.buttons),
		}
	}
	return list
}
