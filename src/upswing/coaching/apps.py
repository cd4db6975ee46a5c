"""The coaching application."""

from django.apps import AppConfig


class CoachingConfig(AppConfig):
    """coaching as a Django application."""

    name = "upswing.coaching"
