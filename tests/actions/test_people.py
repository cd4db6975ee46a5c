"""Sign-ins: who may give them, to whom, and what stays."""

from __future__ import annotations

import pytest

from tests import world
from upswing.actions.people import remove_user, set_user
from upswing.actions.permission import NotAllowed
from upswing.core.people import AccessRole
from upswing.people.models import User
from upswing.people.viewer import NotVisible

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["tess", "mona", "ada"])
def test_only_operators_give_sign_ins(cast: None, who: str):
    with pytest.raises(NotAllowed, match="may not give people a sign-in"):
        set_user(world.viewer(who), "new@example.com", AccessRole.REVENUE_OPERATIONS, None, world.PASSWORD)
    assert not User.objects.filter(email="new@example.com").exists()


def test_a_sign_in_that_is_taken_away_leaves_the_person(cast: None):
    set_user(world.operator(), "tess@example.com", None, None, world.PASSWORD)
    remove_user(world.operator(), "Tess@example.com")
    assert not User.objects.filter(email="tess@example.com").exists()
    assert world.person("Tess").sells
    with pytest.raises(NotVisible, match=r"Nobody signs in as tess@example\.com"):
        remove_user(world.operator(), "tess@example.com")


@pytest.mark.parametrize("who", ["tess", "mona", "ada"])
def test_only_operators_take_sign_ins_away(cast: None, who: str):
    with pytest.raises(NotAllowed, match="may not take a sign-in away"):
        remove_user(world.viewer(who), "tess@example.com")
    assert User.objects.filter(email="tess@example.com").exists()


def test_a_person_has_one_sign_in(cast: None):
    with pytest.raises(NotAllowed, match=r"Tess signs in as tess@example\.com already"):
        set_user(world.operator(), "other@example.com", AccessRole.REP, "Tess", world.PASSWORD)


def test_a_new_password_keeps_role_and_person(cast: None):
    set_user(world.operator(), "Mona@example.com", None, None, "another long password")
    mona = world.user("mona")
    assert (mona.role, mona.person) == (AccessRole.MANAGER, world.person("Mona"))
    assert mona.check_password("another long password")


def test_a_new_user_without_a_role_is_a_rep():
    world.settle_in()
    set_user(world.operator(), "tess@example.com", None, "Tess", world.PASSWORD)
    assert world.user("tess").role == AccessRole.REP
