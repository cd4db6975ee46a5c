"""Data: where it came from, whether it can be trusted, and what is left to mend."""
