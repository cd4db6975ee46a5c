"""The typed records, with provenance."""
