package understand

import (
	"embed"
	"fmt"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed lexicon/*.yaml lexicon/examples/*.tsv
var lexiconFiles embed.FS

// base is the embedded lexicon as it is written.
type base struct {
	raw         []byte
	commodities []baseCommodity
	not         []string
	places      [][]string
	words       yaml.MapSlice
	cues        map[string][]string
	troubles    map[string]baseTrouble
	steering    map[string][]string
	langs       map[string][]string
}

type baseCommodity struct {
	ID     string               `yaml:"id"`
	Unit   string               `yaml:"unit"`
	Min    int64                `yaml:"min"`
	Max    int64                `yaml:"max"`
	Names  []string             `yaml:"names"`
	Weak   []string             `yaml:"weak"`
	Grades map[string]baseGrade `yaml:"grades"`
}

type baseGrade struct {
	Unit  string   `yaml:"unit"`
	Scale float64  `yaml:"scale"`
	Min   int64    `yaml:"min"`
	Max   int64    `yaml:"max"`
	Words []string `yaml:"words"`
}

type baseTrouble struct {
	Sure  []string `yaml:"sure"`
	Signs []string `yaml:"signs"`
}

// baseLexicon parses the embedded files once.
var baseLexicon = sync.OnceValues(func() (*base, error) {
	b := &base{}
	for _, f := range []struct {
		name string
		into any
	}{
		{"commodities", &b.commodities},
		{"notcommodity", &b.not},
		{"places", &b.places},
		{"words", &b.words},
		{"cues", &b.cues},
		{"troubles", &b.troubles},
		{"steering", &b.steering},
		{"languages", &b.langs},
	} {
		data, err := lexiconFiles.ReadFile("lexicon/" + f.name + ".yaml")
		if err != nil {
			return nil, fmt.Errorf("embedded lexicon: %w", err)
		}
		if err := yaml.UnmarshalWithOptions(data, f.into, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("embedded lexicon %s: %w", f.name, err)
		}
		b.raw = append(b.raw, data...)
	}
	return b, nil
})
