"""The ledger application."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """ledger as a Django application."""

    name = "upswing.ledger"
