"""Accounts are made by `upswing user`, never by visitors."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc,unused-ignore]
    """Allauth with the sign-up closed, and its two most seen sentences said our way."""

    error_messages = {  # noqa: RUF012  allauth's own shape
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This e-mail address and password do not go together. Please check both."
        ),
        "too_many_login_attempts": _(
            "Many tries within a short time: please wait a few minutes, then try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def add_message(self, *args: object, **kwargs: object) -> None:
        """No “successfully signed in” banners: the page that follows says it."""
