"""The catalogue, whom one may open, and what their card is made of."""

from __future__ import annotations

import pytest

from tests import world
from tests.api.calling import told
from tests.api.given import now, viewer
from upswing.actions import cards, formulas
from upswing.actions.pins import pin
from upswing.core.expressions import Wording
from upswing.core.metrics import CATALOGUE
from upswing.core.templates import Template
from upswing.queries.card_drafts import draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

OCTOBER = {"period": "2026-10", "at": "2026-10-15"}


def tess() -> object:
    return world.person("Tess").uid


def of_own(text: str) -> str:
    olga = viewer("olga")
    key = formulas.begin(olga, "Deal size", now())
    formulas.save_draft(olga, key, Wording("Deal size", "Won value per deal.", "Where to look.", text))
    formulas.publish(olga, key, olga.at, "", now())
    return key


def published_card(lines: tuple[str, ...]) -> None:
    olga = viewer("olga")
    uid = cards.begin(olga, "Everybody", now())
    cards.save_draft(olga, uid, Template("Everybody", lines=lines))
    read = [caution.key for caution in draft(olga, uid).cautions]
    cards.publish(olga, uid, olga.at, "", read, now())


def pinned(key: str) -> None:
    mona = viewer("mona")
    pin(mona, world.person("Tess").uid, key, "More chances.", mona.at, mona.at, now())


def test_the_catalogue_describes_every_metric():
    found = {one["key"]: one for one in told("ada", "metrics")["metrics"]}
    assert set(found) == set(CATALOGUE)
    won = found["won_value"]
    assert (won["unit"], won["direction"], won["timing"], won["recorded"]) == (
        "money",
        "higher",
        "lagging",
        True,
    )
    assert won["purpose"] == CATALOGUE["won_value"].purpose
    assert found["calls"]["recorded"] is False


def test_metrics_of_the_organisation_s_own_are_in_it_and_have_records():
    key = of_own("won_value / deals_won")
    own = {one["key"]: one for one in told("tess", "metrics")["metrics"]}[key]
    assert (own["family"], own["unit"]) == ("own", "money")
    assert told("mona", f"scorecards/{tess()}/records/{key}", **OCTOBER)["value"] == {
        "amount": "10000.00",
        "currency": "EUR",
    }


def test_people_are_those_whom_one_may_open():
    assert [one["name"] for one in told("tess", "people")["people"]] == ["Tess"]
    assert {one["name"] for one in told("mona", "people")["people"]} >= {"Rami", "Stan", "Tess"}
    assert told("ada", "people")["people"] == []


def test_a_card_without_a_template_is_the_automatic_one():
    found = told("tess", f"people/{tess()}/card")
    assert (found["rep"], found["template"], found["pins"]) == ("Tess", None, [])
    assert found["lines"] == [
        line["metric"] for line in told("tess", f"scorecards/{tess()}", **OCTOBER)["lines"]
    ]


def test_a_card_with_a_template_and_a_pin_says_so():
    lines = ("won_value", "deals_won", "win_rate")
    published_card(lines)
    pinned("deals_created")
    found = told("tess", f"people/{tess()}/card")
    assert (found["template"]["name"], found["template"]["number"]) == ("Everybody", 1)
    assert (found["template"]["support"], found["template"]["outstanding"]) == (0.8, 1.2)
    assert found["lines"] == [*lines, "deals_created"]
    assert [(pin["metric"], pin["by"]) for pin in found["pins"]] == [("deals_created", "Mona")]
