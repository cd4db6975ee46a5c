"""Reads CSV files by a mapping. See the README in this folder."""
