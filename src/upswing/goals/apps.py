"""The goals application."""

from django.apps import AppConfig


class GoalsConfig(AppConfig):
    """goals as a Django application."""

    name = "upswing.goals"
