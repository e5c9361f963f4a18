package actions

import (
	"errors"
	"strconv"

	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// results are the counts of the open or latest round, for whoever may see
// them: everyone once it is over, and before that where the commune allows it.
func (h *host) results(flows.Values) (flows.Values, error) {
	round, open := h.latestRound()
	if len(round.Items) == 0 {
		return flows.Values{"has": false}, nil
	}
	out := flows.Values{"has": true, "open": open, "closes": h.date(round.Closes), "allowed": true}
	if open && !h.world.Commune.Settings.ResultsPublic {
		out["allowed"] = false
		return out, nil
	}
	h.count(round, out)
	return out, nil
}

// count adds a round's counts to out; away when they cannot be had now.
func (h *host) count(round planning.Round, out flows.Values) {
	counted, err := h.Counts.Tally(h.ctx, h.world.Commune.Code, round.ID)
	if err != nil {
		out["away"] = true
		return
	}
	r := planning.Count(h.world.Commune, round, h.world.Villages, counted)
	out["heard"], out["households"], out["unplaced"] = int64(r.Heard), int64(r.HouseholdsAll), int64(r.NotYetPlaced)
	out["opinions"] = int64(r.Opinions)
	items := make([]any, 0, len(r.Items))
	for i, t := range r.Items {
		if t.Withdrawn {
			continue
		}
		items = append(items, flows.Values{
			"number": int64(t.Number), "short": h.short(round.Items[i]), "yes": int64(t.Yes), "no": int64(t.No),
			"other": int64(t.Other), "abstain": int64(t.Abstain), "points": int64(t.Priority), "opinions": int64(t.Opinions),
		})
	}
	out["items"] = items
}

// report is what an officer pulls with /baocao: the round's counts and how
// much there is to answer. Nobody else is told anything.
func (h *host) report(flows.Values) (flows.Values, error) {
	officer, err := h.Officers.OfficerByTelegram(h.ctx, h.world.Commune.Code, h.turn.Contact.Address.Hash)
	switch {
	case errors.Is(err, storage.ErrNotFound), err == nil && officer.Disabled:
		return flows.Values{"allowed": false}, nil
	case err != nil:
		return flows.Values{"allowed": true, "away": true}, nil //nolint:nilerr // the officer is told to ask again
	}
	out := flows.Values{"allowed": true, "has": false}
	if round, _ := h.latestRound(); len(round.Items) > 0 {
		out["has"], out["round"], out["closes"] = true, strconv.Itoa(round.Number), h.date(round.Closes)
		h.count(round, out)
	}
	return out, nil
}
