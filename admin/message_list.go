package admin

import (
	"time"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

type messageListPage struct {
	Village  string
	Search   string
	Villages []planning.Village
	Names    map[string]string
	Threads  []storage.Thread
	Next     string
}

// threadPage is how many talks the list shows at a time.
const threadPage = 40

// messageList is who wrote, the latest first.
func (v *visit) messageList() error {
	page := messageListPage{Village: v.form("village"), Search: v.form("q")}
	var err error
	if page.Villages, page.Names, err = v.villageNames(); err != nil {
		return err
	}
	page.Threads, err = v.Store.Threads(v.ctx(), v.area(), storage.ThreadFilter{
		Village: page.Village, Search: page.Search, Before: v.before(), Limit: threadPage + 1,
	})
	if err != nil {
		return err
	}
	if len(page.Threads) > threadPage {
		page.Threads = page.Threads[:threadPage]
		page.Next = query("/messages", "village", page.Village, "q", page.Search, "before", page.Threads[threadPage-1].Last.At.UTC().Format(time.RFC3339Nano))
	}
	return v.render("message_list", v.t("messages.title"), page)
}

// before is the instant that a list goes on from; zero = now.
func (v *visit) before() time.Time {
	t, err := time.Parse(time.RFC3339Nano, v.form("before"))
	if err != nil {
		return time.Time{}
	}
	return t
}
