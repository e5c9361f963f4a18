package sample

// What the sample's people write, as farmers write it. {c} is a commodity as
// the writer calls it.

var callCrop = map[string][]string{
	"coffee":  {"ca phe", "cf", "cafe", "cà phê", "cphe", "ca fe"},
	"pepper":  {"tieu", "ho tieu", "tiêu", "tieu den"},
	"cashew":  {"dieu", "hat dieu", "điều"},
	"durian":  {"sau rieng", "sr", "sầu riêng"},
	"rubber":  {"cao su", "mu cao su", "mủ cao su"},
	"cassava": {"mi", "khoai mi", "sắn", "san"},
	"pig":     {"heo", "heo hoi", "lon hoi"},
	"cattle":  {"bò", "bo hoi", "bò thịt"},
}

var askPrice = []string{
	"gia {c}", "gia {c} hnay", "{c} bn 1kg", "{c} nay bao nhieu", "gia {c} hom nay bao nhieu", "{c} gia sao roi",
	"Giá {c} hôm nay?", "cho hoi gia {c}", "{c} nhiu 1 ky", "gia {c} o dak mil", "gia {c} gia nghia bn", "{c} hnay len ko",
}

// difficulties by crop; "" are about no crop.
var difficulties = map[string][]string{
	"coffee": {
		"kk ca phe kho qua, gieng het nuoc tuoi", "ca phe nha toi bi rep sap nhieu qua xit hoai ko het",
		"cf chin ma ko thue dc nguoi hai", "ca phe rung trai nhieu sau may tran mua", "khó khăn: cà phê già cỗi, năng suất thấp, muốn tái canh mà không có giống",
		"dai ly tru am tru tap ca phe nhieu qua", "phoi ca phe gap mua moc het 4 bao", "ca phe bi vang la, chet 30 cay roi",
	},
	"pepper": {
		"kk tieu nha toi chet nhanh ca vuon", "tieu chet cham lan qua, mat 200 tru", "tieu bi tuyen trung vang la", "hồ tiêu rụng gié, ai chỉ cách với",
		"gia tieu len ma het tieu ban, kk von trong lai",
	},
	"cashew": {
		"dieu bi bo xit muoi pha bong", "điều năm nay mất mùa do mưa trái mùa", "hat dieu ban cho thuong lai bi ep gia", "dieu gia coi ko co von cai tao",
	},
	"durian": {
		"sau rieng bi xi mu than", "sr rung trai non het nua vuon", "chua co ma so vung trong ban sau rieng gia thap",
	},
	"rubber":  {"mu cao su re qua ko du tien cong cao", "cao su bi phan trang rung la"},
	"cassava": {"mi bi benh kham la het ray", "duong vao ray xau xe ko vao cho mi dc", "khoai mi thoi cu do ngap"},
	"pig":     {"heo chet may con chua biet benh gi", "cam heo tang gia qua nuoi lo von"},
	"cattle":  {"bo bi viem da noi cuc", "thieu co cho bo mua kho", "bò bị lở mồm long móng, cần thú y"},
	"": {
		"phan bon tang gia qua", "khong co von mua phan", "duong vao vuon hu het, xe khong vao duoc mua mua", "thieu nuoc tuoi mua kho nam nao cung vay",
		"dien yeu bom nuoc ko noi", "vay ngan hang kho qua ko co so do", "khó khăn đường vào khu sản xuất lầy lội, phải tăng bo", "kk ko co cho phoi nong san",
		"gia phan len thuoc len ma nong san ko len", "nuoc gieng bi phen an ko duoc",
	},
}

var opinions = []string{
	"gop y: nen mo lop day tia canh ca phe", "de nghi xa lam cau qua suoi cho tre con di hoc", "gop y xa nen lam duong truoc mua mua",
	"đề nghị xã hỗ trợ máy sấy cà phê cho tổ hợp tác", "gop y: cho nen xay gan nga ba cho tien", "de nghi lam them cong thoat nuoc dau thon",
	"góp ý: nên có bể chứa nước tưới chung cho cả buôn", "de nghi cong khai tien dan dong gop", "gop y nen ho tro giong ca phe chiu han",
	"y kien: cho thon dc tu lam tu giam sat cho nhanh", "de nghi xa keo dien ba pha vo ray", "góp ý: mở lớp dạy chữ cho người lớn buổi tối",
	"de nghi xa lam viec voi dai ly dung ep gia", "gop y: nen lam nha kho chung de ba con tru hang cho gia len",
}

var questions = []string{
	"gap can bo khuyen nong", "muon hoi can bo cach tri benh chet nhanh tieu", "bao gio hop thon", "hoi can bo: thu tuc vay von ho ngheo sao",
	"cho gap can bo dia chinh hoi so do", "bao gio tiem phong cho bo",
}

var thanks = []string{"cam on", "cam on nhieu", "ok cam on", "cảm ơn xã", "da cam on can bo"}

var others = []string{"alo", "ai vay", "so nay cua ai do", "e oi mai di hai ca phe ko", "huong dan", "tro giup", "ke hoach xa nam nay", "muc 3 la gi", "muc 1", "ket qua gop y"}

// reasons for a no, by item (1-based).
var reasons = [...][]string{
	1: {"duong chi 1 nha dung", "lam roi lai hu"},
	2: {"it ruong", "xa nha toi", "nam ngoai moi dao roi"},
	3: {"ghep roi van chet", "ban qua ko di hoc duoc"},
	4: {"cho xa qua", "it nguoi ban", "ton tien", "cho cu con tot"},
	5: {"nha co gieng roi"},
	6: {"ton tien dien", "chua can"},
	7: {"cay giong hay chet", "so phai tra"},
}

// sales are price reports; {p} is a price in thousands.
var sales = []string{"ban cf {p}k cho dai ly", "sang nay ban ca phe {p}", "hom qua ban ca phe {p} ngan", "cà phê nhân bán được {p}k hôm qua", "ban cf xo {p}k"}

// answers are what the sample's officers wrote back, by where in the chain the
// difficulty sits; "opinion" and "question" are to those.
var answers = map[string][]string{
	"inputs":         {"Hội Nông dân đang gom đơn mua phân trả chậm, giá rẻ hơn 5%. Anh chị đăng ký với chi hội trước ngày 30.", "Xã đã mời đại lý phân bón họp, công khai giá tại bảng tin. Anh chị báo lại nếu bị bán cao hơn."},
	"production":     {"Cán bộ khuyến nông sẽ đến vườn trong tuần này. Anh chị đừng phun thêm thuốc, giữ lại cây bệnh để xem.", "Trạm đã gửi tài liệu cách xử lý về thôn. Lớp hướng dẫn mở sáng thứ bảy tại nhà văn hóa."},
	"harvest":        {"Tổ đổi công của thôn nhận thêm hộ, anh chị gặp trưởng thôn để xếp lịch hái."},
	"processing":     {"HTX có máy sấy nhận sấy thuê, 600 đồng một ký. Anh chị gọi trước một ngày."},
	"selling":        {"Xã đã ghi nhận việc ép giá và sẽ làm việc với đại lý. Anh chị giữ lại phiếu cân giúp."},
	"infrastructure": {"Xã đã đưa đoạn đường vào danh sách sửa mùa khô này. Thôn tự dọn mương thoát nước trước giúp.", "Xã đã báo điện lực và phòng Kinh tế kiểm tra, có kết quả sẽ nhắn lại."},
	"capital":        {"Ngân hàng Chính sách nhận hồ sơ vay ngày 10 hằng tháng tại UBND xã. Anh chị mang theo căn cước."},
	"other":          {"Xã đã ghi nhận và giao thôn kiểm tra, có kết quả sẽ nhắn lại anh chị."},
	"opinion":        {"Xã cảm ơn góp ý của anh chị. Tổ lập kế hoạch đã ghi vào bảng tổng hợp để đưa ra họp thôn.", "Góp ý của anh chị đã được tiếp thu một phần, ghi ở bản dự thảo sửa."},
	"question":       {"Anh chị gọi giúp số của xã trong giờ làm việc, hoặc đến gặp bộ phận một cửa sáng thứ hai, thứ tư."},
}
