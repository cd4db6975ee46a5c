"""Where data comes from: a connector reads a source and yields records. No database."""
