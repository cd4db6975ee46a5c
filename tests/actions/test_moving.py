"""Deals are moved by their checklist: what shows it is kept with a name, what is missing needs a reason, figures follow."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests import world
from tests.actions.paths import NEED, OFFER, deal, lay, path
from tests.actions.standing import everything, sums
from upswing.actions import losing, quote_answers, quoting
from upswing.actions.moving import Shown, confirm, move
from upswing.actions.permission import Incomplete, NotAllowed
from upswing.actions.quote_sheets import Sheet
from upswing.actions.undoing import undo
from upswing.book.evidence import Confirmation, MoveNote
from upswing.book.offered import MADE_HERE
from upswing.core.pipelines import Early, Proof
from upswing.core.quoting import Line, Quotation
from upswing.core.records import StageMove
from upswing.intake.models import Batch
from upswing.people.viewer import NotVisible
from upswing.queries.outlooks import version_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast", "ledger_agrees")]
TODAY, NOW = world.TODAY, world.NOW


def go(into: str, proofs: Any = None, reason: str = "", who: str = "tess", key: str = "T4") -> None:
    move(world.viewer(who), deal(key).uid, into, proofs or {}, reason, NOW)


def refused(into: str, *given: Any, **more: Any) -> tuple[str, ...]:
    with pytest.raises(Incomplete) as error:
        go(into, *given, **more)
    return error.value.sentences


def last() -> MoveNote:
    return MoveNote.objects.order_by("pk").last()  # type: ignore[return-value]


def kept() -> list[tuple[Any, ...]]:
    columns = ("stage", "criterion", "proof", "day", "amount_minor", "person", "document", "by")
    return list(Confirmation.objects.order_by("pk").values_list(*columns))


def test_a_deal_moves_with_what_shows_it_and_keeps_who_said_so():
    lay()
    go("need", NEED)
    assert path() == [("Open", TODAY, "open"), ("Need", TODAY, "open")]
    assert (deal().stage, deal().outcome) == ("Need", "open")
    assert kept() == [
        ("Need", "The person who decides", "person", None, None, "Ann Smith, CFO", "", "Tess"),
        ("Need", "What it costs them", "amount", None, 500_000, "", "", "Tess"),
    ]
    note = last()
    assert (note.origin, note.stage, note.day, note.by, note.reason, note.lacking, note.early) == (
        "Open", "Need", TODAY, "Tess", "", [], False,
    )  # fmt: skip


def test_what_is_missing_is_named_and_a_reason_lets_it_pass_once():
    lay()
    (said,) = refused("need", {"need-1": NEED["need-1"], "need-2": Shown(document="not an amount")})
    assert said == (
        "“Need” still asks for “What it costs them”. Enter what shows it, or say once why the deal moves without."
    )
    assert (kept(), deal().stage) == ([], "Open")
    go("need", {"need-1": NEED["need-1"]}, "They tell us on Monday")
    assert (last().lacking, last().reason) == (["What it costs them"], "They tell us on Monday")
    assert [row[1] for row in kept()] == ["The person who decides"]


def test_what_is_confirmed_ahead_or_was_once_is_not_asked_again():
    lay()
    confirm(world.viewer("mona"), deal().uid, "need", NEED, NOW)
    assert (deal().stage, len(kept()), MoveNote.objects.count()) == ("Open", 2, 0)
    go("need")
    go("hello", reason="They start over")
    go("need")
    assert [step[0] for step in path()] == ["Open", "Need", "Open", "Need"]
    assert len(kept()) == 2


def test_standing_there_already_only_what_shows_it_is_kept():
    lay()
    go("hello", {"hello-1": Shown(day=date(2026, 10, 20))})
    assert (path(), len(kept()), MoveNote.objects.count()) == ([], 1, 0)


def test_back_needs_a_reason_and_asks_for_no_evidence():
    lay()
    go("need", NEED)
    (said,) = refused("hello")
    assert said == "“T4” goes back from “Need” to “Hello”. Say why: whoever reads its path later will ask."
    go("hello", reason="Budget was cut")
    assert (deal().stage, last().reason, last().lacking) == ("Open", "Budget was cut", [])


@pytest.mark.parametrize("into", ["offer", "terms"])
def test_a_proposal_before_qualification_is_refused_where_that_is_the_rule(into: str):
    lay(Early.REFUSE)
    said = refused(into, OFFER | {"terms-1": Shown(day=TODAY)}, "They insist")
    assert said[0].endswith("and “T4” has not reached qualification. Move it there first.")
    assert deal().stage == "Open"


def test_a_proposal_before_qualification_needs_a_reason_where_that_is_the_rule():
    lay(Early.REASON)
    (said,) = refused("offer", OFFER)
    assert "has not reached qualification. Say why it is made now." in said
    go("offer", OFFER, "A tender with a closing day")
    assert (last().early, last().reason, deal().stage) == (True, "A tender with a closing day", "Offer")


def test_where_early_proposals_pass_nobody_is_asked():
    lay(None)
    go("offer", OFFER)
    assert (last().early, last().reason) == (False, "")


def test_once_qualified_a_proposal_is_like_any_stage_also_after_going_back():
    lay(Early.REFUSE)
    go("need", NEED)
    go("hello", reason="Start over")
    go("offer", OFFER)
    assert (deal().stage, last().early) == ("Offer", False)


def test_qualification_needs_all_its_evidence_where_early_proposals_are_refused():
    lay(Early.REFUSE)
    (said,) = refused("need", {"need-1": NEED["need-1"]}, "Soon")
    assert said == (
        "“Need” still asks for “What it costs them”. Qualification is what its evidence says: enter it first."
    )


def test_the_stage_is_written_as_its_source_writes_it():
    lay()
    world.bring(world.deal("T9", "Tess", "2026-10-01", amount=1, stage="quote out", moves=()))
    go("need", NEED)
    go("offer", OFFER)
    assert deal().stage == "quote out"


def test_figures_follow_at_once_and_forecasts_begin_anew():
    lay()
    before = version_on(TODAY)
    go("need", NEED)
    assert version_on(TODAY) != before
    losing.lose(world.viewer("tess"), deal().uid, "They stay where they are", NOW)
    found = sums("Tess")
    assert found["deals_lost"] == 2
    assert (deal().outcome, deal().closed, path()[-1]) == ("lost", TODAY, ("Lost", TODAY, "lost"))


def test_a_loss_needs_a_reason_and_a_slip_is_taken_back():
    lay()
    go("need", NEED)
    before = sums("Tess")
    with pytest.raises(Incomplete, match="Say in a few words why “T4” was lost"):
        losing.lose(world.viewer("tess"), deal().uid, " ", NOW)
    losing.lose(world.viewer("tess"), deal().uid, "No budget", NOW)
    assert deal().reason == "No budget"
    losing.take_back_loss(world.viewer("tess"), deal().uid, NOW)
    assert (deal().outcome, deal().closed, deal().stage, deal().reason) == ("open", None, "Need", "")
    assert sums("Tess") == before
    assert [note.reason for note in MoveNote.objects.order_by("pk")] == ["", "No budget", ""]
    with pytest.raises(NotAllowed, match="was not marked as lost here"):
        losing.take_back_loss(world.viewer("tess"), deal().uid, NOW)


def test_decided_deals_move_no_more():
    lay()
    for key, said in (("T1", "was won on 5 October 2026"), ("T3", "was lost on 13 October 2026")):
        with pytest.raises(NotAllowed, match=said):
            go("need", NEED, key=key)
        with pytest.raises(NotAllowed, match=said):
            losing.lose(world.viewer("tess"), deal(key).uid, "No", NOW)
    with pytest.raises(NotAllowed, match="was not marked as lost here"):
        losing.take_back_loss(world.viewer("tess"), deal("T3").uid, NOW)


def test_a_stage_that_the_pipeline_does_not_have_is_refused_with_those_it_has():
    lay()
    with pytest.raises(
        NotAllowed, match="“T4” cannot move into “open”: .*“Hello”, “Need”, “Offer” and “Terms”"
    ):
        go("open")


@pytest.mark.parametrize("who", ["stan", "otto", "ada"])
def test_whoever_may_not_see_the_deal_cannot_move_it(who: str):
    lay()
    for act in (
        lambda: go("need", NEED, who=who),
        lambda: confirm(world.viewer(who), deal().uid, "need", NEED, NOW),
        lambda: losing.lose(world.viewer(who), deal().uid, "No", NOW),
        lambda: losing.take_back_loss(world.viewer(who), deal().uid, NOW),
    ):
        with pytest.raises(NotVisible):
            act()
    with pytest.raises(NotVisible):
        move(world.viewer("olga"), uuid4(), "need", NEED, "", NOW)
    assert (kept(), deal().stage) == ([], "Open")


def test_what_is_too_long_is_refused_and_nothing_is_kept():
    lay()
    said = refused("need", NEED | {"need-1": Shown(person="x" * 201)}, "y" * 1_001)
    assert said == (
        "The reason: 1,001 characters; write at most 1,000.",
        "The person who decides: 201 characters; write at most 200.",
    )
    with pytest.raises(Incomplete, match="write at most 1,000"):
        losing.lose(world.viewer("tess"), deal().uid, "y" * 1_001, NOW)
    assert kept() == []


def test_the_same_file_leaves_a_move_alone_and_a_changed_row_says_otherwise():
    lay()
    go("need", NEED)
    world.bring(*world.book())
    assert deal().stage == "Need"
    world.bring(world.deal("T4", "Tess", "2026-10-01", amount=9_000, told=frozenset()))
    assert deal().stage == "Open"
    assert [step[0] for step in path()] == ["Open", "Need", "Open"]
    assert (len(kept()), MoveNote.objects.count()) == (2, 1)


def test_a_source_that_tells_the_path_replaces_it_and_what_was_confirmed_stays():
    lay()
    go("need", NEED)
    told = (StageMove("Open", date(2026, 10, 2)), StageMove("Quote out", date(2026, 10, 14)))
    world.bring(world.deal("T4", "Tess", "2026-10-01", amount=7_000, stage="Quote out", moves=told))
    assert [step[0] for step in path()] == ["Open", "Quote out"]
    assert (len(kept()), MoveNote.objects.count()) == (2, 1)


def test_moves_are_taken_back_together_and_what_was_said_stays():
    before = everything()
    lay()
    go("need", NEED)
    go("offer", OFFER)
    batch = Batch.objects.get(source__key=MADE_HERE)
    undo(world.operator(), batch.uid, NOW)
    assert everything() == before
    assert (deal().stage, path()) == ("Open", [])
    assert (len(kept()), MoveNote.objects.count()) == (3, 2)


def test_an_import_under_a_move_is_taken_back_after_it_and_takes_everything_along():
    lay()
    go("need", NEED)
    brought = Batch.objects.exclude(source__key=MADE_HERE).latest("pk")
    with pytest.raises(NotAllowed, match="take that one back first"):
        undo(world.operator(), brought.uid, NOW)
    undo(world.operator(), Batch.objects.get(source__key=MADE_HERE).uid, NOW)
    world.bring(world.deal("T8", "Tess", "2026-10-01", amount=1, stage="Open", moves=()))
    confirm(world.viewer("tess"), deal("T8").uid, "need", NEED, NOW)
    undo(world.operator(), Batch.objects.exclude(source__key=MADE_HERE).latest("pk").uid, NOW)
    assert {each.deal.external_id for each in Confirmation.objects.all()} == {"T4"}


def test_after_an_import_in_between_moves_are_a_batch_of_their_own():
    lay()
    go("need", NEED)
    world.bring(world.deal("T4", "Tess", "2026-10-01", amount=9_000, told=frozenset()))
    go("need")
    go("offer", OFFER)
    assert Batch.objects.filter(source__key=MADE_HERE).count() == 2
    undo(world.operator(), Batch.objects.filter(source__key=MADE_HERE).latest("pk").uid, NOW)
    assert deal().stage == "Open"


def test_a_deal_that_was_moved_is_won_by_its_quote_and_open_again_after_a_slip():
    lay()
    go("need", NEED)
    uid = quoting.begin(world.viewer("tess"), deal().uid, None, NOW)
    quoting.save(world.viewer("tess"), uid, Sheet(Quotation("EUR", (Line("Seat", 1, 100_000),))), NOW)  # type: ignore[arg-type]
    quoting.send(world.viewer("tess"), uid, NOW)
    quote_answers.accept(world.viewer("tess"), uid, "Yes", NOW)
    assert deal().outcome == "won"
    quote_answers.take_back_answer(world.viewer("tess"), uid, NOW)
    assert (deal().outcome, deal().stage) == ("open", "Need")
    go("offer", OFFER)
    assert deal().stage == "Offer"


def test_nothing_is_confirmed_that_nothing_shows():
    lay()
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.create(
            deal=deal(), stage_key="need", stage="Need", criterion_key="need-1", criterion="Who", by="Tess", at=NOW,
            proof=Proof.PERSON.value, day=TODAY,
        )  # fmt: skip
