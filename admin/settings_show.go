package admin

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

type settingsPage struct {
	Settings planning.Settings
	Minutes  int // of silence
	Officers []storage.Officer
	Groups   []storage.Group
	Villages []planning.Village
	Names    map[string]string
	Channels []storage.Channel
	Typed    storage.Officer
	Problem  string // of the commune's settings
	Officer  string // problem of the officers' form
	Code     string // the tie code that was just made
	CodeFor  string // its village
	CodeEnds time.Time
}

// settingsShow is what admins decide for their commune.
func (v *visit) settingsShow() error {
	page, err := v.settingsPage()
	if err != nil {
		return err
	}
	return v.render("settings", v.t("settings.title"), page)
}

func (v *visit) settingsPage() (settingsPage, error) {
	ctx, area := v.ctx(), v.area()
	page := settingsPage{Settings: v.commune.Settings, Minutes: int(v.commune.Settings.Silence / time.Minute), Typed: storage.Officer{Role: storage.RoleOfficer}}
	var err error
	if page.Officers, err = v.Store.Officers(ctx, area); err != nil {
		return page, err
	}
	if page.Groups, err = v.Store.Groups(ctx, area); err != nil {
		return page, err
	}
	channels, err := v.Store.Channels(ctx)
	if err != nil {
		return page, err
	}
	for _, c := range channels {
		if c.Area == area {
			page.Channels = append(page.Channels, c)
		}
	}
	page.Villages, page.Names, err = v.villageNames()
	return page, err
}

// What a commune may choose.
const (
	maxAnswerDays = 60
	maxSilence    = 24 * 60 // minutes
	maxSMSCost    = 10_000  // đồng
)

var errSettings = errors.New("admin: a setting is not right")

// communeSave stores the commune's settings.
func (v *visit) communeSave() error {
	page, err := v.settingsPage()
	if err != nil {
		return err
	}
	s := v.commune.Settings
	whole := func(name string, low, high int) int {
		n, bad := strconv.Atoi(v.form(name))
		if bad != nil || n < low || n > high {
			err = errSettings
		}
		return n
	}
	s.AnswerDays = whole("answer_days", 1, maxAnswerDays)
	page.Minutes = whole("silence", 1, maxSilence)
	s.Silence = time.Duration(page.Minutes) * time.Minute
	s.SMSCost = int64(whole("sms_cost", 0, maxSMSCost))
	s.ResultsPublic, s.Marks = v.form("results_public") != "", v.form("marks") != ""
	s.Hotline, s.ChatLink = v.form("hotline"), v.form("chat_link")
	if lang := v.form("lang"); lang == "vi" || lang == "en" {
		s.Lang = lang
	}
	if u, bad := url.Parse(s.ChatLink); bad != nil || s.ChatLink != "" && (u.Scheme != "https" || u.Host == "") || len(s.Hotline) > 40 || len(s.ChatLink) > 200 {
		err = errSettings
	}
	page.Settings = s
	if err != nil {
		page.Problem = v.t("settings.wrong", maxAnswerDays, maxSilence, maxSMSCost)
		return v.renderStatus(http.StatusUnprocessableEntity, "settings", v.t("settings.title"), page)
	}
	c := v.commune
	c.Settings = s
	if err := v.Store.SaveCommune(v.ctx(), c); err != nil {
		return err
	}
	v.flash(v.t("settings.saved"))
	return v.seeOther("/settings")
}
