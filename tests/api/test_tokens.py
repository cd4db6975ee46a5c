"""Personal tokens: shown once, kept as a digest, for some things only, and dead when they should be."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.serializers import serialize
from django.test import Client

from tests import world
from tests.api.calling import Program, call, token, viewer
from upswing.actions.permission import NotAllowed
from upswing.actions.tokens import Wanted, make_token, revoke_token
from upswing.people.identity import uuid7
from upswing.people.models import Token
from upswing.people.tokens import Scope, digest, fresh, parted, proves
from upswing.queries.tokens import bearer, tokens
from upswing.queries.viewers import NotVisible

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
NOW = datetime(2026, 10, 15, 12, tzinfo=world.NOW.tzinfo)
CARD = "scorecards/{}?period=2026-10&at=2026-10-15"


def card() -> str:
    return CARD.format(world.person("Tess").uid)


def test_a_token_reads_back_as_its_parts_and_is_never_the_same_twice():
    several = {fresh() for _ in range(100)}
    assert len(several) == 100
    for made in several:
        assert parted(str(made)) == made
        assert proves(made.secret, digest(made.secret))
        assert not proves(made.secret[:-1] + "!", digest(made.secret))


@pytest.mark.parametrize(
    "wrong", ["", "upw", "upw__", "upw_1_2", "xyz_" + "a" * 10 + "_" + "b" * 40, "upw_\ud800"]
)
def test_what_is_no_token_is_nobodys(wrong: str):
    assert parted(wrong) is None
    assert bearer(wrong, NOW) is None


def test_only_its_digest_is_kept():
    written = token()
    found = Token.objects.get()
    mark, secret = written.split("_")[1:]
    kept = serialize("json", Token.objects.all())
    assert secret not in kept
    assert (found.mark, found.digest) == (mark, digest(secret))
    assert [shown.begins for shown in tokens(viewer("olga", NOW), world.user("olga").pk, NOW)] == [
        f"upw_{mark}"
    ]


def test_a_right_mark_with_another_secret_is_nobodys():
    mine, others = token("tess", [Scope.READ], NOW), token("stan", [Scope.READ], NOW)
    crossed = "_".join([*mine.split("_")[:2], others.split("_")[2]])
    assert bearer(crossed, NOW) is None
    assert bearer(mine, NOW).user == world.user("tess")  # type: ignore[union-attr]


def test_it_works_until_it_expires():
    written = token("tess", [Scope.READ], NOW, days=1)
    day = timedelta(days=1)
    assert bearer(written, NOW + day - timedelta(seconds=1))
    assert bearer(written, NOW + day) is None
    assert tokens(viewer("tess", NOW), world.user("tess").pk, NOW + day) == ()


def test_a_revoked_one_is_dead_at_once_and_only_its_owner_can():
    written = token("tess", [Scope.READ])
    uid = Token.objects.get().uid
    assert Program(written).get(card()).status_code == 200
    with pytest.raises(NotVisible):
        revoke_token(viewer("stan", NOW), world.user("stan").pk, uid, NOW)
    assert Program(written).get(card()).status_code == 200
    revoke_token(viewer("tess", NOW), world.user("tess").pk, uid, NOW)
    assert Program(written).get(card()).status_code == 401


def test_with_its_user_it_is_dead_at_once():
    written = token("tess", [Scope.READ])
    user = world.user("tess")
    user.is_active = False
    user.save()
    assert Program(written).get(card()).status_code == 401


@pytest.mark.parametrize("wrong", ["nonsense", "upw_" + "a" * 10 + "_" + "b" * 40, "", "é"])
def test_a_wrong_one_is_told_so(wrong: str):
    answer = Client(headers={"Authorization": f"Bearer {wrong}"}).get(f"/api/v1/{card()}")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="Upswing", error="invalid_token"'
    assert answer["Content-Type"] == "application/problem+json"


def test_nobody_is_asked_for_a_token():
    answer = Program().get(card())
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="Upswing"')


def test_a_wrong_token_is_not_mended_by_a_login_session():
    client = Client(headers={"Authorization": "Bearer nonsense"})
    client.force_login(world.user("tess"))
    assert client.get(f"/api/v1/{card()}").status_code == 401


def test_a_session_that_writes_needs_the_csrf_token_and_a_token_does_not():
    body = '{"source": "dialler", "records": [{"id": "1"}]}'
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.user("olga"))
    assert browser.post("/api/v1/records/leads", body, content_type="application/json").status_code == 403
    program = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {token()}"})
    assert program.post("/api/v1/records/leads", body, content_type="application/json").status_code == 422


def test_its_use_is_noted_to_the_minute():
    written = token("tess", [Scope.READ])
    Program(written).get(card())
    noted = Token.objects.get().used
    assert noted
    Program(written).get(card())
    assert Token.objects.get().used == noted
    Token.objects.update(used=noted - timedelta(minutes=1))
    Program(written).get(card())
    assert Token.objects.get().used >= noted


@pytest.mark.parametrize("who", ["tess", "mona", "ada"])
@pytest.mark.parametrize("scope", [Scope.WRITE_RECORDS, Scope.UNDO_BATCHES])
def test_a_token_is_never_for_more_than_its_user_may(who: str, scope: Scope):
    with pytest.raises(NotAllowed, match="may not make a token that brings in data"):
        token(who, [Scope.READ, scope])


def test_a_role_that_is_taken_away_is_taken_from_the_token_too():
    written = token()
    user = world.user("olga")
    user.role = "rep"
    user.save()
    assert Program(written).send("activities", call("1")).status_code == 403
    assert Program(written).get("batches").status_code == 404


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"name": " "}, "1 to 100 characters"),
        ({"name": "x" * 101}, "1 to 100 characters"),
        ({"scopes": ()}, "at least one"),
        ({"days": 366}, "1 to 365 days, not 366"),
        ({"days": 0}, "1 to 365 days"),
    ],
)
def test_what_cannot_be_made_is_refused_with_the_reason(wanted: dict[str, object], said: str):
    with pytest.raises(NotAllowed, match=said):
        token("tess", **({"scopes": [Scope.READ], "now": NOW} | wanted))  # type: ignore[arg-type]


def test_asking_twice_makes_one():
    wanted = Wanted(uuid7(), "twice", [Scope.READ])
    make_token(viewer("tess", NOW), world.user("tess").pk, wanted, NOW)
    with pytest.raises(NotAllowed, match="made already"):
        make_token(viewer("tess", NOW), world.user("tess").pk, wanted, NOW)
    assert Token.objects.count() == 1
