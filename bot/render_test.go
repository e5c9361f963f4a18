package bot

import (
	"fmt"
	"testing"

	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/storage"
)

func TestRender(t *testing.T) {
	sms, chat := Traits{SMS: true, Inline: true}, Traits{Marks: true, Buttons: true}
	reply := flows.Reply{
		Says: []string{"Anh chị hỏi:"}, Options: []flows.Option{{Value: "avocado", Label: "trái bơ"}, {Value: "beef", Label: "bò hơi"}},
		Ask: "crop", Skip: true, Buttons: []flows.Option{{Value: "help", Label: "Hướng dẫn"}},
	}
	inline := reply
	inline.Inline = true
	for _, c := range []struct {
		name   string
		reply  flows.Reply
		traits Traits
		marks  bool
		lang   string
		want   string
	}{
		{"sms", reply, sms, false, "vi", "Anh chi hoi: 1 trai bo, 2 bo hoi"},
		{"sms with marks", reply, sms, true, "vi", "Anh chị hỏi: 1 trái bơ, 2 bò hơi"},
		{"sms that names them", inline, sms, false, "vi", "Anh chi hoi:"},
		{"chat", reply, chat, false, "vi", "Anh chị hỏi: [opt:crop:avocado trái bơ] [opt:crop:beef bò hơi] [opt:crop: Bỏ qua] [help Hướng dẫn]"},
		{"chat in English", reply, chat, false, "en", "Anh chị hỏi: [opt:crop:avocado trái bơ] [opt:crop:beef bò hơi] [opt:crop: Skip] [help Hướng dẫn]"},
		{"nothing to press", flows.Reply{Says: []string{"Dạ.", "Cảm ơn."}}, chat, false, "vi", "Dạ.\nCảm ơn."},
	} {
		m := render(c.reply, c.traits, c.marks, c.lang)
		got := m.Text
		for _, b := range buttonsOf(m) {
			got += fmt.Sprintf(" [%s %s]", b.Value, b.Label)
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		if (m.Parts > 0) != c.traits.SMS {
			t.Errorf("%s: %d parts", c.name, m.Parts)
		}
	}
	if buttonsOf(storage.Message{Buttons: []byte("{")}) != nil {
		t.Error("what is no list of buttons shows none")
	}
}
