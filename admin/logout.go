package admin

// logout ends the session.
func (v *visit) logout() error {
	if err := v.sessions.Destroy(v.ctx()); err != nil {
		return err
	}
	return v.seeOther("/login")
}
