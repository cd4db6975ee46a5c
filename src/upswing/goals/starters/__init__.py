"""Starter packs: standards to begin with, in our own words, taken over as drafts and made one's own."""
