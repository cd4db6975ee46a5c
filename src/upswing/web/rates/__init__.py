"""Exchange rates: those that are kept, what waits for one, and a form to enter one."""
