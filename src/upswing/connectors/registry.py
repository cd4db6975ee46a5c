"""Which connectors there are."""

from upswing.connectors.files.connector import Files

CONNECTORS = {"files": Files}
