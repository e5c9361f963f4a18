package policy_test

import (
	"testing"

	"github.com/loa-vn/loa/bot/policy"
)

func TestEveryReasonHasBothTexts(t *testing.T) {
	texts := map[string]policy.Reason{}
	for _, why := range policy.Reasons() {
		vi, en := why.Text("vi"), why.Text("en")
		if vi == string(why) || en == string(why) || vi == en {
			t.Errorf("%s reads %q and %q", why, vi, en)
		}
		for _, text := range []string{vi, en} {
			if other, taken := texts[text]; taken {
				t.Errorf("%s and %s read the same: %q", why, other, text)
			}
			texts[text] = why
		}
		if why.Text("mnong") != vi {
			t.Errorf("%s: a language without texts of its own gets Vietnamese", why)
		}
	}
	if got := policy.Reason("").Text("vi"); got != "" {
		t.Errorf("no reason reads %q", got)
	}
	if got := policy.Reason("from_the_future").Text("vi"); got != "from_the_future" {
		t.Errorf("an unknown reason reads %q, want its key", got)
	}
}
