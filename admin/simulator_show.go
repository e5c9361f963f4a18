package admin

// sampleNumbers are made-up numbers to try the simulator with.
var sampleNumbers = []string{"+84905000101", "+84905000102", "+84905000103", "+84905000104"}

// sampleMessages are what people write first.
var sampleMessages = []string{"gia ca phe", "tieu gia bao nhieu", "ke hoach", "1d 2k 3d", "ca phe rung trai, duong vao ray lay loi qua", "ket qua", "TC"}

type simulatorPage struct {
	Numbers []string
	Ideas   []string
}

// simulatorShow is a feature phone and a chat phone that talk to this Loa.
func (v *visit) simulatorShow() error {
	return v.render("simulator", v.t("simulator.title"), simulatorPage{Numbers: sampleNumbers, Ideas: sampleMessages})
}
