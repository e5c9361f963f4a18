package admin

import (
	"errors"
	"net/http"

	"github.com/loa-vn/loa/storage"
)

// fail answers with the page for an error. What went wrong inside is logged,
// never shown.
func (v *visit) fail(err error) {
	var large *http.MaxBytesError
	switch {
	case errors.Is(err, errNotFound), errors.Is(err, storage.ErrNotFound):
		err = v.renderStatus(http.StatusNotFound, "problem", v.t("problem.missing"), v.t("problem.missing_text"))
	case errors.As(err, &large):
		err = v.renderStatus(http.StatusRequestEntityTooLarge, "problem", v.t("problem.large"), v.t("problem.large_text"))
	case v.ctx().Err() != nil:
		return // nobody is there to answer
	default:
		v.Log.Error("a page failed", "method", v.r.Method, "route", v.r.Pattern, "error", err)
		status, text := http.StatusInternalServerError, v.t("problem.inside_text")
		if errors.Is(err, storage.ErrUnavailable) {
			status, text = http.StatusServiceUnavailable, v.t("problem.away_text")
			v.w.Header().Set("Retry-After", "5")
		}
		err = v.renderStatus(status, "problem", v.t("problem.inside"), text)
	}
	if err != nil {
		v.Log.Error("the page for an error failed", "error", err)
		http.Error(v.w, "internal error", http.StatusInternalServerError)
	}
}

// refuse says that this officer, or a form of another site, may not do that.
func (v *visit) refuse() error {
	return v.renderStatus(http.StatusForbidden, "problem", v.t("problem.refused"), v.t("problem.refused_text"))
}
