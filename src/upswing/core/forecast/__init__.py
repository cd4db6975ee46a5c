"""Foresee: what the open deals are likely to bring by when, how far off that may be, and how well it went before."""
