package admin

import (
	"crypto/rand"
	"net/http"
	"slices"
	"time"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// tieLasts is how long a code that ties a group to its village is good.
const tieLasts = 24 * time.Hour

// tieCodeCreate makes a one-time code: who writes it in a chat group ties the
// group to the village. It is shown once.
func (v *visit) tieCodeCreate() error {
	page, err := v.settingsPage()
	if err != nil {
		return err
	}
	village := v.form("village")
	if !slices.ContainsFunc(page.Villages, func(w planning.Village) bool { return w.Code == village }) {
		return errNotFound
	}
	code := storage.TieCode{
		Area: v.area(), Code: rand.Text()[:8], Village: village, Officer: v.officer.Login, Expires: v.now.Add(tieLasts),
	}
	if err := v.Store.SaveTieCode(v.ctx(), code); err != nil {
		return err
	}
	page.Code, page.CodeFor, page.CodeEnds = code.Code, page.Names[village], code.Expires
	return v.renderStatus(http.StatusOK, "settings", v.t("settings.title"), page)
}
