"""Quotes made in the product: begun, kept, sent, answered, taken back; and the figures follow at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID, uuid4

import pytest

from tests import world
from tests.actions.standing import days, everything, sums
from tests.actions.told import invoice, quote
from upswing.actions import pipelines, pricing, quote_answers, quoting
from upswing.actions import stages as steps
from upswing.actions.permission import Incomplete, NotAllowed
from upswing.actions.quote_sheets import Sheet
from upswing.actions.undoing import undo
from upswing.book.models import Deal, Invoice, Quote
from upswing.book.offered import MADE_HERE, Offer, PriceList, QuoteDeed
from upswing.core.pipelines import Criterion, Early, Proof, Stage
from upswing.core.quoting import Choice, Line, Quotation, Reaction, Reason, Standing
from upswing.intake.models import Batch
from upswing.people.viewer import NotVisible
from upswing.queries.offers import Heading, letterhead
from upswing.queries.quote_pages import QuoteShown, quote_shown
from upswing.queries.quotes import Asked, Pile, quotes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast", "ledger_agrees")]

LICENCE = Line("Licence", Decimal(10), 60_000, discount=Fraction(10))
EXTRA = Line("Training", Decimal(1), 90_000, choice=Choice.EXTRA, chosen=False)
OFFERED = Sheet(Quotation("EUR", (LICENCE, EXTRA), tax=Fraction(25), valid_until=date(2026, 11, 14)), "Acme")

HOSTED = Sheet(Quotation("EUR", (
    LICENCE,
    Line("Cloud", Decimal(1), 100, choice=Choice.ONE_OF, group="Hosting"),
    Line("Own", Decimal(1), 200, choice=Choice.ONE_OF, group="Hosting", chosen=False),
)))  # fmt: skip


def deal(key: str) -> Deal:
    return Deal.objects.unscoped("test").get(external_id=key)


def row(uid: UUID) -> Quote:
    return Quote.objects.unscoped("test").select_related("offer").get(uid=uid)


def begin(key: str = "T4", who: str = "tess") -> UUID:
    return quoting.begin(world.viewer(who), deal(key).uid, None, world.NOW)


def sent(key: str = "T4", sheet: Sheet = OFFERED, who: str = "tess") -> UUID:
    uid = begin(key, who)
    quoting.save(world.viewer(who), uid, sheet, world.NOW)
    quoting.send(world.viewer(who), uid, world.NOW)
    return uid


def shown(uid: UUID, who: str = "tess") -> QuoteShown:
    return quote_shown(world.viewer(who), uid)


def test_a_quote_that_is_sent_is_a_proposal_of_today_worth_its_total():
    uid = sent()
    assert (row(uid).external_id, row(uid).amount_minor, row(uid).sent) == ("Q-0001", 540_000, world.TODAY)
    found = sums("Tess")
    assert (found["proposals_sent"], found["proposed_value"]) == (1, 540_000)
    assert shown(uid).totals.gross == 675_000


def test_a_draft_says_nothing_and_is_begun_once():
    first = begin()
    quoting.save(world.viewer("tess"), first, OFFERED, world.NOW)
    assert begin() == first
    assert "proposals_sent" not in sums("Tess")
    assert Quote.objects.unscoped("test").count() == 1


def test_a_new_version_is_a_copy_and_replaces_the_former_when_it_is_sent():
    first = sent()
    second = begin()
    assert shown(second).quotation.lines == OFFERED.quotation.lines
    assert shown(first).standing is Standing.SENT
    larger = replace(
        OFFERED, quotation=replace(OFFERED.quotation, lines=(replace(LICENCE, quantity=Decimal(12)),))
    )
    quoting.save(world.viewer("tess"), second, larger, world.NOW)
    quoting.send(world.viewer("tess"), second, world.NOW)
    assert (row(second).external_id, row(second).revision) == ("Q-0001-2", 2)
    assert shown(first).standing is Standing.REPLACED
    found = sums("Tess")
    assert (found["proposals_sent"], found["proposed_value"]) == (1, 648_000)


def test_a_version_made_here_follows_the_revisions_that_were_brought_in():
    world.bring(quote("X1", "T4", 3, "2026-10-10", 4_000))
    sent()
    found = sums("Tess")
    assert (found["proposals_sent"], found["proposed_value"]) == (1, 540_000)
    assert days("Tess", "proposed_value") == {"10-10": 400_000, "10-15": 140_000}


def test_sending_twice_is_once_and_a_sent_quote_stays_as_it_was():
    uid = sent()
    before = everything()
    quoting.send(world.viewer("tess"), uid, world.NOW)
    assert everything() == before
    with pytest.raises(NotAllowed, match="Q-0001 was sent on 15 October 2026 and stays as it was"):
        quoting.save(world.viewer("tess"), uid, OFFERED, world.NOW)
    with pytest.raises(NotAllowed, match="stays as it was"):
        quoting.discard(world.viewer("tess"), uid)


def test_what_cannot_be_sent_is_kept_and_says_why():
    uid = begin()
    with pytest.raises(Incomplete, match="The quote has no lines"):
        quoting.send(world.viewer("tess"), uid, world.NOW)
    rebate = Sheet(Quotation("EUR", (Line("Rebate", Decimal(1), -100),)))
    quoting.save(world.viewer("tess"), uid, rebate, world.NOW)
    with pytest.raises(Incomplete, match="cannot be below nothing"):
        quoting.send(world.viewer("tess"), uid, world.NOW)
    assert shown(uid).standing is Standing.DRAFT
    assert "proposals_sent" not in sums("Tess")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Sheet(Quotation("EUR", (replace(LICENCE, product="x" * 201),))), "has 201 characters"),
        (Sheet(Quotation("EUR", (LICENCE,) * 201)), "at most 200 lines"),
        (Sheet(Quotation("EUR", (replace(LICENCE, quantity=Decimal("0.00001")),))), "at most four digits"),
        (Sheet(Quotation("EUR", (replace(LICENCE, unit_minor=10**18),))), "too large"),
        (Sheet(Quotation("EUR", discount=Fraction(1, 3))), "A percentage lies between"),
        (Sheet(Quotation("EUR"), rate=Fraction(0)), "The exchange rate is a number above 0"),
        (Sheet(Quotation("EUR", terms="x" * 4_001)), "The terms has 4,001 characters"),
    ],
)
def test_what_no_database_keeps_is_refused_in_a_sentence(wrong: Sheet, said: str):
    uid = begin()
    with pytest.raises(Incomplete, match=said):
        quoting.save(world.viewer("tess"), uid, wrong, world.NOW)


def test_acceptance_wins_the_deal_today_for_the_quote_s_total():
    uid = sent()
    assert quote_answers.accept(world.viewer("tess"), uid, "By e-mail", world.NOW)
    won = deal("T4")
    assert (won.outcome, won.closed, won.amount_minor, won.stage) == ("won", world.TODAY, 540_000, "Won")
    assert days("Tess", "won_value")["10-15"] == 540_000
    assert shown(uid).standing is Standing.ACCEPTED


def test_a_buyer_who_takes_other_options_wins_the_deal_for_those_and_the_offer_stays_as_it_was():
    uid = sent()
    with pytest.raises(Incomplete, match="“Hosting” 2 are chosen"):
        quote_answers.accept(world.viewer("stan"), sent("S1", HOSTED, "stan"), "", world.NOW, {2, 3})
    quote_answers.accept(world.viewer("tess"), uid, "", world.NOW, {2})
    assert (deal("T4").amount_minor, row(uid).amount_minor) == (630_000, 540_000)
    assert sums("Tess")["proposed_value"] == 540_000
    assert not shown(uid).quotation.lines[1].chosen
    quote_answers.take_back_answer(world.viewer("tess"), uid, world.NOW)
    assert shown(uid).accepted is None


def test_acceptance_leaves_a_deal_alone_that_was_decided_meanwhile():
    uid = sent()
    world.bring(world.deal("T4", "Tess", "2026-10-01", "2026-10-14", "lost", 7_000))
    assert not quote_answers.accept(world.viewer("tess"), uid, "", world.NOW)
    assert deal("T4").outcome == "lost"


def test_an_answer_that_was_a_slip_is_taken_back_whole():
    uid = sent()
    before = everything()
    quote_answers.accept(world.viewer("tess"), uid, "", world.NOW)
    quote_answers.take_back_answer(world.viewer("tess"), uid, world.NOW)
    assert everything() == before
    assert (deal("T4").outcome, deal("T4").amount_minor, shown(uid).standing) == (
        "open",
        700_000,
        Standing.SENT,
    )
    assert not list(deal("T4").moves.all())


def test_a_slip_is_not_taken_back_from_a_source_that_told_of_the_deal_since():
    uid = sent()
    quote_answers.accept(world.viewer("tess"), uid, "", world.NOW)
    world.bring(world.deal("T4", "Tess", "2026-10-01", "2026-10-15", "won", 6_000))
    quote_answers.take_back_answer(world.viewer("tess"), uid, world.NOW)
    assert (deal("T4").outcome, deal("T4").amount_minor) == ("won", 600_000)


def test_bringing_the_same_deal_again_leaves_it_won():
    uid = sent()
    quote_answers.accept(world.viewer("tess"), uid, "", world.NOW)
    world.bring(*world.book())
    assert deal("T4").outcome == "won"


def test_a_quote_is_declined_for_a_reason_and_the_deal_stays_open():
    uid = sent()
    with pytest.raises(NotAllowed, match="what the other reason was"):
        quote_answers.decline(world.viewer("tess"), uid, Reason.OTHER, " ", world.NOW)
    quote_answers.decline(world.viewer("tess"), uid, Reason.PRICE, "A rival asks 4,900", world.NOW)
    assert (row(uid).status, row(uid).reason, deal("T4").outcome) == ("declined", "price", "open")
    assert sums("Tess")["proposals_sent"] == 1
    assert begin() != uid


def test_seen_and_the_reaction_are_kept_and_the_later_one_stands():
    uid = sent()
    quote_answers.mark_seen(world.viewer("tess"), uid, Reaction.EXPENSIVE, "", world.NOW)
    quote_answers.mark_seen(world.viewer("tess"), uid, Reaction.LIKED, "After the second call", world.NOW)
    found = shown(uid)
    assert (found.standing, found.seen, found.reaction) == (Standing.SEEN, world.TODAY, "liked")
    assert [deed.deed for deed in found.deeds] == ["begun", "sent", "seen", "seen"]


def test_an_offer_is_withdrawn_with_words_and_stays_counted():
    uid = sent()
    with pytest.raises(NotAllowed, match="why the offer is taken back"):
        quote_answers.withdraw(world.viewer("tess"), uid, "", world.NOW)
    quote_answers.withdraw(world.viewer("tess"), uid, "Wrong prices", world.NOW)
    assert shown(uid).standing is Standing.WITHDRAWN
    assert sums("Tess")["proposals_sent"] == 1
    with pytest.raises(NotAllowed, match="has its answer already"):
        quote_answers.accept(world.viewer("tess"), uid, "", world.NOW)


def test_a_quote_that_ran_out_can_still_be_accepted_and_a_draft_cannot():
    uid = sent()
    Offer.objects.filter(quote__uid=uid).update(valid_until=world.TODAY - timedelta(1))
    assert shown(uid).standing is Standing.EXPIRED
    assert quote_answers.accept(world.viewer("tess"), uid, "", world.NOW)
    draft = begin("S1", "stan")
    with pytest.raises(NotAllowed, match="is a draft. Send it first"):
        quote_answers.accept(world.viewer("stan"), draft, "", world.NOW)


def test_a_decided_deal_gets_no_quote():
    with pytest.raises(NotAllowed, match="“T1” was won on 5 October 2026: nothing is left to offer"):
        begin("T1")
    uid = begin()
    quoting.save(world.viewer("tess"), uid, OFFERED, world.NOW)
    world.bring(world.deal("T4", "Tess", "2026-10-01", "2026-10-14", "lost", 7_000))
    with pytest.raises(NotAllowed, match="was lost on 14 October 2026"):
        quoting.send(world.viewer("tess"), uid, world.NOW)


@pytest.mark.parametrize("who", ["stan", "otto", "ada"])
def test_whoever_may_not_see_the_deal_finds_neither_it_nor_its_quote(who: str):
    uid = sent()
    with pytest.raises(NotVisible):
        begin("T4", who)
    for deed in (
        lambda: shown(uid, who),
        lambda: quote_answers.accept(world.viewer(who), uid, "", world.NOW),
        lambda: quote_answers.take_back_answer(world.viewer(who), uid, world.NOW),
        lambda: quoting.send(world.viewer(who), uid, world.NOW),
    ):
        with pytest.raises(NotVisible):
            deed()
    assert quotes(world.viewer(who), Asked()).total == 0


def test_a_quote_that_does_not_exist_is_missing_alike():
    with pytest.raises(NotVisible):
        quote_answers.accept(world.viewer("tess"), uuid4(), "", world.NOW)


def test_in_another_currency_it_counts_at_its_own_rate_and_keeps_what_it_says():
    lists = pricing.Written("Denmark", "DKK", None, None, (("Licence", "", 450_000),))
    prices = pricing.save_prices(world.viewer("olga"), None, lists, world.NOW)
    uid = quoting.begin(world.viewer("tess"), deal("T4").uid, prices, world.NOW)
    sheet = Sheet(Quotation("DKK", (Line("Licence", Decimal(2), 450_000),)), rate=Fraction(134, 1000))
    quoting.save(world.viewer("tess"), uid, sheet, world.NOW)
    quoting.send(world.viewer("tess"), uid, world.NOW)
    assert (row(uid).amount_minor, row(uid).currency, row(uid).stated) == (120_600, "DKK", Decimal(9_000))
    quote_answers.accept(world.viewer("tess"), uid, "", world.NOW)
    assert (deal("T4").amount_minor, deal("T4").currency) == (120_600, "DKK")


def test_a_shared_deal_shares_its_quote_to_the_cent():
    world.bring(world.deal("T4", "Tess", "2026-10-01", amount=7_000, credit=(("Tess", 1), ("Stan", 2))))
    sent(sheet=Sheet(Quotation("EUR", (Line("Licence", Decimal(1), 100),))))
    assert (sums("Tess")["proposed_value"], sums("Stan")["proposed_value"]) == (33, 67)


def test_an_invoice_that_names_the_quote_finds_its_rep():
    world.bring(replace(invoice("I1", "2026-10-15", 5_400), quote="Q-0001"))
    assert Invoice.objects.unscoped("test").get().rule == "waiting"
    sent()
    assert Invoice.objects.unscoped("test").get().rule == "quote"
    assert sums("Tess")["booked_revenue"] == 540_000


def test_a_quote_is_taken_back_as_a_whole_with_the_win_it_brought():
    before = everything()
    uid = sent()
    begin()
    quoting.send(world.viewer("tess"), begin(), world.NOW)
    quote_answers.accept(world.viewer("tess"), begin_last(), "", world.NOW)
    assert deal("T4").outcome == "won"
    undo(world.operator(), row(uid).batch.uid, world.NOW)
    assert everything() == before
    assert deal("T4").outcome == "open"


def begin_last() -> UUID:
    return Quote.objects.unscoped("test").order_by("-pk").values_list("uid", flat=True)[0]


def test_the_import_of_a_deal_is_taken_back_and_brought_again_and_the_quote_finds_its_deal():
    late = world.deal("T9", "Tess", "2026-10-02", amount=100)
    brought = world.bring(late)
    uid = sent("T9")
    undo(world.operator(), UUID(brought.batch), world.NOW)
    assert row(uid).deal is None
    assert "proposed_value" not in sums("Tess")
    world.bring(late)
    assert row(uid).deal == deal("T9")
    assert sums("Tess")["proposed_value"] == 540_000


def test_an_import_that_a_won_quote_stands_on_says_which_to_take_back_first():
    uid = sent()
    quote_answers.accept(world.viewer("tess"), uid, "", world.NOW)
    with pytest.raises(NotAllowed, match="Upswing.*changed 1 of its records: take that one back first"):
        undo(world.operator(), Batch.objects.exclude(source__key=MADE_HERE).latest("pk").uid, world.NOW)


def test_a_draft_that_is_thrown_away_leaves_nothing():
    before = everything(), Batch.objects.count()
    quoting.discard(world.viewer("tess"), begin())
    assert (everything(), Batch.objects.count()) == before


def test_the_piles_part_the_list_and_their_tiles_add_up_to_it():
    sent()
    second = begin()
    quoting.send(world.viewer("tess"), second, world.NOW)
    begin("S1", "stan")
    world.bring(quote("X1", "R1", 1, "2026-10-10", 4_000, "declined"))
    found = quotes(world.viewer("mona"), Asked())
    counts = {tile.pile: tile.count for tile in found.tiles if tile.count}
    assert counts == {Pile.DRAFT: 1, Pile.OUT: 1, Pile.DECLINED: 1}
    assert (found.total, len(found.rows), found.replaced) == (3, 3, 1)
    assert [r.number for r in quotes(world.viewer("mona"), Asked(Pile.REPLACED)).rows] == ["Q-0001"]
    assert sum(tile.value.minor for tile in found.tiles) == 940_000


def test_a_quote_of_two_reps_stands_once_in_their_manager_s_list():
    world.bring(world.deal("T4", "Tess", "2026-10-01", amount=7_000, credit=(("Tess", 1), ("Stan", 1))))
    sent()
    found = quotes(world.viewer("mona"), Asked())
    assert (found.total, found.rows[0].reps) == (1, ("Stan", "Tess"))


def test_price_lists_are_kept_by_operators_and_wrong_ones_say_why():
    written = pricing.Written(" Europe ", "eur", None, None, (("Licence", "a year", 4_900),))
    uid = pricing.save_prices(world.viewer("olga"), None, written, world.NOW)
    assert PriceList.objects.get().name == "Europe"
    with pytest.raises(NotVisible):
        pricing.save_prices(world.viewer("mona"), uid, written, world.NOW)
    wrong = pricing.Written(
        "", "EU", date(2026, 2, 1), date(2026, 1, 1), (("A", "", 1), ("a", "", 2), ("", "", 3))
    )
    with pytest.raises(Incomplete) as refused:
        pricing.save_prices(world.viewer("olga"), None, wrong, world.NOW)
    assert len(refused.value.sentences) == 5
    with pytest.raises(Incomplete, match="There is a price list “Europe” already"):
        pricing.save_prices(world.viewer("olga"), None, replace(written, currency="DKK"), world.NOW)


def test_a_price_that_changes_changes_no_quote():
    written = pricing.Written("Europe", "EUR", None, None, (("Licence", "", 4_900),))
    prices = pricing.save_prices(world.viewer("olga"), None, written, world.NOW)
    uid = quoting.begin(world.viewer("tess"), deal("T4").uid, prices, world.NOW)
    quoting.save(world.viewer("tess"), uid, OFFERED, world.NOW)
    pricing.delete_prices(world.viewer("olga"), prices)
    assert shown(uid).quotation.lines == OFFERED.quotation.lines
    assert shown(uid).prices is None


HEADING = Heading(
    "Acme Sales Ltd", "1 High Street\nLondon", "GB 123", "sales@acme.example", "+44 1", "Bank 1", "A-", 14,
    Decimal(25), "VAT", "30 days net",
)  # fmt: skip


def test_a_sent_quote_keeps_the_paper_it_was_sent_on():
    pricing.save_letterhead(world.viewer("olga"), HEADING, world.NOW)
    uid = begin()
    assert (shown(uid).number, shown(uid).quotation.valid_until) == ("A-0001", date(2026, 10, 29))
    assert (shown(uid).quotation.tax, shown(uid).quotation.terms) == (25, "30 days net")
    quoting.save(world.viewer("tess"), uid, OFFERED, world.NOW)
    quoting.send(world.viewer("tess"), uid, world.NOW)
    pricing.save_letterhead(world.viewer("olga"), replace(HEADING, name="Acme Group"), world.NOW)
    assert shown(uid).paper.name == "Acme Sales Ltd"
    assert letterhead().name == "Acme Group"


def test_a_letterhead_that_cannot_stand_says_why():
    wrong = replace(HEADING, name=" ", email="nobody", days=0, tax=Decimal(101), prefix="x" * 13)
    with pytest.raises(Incomplete) as refused:
        pricing.save_letterhead(world.viewer("olga"), wrong, world.NOW)
    assert len(refused.value.sentences) == 5
    with pytest.raises(NotVisible):
        pricing.save_letterhead(world.viewer("tess"), HEADING, world.NOW)


def stages(early: Early) -> None:
    """A pipeline in which Tess's open deal stands before qualification."""
    need = Stage("", "Open", "Says what is needed.", (Criterion("n", "Note of the need", Proof.DOCUMENT),))
    fit = Stage(
        "", "Fit", "Confirms the fit.", (Criterion("f", "Day of the demo", Proof.DATE),), qualifies=True
    )
    offer = Stage("", "Offer", "Asks for an offer.", (Criterion("o", "Amount", Proof.AMOUNT),), proposes=True)
    olga = world.viewer("olga")
    uid = pipelines.begin(olga, "Sales", world.NOW)
    for stage in (need, fit, offer):
        steps.save_stage(olga, uid, stage)
    steps.settle_rules(olga, uid, "Sales", early, 5)
    pipelines.publish(olga, uid, world.TODAY, "As agreed.", world.NOW)


def test_a_quote_before_qualification_is_refused_where_the_pipeline_says_so() -> None:
    stages(Early.REFUSE)
    uid = begin()
    quoting.save(world.viewer("tess"), uid, OFFERED, world.NOW)
    with pytest.raises(Incomplete, match="its pipeline allows no proposal before that"):
        quoting.send(world.viewer("tess"), uid, world.NOW, "They asked.")
    assert row(uid).status == "draft"


def test_or_it_needs_a_reason_which_is_kept() -> None:
    stages(Early.REASON)
    uid = begin()
    quoting.save(world.viewer("tess"), uid, OFFERED, world.NOW)
    with pytest.raises(Incomplete, match="why the quote goes out now"):
        quoting.send(world.viewer("tess"), uid, world.NOW, "  ")
    quoting.send(world.viewer("tess"), uid, world.NOW, "The budget closes on Friday.")
    deed = QuoteDeed.objects.get(quote=row(uid), deed="sent")
    assert deed.words == "The budget closes on Friday."
