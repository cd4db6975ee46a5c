"""Targets: what is asked of whom, why it is not the plain quota, and where that is set."""
