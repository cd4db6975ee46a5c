"""The book application."""

from django.apps import AppConfig


class BookConfig(AppConfig):
    """book as a Django application."""

    name = "upswing.book"
