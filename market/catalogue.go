package market

// Catalogue returns the product chains of Đắk Nông and the fertilisers bought
// for them, for a commune to start with and to change. A fresh copy each time.
//
// Chains, units and aliases are those of the project's list of chains.
// Plausible prices are đồng at the farm gate or the local dealer, widened
// around what was paid there from 2020 to 2026 (coffee 32,000 to 130,000,
// pepper 50,000 to 170,000, durian Dona A about 100,000, latex about 300 a
// degree, …): outside them a price is asked back, not refused. A crop sold
// fresh and dry, or by grade, has a grade for each, with limits of its own.
func Catalogue() []Commodity {
	return []Commodity{
		{
			ID: "coffee", Name: "cà phê", NameEN: "coffee", Unit: Kilogram, Min: 20_000, Max: 250_000,
			Aliases: []string{"ca phe", "cafe", "cf", "cphe", "cà fê", "ca fe", "cà phê nhân", "cà phê vối", "robusta"},
			Grades: []Grade{
				{ID: "nhan", Name: "nhân xô", NameEN: "green beans", Aliases: []string{"nhân", "xô", "cà phê nhân xô", "khô"}},
				{ID: "tuoi", Name: "tươi", NameEN: "cherries", Min: 4_000, Max: 45_000, Aliases: []string{"cà phê tươi", "trái tươi", "quả tươi", "cherry"}},
			},
		},
		{
			ID: "pepper", Name: "hồ tiêu", NameEN: "pepper", Unit: Kilogram, Min: 30_000, Max: 350_000,
			Aliases: []string{"tiêu", "hạt tiêu", "ho tieu"},
			Grades: []Grade{
				{ID: "den", Name: "tiêu đen xô", NameEN: "black", Aliases: []string{"đen", "tiêu đen", "tiêu xô", "xô"}},
				{ID: "trang", Name: "tiêu sọ", NameEN: "white", Min: 50_000, Max: 500_000, Aliases: []string{"trắng", "tiêu trắng", "sọ"}},
			},
		},
		{
			ID: "cashew", Name: "điều", NameEN: "cashew", Unit: Kilogram, Min: 8_000, Max: 90_000,
			Aliases: []string{"hạt điều", "đào lộn hột"},
			Grades: []Grade{
				{ID: "tuoi", Name: "tươi", NameEN: "fresh nuts", Max: 60_000, Aliases: []string{"điều tươi", "hạt tươi"}},
				{ID: "kho", Name: "khô", NameEN: "dry nuts", Min: 15_000, Aliases: []string{"điều khô", "hạt khô"}},
			},
		},
		{
			ID: "rubber", Name: "cao su", NameEN: "rubber", Unit: Degree, Min: 120, Max: 900,
			Aliases: []string{"mủ", "mủ cao su", "latex"},
			Grades: []Grade{
				{ID: "nuoc", Name: "mủ nước", NameEN: "latex", Aliases: []string{"nước"}},
				{ID: "chen", Name: "mủ chén", NameEN: "cup lump", Unit: Kilogram, Min: 5_000, Max: 50_000, Aliases: []string{"chén", "mủ tạp", "mủ đông"}},
			},
		},
		{
			ID: "cassava", Name: "sắn", NameEN: "cassava", Unit: Kilogram, Min: 800, Max: 9_000,
			Aliases: []string{"khoai mì", "mì", "củ mì", "củ sắn"},
			Grades: []Grade{
				{ID: "tuoi", Name: "củ tươi", NameEN: "fresh roots", Max: 6_000, Aliases: []string{"tươi", "mì tươi", "sắn tươi"}},
				{ID: "lat", Name: "lát khô", NameEN: "dried chips", Min: 2_500, Max: 15_000, Aliases: []string{"lát", "khô", "mì lát", "sắn lát"}},
			},
		},
		{
			ID: "maize", Name: "ngô", NameEN: "maize", Unit: Kilogram, Min: 3_000, Max: 20_000,
			Aliases: []string{"bắp", "bắp hạt", "ngô hạt", "corn"},
		},
		{
			ID: "avocado", Name: "bơ", NameEN: "avocado", Unit: Kilogram, Min: 1_500, Max: 150_000,
			Aliases: []string{"trái bơ", "quả bơ"},
			Grades: []Grade{
				{ID: "booth", Name: "bơ Booth", NameEN: "Booth", Aliases: []string{"boot", "bơ boot"}},
				{ID: "034", Name: "bơ 034", NameEN: "034"},
				{ID: "sap", Name: "bơ sáp", NameEN: "local butter", Aliases: []string{"sáp"}},
			},
		},
		{
			ID: "durian", Name: "sầu riêng", NameEN: "durian", Unit: Kilogram, Min: 12_000, Max: 300_000,
			Aliases: []string{"sr", "sau rieng"},
			Grades: []Grade{
				{ID: "dona-a", Name: "Dona loại A", NameEN: "Dona A", Min: 30_000, Aliases: []string{"dona a", "monthong a", "thái a"}},
				{ID: "dona-b", Name: "Dona loại B", NameEN: "Dona B", Min: 25_000, Aliases: []string{"dona b", "monthong b", "thái b"}},
				{ID: "dona-c", Name: "Dona loại C", NameEN: "Dona C", Aliases: []string{"dona c", "monthong c", "thái c"}},
				{ID: "ri6-a", Name: "Ri6 loại A", NameEN: "Ri6 A", Min: 20_000, Max: 200_000, Aliases: []string{"ri6 a", "ri 6 a"}},
				{ID: "ri6-b", Name: "Ri6 loại B", NameEN: "Ri6 B", Min: 15_000, Max: 200_000, Aliases: []string{"ri6 b", "ri 6 b"}},
				{ID: "ri6-c", Name: "Ri6 loại C", NameEN: "Ri6 C", Max: 200_000, Aliases: []string{"ri6 c", "ri 6 c"}},
			},
		},
		{
			ID: "macadamia", Name: "mắc ca", NameEN: "macadamia", Unit: Kilogram, Min: 25_000, Max: 500_000,
			Aliases: []string{"macca", "mac ca", "hạt mắc ca"},
		},
		{
			ID: "passion_fruit", Name: "chanh dây", NameEN: "passion fruit", Unit: Kilogram, Min: 2_000, Max: 90_000,
			Aliases: []string{"chanh leo", "chanh day"},
		},
		{
			ID: "sweet_potato", Name: "khoai lang", NameEN: "sweet potato", Unit: Kilogram, Min: 1_500, Max: 50_000,
			Aliases: []string{"khoai lang nhật", "khoai nhật"},
		},
		{
			ID: "cocoa", Name: "ca cao", NameEN: "cocoa", Unit: Kilogram, Min: 20_000, Max: 400_000,
			Aliases: []string{"cacao", "hạt ca cao"},
		},
		{
			ID: "rice", Name: "lúa", NameEN: "rice", Unit: Kilogram, Min: 3_500, Max: 60_000,
			Aliases: []string{"thóc", "lúa gạo"},
			Grades: []Grade{
				{ID: "lua", Name: "lúa", NameEN: "paddy", Max: 25_000, Aliases: []string{"thóc", "lúa khô"}},
				{ID: "gao", Name: "gạo", NameEN: "milled rice", Min: 8_000},
			},
		},
		{
			ID: "pig", Name: "heo hơi", NameEN: "live pig", Unit: Kilogram, Min: 25_000, Max: 150_000,
			Aliases: []string{"heo", "lợn", "lợn hơi"},
		},
		{
			ID: "cattle", Name: "bò hơi", NameEN: "live cattle", Unit: Kilogram, Min: 40_000, Max: 300_000,
			Aliases: []string{"bò", "bò thịt"},
		},
		{
			ID: "chicken", Name: "gà", NameEN: "chicken", Unit: Kilogram, Min: 25_000, Max: 300_000,
			Aliases: []string{"gà ta", "gà thả vườn"},
		},
		{
			ID: "goat", Name: "dê", NameEN: "goat", Unit: Kilogram, Min: 50_000, Max: 300_000,
			Aliases: []string{"dê hơi", "dê thịt"},
		},
		{
			ID: "urea", Name: "phân urê", NameEN: "urea", Unit: Kilogram, Min: 5_000, Max: 40_000, Input: true,
			Aliases: []string{"urê", "ure", "đạm", "phân đạm"},
		},
		{
			ID: "npk", Name: "phân NPK", NameEN: "NPK fertiliser", Unit: Kilogram, Min: 5_000, Max: 50_000, Input: true,
			Aliases: []string{"NPK"},
		},
		{
			ID: "potash", Name: "phân kali", NameEN: "potash", Unit: Kilogram, Min: 5_000, Max: 40_000, Input: true,
			Aliases: []string{"kali"},
		},
	}
}
