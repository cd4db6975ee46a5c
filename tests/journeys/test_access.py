"""Tess makes a token for a program, in a real browser, and ends it again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.api.calling import Program
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_a_token_is_made_copied_and_revoked(visit: Callable[..., Visitor], width: int, scheme: str):
    visitor = visit(width=width, scheme=scheme)
    page = visitor.page
    visitor.sign_in("tess")
    visitor.open("/access/")
    assert page.get_by_text("No token yet").is_visible()
    healthy(visitor)
    page.get_by_role("link", name="New token").click()
    page.locator("input[name=password]").fill("a long enough password")
    page.get_by_role("button", name="Continue").click()
    healthy(visitor)
    page.get_by_label("What is going to use it?").fill("the dialler")
    page.get_by_role("button", name="Make the token").click()
    written = page.get_by_label("Token", exact=True).input_value()
    healthy(visitor)
    assert Program(written).get("batches").status_code == 404
    page.get_by_role("link", name="I have copied it").click()
    healthy(visitor)
    assert written not in page.content()
    page.get_by_role("button", name="Revoke the dialler").click()
    assert page.get_by_text("No token yet").is_visible()
    assert Program(written).get("batches").status_code == 401


def healthy(visitor: Visitor) -> None:
    assert visitor.axe() == []
    assert visitor.sideways() <= 0
    assert visitor.violations() == []
    assert visitor.complaints == []
