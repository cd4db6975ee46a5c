"""Sign-ins: who may give them, to whom, and what stays."""

from __future__ import annotations

import pytest

from tests import world
from upswing.actions.people import set_user
from upswing.actions.permission import NotAllowed
from upswing.core.people import AccessRole
from upswing.people.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["tess", "mona", "ada"])
def test_only_operators_give_sign_ins(cast: None, who: str):
    with pytest.raises(NotAllowed, match="may not give people a sign-in"):
        set_user(world.viewer(who), "new@example.com", AccessRole.REVENUE_OPERATIONS, None, world.PASSWORD)
    assert not User.objects.filter(email="new@example.com").exists()


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
