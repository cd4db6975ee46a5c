"""Figures for spreadsheets that read an address by themselves: a token in it says whose they are."""
