package admin_test

import (
	"net/http"
	"strings"
	"testing"
)

// need is who may use what: a change here is a decision.
var need = map[string]string{
	"GET /login": "anyone", "POST /login": "anyone", "POST /logout": "anyone", "POST /language": "anyone", "GET /simulator": "anyone",

	"GET /{$}": "officers", "GET /events": "officers", "GET /account": "officers", "POST /account/password": "officers",
	"GET /messages": "officers", "GET /messages/{contact}": "officers", "POST /messages/{contact}/reply": "officers",
	"POST /messages/{contact}/measure": "officers", "GET /parked": "officers",
	"GET /prices": "officers", "GET /prices/add": "officers", "POST /prices/add": "officers", "GET /prices/history": "officers",
	"GET /prices/{price}/correct": "officers", "POST /prices/{price}/correct": "officers",
	"GET /difficulties": "officers", "GET /difficulties/export": "officers", "GET /concerns": "officers",
	"GET /concerns/{contact}/{concern}": "officers", "POST /concerns/{contact}/{concern}/answer": "officers",
	"POST /concerns/{contact}/{concern}/measure": "officers",
	"GET /consultation":                          "officers", "GET /consultation/{round}": "officers", "GET /consultation/{round}/voices": "officers",
	"GET /consultation/{round}/export": "officers",
	"GET /contacts":                    "officers", "GET /contacts/{contact}": "officers", "POST /contacts/{contact}/place": "officers",
	"GET /contacts/{contact}/erase": "officers", "POST /contacts/{contact}/erase": "officers",
	"GET /messages/{contact}/{message}": "officers", "POST /messages/{contact}/{message}/correct": "officers",
	"GET /words": "officers", "POST /words": "officers", "POST /words/try": "officers",
	"GET /words/{word}/remove": "officers", "POST /words/{word}/remove": "officers",
	"GET /corrections": "officers", "GET /corrections/export": "officers",
	"GET /villages": "officers", "GET /villages/{village}": "officers",

	"POST /villages": "admins", "POST /villages/{village}/households": "admins",
	"GET /settings": "admins", "POST /settings": "admins", "POST /settings/officers": "admins",
	"POST /settings/officers/{officer}/disabled": "admins", "POST /settings/officers/{officer}/password": "admins",
	"POST /settings/groups": "admins",
}

const nobody = "01979a00-0000-7000-8000-00000000dead"

func pathOf(pattern string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	return method, strings.NewReplacer("{$}", "", "{round}", "1", "{village}", "v1", "{contact}", nobody, "{concern}", nobody,
		"{price}", nobody, "{officer}", nobody, "{message}", nobody, "{word}", nobody).Replace(path)
}

func TestEveryRouteHasItsRole(t *testing.T) {
	s := newScene(t)
	stranger, officer := s.visitor(), s.login("y-blo")
	seen := map[string]bool{}
	for _, route := range s.console.Routes() {
		seen[route.Pattern] = true
		if need[route.Pattern] != route.Access {
			t.Errorf("%s is for %s, want %q", route.Pattern, route.Access, need[route.Pattern])
		}
		method, path := pathOf(route.Pattern)
		if route.Access != "anyone" {
			a := stranger.ask(method, path)
			if a.status != http.StatusUnauthorized && (a.status != http.StatusSeeOther || !strings.HasPrefix(a.header.Get("Location"), "/login")) {
				t.Errorf("%s: who is not logged in gets %d", route.Pattern, a.status)
			}
		}
		if route.Access == "admins" {
			if a := officer.ask(method, path); a.status != http.StatusForbidden {
				t.Errorf("%s: an officer who is no admin gets %d", route.Pattern, a.status)
			}
		}
	}
	for pattern := range need {
		if !seen[pattern] {
			t.Errorf("%s is gone", pattern)
		}
	}
}

func (b *visitor) ask(method, path string) answer {
	b.Helper()
	if method == http.MethodGet {
		return b.get(path)
	}
	return b.post(path)
}

// TestNothingOfAnotherCommune asks for everything of the other commune, as an
// admin of one: it is not there.
func TestNothingOfAnotherCommune(t *testing.T) {
	s := newScene(t)
	b := s.login("lan")
	contact, concern, price := s.there.contacts[1].ID.String(), s.there.concerns[1], s.there.prices[0].ID.String()
	message, word := s.there.messages[1].ID.String(), s.there.words[0].ID.String()
	officers, err := s.store.Officers(t.Context(), "quang-tin")
	s.must(err)
	for _, path := range []string{
		"GET /messages/" + contact, "POST /messages/" + contact + "/reply", "POST /messages/" + contact + "/measure",
		"GET /messages/" + contact + "/" + message, "POST /messages/" + contact + "/" + message + "/correct",
		"GET /messages/" + s.here.contacts[1].ID.String() + "/" + message, "GET /messages/" + s.here.contacts[1].ID.String() + "/" + s.here.messages[2].ID.String(),
		"POST /messages/" + s.here.contacts[1].ID.String() + "/" + message + "/correct",
		"GET /words/" + word + "/remove", "POST /words/" + word + "/remove",
		"GET /contacts/" + contact, "POST /contacts/" + contact + "/place", "GET /contacts/" + contact + "/erase", "POST /contacts/" + contact + "/erase",
		"GET /concerns/" + concern.Contact.String() + "/" + concern.ID.String(),
		"POST /concerns/" + concern.Contact.String() + "/" + concern.ID.String() + "/answer",
		"POST /concerns/" + concern.Contact.String() + "/" + concern.ID.String() + "/measure",
		"GET /prices/" + price + "/correct", "POST /prices/" + price + "/correct",
		"POST /settings/officers/" + officers[0].ID.String() + "/disabled", "POST /settings/officers/" + officers[0].ID.String() + "/password",
		"GET /consultation/2", "GET /villages/elsewhere",
	} {
		method, path, _ := strings.Cut(path, " ")
		if method == http.MethodPost {
			if a := b.post(path, "text", "xin chào", "sure", "yes", "amount", "100000", "note", "x", "password", password, "household", s.here.households[0].ID.String()); a.status != http.StatusNotFound {
				t.Errorf("POST %s: %d", path, a.status)
			}
		} else if a := b.get(path); a.status != http.StatusNotFound {
			t.Errorf("GET %s: %d", path, a.status)
		}
	}
	// Nor does a household of the other commune take a contact of this one.
	here := s.here.contacts[8]
	b.post("/contacts/"+here.ID.String()+"/place", "household", s.there.households[0].ID.String())
	after, err := s.store.Contact(t.Context(), "dak-mau", here.ID)
	s.must(err)
	if after.Household != here.Household {
		t.Error("a contact was placed in another commune's household")
	}
	// Lists hold no word of the other commune.
	for _, address := range s.addresses() {
		if a := b.get(address[1]); strings.Contains(a.body, "Quảng Tín") || strings.Contains(a.body, contact) {
			t.Errorf("%s shows something of the other commune", address[1])
		}
	}
}
