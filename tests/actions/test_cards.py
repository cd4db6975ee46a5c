"""Cards are drafted and published by operators, followed by whom they are meant for most closely, never in the past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from tests import world
from upswing.actions import cards
from upswing.actions.cards import Incomplete
from upswing.actions.permission import NotAllowed
from upswing.actions.pins import pin, take_off
from upswing.core.bands import Borders
from upswing.core.measures import BOOKED_REVENUE, WON_VALUE
from upswing.core.metrics import CATALOGUE, STARTER_CARD
from upswing.core.rubrics import Audience
from upswing.core.templates import STARTERS, Template
from upswing.goals.cards import CardTemplate, CardVersion, Pin, data_of, template_of
from upswing.people.models import Membership, Team
from upswing.people.viewer import NotVisible
from upswing.queries.card_drafts import draft
from upswing.queries.card_setup import overview, version
from upswing.queries.card_setup import pins as pins_of
from upswing.queries.card_templates import borders_for, chosen, followed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

TODAY, NOW, DAY = world.TODAY, world.NOW, timedelta(days=1)
LINES = ("deals_created", "open_value", "won_value")
CARD = Template("Plain", lines=LINES)


def all_read(uid: UUID) -> list[str]:
    return [caution.key for caution in draft(world.viewer("olga"), uid).cautions]


def published(card: Template = CARD, effective: date = TODAY) -> UUID:
    """A template with a first version, published by Olga, who read every caution."""
    olga = world.viewer("olga")
    uid = cards.begin(olga, card.name, NOW)
    cards.save_draft(olga, uid, card)
    cards.publish(olga, uid, effective, "", all_read(uid), NOW)
    return uid


def again(uid: UUID, effective: date, note: str = "Fewer lines.", **changed: Any) -> int:
    olga = world.viewer("olga")
    cards.begin_again(olga, uid, NOW)
    cards.save_draft(olga, uid, replace(draft(olga, uid).card, **changed))
    return cards.publish(olga, uid, effective, note, all_read(uid), NOW)


def refused(uid: UUID, effective: date = TODAY, note: str = "", read: list[str] | None = None) -> str:
    with pytest.raises(Incomplete) as error:
        cards.publish(
            world.viewer("olga"), uid, effective, note, all_read(uid) if read is None else read, NOW
        )
    assert CardVersion.objects.filter(number=None).count() == 1
    return " ".join(error.value.sentences)


def keys(who: str, day: date = TODAY, money: str = WON_VALUE.key) -> tuple[str, ...]:
    person = world.person(who).pk
    return tuple(each.key for each in chosen([person], day, money)[person])


AUTOMATIC = tuple(each.key for each in STARTER_CARD)


def team(name: str) -> str:
    return str(Team.objects.get(name__contains=name).uid)


def member(who: str) -> Any:
    return Membership.objects.filter(person=world.person(who), leads=False)


def card_for(name: str, lines: tuple[str, ...] = LINES, **whom: Any) -> Template:
    person = whom.pop("person", "")
    return Template(name, Audience(**whom), person, lines)


def test_what_a_column_holds_reads_back():
    card = Template(
        "X", Audience(("A",), ("B",), ("t",)), "p", LINES, Fraction("0.825"), Fraction("1.3"), reason="So."
    )
    assert template_of(data_of(card)) == card


def test_without_anything_published_everybody_has_the_automatic_card():
    cards.begin(world.viewer("olga"), "", NOW, "sdr")
    assert keys("Tess") == AUTOMATIC
    person = world.person("Tess").pk
    assert borders_for([person], TODAY) == {person: Borders()}


def test_a_published_template_is_everybody_s_card_from_its_day_on():
    published(replace(CARD, support=Fraction("0.9")), TODAY + 5 * DAY)
    assert keys("Tess", TODAY + 4 * DAY) == AUTOMATIC
    assert keys("Tess", TODAY + 5 * DAY) == LINES
    person = world.person("Stan").pk
    assert borders_for([person], TODAY + 5 * DAY) == {person: Borders(Fraction("0.9"))}


def test_the_closest_one_wins_whatever_began_last():
    tess = member("Tess")
    tess.update(role="AE", level="Senior")
    rising = [
        card_for("Person", person=str(world.person("Tess").uid)),
        card_for("Team", teams=(str(tess.get().team.uid),)),
        card_for("Role and level", roles=("AE",), levels=("Senior",)),
        card_for("Role", roles=("ae",)),
        card_for("Everybody"),
    ]
    names = []
    for number, card in enumerate(reversed(rising)):
        published(card, TODAY + number * DAY)
        person = world.person("Tess").pk
        held = followed([person], TODAY + 9 * DAY, WON_VALUE.key)[person].version
        names.append(held.card.name if held else "")
    assert names == [card.name for card in reversed(rising)]
    published(card_for("Role, later", roles=("AE", "SDR")), TODAY + 8 * DAY)
    assert followed([person], TODAY + 9 * DAY, WON_VALUE.key)[person].version.card.name == "Person"  # type: ignore[union-attr]


def test_of_two_as_close_the_one_that_began_last_wins_however_often_the_other_is_written_anew():
    member("Tess").update(role="AE")
    first = published(card_for("First", roles=("AE",)))
    published(
        card_for("Second", ("deals_created", "deals_won", "open_value"), roles=("AE", "SDR")), TODAY + DAY
    )
    again(first, TODAY + 2 * DAY, lines=(*LINES, "deals_won"))
    assert keys("Tess", TODAY) == LINES
    assert keys("Tess", TODAY + 3 * DAY) == ("deals_created", "deals_won", "open_value")


def test_a_team_s_card_is_that_of_the_teams_below_and_of_nobody_else():
    below = member("Tess").get().team
    above = Team.objects.create(name="North")
    Team.objects.filter(pk=below.pk).update(parent=above)
    published(card_for("North", teams=(str(above.uid),)))
    assert keys("Tess") == LINES
    assert keys("Nina") == AUTOMATIC


def test_the_role_of_the_people_they_lead_does_not_give_managers_their_card():
    member("Tess").update(role="AE")
    published(card_for("AE", roles=("AE",)))
    assert keys("Mona") == AUTOMATIC


def test_a_change_of_role_leaves_the_days_before_untouched():
    one = member("Tess").get()
    published(card_for("AE", roles=("AE",)))
    Membership.objects.filter(pk=one.pk).update(role="SDR", ends=TODAY + 10 * DAY)
    Membership.objects.create(person=one.person, team=one.team, role="AE", starts=TODAY + 10 * DAY)
    assert keys("Tess", TODAY + 9 * DAY) == AUTOMATIC
    assert keys("Tess", TODAY + 10 * DAY) == LINES


def test_a_new_version_changes_no_earlier_day():
    uid = published()
    assert again(uid, TODAY + 20 * DAY, lines=(*LINES, "deals_won")) == 2
    for day in range(20):
        assert keys("Tess", TODAY + day * DAY) == LINES
    assert keys("Tess", TODAY + 20 * DAY) == (*LINES, "deals_won")


def test_an_ended_template_leaves_its_people_to_what_else_is_meant_for_them():
    olga, uid = world.viewer("olga"), published(card_for("Tess", person=str(world.person("Tess").uid)))
    cards.end(olga, uid, TODAY + DAY, "She moves on.", NOW)
    assert (keys("Tess"), keys("Tess", TODAY + DAY)) == (LINES, AUTOMATIC)
    with pytest.raises(Incomplete, match="ends on 16 October 2026 already"):
        cards.end(olga, uid, TODAY + DAY, "Again.", NOW)
    cards.begin_again(olga, uid, NOW)
    assert draft(olga, uid).card.lines == LINES


@pytest.mark.parametrize(
    ("effective", "note", "said"),
    [(TODAY - DAY, "So.", "It cannot end on 14 October 2026."), (TODAY, " ", "Say in 1 to 500 characters why it ends")],
)  # fmt: skip
def test_an_end_needs_a_day_to_come_and_a_reason(effective: date, note: str, said: str):
    uid = published()
    with pytest.raises(Incomplete, match=said):
        cards.end(world.viewer("olga"), uid, effective, note, NOW)


def test_a_metric_that_is_gone_has_no_line_and_a_card_of_nothing_else_is_none():
    uid = published()
    row = CardVersion.objects.get(template__uid=uid)
    CardVersion.objects.update(data=row.data | {"lines": ["gone", *LINES]})
    assert keys("Tess") == LINES
    CardVersion.objects.update(data=row.data | {"lines": ["gone"]})
    assert keys("Tess") == AUTOMATIC


def test_attainment_follows_the_money_quotas_are_of():
    published(replace(CARD, lines=("deals_created", "open_value", "attainment")))
    assert keys("Tess")[-1] == "attainment"
    assert keys("Tess", money=BOOKED_REVENUE.key)[-1] == "booked_attainment"


@pytest.mark.parametrize(
    ("changed", "effective", "said"),
    [
        ({"lines": LINES[:2]}, TODAY, "There are 2 lines: a card shows at least 3. Add 1 or more."),
        ({"lines": ()}, TODAY, "There is no line yet"),
        ({"lines": tuple(key for key in CATALOGUE if key != "logins")[:8]}, TODAY, "from the eighth on"),
        ({}, TODAY - DAY, "14 October 2026 is over, and what was shown stays."),
    ],
)
def test_what_a_draft_lacks_is_said_when_it_is_published(changed: dict[str, Any], effective: date, said: str):
    olga = world.viewer("olga")
    uid = cards.begin(olga, "Plain", NOW)
    cards.save_draft(olga, uid, replace(CARD, **changed))
    assert said in refused(uid, effective)


def test_cautions_must_be_read_and_what_was_read_is_kept():
    olga = world.viewer("olga")
    uid = cards.begin(olga, "Results", NOW)
    cards.save_draft(olga, uid, replace(CARD, lines=("won_value", "deals_won", "attainment")))
    found = draft(olga, uid).cautions
    assert [one.key.split(":")[0] for one in found] == ["balance", "same"]
    assert "There are 2 things to think of first." in refused(uid, read=[])
    assert "There is one thing to think of first." in refused(uid, read=[found[0].key])
    cards.publish(olga, uid, TODAY, "", [one.key for one in found], NOW)
    assert CardVersion.objects.get().read == [one.sentence for one in found]


def test_people_in_their_first_six_months_are_counted_among_those_concerned():
    olga, rami = world.viewer("olga"), world.person("Rami")
    type(rami).objects.unscoped("test").filter(pk=rami.pk).update(starts=TODAY - 30 * DAY)
    uid = cards.begin(olga, "Rates", NOW)
    cards.save_draft(olga, uid, replace(CARD, lines=(*LINES, "win_rate")))
    assert any("1 of 4 is in their first six months" in one.sentence for one in draft(olga, uid).cautions)
    published(card_for("Rami", person=str(rami.uid)))
    assert not any("first six months" in one.sentence for one in draft(olga, uid).cautions)


def test_two_templates_are_not_for_the_very_same_people():
    olga, uid = world.viewer("olga"), published(card_for("First", roles=("AE", "SDR")))
    other = cards.begin(olga, "Second", NOW)
    cards.save_draft(olga, other, card_for("Second", roles=("SDR", "AE")))
    assert "“First” is for the same people already." in refused(other)
    cards.end(olga, uid, TODAY + DAY, "Two roles became one.", NOW)
    assert "“First” is for the same people already." in refused(other)
    assert cards.publish(olga, other, TODAY + DAY, "", all_read(other), NOW) == 1


def test_a_next_version_differs_says_how_and_does_not_hold_before_the_one_before():
    olga, uid = world.viewer("olga"), published(effective=TODAY + 5 * DAY)
    cards.begin_again(olga, uid, NOW)
    cards.begin_again(olga, uid, NOW)
    said = refused(uid)
    assert "Nothing has changed since version 1." in said
    assert "Version 1 holds from 20 October 2026" in said
    assert "Say in a sentence what version 2 changes" in said
    cards.discard(olga, uid)
    assert CardVersion.objects.count() == 1


def test_what_no_draft_may_hold_is_not_kept():
    olga = world.viewer("olga")
    uid = cards.begin(olga, "Plain", NOW)
    for card, said in (
        (replace(CARD, lines=("logins",)), "never stands on a card"),
        (replace(CARD, outstanding=Fraction(1, 2)), "The borders cross"),
        (replace(CARD, person=str(uuid4())), "The chosen person does not sell here."),
    ):
        with pytest.raises(Incomplete, match=said):
            cards.save_draft(olga, uid, card)
    assert draft(olga, uid).card == Template("Plain")


@pytest.mark.parametrize("name", ["", " \0 ", "n" * 201])
def test_a_card_needs_a_name(name: str):
    with pytest.raises(NotAllowed, match="Give the card a name of 1 to 200 characters"):
        cards.begin(world.viewer("olga"), name, NOW)


def test_a_draft_that_was_never_published_goes_whole():
    olga = world.viewer("olga")
    cards.discard(olga, cards.begin(olga, "", NOW, "field-sales"))
    assert CardTemplate.objects.count() == 0


@pytest.mark.parametrize("who", ["tess", "mona", "ada"])
def test_only_operators_write(who: str):
    viewer, uid = world.viewer(who), published()
    cards.begin_again(world.viewer("olga"), uid, NOW)
    for deed in (
        lambda: cards.begin(viewer, "X", NOW),
        lambda: cards.begin_again(viewer, uid, NOW),
        lambda: cards.save_draft(viewer, uid, CARD),
        lambda: cards.discard(viewer, uid),
        lambda: cards.publish(viewer, uid, TODAY, "x", (), NOW),
        lambda: cards.end(viewer, uid, TODAY, "x", NOW),
        lambda: draft(viewer, uid),
    ):
        with pytest.raises(NotVisible):
            deed()


def test_who_reads_what():
    mine = published(card_for("Tess", person=str(world.person("Tess").uid)))
    everybody = published()
    assert [one.version.card.name for one in overview(world.viewer("tess")).rows] == ["Tess"]
    assert [one.version.card.name for one in overview(world.viewer("stan")).rows] == ["Plain"]
    assert {one.version.card.name for one in overview(world.viewer("mona")).rows} == {"Tess", "Plain"}
    assert {one.version.card.name for one in overview(world.viewer("otto")).rows} == {"Plain"}
    assert {one.name for row in overview(world.viewer("olga")).rows for one in row.people} == {"Tess", "Stan", "Rami", "Nina"}  # fmt: skip
    assert version(world.viewer("tess"), mine).mine
    for who, uid in (("stan", mine), ("otto", mine), ("tess", everybody), ("ada", everybody)):
        with pytest.raises(NotVisible):
            version(world.viewer(who), uid)
    with pytest.raises(NotVisible):
        overview(world.viewer("ada"))


def pinned(
    who: str = "Tess", metric: str = "deals_won", starts: date = TODAY, days: int = 30, by: str = "mona"
) -> None:
    pin(
        world.viewer(by),
        world.person(who).uid,
        metric,
        "To see first wins.",
        starts,
        starts + days * DAY,
        NOW,
    )


def test_a_pinned_line_stands_last_for_its_days_with_its_reason():
    published()
    pinned(days=2)
    assert keys("Tess", TODAY + 2 * DAY) == (*LINES, "deals_won")
    assert (keys("Tess", TODAY + 3 * DAY), keys("Stan")) == (LINES, LINES)
    person = world.person("Tess").pk
    (one,) = followed([person], TODAY, WON_VALUE.key)[person].pins
    assert (one.metric.key, one.reason, one.by) == ("deals_won", "To see first wins.", "Mona")


def test_what_the_card_holds_by_now_is_not_pinned_twice():
    pinned(metric="calls")
    published(replace(CARD, lines=("calls", *LINES)), TODAY + DAY)
    assert keys("Tess") == (*AUTOMATIC, "calls")
    assert keys("Tess", TODAY + DAY) == ("calls", *LINES)
    person = world.person("Tess").pk
    assert followed([person], TODAY + DAY, WON_VALUE.key)[person].pins == ()


@pytest.mark.parametrize(
    ("metric", "reason", "starts", "days", "said"),
    [
        ("", "So.", TODAY, 5, "Choose the line to pin."),
        ("call", "So.", TODAY, 5, "Did you mean “calls”"),
        ("logins", "So.", TODAY, 5, "never stands on a card"),
        ("won_value", "So.", TODAY, 5, "“Won value” stands on the card of Tess already."),
        ("calls", " ", TODAY, 5, "Say in 1 to 500 characters why it helps Tess"),
        ("calls", "w" * 501, TODAY, 5, "this has 501"),
        ("calls", "So.", TODAY - DAY, 5, "14 October 2026 is over."),
        ("calls", "So.", TODAY, -1, "It would end on 14 October 2026, before it begins"),
        ("calls", "So.", TODAY, 400, "is longer than a year"),
    ],
)
def test_what_cannot_be_pinned_is_said(metric: str, reason: str, starts: date, days: int, said: str):
    with pytest.raises(Incomplete, match=said):
        pin(world.viewer("mona"), world.person("Tess").uid, metric, reason, starts, starts + days * DAY, NOW)
    assert not Pin.objects.unscoped("test").exists()


def test_at_most_two_lines_are_pinned_on_any_day():
    pinned(metric="calls", days=9)
    pinned(metric="visits", starts=TODAY + 10 * DAY, days=9)
    pinned(metric="emails", days=19)
    with pytest.raises(Incomplete, match="2 lines are pinned to the card of Tess on 15 October 2026"):
        pinned(metric="messages", days=1)
    with pytest.raises(Incomplete, match="on 25 October 2026"):
        pinned(metric="messages", starts=TODAY + 12 * DAY - 2 * DAY, days=1)
    pinned(metric="messages", starts=TODAY + 20 * DAY, days=1)
    assert keys("Tess", TODAY + 5 * DAY)[-2:] == ("calls", "emails")


def test_taken_off_today_earlier_days_keep_it():
    pinned(metric="calls", days=5)
    uid = Pin.objects.unscoped("test").get().uid
    later = replace(world.viewer("mona"), at=TODAY + 2 * DAY)
    assert take_off(later, uid) == world.person("Tess").uid
    assert [keys("Tess", TODAY + day * DAY)[-1] == "calls" for day in range(4)] == [True, True, False, False]
    with pytest.raises(NotVisible):
        take_off(later, uid)


@pytest.mark.parametrize(
    ("by", "whose"), [("otto", "Tess"), ("tess", "Tess"), ("olga", "Tess"), ("mona", "Mona"), ("ada", "Tess")]
)
def test_only_their_manager_pins(by: str, whose: str):
    with pytest.raises(NotVisible):
        pinned(whose, by=by, metric="calls")
    pinned(metric="calls")
    if by != "mona":
        with pytest.raises(NotVisible):
            take_off(world.viewer(by), Pin.objects.unscoped("test").get().uid)


def test_a_rep_reads_what_is_pinned_and_a_peer_does_not():
    pinned(metric="calls")
    pinned(metric="visits", starts=TODAY + 5 * DAY)
    shown = pins_of(world.viewer("tess"), world.person("Tess").uid)
    assert ([one.metric.key for one in shown.person.card.pins], [one.metric.key for one in shown.to_come]) == (
        ["calls"], ["visits"],
    )  # fmt: skip
    assert (shown.mine, shown.may_pin) == (True, False)
    for who in ("stan", "otto", "ada"):
        with pytest.raises(NotVisible):
            pins_of(world.viewer(who), world.person("Tess").uid)


def test_pins_change_no_target():
    from upswing.core.period import month_of
    from upswing.queries.scorecard import scorecard

    before = scorecard(world.viewer("tess"), world.person("Tess").uid, month_of(TODAY), TODAY)
    pinned(metric="calls")
    after = scorecard(world.viewer("tess"), world.person("Tess").uid, month_of(TODAY), TODAY)
    assert [(each.metric.key, each.target) for each in after.lines][: len(before.lines)] == [
        (each.metric.key, each.target) for each in before.lines
    ]


@pytest.mark.parametrize("people", [["Tess"], ["Tess", "Stan", "Rami", "Nina"]])
def test_few_statements_whatever_the_number_of_people(people: list[str], django_assert_max_num_queries: Any):
    published(card_for("AE", roles=("AE",)))
    ids = [world.person(name).pk for name in people]
    with django_assert_max_num_queries(6):
        chosen(ids, TODAY, WON_VALUE.key)
    with django_assert_max_num_queries(4):
        borders_for(ids, TODAY)


def test_the_database_itself_keeps_one_draft_and_whole_pins():
    uid = published()
    row = CardTemplate.objects.get(uid=uid)
    cards.begin_again(world.viewer("olga"), uid, NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        CardVersion.objects.create(template=row, data={}, author="x", begun=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pin.objects.create(
            person=world.person("Tess"), metric="calls", reason="", starts=TODAY, ends=TODAY, by="x", at=NOW
        )


def test_every_starter_becomes_a_draft():
    for key, card in STARTERS.items():
        uid = cards.begin(world.viewer("olga"), "", NOW, key)
        assert draft(world.viewer("olga"), uid).card == card
    with pytest.raises(NotVisible):
        cards.begin(world.viewer("olga"), "", NOW, "astronaut")
