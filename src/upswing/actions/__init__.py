"""Writes: named verbs, with permission, transaction and audit in one place."""
