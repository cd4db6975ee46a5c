"""The intake application."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """intake as a Django application."""

    name = "upswing.intake"
