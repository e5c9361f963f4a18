package postgres

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/loa-vn/loa/testenv"
)

// hot is every statement of the turn loop and of delivery.
var hot = map[string]string{
	"load/contacts":              loadContacts,
	"load/voices":                loadVoices,
	"load/priorities":            loadPriorities,
	"load/concerns":              loadConcerns,
	"load/groups":                loadGroups,
	"load/seen":                  loadSeen,
	"ballots/check":              checkRounds,
	"commit/inbound":             insertInbound,
	"commit/new contacts":        insertContacts,
	"commit/new sessions":        insertSessions,
	"commit/sessions":            updateSessions,
	"commit/contacts":            updateContacts,
	"commit/new households":      insertHouseholds,
	"commit/households":          updateHouseholds,
	"ballots/voices":             insertVoices,
	"ballots/current voices":     replaceVoices,
	"ballots/heard":              replaceHeard,
	"ballots/priorities":         insertPriorities,
	"ballots/current priorities": replacePriorities,
	"commit/concerns":            insertConcerns,
	"commit/amended":             amendConcerns,
	"commit/reports":             insertReports,
	"commit/consents":            insertConsents,
	"commit/tie codes":           spendCodes,
	"commit/groups":              saveGroups,
	"outbound/log":               insertOutbound,
	"outbound/outbox":            insertWaiting,
	"outbound/erased":            dropErased,
	"erase/consent":              eraseConsent,
	"erase/outbox":               eraseWaiting,
	"erase/messages":             eraseMessages,
	"erase/concerns":             eraseConcerns,
	"erase/corrections":          eraseCorrections,
	"erase/session":              eraseSession,
	"erase/household":            eraseHousehold,
	"erase/homes":                eraseHomes,
	"erase/contact":              eraseContact,
	"outbox/claim":               claim,
	"outbox/written":             confirmWritten,
	"outbox/settle over":         settleOver,
	"outbox/settle external":     settleExternal,
	"outbox/settle again":        settleAgain,
	"outbox/report":              report,
	"changes/insert":             insertChanges,
	"changes/since":              changesSince,
	"load/expired":               expired,
}

// TestNothingIsReadWhole plans them as the pool of turns does on its first
// day, with nothing in any table: every table must be entered by a key, and
// every join be a look into an index.
func TestNothingIsReadWhole(t *testing.T) {
	ctx := context.Background()
	store, err := Open(ctx, testenv.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	conn, err := store.turns.Acquire(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	for name, sql := range hot {
		t.Run(name, func(t *testing.T) {
			plan := planOf(t, conn.Conn(), sql)
			for i, line := range plan {
				next := ""
				if i+1 < len(plan) {
					next = plan[i+1]
				}
				switch {
				case strings.Contains(line, "Join Filter"), strings.Contains(line, "Seq Scan"), strings.Contains(line, "Hash Join"), strings.Contains(line, "Merge Join"),
					strings.Contains(line, "Index") && strings.Contains(line, "Scan") && !strings.Contains(next, "Index Cond"):
					t.Fatalf("%s\n\nin\n%s", strings.TrimSpace(line), strings.Join(plan, "\n"))
				}
			}
		})
	}
}

// planOf is the generic plan of a statement, line by line.
func planOf(t *testing.T, conn *pgx.Conn, sql string) []string {
	t.Helper()
	ctx := context.Background()
	known, err := conn.Prepare(ctx, "plan", sql)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := conn.Deallocate(ctx, "plan"); err != nil {
			t.Error(err)
		}
	}()
	execute := "EXPLAIN (COSTS off) EXECUTE plan"
	if n := len(known.ParamOIDs); n > 0 {
		execute += "(" + strings.TrimSuffix(strings.Repeat("NULL, ", n), ", ") + ")"
	}
	rows, _ := conn.Query(ctx, execute, pgx.QueryExecModeSimpleProtocol)
	plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return plan
}
