"""Your access: one's own tokens, made after the password was asked for once more, ended with one click."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests import world
from tests.api.calling import Program, token
from upswing.people.models import Token
from upswing.people.tokens import Scope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
PAGE, NEW = "/access/", "/access/tokens/new/"


def signed_in(who: str, *, certain: bool = False) -> Client:
    """`certain`: the password was asked for once more just now."""
    cache.clear()
    client = Client()
    client.force_login(world.user(who))
    if certain:
        client.post(reverse("account_reauthenticate"), {"password": world.PASSWORD})
    return client


def form(client: Client, **more: object) -> dict[str, object]:
    """The form as the page gives it, filled in."""
    given = re.search(r'name="id" value="([^"]+)"', client.get(NEW).content.decode())
    assert given
    return {"id": given.group(1), "name": "the dialler", "scopes": ["read"], "days": "30"} | more


@pytest.mark.parametrize("who", ["tess", "stan", "mona", "otto", "olga", "ada"])
def test_everybody_has_a_page_of_their_own(who: str):
    token("tess", [Scope.READ], name="of Tess")
    answer = signed_in(who).get(PAGE)
    assert answer.status_code == 200
    assert ("of Tess" in answer.content.decode()) == (who == "tess")


@pytest.mark.parametrize("address", [PAGE, NEW])
def test_nobody_is_led_to_the_sign_in(address: str):
    answer = Client().get(address)
    assert (answer.status_code, "/accounts/login/" in answer["Location"]) == (302, True)


def test_wrong_verbs_are_refused():
    client = signed_in("tess", certain=True)
    assert client.post(PAGE).status_code == 405
    assert client.put(NEW).status_code == 405
    assert client.get(reverse("token_revocation", args=[uuid4()])).status_code == 405


def test_the_password_is_asked_for_once_more():
    client = signed_in("tess")
    for answer in (client.get(NEW), client.post(NEW, {"name": "x", "scopes": "read", "days": "1"})):
        assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert not Token.objects.exists()


def test_a_token_is_shown_once_and_works():
    client = signed_in("tess", certain=True)
    sent = form(client)
    answer = client.post(NEW, sent)
    written = re.search(r"upw_\w{51}", answer.content.decode())
    assert written
    assert "no-store" in answer["Cache-Control"]
    assert (
        Program(written.group()).get(f"scorecards/{world.person('Tess').uid}?period=2026-10").status_code
        == 200
    )
    page = client.get(PAGE).content.decode()
    assert "the dialler" in page
    assert written.group() not in page
    assert written.group().rpartition("_")[0] in page
    again = client.post(NEW, sent)
    assert (again.status_code, "made already" in again.content.decode()) == (422, True)
    assert Token.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"name": ""}, "1 to 100 characters"),
        ({"scopes": []}, "at least one"),
        ({"scopes": ["everything"]}, "at least one"),
        ({"days": "400"}, "1 to 365 days"),
        ({"days": "ten"}, "1 to 365 days"),
        ({"scopes": ["records:write"]}, "may not make a token that brings in data"),
    ],
)
def test_a_wrong_form_comes_back_filled_in_with_what_to_do(more: dict[str, object], said: str):
    client = signed_in("tess", certain=True)
    answer = client.post(NEW, form(client, **({"name": "kept <b>"} | more)))
    text = answer.content.decode()
    assert (answer.status_code, said in text) == (422, True)
    assert ("kept &lt;b&gt;" in text) == ("name" not in more)
    assert not Token.objects.exists()


def test_only_operators_are_offered_what_only_operators_may():
    assert "records:write" not in signed_in("tess", certain=True).get(NEW).content.decode()
    assert "records:write" in signed_in("olga", certain=True).get(NEW).content.decode()


def test_a_token_is_ended_by_its_owner_alone():
    token("tess", [Scope.READ])
    address = reverse("token_revocation", args=[Token.objects.get().uid])
    assert signed_in("otto").post(address).status_code == 404
    assert signed_in("tess").post(address).status_code == 302
    assert Token.objects.get().revoked
    assert "No token yet" in signed_in("tess").get(PAGE).content.decode()


def test_every_page_leads_here():
    rep = world.person("Tess").uid
    assert f'href="{PAGE}"' in signed_in("tess").get(f"/reps/{rep}/scorecard/2026-10/").content.decode()
