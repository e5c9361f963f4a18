// Package sample makes the sample commune of the demo, Xã Đắk Mẫu: a roster,
// two years of prices, a draft plan in consultation, and what a few hundred
// people wrote about it, from a fixed seed. Nothing of it is real, and
// everything of it goes in as a real commune's would: the messages are
// played through the turn loop.
package sample

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
)

// Code is the sample commune's.
const Code = "dak-mau"

// Commune is Xã Đắk Mẫu: the name says that it is a sample (mẫu).
func Commune() planning.Commune {
	return planning.Commune{
		Code: Code, Name: "Xã Đắk Mẫu", Province: "Lâm Đồng", Sample: true,
		Settings: planning.Settings{
			Zone: "Asia/Ho_Chi_Minh", Lang: "vi", AnswerDays: 2, Silence: 24 * time.Hour,
			ResultsPublic: true, SMSCost: 350, Hotline: "0261 3 000 000", ChatLink: "https://t.me/LoaDakMauBot",
		},
	}
}

// village is a village of the sample with what its people are like.
type village struct {
	planning.Village
	households int
	people     naming
	crops      []string // what its people write about, the most usual first
	wants      int      // the item (1-based) that is for it, or that it wants most
	against    int      // the item it likes least
}

var villages = []village{
	{v("thon-1", "thôn", "thôn 1"), 142, kinh, []string{"coffee", "pepper", "durian"}, 4, 7},
	{v("thon-2", "thôn", "thôn 2"), 128, kinh, []string{"coffee", "durian", "pig"}, 6, 2},
	{v("thon-3", "thôn", "thôn 3"), 136, kinh, []string{"coffee", "pepper", "cassava"}, 2, 4},
	{v("thon-5", "thôn", "thôn 5"), 97, kinh, []string{"pepper", "coffee", "rubber"}, 5, 2},
	{v("bu-prang", "bon", "bon Bu Prăng", "bu prang", "bu prăng"), 118, mnong, []string{"coffee", "cashew", "cassava"}, 1, 4},
	{v("bu-dap", "bon", "bon Bu Dấp", "bu dap"), 84, mnong, []string{"cashew", "cassava", "coffee"}, 5, 6},
	{v("dak-nur", "buôn", "buôn Đắk Nur", "dak nur", "đăk nur"), 105, ede, []string{"coffee", "cashew", "cattle"}, 3, 4},
	{v("pu-tung", "buôn", "buôn Pu Tung", "pu tung"), 91, ede, []string{"coffee", "cassava", "cattle"}, 7, 2},
}

func v(code, kind, name string, aliases ...string) planning.Village {
	return planning.Village{Area: Code, Code: code, Kind: kind, Name: name, Aliases: aliases}
}

// Villages lists the eight villages.
func Villages() []planning.Village {
	out := make([]planning.Village, len(villages))
	for i, v := range villages {
		out[i] = v.Village
		out[i].Rank = i + 1
	}
	return out
}

// naming is how the heads of a village's households are called.
type naming int

const (
	kinh naming = iota
	mnong
	ede
)

var (
	kinhFamilies  = []string{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"}
	kinhMiddles   = []string{"Văn", "Thị", "Đức", "Minh", "Xuân", "Hữu", "Ngọc", "Công", "Thanh", "Quang"}
	kinhNames     = []string{"An", "Bình", "Chiến", "Dũng", "Hạnh", "Hòa", "Hùng", "Hương", "Lan", "Long", "Mai", "Nam", "Nga", "Phúc", "Quý", "Sơn", "Tâm", "Thắng", "Thủy", "Tuấn", "Vinh", "Yến", "Huy"}
	mnongMen      = []string{"Điểu Krang", "Điểu Mbơi", "Điểu Nhơi", "Điểu Plang", "Điểu Sơn", "Điểu Tôn", "Điểu Xuân", "Y Brah", "Y Krang", "Y Tang"}
	mnongWomen    = []string{"Thị Bơi", "Thị Gleng", "Thị Mai", "Thị Nhơm", "Thị Pri", "Thị Rơi", "H’Brôi", "H’Mai"}
	edeMen        = []string{"Y Bhăn", "Y Djuang", "Y Khem", "Y Nguyên", "Y Siu", "Y Thim", "Y Wăn"}
	edeWomen      = []string{"H’Bia", "H’Djuôn", "H’Lan", "H’Nga", "H’Yar", "H’Zara"}
	edeFamilies   = []string{"Niê", "Êban", "Mlô", "Kbuôr", "Ayŭn", "Byă", "Hmŏk"}
	mnongFamilies = []string{"", "", " Bu Prăng", " Đắk Mâm"}
)

func (n naming) draw(r *rand.Rand) string {
	switch n {
	case mnong:
		if r.IntN(3) == 0 {
			return pick(r, mnongWomen)
		}
		return pick(r, mnongMen) + pick(r, mnongFamilies)
	case ede:
		if r.IntN(3) == 0 {
			return pick(r, edeWomen) + " " + pick(r, edeFamilies)
		}
		return pick(r, edeMen) + " " + pick(r, edeFamilies)
	default:
		return pick(r, kinhFamilies) + " " + pick(r, kinhMiddles) + " " + pick(r, kinhNames)
	}
}

// households is the roster: about 900, numbered by village.
func households(r *rand.Rand, newID func() uuid.UUID) []planning.Household {
	var out []planning.Household
	for i, v := range villages {
		poor := 8
		if v.people != kinh {
			poor = 22
		}
		for n := range v.households {
			out = append(out, planning.Household{
				ID: newID(), Area: Code, Village: v.Code, Number: fmt.Sprintf("%02d-%03d", i+1, n+1),
				Head: v.people.draw(r), Poor: r.IntN(100) < poor,
			})
		}
	}
	return out
}

// Places are the three markets whose prices the commune gives.
func Places() []market.Place {
	return []market.Place{
		{Area: Code, ID: "gia-nghia", Name: "Gia Nghĩa", Aliases: []string{"gia nghia", "gn"}, Rank: 1},
		{Area: Code, ID: "dak-song", Name: "Đắk Song", Aliases: []string{"dak song", "đăk song"}, Rank: 2},
		{Area: Code, ID: "dak-mil", Name: "Đắk Mil", Aliases: []string{"dak mil", "đăk mil", "dk mil"}, Rank: 3},
	}
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }
