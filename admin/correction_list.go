package admin

import (
	"time"

	"github.com/loa-vn/loa/flows/understand/examples"
	"github.com/loa-vn/loa/storage"
)

type correctionListPage struct {
	Rows []correctionRow
	Next string
}

type correctionRow struct {
	storage.Corrected
	URL     string
	Was, Is string
	Right   bool // today it is read as it was meant
}

// correctionPage is how many corrections the list shows at a time.
const correctionPage = 40

// correctionList is what officers corrected, the latest first.
func (v *visit) correctionList() error {
	var page correctionListPage
	lexicon, err := v.lexicon()
	if err != nil {
		return err
	}
	goods, err := v.goods()
	if err != nil {
		return err
	}
	all, err := v.Store.Corrections(v.ctx(), v.area(), v.before(), correctionPage+1)
	if err != nil {
		return err
	}
	if len(all) > correctionPage {
		all = all[:correctionPage]
		page.Next = query("/corrections", "before", all[correctionPage-1].Correction.At.UTC().Format(time.RFC3339Nano))
	}
	for _, k := range all {
		row := correctionRow{Corrected: k, URL: explainURL(k.Said.Message)}
		if then := stored(k.Said.Message); then.Intent != "" {
			row.Was = v.meaning(examples.Of(then), goods)
		}
		meant, err := meantBy(k.Correction, k.Said.Message)
		if err != nil { // of an intent that there is no more
			row.Is = k.Correction.Intent + " " + k.Correction.Slots
		} else {
			row.Is = v.meaning(meant, goods)
			row.Right = readsRight(lexicon, meant, k.Said.Message)
		}
		page.Rows = append(page.Rows, row)
	}
	return v.render("correction_list", v.t("corrections.title"), page)
}
