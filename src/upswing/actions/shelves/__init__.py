"""Where each kind of record goes."""
