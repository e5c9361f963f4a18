package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func (b *visitor) session() string {
	address, _ := url.Parse(b.server.URL)
	for _, c := range b.client.Jar.Cookies(address) {
		if c.Name == "loa_session" {
			return c.Value
		}
	}
	return ""
}

func TestLoginAndLogout(t *testing.T) {
	s := newScene(t)
	b := s.visitor()
	if a := b.get("/prices?x=1"); a.status != http.StatusSeeOther || a.header.Get("Location") != "/login?back=%2Fprices%3Fx%3D1" {
		t.Fatalf("a page without a login: %d to %q", a.status, a.header.Get("Location"))
	}
	wrong := b.post("/login", "login", "lan", "password", "sai rồi nhé")
	unknown := b.post("/login", "login", "khong-co", "password", "sai rồi nhé")
	if wrong.status != http.StatusUnauthorized || unknown.status != http.StatusUnauthorized {
		t.Fatalf("wrong password %d, unknown login %d", wrong.status, unknown.status)
	}
	if strings.ReplaceAll(wrong.body, "lan", "") != strings.ReplaceAll(unknown.body, "khong-co", "") &&
		!strings.Contains(unknown.body, "Tên đăng nhập hoặc mật khẩu không đúng.") {
		t.Error("the answers tell an unknown login from a wrong password")
	}
	a := b.post("/login", "login", " LAN ", "password", password, "back", "/prices?x=1")
	if a.status != http.StatusSeeOther || a.header.Get("Location") != "/prices?x=1" {
		t.Fatalf("log in: %d to %q", a.status, a.header.Get("Location"))
	}
	cookie := a.header.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "SameSite=Lax"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("the cookie %q is not %s", cookie, want)
		}
	}
	if _, found, err := s.store.WebSession(t.Context(), b.session(), now); err != nil || found {
		t.Error("the session's token is stored as it is")
	}
	if a := b.get("/"); a.status != http.StatusOK || !strings.Contains(a.body, "Nguyễn Thị Lan") {
		t.Errorf("the first page: %d", a.status)
	}
	before := b.session()
	b.post("/login", "login", "lan", "password", password)
	if b.session() == before {
		t.Error("a new login keeps the old session's token")
	}
	stolen := s.visitor()
	if b.post("/logout").status != http.StatusSeeOther || b.get("/").status != http.StatusSeeOther {
		t.Error("still logged in")
	}
	if stolen.get("/").status != http.StatusSeeOther {
		t.Error("a browser without a cookie is logged in")
	}
}

func TestLoginLeadsNowhereElse(t *testing.T) {
	s := newScene(t)
	for _, back := range []string{"https://example.com/", "//example.com", `/\example.com`, "javascript:alert(1)", "prices"} {
		if a := s.visitor().post("/login", "login", "lan", "password", password, "back", back); a.header.Get("Location") != "/" {
			t.Errorf("back %q leads to %q", back, a.header.Get("Location"))
		}
	}
}

func TestLoginIsLimited(t *testing.T) {
	s := newScene(t)
	b := s.visitor()
	tries := 0
	for ; tries < 50; tries++ {
		if a := b.post("/login", "login", "lan", "password", "sai rồi nhé"); a.status == http.StatusTooManyRequests {
			break
		}
	}
	if tries > 10 {
		t.Fatalf("%d wrong passwords were tried", tries)
	}
	if a := b.post("/login", "login", "lan", "password", password); a.status != http.StatusTooManyRequests {
		t.Errorf("the right password after too many wrong ones: %d", a.status)
	}
	if a := b.post("/login", "login", "y-blo", "password", password); a.status != http.StatusSeeOther {
		t.Errorf("another officer: %d", a.status)
	}
	for range 50 {
		b.post("/login", "login", "nobody"+strings.Repeat("x", tries), "password", "sai")
		tries++
	}
	if a := b.post("/login", "login", "y-blo", "password", password); a.status != http.StatusTooManyRequests {
		t.Errorf("after 50 tries from one address: %d", a.status)
	}
}

func TestPasswordEndsSessions(t *testing.T) {
	s := newScene(t)
	admin, officer := s.login("lan"), s.login("y-blo")
	officers, err := s.store.Officers(t.Context(), "dak-mau")
	s.must(err)
	var id string
	for _, o := range officers {
		if o.Login == "y-blo" {
			id = o.ID.String()
		}
	}
	if a := admin.post("/settings/officers/"+id+"/password", "password", "ngắn"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a short password: %d", a.status)
	}
	if officer.get("/").status != http.StatusOK {
		t.Fatal("not logged in")
	}
	if a := admin.post("/settings/officers/"+id+"/password", "password", "mật khẩu mới tinh"); a.status != http.StatusSeeOther {
		t.Fatalf("reset: %d", a.status)
	}
	if officer.get("/").status != http.StatusSeeOther {
		t.Error("the old session lives on after a reset")
	}
	officer = s.visitor()
	if officer.post("/login", "login", "y-blo", "password", "mật khẩu mới tinh").status != http.StatusSeeOther {
		t.Fatal("the new password does not fit")
	}
	other := s.visitor()
	other.post("/login", "login", "y-blo", "password", "mật khẩu mới tinh")
	if a := officer.post("/account/password", "old", "mật khẩu mới tinh", "password", "tự đổi lần nữa"); a.status != http.StatusSeeOther {
		t.Fatalf("change: %d", a.status)
	}
	if officer.get("/").status != http.StatusOK || other.get("/").status != http.StatusSeeOther {
		t.Error("changing one's password keeps this session and ends the others")
	}
	admin.post("/settings/officers/"+id+"/disabled", "disabled", "yes")
	if officer.get("/").status != http.StatusSeeOther {
		t.Error("a locked officer is still in")
	}
	if s.visitor().post("/login", "login", "y-blo", "password", "tự đổi lần nữa").status != http.StatusUnauthorized {
		t.Error("a locked officer logs in")
	}
	var own string
	for _, o := range officers {
		if o.Login == "lan" {
			own = o.ID.String()
		}
	}
	if admin.post("/settings/officers/"+own+"/disabled", "disabled", "yes").status != http.StatusUnprocessableEntity || admin.get("/").status != http.StatusOK {
		t.Error("an admin locked their own account")
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	s := newScene(t)
	b := s.login("lan")
	path := "/messages/" + s.here.contacts[1].ID.String() + "/reply"
	for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://example.com"} {
		r := b.form(path, "text", "Chào anh chị")
		r.Header.Set(name, value)
		if a := b.do(r); a.status != http.StatusForbidden || !strings.Contains(a.body, "Không có quyền") {
			t.Errorf("a form with %s %s: %d", name, value, a.status)
		}
	}
	if a := b.post(path, "text", "Chào anh chị"); a.status != http.StatusSeeOther {
		t.Errorf("the console's own form: %d", a.status)
	}
}

func TestPagesGuardThemselves(t *testing.T) {
	s := newScene(t)
	b := s.login("lan")
	a := b.get("/")
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'self'", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "same-origin",
	} {
		if !strings.Contains(a.header.Get(name), want) {
			t.Errorf("%s is %q, want %q", name, a.header.Get(name), want)
		}
	}
	if strings.Contains(a.body, "https://") {
		t.Error("a page asks for something of the outside")
	}
}
