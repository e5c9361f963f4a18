package admin

// Route is a route of the table, for tests.
type Route struct{ Pattern, Access string }

// Routes is the table of routes.
func (c *Console) Routes() []Route {
	table := c.table()
	routes := make([]Route, len(table))
	for i, r := range table {
		routes[i] = Route{r.pattern, string(r.access)}
	}
	return routes
}
