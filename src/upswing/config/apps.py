"""The application that registers system checks and refuses what is not safe to start."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Config as a Django application."""

    name = "upswing.config"

    def ready(self) -> None:
        """Register the checks of this installation."""
        from upswing.config import checks  # noqa: F401  (registers on import, after apps are ready)
