"""Figures of an industry to compare with, each with its source."""
