"""The sales mathematics: pure functions over frozen values. No clock, no database, no framework."""
