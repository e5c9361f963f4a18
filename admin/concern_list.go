package admin

import (
	"slices"
	"strconv"
	"strings"

	"github.com/loa-vn/loa/planning"
)

type concernListPage struct {
	Kind      planning.ConcernKind
	Open      bool
	Overdue   bool
	Village   string
	Commodity string
	Link      planning.Link
	Round     string
	Item      string
	ItemName  string
	Search    string
	Since     string
	Villages  []planning.Village
	Names     map[string]string
	Goods     map[string]string
	Rows      []planning.Concern
	Next      string
}

// concernList is what people told the commune: all kinds, or one of them,
// narrowed to what a number elsewhere counts.
func (v *visit) concernList() error {
	page := concernListPage{
		Kind: planning.ConcernKind(v.form("kind")), Open: v.form("open") != "", Overdue: v.form("overdue") != "",
		Village: v.form("village"), Commodity: v.form("commodity"), Link: planning.Link(v.form("link")),
		Round: v.form("round"), Item: v.form("item"), Search: v.form("q"), Since: v.sinceText(v.since()),
	}
	var err error
	if page.Villages, page.Names, err = v.villageNames(); err != nil {
		return err
	}
	if page.Goods, err = v.goods(); err != nil {
		return err
	}
	q := planning.ConcernQuery{
		Area: v.area(), Kind: page.Kind, Link: page.Link, Open: page.Open || page.Overdue, Search: page.Search,
		Village: villageChoice(page.Village), Since: v.since(),
	}
	switch page.Commodity {
	case "":
	case noCommodity:
		q.Commodity = new(string)
	default:
		q.Commodity = &page.Commodity
	}
	if page.Item != "" {
		q.Item = &page.Item
	}
	if page.Round != "" {
		rounds, err := v.Store.Rounds(v.ctx(), v.area())
		if err != nil {
			return err
		}
		i := slices.IndexFunc(rounds, func(r planning.Round) bool { return strconv.Itoa(r.Number) == page.Round })
		if i < 0 {
			return errNotFound
		}
		q.Round = rounds[i].ID
		if item, n, ok := rounds[i].Item(page.Item); ok {
			page.ItemName = strconv.Itoa(n) + ". " + item.Title
		}
	}
	if code := strings.ToUpper(page.Search); len(code) == codeLength {
		if found, err := v.concernByCode(code); err != nil {
			return err
		} else if len(found) > 0 {
			page.Rows = found
			return v.render("concern_list", v.t("concerns.title"), page)
		}
	}
	if !page.Overdue { // what is overdue is picked from all that is open
		q.Offset, q.Limit = v.offset(), listPage+1
	}
	if page.Rows, err = v.Store.Concerns(v.ctx(), q); err != nil {
		return err
	}
	if page.Overdue {
		page.Rows = slices.DeleteFunc(page.Rows, func(c planning.Concern) bool { return c.Due.IsZero() || !c.Due.Before(v.now) })
		slices.SortStableFunc(page.Rows, func(x, y planning.Concern) int { return x.Due.Compare(y.Due) })
	} else if len(page.Rows) > listPage {
		page.Rows, page.Next = page.Rows[:listPage], v.nextPage(q.Offset+listPage)
	}
	title := v.t("concerns.title")
	if page.Kind == planning.Difficulty {
		title = v.t("difficulties.title")
	}
	return v.render("concern_list", title, page)
}

// noCommodity stands in an address for difficulties with no crop or animal.
const noCommodity = "none"

// codeLength is how long the code is that people are given for what they said.
const codeLength = 4

// concernByCode is what a person means who names its code.
func (v *visit) concernByCode(code string) ([]planning.Concern, error) {
	all, err := v.Store.Concerns(v.ctx(), planning.ConcernQuery{Area: v.area()})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(c planning.Concern) bool { return c.Code != code }), nil
}
