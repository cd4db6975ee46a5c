"""Standards are written by some, published by operators, signed by whom they concern, and may be questioned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from tests import world
from upswing.actions import standard_drafts as drafting
from upswing.actions import standards
from upswing.actions.permission import NotAllowed
from upswing.actions.standard_drafts import Incomplete
from upswing.actions.standards import Outdated
from upswing.core.metrics import CATALOGUE
from upswing.core.rubrics import Audience, Criterion, Text, excess, lacking
from upswing.goals.standards import Agreement, Objection, Standard, Version, data_of, text_of
from upswing.goals.starters.packs import KEYS, packs
from upswing.people.models import Membership
from upswing.people.viewer import NotVisible
from upswing.queries import drafted
from upswing.queries import standards as asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

TODAY, NOW = world.TODAY, world.NOW
TEXT = Text(
    "Rapport", "It helps.", "Listen first.", "“Tell me more.”",
    criteria=(Criterion("Listening", ("Lets the buyer finish.",), ("Interrupts.",), ("Hears more.",), ("won_value",)),),
)  # fmt: skip


def published(text: Text = TEXT, effective: date = TODAY) -> UUID:
    """A standard with a first version, published by Olga."""
    uid = drafting.begin(world.viewer("olga"), text.name, NOW)
    drafting.save_draft(world.viewer("olga"), uid, text)
    standards.publish(world.viewer("olga"), uid, effective, "", NOW)
    return uid


def again(uid: UUID, effective: date = TODAY, note: str = "Clearer words.", **changed: object) -> None:
    """The next version of it."""
    olga = world.viewer("olga")
    drafting.begin_again(olga, uid, NOW)
    text = drafted.draft(olga, uid).text
    drafting.save_draft(olga, uid, replace(text, **(changed or {"what": text.what + " Then ask."})))  # type: ignore[arg-type]
    standards.publish(olga, uid, effective, note, NOW)


def sign(who: str, uid: UUID, number: int = 1, typed: str | None = None) -> None:
    viewer = world.viewer(who)
    standards.sign_standard(viewer, uid, number, viewer.person_name if typed is None else typed, NOW)


def version(who: str, uid: UUID, number: int = 1) -> asked.VersionShown:
    return asked.version(world.viewer(who), uid, number)


def row(who: str) -> asked.Row:
    (found,) = asked.standards(world.viewer(who))
    return found


def test_the_packs_are_whole_and_their_metrics_exist():
    for key, text in packs().items():
        assert (lacking(text), excess(text)) == ((), ()), key
        assert text.metrics <= CATALOGUE.keys(), key
        assert text_of(data_of(text)) == text
    (rapport,) = packs()["rapport"].criteria
    assert [len(each) for each in (rapport.meets, rapport.below, rapport.exceeds)] == [4, 4, 1]


def test_a_pack_is_taken_over_with_one_action_and_published_with_another():
    olga = world.viewer("olga")
    uid = drafting.take_over(olga, "rapport", NOW)
    assert [pack.key for pack in drafted.packs_left(olga)] == [key for key in KEYS if key != "rapport"]
    assert asked.standards(olga) == ()
    assert standards.publish(olga, uid, TODAY, "", NOW) == 1
    assert [each.version.key for each in asked.standards(olga)] == ["rapport"]
    with pytest.raises(NotAllowed, match="already"):
        drafting.take_over(olga, "rapport", NOW)


@pytest.mark.parametrize("who", ["tess", "ada"])
def test_reps_and_auditors_find_no_place_to_write(who: str):
    uid = published()
    viewer = world.viewer(who)
    for write in (
        lambda: drafting.begin(viewer, "Mine", NOW),
        lambda: drafting.take_over(viewer, "rapport", NOW),
        lambda: drafting.begin_again(viewer, uid, NOW),
        lambda: drafted.draft(viewer, uid),
        lambda: drafting.save_draft(viewer, uid, TEXT),
        lambda: standards.publish(viewer, uid, TODAY, "", NOW),
    ):
        with pytest.raises(NotVisible):
            write()
    assert (drafted.drafts(viewer), drafted.packs_left(viewer)) == ((), ())


def test_a_manager_s_draft_waits_for_revenue_operations():
    mona = world.viewer("mona")
    uid = drafting.take_over(mona, "rapport", NOW)
    assert [draft.author for draft in drafted.drafts(world.viewer("olga"))] == ["Mona"]
    assert drafted.drafts(world.viewer("otto")) == ()
    with pytest.raises(NotVisible):
        drafted.draft(world.viewer("otto"), uid)
    with pytest.raises(NotAllowed, match="Mona may not publish"):
        standards.publish(mona, uid, TODAY, "", NOW)
    assert standards.publish(world.viewer("olga"), uid, TODAY, "", NOW) == 1


def test_there_is_one_draft_at_most():
    uid = published()
    mona, olga, otto = (world.viewer(name) for name in ("mona", "olga", "otto"))
    drafting.begin_again(mona, uid, NOW)
    drafting.begin_again(mona, uid, NOW)
    drafting.begin_again(olga, uid, NOW)
    with pytest.raises(NotAllowed, match="a draft of “Rapport” already, by Mona"):
        drafting.begin_again(otto, uid, NOW)
    assert Version.objects.filter(number=None).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(standard=Standard.objects.get(), text={}, begun=NOW)


def test_throwing_a_draft_away_takes_a_standard_with_it_that_was_never_published():
    olga, uid = world.viewer("olga"), published()
    drafting.begin_again(olga, uid, NOW)
    drafting.discard_draft(olga, uid)
    drafting.discard_draft(olga, drafting.begin(olga, "Nothing yet", NOW))
    assert [str(each.uid) for each in Standard.objects.all()] == [str(uid)]
    assert Version.objects.count() == 1


def test_a_draft_keeps_what_is_incomplete_but_is_not_published():
    olga = world.viewer("olga")
    uid = drafting.begin(olga, "Discovery", NOW)
    drafting.save_draft(olga, uid, replace(TEXT, criteria=(Criterion("Asking", ("Asks.",)),)))
    with pytest.raises(Incomplete) as refused:
        standards.publish(olga, uid, TODAY, "", NOW)
    assert refused.value.sentences == (
        "“Asking” has no behaviour under “below” yet: write at least one.",
        "“Asking” has no behaviour under “exceeds” yet: write at least one.",
    )
    assert asked.standards(olga) == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "The name is empty"),
        ({"name": "n" * 201}, "201 characters"),
        (
            {"criteria": tuple(replace(TEXT.criteria[0], name=f"C{n}") for n in range(60))},
            "There are 60 criteria",
        ),
        ({"criteria": (replace(TEXT.criteria[0], metrics=("show_rat",)),)}, "No metric is called “show_rat”"),
        (
            {"criteria": (replace(TEXT.criteria[0], below=("b" * 4001,)),)},
            "“Listening” under “below” have 4,001",
        ),
    ],
)
def test_what_no_draft_may_hold_is_refused_and_nothing_is_lost(changed: dict, said: str):
    olga = world.viewer("olga")
    uid = drafting.begin(olga, "Rapport", NOW)
    drafting.save_draft(olga, uid, TEXT)
    with pytest.raises(Incomplete, match=said):
        drafting.save_draft(olga, uid, replace(TEXT, **changed))
    assert drafted.draft(olga, uid).text == TEXT


@pytest.mark.parametrize("name", ["", "   ", "n" * 201])
def test_a_standard_begins_with_a_name(name: str):
    with pytest.raises(NotAllowed, match="1 to 200"):
        drafting.begin(world.viewer("olga"), name, NOW)


def test_two_standards_of_one_name_have_two_keys_and_a_pack_keeps_its_own():
    for name in ("Rapport", "rapport!", "Ærlighed", "談判"):
        drafting.begin(world.viewer("olga"), name, NOW)
    assert sorted(Standard.objects.values_list("key", flat=True)) == [
        "rapport-2",
        "rapport-3",
        "rlighed",
        "standard",
    ]


@pytest.mark.parametrize(
    ("effective", "note", "changed", "said"),
    [
        (TODAY - timedelta(days=1), "x", {"what": "New."}, "14 October 2026 is over"),
        (
            TODAY,
            "x",
            {"what": "New."},
            "Version 1 holds from 20 October 2026; version 2 cannot hold before that",
        ),
        (TODAY + timedelta(days=9), "", {"what": "New."}, "Say in a sentence what version 2 changes"),
        (TODAY + timedelta(days=9), "n" * 4001, {"what": "New."}, "The note has 4,001 characters"),
        (TODAY + timedelta(days=9), "x", {"what": TEXT.what}, "Nothing has changed since version 1"),
    ],
)
def test_publishing_refuses_with_a_sentence(effective: date, note: str, changed: dict, said: str):
    uid = published(effective=date(2026, 10, 20))
    with pytest.raises(Incomplete, match=said):
        again(uid, effective, note, **changed)
    assert Version.objects.filter(number=2).count() == 0


def test_what_was_published_never_changes():
    uid = published()
    before = Version.objects.values().get(number=1)
    again(uid, what="Listen, then ask.")
    drafting.begin_again(world.viewer("olga"), uid, NOW)
    drafting.save_draft(world.viewer("olga"), uid, replace(TEXT, name="Other"))
    assert Version.objects.values().get(number=1) == before


@pytest.mark.parametrize("typed", ["Tess", " tess ", "TESS"])
def test_a_signature_is_one_s_own_name_whatever_case_and_spaces(typed: str):
    uid = published()
    assert row("tess").waits
    sign("tess", uid, typed=typed)
    assert (row("tess").waits, version("tess", uid).signed) == (False, NOW)
    assert Agreement.objects.unscoped("test").get().typed == typed.strip()


@pytest.mark.parametrize("typed", ["", "Stan", "Tess L", "Te ss"])
def test_another_name_is_refused_with_the_name_to_type(typed: str):
    uid = published()
    with pytest.raises(NotAllowed, match="Type it as it stands: Tess"):
        sign("tess", uid, typed=typed)
    assert Agreement.objects.unscoped("test").count() == 0


def test_signing_twice_does_no_harm():
    uid = published()
    sign("tess", uid)
    standards.sign_standard(world.viewer("tess"), uid, 1, "Tess", NOW + timedelta(days=1))
    assert Agreement.objects.unscoped("test").get().at == NOW


def test_an_old_version_is_not_signed_and_the_new_one_is_named():
    uid = published()
    again(uid)
    with pytest.raises(
        Outdated, match="“Rapport” is now version 2, since 15 October 2026; you read version 1"
    ):
        sign("tess", uid, 1)
    sign("tess", uid, 2)


def test_a_new_version_asks_everybody_again():
    uid = published()
    sign("tess", uid)
    again(uid)
    assert row("tess").waits
    assert version("tess", uid, 1).signed == NOW


def test_a_version_to_come_may_be_signed_beside_the_one_that_holds():
    uid = published()
    again(uid, TODAY + timedelta(days=10))
    states = [(each.version.number, each.state) for each in asked.standards(world.viewer("tess"))]
    assert states == [(1, asked.State.IN_FORCE), (2, asked.State.TO_COME)]
    sign("tess", uid, 1)
    sign("tess", uid, 2)


def test_a_draft_or_a_number_that_is_not_there_cannot_be_signed():
    uid = published()
    drafting.begin_again(world.viewer("olga"), uid, NOW)
    for standard, number in ((uid, 2), (uid, 0), (uuid4(), 1)):
        with pytest.raises(NotVisible):
            sign("tess", standard, number)


def test_whom_it_does_not_concern_cannot_open_or_sign_it():
    Membership.objects.filter(person=world.person("Tess")).update(role="AE")
    uid = published(replace(TEXT, audience=Audience(roles=("ae",))))
    sign("tess", uid)
    sign("mona", uid)
    for who in ("stan", "otto"):
        with pytest.raises(NotVisible):
            version(who, uid)
        with pytest.raises(NotVisible):
            sign(who, uid)
    with pytest.raises(NotAllowed, match="nothing for you to sign"):
        sign("olga", uid, typed="olga@example.com")
    assert row("olga").asked == 2


def test_a_standard_for_a_team_concerns_its_people_and_their_managers():
    team = Membership.objects.get(person=world.person("Nina"), leads=False).team
    uid = published(replace(TEXT, audience=Audience(teams=(str(team.uid),))))
    assert version("olga", uid).missing == ("Nina", "Otto")
    with pytest.raises(NotVisible):
        version("tess", uid)


def test_who_has_signed_before_may_read_it_for_good():
    Membership.objects.filter(person=world.person("Tess")).update(role="AE")
    uid = published(replace(TEXT, audience=Audience(roles=("AE",))))
    sign("tess", uid)
    Membership.objects.filter(person=world.person("Tess")).update(role="SDR")
    shown = version("tess", uid)
    assert (shown.concerns_me, shown.signed, shown.may_sign) == (False, NOW, False)


def test_who_has_not_signed_is_listed_for_their_manager_and_for_operators():
    uid = published()
    sign("tess", uid)
    assert version("mona", uid).missing == ("Rami", "Stan")
    assert version("otto", uid).missing == ("Nina",)
    assert version("olga", uid).missing == ("Mona", "Nina", "Otto", "Rami", "Stan")
    assert (row("mona").asked, row("mona").missing) == (3, ("Rami", "Stan"))


def test_a_rep_sees_nobody_s_signature_but_their_own_and_their_managers():
    uid = published()
    for who in ("tess", "mona", "otto", "stan"):
        sign(who, uid)
    named = {
        who: [one.person for one in version(who, uid).signatures] for who in ("tess", "mona", "otto", "olga")
    }
    assert named == {
        "tess": ["Mona"],
        "mona": ["Stan", "Tess"],
        "otto": [],
        "olga": ["Mona", "Otto", "Stan", "Tess"],
    }
    assert (version("tess", uid).missing, row("tess").missing) == ((), ())


def objects(who: str, uid: UUID, words: str = "Why five?", criterion: str = "Listening") -> None:
    standards.object_to(world.viewer(who), uid, 1, criterion, words, NOW)


def test_what_somebody_says_against_it_stands_open_until_answered_and_blocks_nothing():
    uid = published()
    objects("tess", uid)
    sign("tess", uid)
    (said,) = version("tess", uid).objections
    assert (said.text, said.criterion, said.answered, said.mine) == ("Why five?", "Listening", None, True)
    assert row("olga").open_objections == 1
    standards.answer_objection(world.viewer("olga"), said.id, "Because four was too few.", NOW)
    (said,) = version("tess", uid).objections
    assert (said.answer, said.answered, said.answerer) == (
        "Because four was too few.",
        NOW,
        "olga@example.com",
    )
    with pytest.raises(NotAllowed, match="answered Tess already"):
        standards.answer_objection(world.viewer("olga"), said.id, "Again.", NOW)
    assert row("olga").open_objections == 0


def test_it_is_seen_by_that_person_their_manager_and_operators_alone():
    uid = published()
    objects("tess", uid)
    seen = {who: len(version(who, uid).objections) for who in ("tess", "stan", "mona", "otto", "olga")}
    assert seen == {"tess": 1, "stan": 0, "mona": 1, "otto": 0, "olga": 1}


def test_the_author_answers_and_other_managers_do_not():
    uid = drafting.take_over(world.viewer("otto"), "rapport", NOW)
    standards.publish(world.viewer("olga"), uid, TODAY, "", NOW)
    objects("tess", uid, criterion="")
    said = Objection.objects.unscoped("test").get().uid
    for who in ("mona", "tess", "stan"):
        with pytest.raises(NotVisible):
            standards.answer_objection(world.viewer(who), said, "No.", NOW)
    assert standards.answer_objection(world.viewer("otto"), said, "Yes.", NOW) == (uid, 1)
    with pytest.raises(NotVisible):
        standards.answer_objection(world.viewer("olga"), uuid4(), "Yes.", NOW)


@pytest.mark.parametrize(
    ("words", "criterion", "said"),
    [
        ("", "", "1 to 4,000 characters"),
        (" \n", "Listening", "1 to 4,000 characters"),
        ("w" * 4001, "", "this has 4,001"),
        ("Why?", "Singing", "no criterion “Singing”"),
    ],
)
def test_a_question_that_cannot_be_taken_is_told_why(words: str, criterion: str, said: str):
    uid = published()
    with pytest.raises(NotAllowed, match=said):
        objects("tess", uid, words, criterion)
    assert Objection.objects.unscoped("test").count() == 0


def in_force(who: str, rep: str, day: date = TODAY, metric: str = "won_value") -> tuple[int, object] | None:
    found = asked.in_force(world.viewer(who), metric, world.person(rep).uid, day)
    return found and (found.number, found.signed_by_person)


def test_a_line_cites_the_version_in_force_on_its_day_and_the_person_s_signature():
    uid = published()
    sign("tess", uid)
    again(uid, TODAY + timedelta(days=10))
    assert in_force("mona", "Tess", TODAY - timedelta(days=1)) is None
    assert in_force("mona", "Tess", TODAY) == (1, NOW)
    assert in_force("mona", "Stan", TODAY) == (1, None)
    assert in_force("mona", "Tess", TODAY + timedelta(days=10)) == (2, None)
    assert in_force("mona", "Tess", metric="calls") is None
    assert in_force("mona", "Nina") is None
    assert in_force("tess", "Stan") is None


def test_a_line_cites_no_standard_that_does_not_concern_the_person():
    Membership.objects.filter(person=world.person("Tess")).update(role="AE")
    published(replace(TEXT, audience=Audience(roles=("AE",))))
    assert in_force("mona", "Tess") == (1, None)
    assert in_force("mona", "Stan") is None


def test_of_two_standards_for_a_metric_the_one_that_began_last_is_cited():
    published(effective=TODAY + timedelta(days=1))
    published(replace(TEXT, name="Newer"), effective=TODAY + timedelta(days=2))
    found = asked.in_force(
        world.viewer("tess"), "won_value", world.person("Tess").uid, TODAY + timedelta(days=2)
    )
    assert found
    assert found.name == "Newer"


def test_many_people_and_standards_cost_no_more_questions(django_assert_max_num_queries):
    uids = [published(replace(TEXT, name=f"S{n}")) for n in range(5)]
    for uid in uids:
        objects("tess", uid)
    olga, people = world.viewer("olga"), [world.person(name).uid for name in ("Tess", "Stan", "Rami", "Nina")]
    with django_assert_max_num_queries(9):
        assert len(asked.standards(olga)) == 5
    with django_assert_max_num_queries(9):
        assert len(asked.cited(olga, people, TODAY)) == 4
    with django_assert_max_num_queries(12):
        asked.version(olga, uids[0], 1)
    with django_assert_max_num_queries(2):
        drafted.drafts(olga)
