package market

import (
	"context"

	"github.com/google/uuid"
)

// Store is what the market service keeps things in.
type Store interface {
	Commodities(ctx context.Context, area string) ([]Commodity, error)
	SaveCommodities(ctx context.Context, area string, c []Commodity) error // insert or update
	Places(ctx context.Context, area string) ([]Place, error)
	SavePlaces(ctx context.Context, p []Place) error // insert or update
	// AddPrices stores new prices, all or none. A price that Replaces another
	// marks that one replaced; ErrStale-like conflicts (it was replaced
	// already, or does not exist in the area) are errors and store nothing.
	AddPrices(ctx context.Context, p []Price) error
	// Prices returns prices by day, oldest first, then by entry.
	Prices(ctx context.Context, q PriceQuery) ([]Price, error)
	// Reports returns farmers' reports since a day, oldest first.
	Reports(ctx context.Context, area string, since Day) ([]Report, error)
	// AddReports stores farmers' reports outside a turn (imports, samples).
	AddReports(ctx context.Context, r []Report) error
	// HoldReport keeps a report out of the spread, or lets it in.
	HoldReport(ctx context.Context, area string, id uuid.UUID, held bool) error
}

// PriceQuery narrows a list of prices. Zero values do not narrow, but Area
// must be given.
type PriceQuery struct {
	Area      string
	Commodity string
	Grade     string
	Market    string
	Since     Day
	Until     Day
	Replaced  bool // include those that a correction replaced
	Limit     int  // the latest so many; 0 = all
}
