package sample

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
)

const million = 1_000_000

// items are the seven activities of the draft plan that people are asked about.
func items(year int) []planning.Item {
	code := func(n int) string { return fmt.Sprintf("KH%02d-%02d", year%100, n) }
	quarter := func(q int) string { return fmt.Sprintf("quý %d/%d", q, year) }
	return []planning.Item{
		{
			Area: Code, Code: code(1), Year: year, Title: "Bê tông hóa đường vào khu sản xuất bon Bu Prăng", TitleEN: "Concrete road to the fields of bon Bu Prang",
			Short: "Đường bon Bu Prăng", ShortEN: "Road Bu Prang", Village: "bu-prang", Place: "bon Bu Prăng", Unit: "km", Quantity: "1,2",
			Detail: "Đường bê tông rộng 3 m, dài 1,2 km từ bon ra rẫy cà phê, điều", DetailEN: "A concrete road, 3 m wide, 1.2 km from the bon to the coffee and cashew fields",
			When: quarter(2), Owner: "Phòng Kinh tế", Funding: []planning.Funding{
				{Source: "Chương trình mục tiêu quốc gia", Form: planning.Money, Amount: 1_080 * million, Funded: true},
				{Source: "Ngân sách xã", Form: planning.Money, Amount: 180 * million},
				{Source: "Dân đóng góp", Form: planning.Labour, Amount: 120 * million},
				{Source: "Dân hiến đất", Form: planning.Land, Amount: 60 * million},
			},
		},
		{
			Area: Code, Code: code(2), Year: year, Title: "Kiên cố hóa kênh nội đồng thôn 3", TitleEN: "Lining the field canal of thon 3",
			Short: "Kênh thôn 3", ShortEN: "Canal thon 3", Village: "thon-3", Place: "thôn 3", Unit: "m", Quantity: "850",
			Detail: "Lát bê tông 850 m kênh, tưới cho 46 ha cà phê và lúa", DetailEN: "850 m of lined canal, water for 46 ha of coffee and rice",
			When: quarter(1), Owner: "Phòng Kinh tế", Funding: []planning.Funding{
				{Source: "Ngân sách tỉnh", Form: planning.Money, Amount: 620 * million, Funded: true},
				{Source: "Dân đóng góp", Form: planning.Money, Amount: 85 * million},
			},
		},
		{
			Area: Code, Code: code(3), Year: year, Title: "Lớp ghép cải tạo cà phê già cỗi tại buôn Đắk Nur", TitleEN: "Grafting course for old coffee at buon Dak Nur",
			Short: "Lớp ghép cà phê", ShortEN: "Coffee grafting", Village: "dak-nur", Place: "buôn Đắk Nur", Unit: "lớp", Quantity: "3", Chain: "coffee",
			Detail: "3 lớp, mỗi lớp 30 hộ, có cấp chồi ghép TR4, TRS1", DetailEN: "3 courses of 30 households each, with TR4 and TRS1 scions",
			When: quarter(2), Owner: "Trung tâm Dịch vụ nông nghiệp", Funding: []planning.Funding{
				{Source: "Chương trình mục tiêu quốc gia", Form: planning.Money, Amount: 96 * million, Funded: true},
			},
		},
		{
			Area: Code, Code: code(4), Year: year, Title: "Xây chợ trung tâm xã", TitleEN: "Building the commune's market",
			Short: "Chợ xã", ShortEN: "Market", Village: "thon-1", Place: "thôn 1", Unit: "công trình", Quantity: "1",
			Detail: "Nhà lồng 600 m², sân và 40 chỗ cho bà con bán nông sản", DetailEN: "A hall of 600 m², a yard and 40 places for farmers to sell",
			When: quarter(3), Owner: "UBND xã", Funding: []planning.Funding{
				{Source: "Ngân sách tỉnh", Form: planning.Money, Amount: 1_200 * million},
				{Source: "Doanh nghiệp, HTX", Form: planning.Money, Amount: 600 * million},
			},
		},
		{
			Area: Code, Code: code(5), Year: year, Title: "Công trình nước sạch thôn 5 và bon Bu Dấp", TitleEN: "Clean water for thon 5 and bon Bu Dap",
			Short: "Nước sạch", ShortEN: "Clean water", Place: "thôn 5, bon Bu Dấp", Unit: "công trình", Quantity: "2",
			Detail: "Giếng khoan, bể lọc và đường ống cho 181 hộ", DetailEN: "Wells, filters and pipes for 181 households",
			When: quarter(2), Owner: "Phòng Kinh tế", Funding: []planning.Funding{
				{Source: "Chương trình mục tiêu quốc gia", Form: planning.Money, Amount: 740 * million, Funded: true},
				{Source: "Dân đóng góp", Form: planning.Money, Amount: 54 * million},
				{Source: "Dân đóng góp", Form: planning.Labour, Amount: 36 * million},
			},
		},
		{
			Area: Code, Code: code(6), Year: year, Title: "Đèn đường năng lượng mặt trời thôn 2", TitleEN: "Solar street lights for thon 2",
			Short: "Đèn đường", ShortEN: "Street lights", Village: "thon-2", Place: "thôn 2", Unit: "bóng", Quantity: "60",
			Detail: "60 bóng dọc đường chính thôn 2 đến trường học", DetailEN: "60 lights along the main road of thon 2 to the school",
			When: quarter(3), Owner: "UBND xã", Funding: []planning.Funding{
				{Source: "Ngân sách xã", Form: planning.Money, Amount: 90 * million},
				{Source: "Dân đóng góp", Form: planning.Money, Amount: 60 * million},
			},
		},
		{
			Area: Code, Code: code(7), Year: year, Title: "Quỹ quay vòng cây giống tại buôn Pu Tung", TitleEN: "Revolving seedling fund at buon Pu Tung",
			Short: "Quỹ cây giống", ShortEN: "Seedling fund", Village: "pu-tung", Place: "buôn Pu Tung", Unit: "cây", Quantity: "12.000",
			Detail: "12.000 cây cà phê, bơ, mắc ca; hộ vay cây, 3 năm sau trả lại bằng cây giống", DetailEN: "12,000 coffee, avocado and macadamia seedlings, given back in kind after 3 years",
			When: quarter(2), Owner: "Hội Nông dân xã", Funding: []planning.Funding{
				{Source: "Dự án, tài trợ", Form: planning.Money, Amount: 150 * million, Funded: true},
				{Source: "Vốn vay", Form: planning.Money, Amount: 90 * million},
			},
		},
	}
}

// round is the consultation: opened twelve days ago, eighteen to go.
func round(now time.Time, zone *time.Location, items []planning.Item, newID func() uuid.UUID) planning.Round {
	local := now.In(zone)
	at := func(days, hour, minute int) time.Time {
		return time.Date(local.Year(), local.Month(), local.Day()+days, hour, minute, 0, 0, zone)
	}
	var codes []string
	for _, v := range villages {
		codes = append(codes, v.Code)
	}
	year := items[0].Year
	return planning.Round{
		ID: newID(), Area: Code, Number: 1, Year: year, Items: items, Villages: codes,
		Title: fmt.Sprintf("Lấy ý kiến dự thảo Kế hoạch phát triển kinh tế - xã hội năm %d", year),
		Opens: at(-12, 7, 30), Closes: at(18, 17, 0),
		Decision: "Quyết định của UBND xã chọn hình thức lấy ý kiến qua mạng viễn thông (điểm g khoản 1 Điều 26 Luật số 10/2022/QH15)",
	}
}
