"""Quotes: the list, one of them from draft to answer, its print, what leads to them, prices and letterhead."""
