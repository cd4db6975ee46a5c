"""Guesses the mapping of files from their headers and values. See docs/guide/mapping.md."""
