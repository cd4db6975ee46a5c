"""Reads: load, hand to the core, return a frozen answer. One module a question."""
