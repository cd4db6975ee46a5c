"""The people application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """people as a Django application."""

    name = "upswing.people"
