package admin

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot/policy"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

type threadShowPage struct {
	Contact  storage.Contact
	Village  string
	Lines    []threadLine
	Older    string
	Concerns []planning.Concern // without an answer
	Typed    string
	Problem  string
	Measure  measure
}

// threadLine is one message of a talk.
type threadLine struct {
	storage.Message
	Understood []readingPart
	Why        string // the page that says how it was read; "" when there is nothing to say
	Status     string
	Wrong      bool // it did not arrive
}

// threadShown is how many messages of a talk are shown at a time.
const threadShown = 60

// threadShow is a talk: both sides, and what was understood then.
func (v *visit) threadShow() error {
	page, err := v.threadOfPath()
	if err != nil {
		return err
	}
	return v.render("thread", v.t("thread.title"), page)
}

// threadOfPath is the talk of the contact that the path names.
func (v *visit) threadOfPath() (threadShowPage, error) {
	id, err := v.id("contact")
	if err != nil {
		return threadShowPage{}, err
	}
	contact, err := v.Store.Contact(v.ctx(), v.area(), id)
	if err != nil {
		return threadShowPage{}, err
	}
	page := threadShowPage{Contact: contact}
	_, villages, err := v.villageNames()
	if err != nil {
		return page, err
	}
	page.Village = villages[contact.Village]
	goods, err := v.goods()
	if err != nil {
		return page, err
	}
	messages, err := v.Store.Thread(v.ctx(), v.area(), id, v.before(), threadShown+1)
	if err != nil {
		return page, err
	}
	if len(messages) > threadShown {
		messages = messages[1:]
		page.Older = query("/messages/"+id.String(), "before", messages[0].At.UTC().Format(time.RFC3339Nano))
	}
	for _, m := range messages {
		line := threadLine{Message: m, Understood: v.readable(m.Reading, goods)}
		if m.Direction == storage.In && m.Text != "" {
			line.Why = explainURL(m)
		}
		if m.Direction == storage.Out {
			line.Status, line.Wrong = v.statusOf(m)
		}
		page.Lines = append(page.Lines, line)
	}
	if page.Concerns, err = v.Store.Concerns(v.ctx(), planning.ConcernQuery{Area: v.area(), Contact: id, Open: true}); err != nil {
		return page, err
	}
	page.Measure, err = v.measure(contact, "")
	return page, err
}

// statusOf is where an outbound message stands, in words with the reason.
func (v *visit) statusOf(m storage.Message) (said string, wrong bool) {
	switch m.Status {
	case storage.Queued:
		said = v.t("status.queued")
	case storage.Handed, storage.Sending:
		said = v.t("status.sending")
	case storage.Sent:
		said = v.t("status.sent")
	case storage.Delivered:
		said = v.t("status.delivered")
	case storage.Failed:
		said, wrong = v.t("status.failed"), true
	case storage.Dropped:
		said, wrong = v.t("status.dropped"), true
	default:
		said = string(m.Status)
	}
	if m.Reason != "" && m.Status != storage.Sent && m.Status != storage.Delivered {
		reason := m.Reason
		if slices.Contains(policy.Reasons(), policy.Reason(m.Reason)) {
			reason = policy.Reason(m.Reason).Text(v.lang)
		}
		said += ": " + reason
	}
	return said, wrong
}

// InGroup says whether it was said in a group.
func (l threadLine) InGroup() bool { return l.Group != uuid.Nil }

// In says whether the person wrote it.
func (l threadLine) In() bool { return l.Direction == storage.In }
