"""The pages of quotes: made by form alone, sent, answered, printed; the list, the tables, prices and letterhead."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import world
from tests.actions.told import invoice, lead, quote
from tests.pages.reading import signed_in, text
from upswing.book.models import Deal, Quote
from upswing.book.offered import Letterhead, PriceList

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
LINE = {
    "rows": "1", "product-1": "Licence <b>", "description-1": "a year", "quantity-1": "10", "price-1": "1,250.50",
    "discount-1": "10", "option-1": "fixed", "group-1": "", "company": "Acme", "recipient": "Ann", "until": "2099-01-31",
    "discount": "", "tax": "25", "tax_name": "VAT", "terms": "30 days", "introduction": "Dear Ann", "rate": "1",
}  # fmt: skip
PRICES = {
    "name": "Europe", "currency": "EUR", "starts": "", "ends": "", "rows": "2", "product-1": "Licence",
    "description-1": "a year", "price-1": "49", "product-2": "Setup", "price-2": "800.50", "do": "save",
}  # fmt: skip
LETTER = {
    "name": "Acme Sales Ltd", "address": "1 High Street\r\nLondon", "registration": "GB 123", "email": "a@example.com",
    "phone": "+44 1", "footer": "Bank 1", "prefix": "A-", "days": "14", "tax": "25", "tax_name": "VAT", "terms": "30 days",
}  # fmt: skip


def deal(key: str = "T4") -> UUID:
    uid: UUID = Deal.objects.unscoped("test").get(external_id=key).uid
    return uid


def begin(client: Client, key: str = "T4", **more: str) -> str:
    return str(client.post(f"/deals/{deal(key)}/quotes/new/", more)["Location"])


def sent(client: Client, key: str = "T4") -> str:
    page = begin(client, key)
    assert client.post(page, LINE | {"do": "send"})["Location"] == page
    return page


def status(page: str) -> str:
    found: str = Quote.objects.unscoped("test").get(uid=page.split("/")[2]).status
    return found


def test_a_quote_is_made_by_form_alone_and_read_back():
    tess = signed_in("tess")
    page = begin(tess)
    assert "Draft" in text(tess.get(page))
    assert tess.post(page, LINE | {"do": "add"})["Location"] == f"{page}#next"
    shown = text(tess.get(page))
    for said in ('value="Licence &lt;b&gt;"', 'value="1250.50"', "€11,254.50", "€14,068.13", 'value="Acme"'):
        assert said in shown
    tess.post(page, LINE | {"do": "send"})
    shown = text(tess.get(page))
    assert "€11,254.50 wait for an answer" in shown
    assert "Licence &lt;b&gt;" in shown
    assert status(page) == "sent"


def test_what_cannot_be_read_is_said_and_what_was_typed_stays():
    tess = signed_in("tess")
    page = begin(tess)
    wrong = LINE | {"price-1": "1.250", "quantity-1": "many", "until": "soon", "tax": "x"}
    shown = text(tess.post(page, wrong | {"do": "send"}), 422)
    for said in (
        "“1.250” can be read in two ways",
        "“many” is no number",
        "“soon” is no day",
        "Tax: “x” is no number",
    ):
        assert said in shown
    assert 'value="1.250"' in shown
    assert status(page) == "draft"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rows": "0"}, "The quote has no lines."),
        ({"price-1": "-5"}, "a quote cannot be below nothing"),
        ({"discount-1": "120"}, "a discount lies between 0 and 100 %"),
        ({"until": "2001-01-01"}, "which has passed"),
        ({"option-1": "one_of"}, "need the name of their group"),
        ({"quantity-1": "0"}, "a quantity of 0 cannot be offered"),
        ({"price-1": "9" * 13}, "which is too large"),
    ],
)
def test_what_cannot_be_sent_says_why_and_is_kept(wrong: dict[str, str], said: str):
    tess = signed_in("tess")
    page = begin(tess)
    assert said in text(tess.post(page, LINE | wrong | {"do": "send"}), 422)
    assert status(page) == "draft"
    text(tess.get(page))


def test_rows_are_taken_out_moved_and_put_in_from_the_price_list():
    olga, tess = signed_in("olga"), signed_in("tess")
    assert olga.post("/setup/prices/new/", PRICES)["Location"] == "/setup/prices/"
    page = begin(tess, prices=str(PriceList.objects.get().uid))
    assert "Add from “Europe”" in text(tess.get(page))
    tess.post(page, {"rows": "0", "do": "pick:2"})
    tess.post(page, {"rows": "2", "product-1": "Setup", "price-1": "700", "quantity-1": "1", "product-2": "licence",
                     "quantity-2": "3", "do": "up:2"})  # fmt: skip
    found = Quote.objects.unscoped("test").get()
    rows = list(
        found.offered.order_by("number").values_list("product", "quantity", "unit_minor", "description")
    )
    assert rows == [("licence", 3, 4_900, "a year"), ("Setup", 1, 70_000, "")]
    tess.post(page, {"rows": "1", "product-1": "licence", "do": "remove:1"})
    assert not found.offered.exists()


@pytest.mark.parametrize("do", ["remove:x", "pick:99", "up:0", "nothing", "", "remove:" + "9" * 50])
def test_a_button_that_means_nothing_keeps_the_draft(do: str):
    tess = signed_in("tess")
    page = begin(tess)
    assert tess.post(page, LINE | {"do": do}).status_code == 302
    assert Quote.objects.unscoped("test").get().offered.count() == 1


def test_an_accepted_quote_wins_its_deal_and_a_slip_is_taken_back():
    tess = signed_in("tess")
    page = sent(tess)
    tess.post(f"{page}seen/", {"reaction": "expensive", "words": "Hm"})
    assert "Finds it expensive" in text(tess.get(page))
    assert tess.post(f"{page}accept/", {})["Location"] == page
    assert "Accepted: €11,254.50." in text(tess.get(page))
    won = Deal.objects.unscoped("test").get(external_id="T4")
    assert (won.outcome, won.amount_minor) == ("won", 1_125_450)
    assert "has its answer already" in text(tess.post(f"{page}accept/", {}), 422)
    tess.post(f"{page}take-back/")
    assert Deal.objects.unscoped("test").get(external_id="T4").outcome == "open"


def test_a_quote_is_accepted_with_other_options():
    tess = signed_in("tess")
    page = begin(tess)
    extra = {"rows": "2", "product-2": "Training", "price-2": "900", "option-2": "extra_open"}
    tess.post(page, LINE | extra | {"do": "send"})
    assert "They accepted, with other options" in text(tess.get(page))
    tess.post(f"{page}accept/", {"options": "1", "taken": ["2", "x", "9999"], "taken-1": "-1"})
    shown = text(tess.get(page))
    assert "Accepted: €12,154.50." in shown
    assert "Options taken" in shown


def test_a_quote_is_declined_with_a_reason_from_the_list():
    tess = signed_in("tess")
    page = sent(tess)
    assert "Choose why it was declined" in text(tess.post(f"{page}decline/", {"reason": "weather"}), 422)
    assert "what the other reason was" in text(tess.post(f"{page}decline/", {"reason": "other"}), 422)
    tess.post(f"{page}decline/", {"reason": "price", "words": "4,900 elsewhere"})
    shown = text(tess.get(page))
    assert "Declined: Too expensive." in shown
    assert "4,900 elsewhere" in shown


def test_a_new_version_says_what_differs_and_replaces_the_former():
    tess = signed_in("tess")
    first = sent(tess)
    second = str(tess.post(f"{first}version/")["Location"])
    tess.post(second, LINE | {"quantity-1": "12", "do": "send"})
    shown = text(tess.get(second))
    assert "What differs from Q-0001" in shown
    assert "Licence &lt;b&gt;: the quantity of 10 becomes 12." in shown
    assert "The total without tax: €11,254.50 becomes €13,505.40." in shown
    assert "A later version took the place" in text(tess.get(first))


def test_a_quote_is_withdrawn_and_a_draft_thrown_away():
    tess = signed_in("tess")
    page = sent(tess)
    assert "why the offer is taken back" in text(tess.post(f"{page}withdraw/", {}), 422)
    tess.post(f"{page}withdraw/", {"words": "Wrong list"})
    assert "Taken back after it was sent" in text(tess.get(page))
    assert "stays as it was" in text(tess.post(f"{page}discard/"), 422)
    draft = begin(tess)
    assert tess.post(f"{draft}discard/")["Location"] == page


def test_operators_remove_a_quote_with_the_win_it_brought():
    tess, olga = signed_in("tess"), signed_in("olga")
    page = sent(tess)
    tess.post(f"{page}accept/")
    assert "Remove the quote" not in text(tess.get(page))
    for who in ("tess", "mona"):
        assert signed_in(who).post(f"{page}undo/").status_code == 404
    assert "Remove the quote" in text(olga.get(page))
    assert olga.post(f"{page}undo/")["Location"] == "/quotes/"
    assert not Quote.objects.unscoped("test").exists()
    assert Deal.objects.unscoped("test").get(external_id="T4").outcome == "open"


def test_the_print_stands_on_the_letterhead_and_holds_nothing_else():
    olga, tess = signed_in("olga"), signed_in("tess")
    assert olga.post("/setup/prices/letterhead/", LETTER)["Location"] == "/setup/prices/"
    shown = text(tess.get(f"{sent(tess)}print/"))
    for said in ("Acme Sales Ltd", "1 High Street<br>London", "GB 123", "A-0001", "31 January 2099", "€14,068.13",
                 "Dear Ann", "Accepted: place, date, signature"):  # fmt: skip
        assert said in shown
    assert 'class="side"' not in shown
    assert "style=" not in shown


@pytest.mark.parametrize("who", ["stan", "otto", "ada"])
def test_strangers_find_no_quote_no_deal_and_no_number(who: str):
    page = sent(signed_in("tess"))
    client = signed_in(who)
    for address in (page, f"{page}print/", f"/deals/{deal()}/quotes/new/"):
        assert client.get(address).status_code == 404
    for deed in ("accept/", "decline/", "seen/", "withdraw/", "version/", "take-back/", "discard/"):
        assert client.post(page + deed, {"reason": "price", "words": "x"}).status_code == 404
    assert client.post(page, LINE).status_code == 404
    assert client.post(f"/deals/{deal()}/quotes/new/").status_code == 404
    assert "Q-0001" not in text(client.get("/quotes/"))
    assert status(page) == "sent"


def test_hidden_and_missing_quotes_look_alike():
    def body(address: str) -> str:
        found = signed_in("otto").get(address).content.decode()
        return re.sub(r'content="[A-Za-z0-9]{64}"|value="[A-Za-z0-9]{64}"|[0-9a-f-]{36}', "", found)

    page = sent(signed_in("tess"))
    assert body(page) == body(f"/quotes/{uuid4()}/")


def test_the_manager_may_answer_for_the_rep():
    page = sent(signed_in("tess"))
    assert signed_in("mona").post(f"{page}accept/", {}).status_code == 302


def test_reading_changes_nothing_and_answers_are_not_read():
    tess = signed_in("tess")
    page = sent(tess)
    for deed in ("accept/", "decline/", "seen/", "withdraw/", "version/", "take-back/", "discard/"):
        assert tess.get(page + deed).status_code == 405
    for address in ("/quotes/", "/quotes/new/", f"{page}print/", "/quotes/leads/2026-10/"):
        assert tess.post(address).status_code == 405
        assert Client().get(address).status_code == 302


def test_the_tiles_add_up_to_the_list_and_filter_it():
    tess = signed_in("tess")
    sent(tess)
    begin(signed_in("stan"), "S1")
    world.bring(quote("X1", "R1", 1, "2026-10-10", 4_000, "declined"))
    mona = signed_in("mona")
    answer = mona.get("/quotes/")
    counts = [int(tile.count) for tile in answer.context["tiles"]]
    assert counts[0] == sum(counts[1:]) == len(answer.context["rows"]) == 3
    assert "1 quote over €11,255 waits for an answer." in text(answer)
    assert [row.number for row in mona.get("/quotes/?pile=declined").context["rows"]] == ["X1"]
    assert [row.number for row in mona.get("/quotes/?period=2026-10").context["rows"]] == ["X1"]
    assert mona.get("/quotes/?pile=heap").status_code == 404
    assert mona.get("/quotes/?rep=nobody").status_code == 404
    assert mona.get(f"/quotes/?rep={uuid4()}").context["rows"] == []
    assert mona.get("/quotes/?page=99").status_code == 200


def test_the_list_asks_as_little_for_many_quotes_as_for_few():
    def asked() -> int:
        client = signed_in("mona")
        client.get("/quotes/")
        with CaptureQueriesContext(
            connection,
        ) as found:
            text(client.get("/quotes/"))
        return len(found)

    world.bring(quote("X1", "R1", 1, "2026-10-10", 4_000))
    few = asked()
    world.bring(*(quote(f"Y{n}", "T4", n, "2026-10-11", 100 * n) for n in range(1, 40)))
    assert asked() <= few


def test_deals_to_quote_are_found_by_name():
    world.bring(world.deal("D9", "Tess", "2026-10-01", amount=100, name="Harbour crane"))
    tess = signed_in("tess")
    assert "Harbour crane" in text(tess.get("/quotes/new/"))
    assert "Harbour crane" in text(tess.get("/quotes/new/?q=harbour"))
    assert "No open deal is called so" in text(tess.get("/quotes/new/?q=zzz"))
    assert "Harbour crane" not in text(signed_in("otto").get("/quotes/new/?q=harbour"))


def test_a_decided_deal_says_that_nothing_is_left_to_offer():
    tess = signed_in("tess")
    assert "This deal is decided" in text(tess.get(f"/deals/{deal('T1')}/quotes/new/"))
    assert "nothing is left to offer" in text(tess.post(f"/deals/{deal('T1')}/quotes/new/"), 422)


def test_leads_come_to_quotes_by_rep_and_source_and_few_are_not_judged():
    world.bring(*(lead(f"L{n}", "Tess", "2026-10-02 09:00", source="Fair") for n in range(12)))
    world.bring(lead("M1", "Stan", "2026-10-02 09:00", source="Web"))
    linked = world.deal("T4", "Tess", "2026-10-01", amount=7_000, lead="L1", source="Fair")
    world.bring(linked, quote("X1", "T4", 1, "2026-10-10", 4_000, "accepted"))
    answer = signed_in("mona").get("/quotes/leads/2026-10/")
    shown = text(answer)
    assert "1 of 13 leads that came in this period have a quote by now." in shown
    stan, tess = (row for row in answer.context["tables"][0][3] if row.name in {"Stan", "Tess"})
    assert (tess.leads, tess.quoted, tess.share, tess.sent, tess.value, tess.accepted) == (
        "12", "1", "8%", "1", "€4,000", "€4,000"
    )  # fmt: skip
    assert (stan.leads, stan.share) == ("1", "")
    assert (tess.booked, tess.per_lead, tess.per_lead_range) == ("€0", "", "")
    fair = next(row for row in answer.context["tables"][1][3] if row.name == "Fair")
    assert (fair.leads, fair.quoted, fair.value) == ("12", "1", "€4,000")
    assert ">Stan<" not in text(signed_in("otto").get("/quotes/leads/2026-10/"))


def test_what_a_lead_brought_stands_with_its_range():
    leads = [lead(f"L{n}", "Tess", "2026-09-02 09:00", source="Fair") for n in range(20)]
    deals = [
        world.deal(f"W{n}", "Tess", "2026-09-03", "2026-10-01", "won", 1, lead=f"L{n}", source="Fair")
        for n in range(5)
    ]
    world.bring(
        *leads, *deals, *(invoice(f"I{n}", "2026-10-05", 1_000 * n + 1_000, deal=f"W{n}") for n in range(5))
    )
    answer = signed_in("mona").get("/quotes/leads/2026-09/")
    for table in answer.context["tables"]:
        (row,) = (row for row in table[3] if row.name in {"Tess", "Fair"})
        assert (row.booked, row.per_lead) == ("€15,000", "€750")
        assert re.fullmatch(r"likely €\d{3} to €[\d,]+", row.per_lead_range)
        assert row.per_lead_range in text(answer)


@pytest.mark.parametrize(
    ("leads", "quoted", "share", "likely"),
    [
        (60, 0, "0%", "likely 0% to 3%"),
        (400, 0, "0%", "likely 0% to 0.4%"),
        (400, 1, "0.3%", "likely 0.1% to 0.8%"),
        (202, 2, "1.0%", "likely 0.4% to 2.4%"),
        (12, 12, "100%", "likely 88% to 100%"),
        (9, 0, "", ""),
    ],
)
def test_a_share_and_its_range_are_told_apart(leads: int, quoted: int, share: str, likely: str):
    world.bring(
        *(lead(f"L{n}", "Tess", "2026-09-02 09:00", source="Fair") for n in range(leads)),
        *(
            world.deal(f"W{n}", "Tess", "2026-09-03", amount=1, lead=f"L{n}", source="Fair")
            for n in range(quoted)
        ),
        *(quote(f"X{n}", f"W{n}", 1, "2026-09-10", 4_000, "sent") for n in range(quoted)),
    )
    answer = signed_in("mona").get("/quotes/leads/2026-09/")
    for table in answer.context["tables"]:
        (row,) = (row for row in table[3] if row.name in {"Tess", "Fair"})
        assert (row.quoted, row.share, row.range) == (str(quoted), share, likely)


def test_who_brought_no_lead_has_no_share():
    lines = quote("X1", "T4", 1, "2026-09-10", 4_000, "sent")
    world.bring(lead("M1", "Stan", "2026-09-02 09:00"), lines)
    rows = signed_in("mona").get("/quotes/leads/2026-09/").context["tables"][0][3]
    (tess,) = (row for row in rows if row.name == "Tess")
    assert (tess.leads, tess.sent, tess.share, tess.range) == ("0", "1", "", "")


def test_where_every_lead_brought_the_same_no_range_is_told():
    world.bring(
        *(lead(f"L{n}", "Tess", "2026-09-02 09:00", source="Fair") for n in range(10)),
        *(
            world.deal(f"W{n}", "Tess", "2026-09-03", "2026-10-01", "won", 1, lead=f"L{n}", source="Fair")
            for n in range(10)
        ),
        *(invoice(f"I{n}", "2026-10-05", 700, deal=f"W{n}") for n in range(10)),
    )
    for table in signed_in("mona").get("/quotes/leads/2026-09/").context["tables"]:
        (row,) = (row for row in table[3] if row.name in {"Tess", "Fair"})
        assert (row.per_lead, row.per_lead_range) == ("€700", "")


def test_prices_and_letterhead_exist_for_operators_only():
    for who in ("tess", "mona", "ada"):
        client = signed_in(who)
        assert client.get("/setup/prices/").status_code == 404
        assert client.get("/setup/prices/new/").status_code == 404
        assert client.post("/setup/prices/letterhead/", LETTER).status_code == 404
        assert client.post("/setup/prices/new/", PRICES).status_code == 404
    assert not PriceList.objects.exists()
    assert not Letterhead.objects.exists()


def test_a_price_list_is_written_changed_and_taken_away():
    olga = signed_in("olga")
    wrong = PRICES | {"currency": "EUX", "price-1": "1.250", "ends": "never"}
    shown = text(olga.post("/setup/prices/new/", wrong), 422)
    assert "can be read in two ways" in shown
    assert "“never” is no day" in shown
    assert "is no currency" in text(olga.post("/setup/prices/new/", PRICES | {"currency": "EUX"}), 422)
    olga.post("/setup/prices/new/", PRICES)
    found = PriceList.objects.get()
    page = f"/setup/prices/{found.uid}/"
    assert 'value="800.50"' in text(olga.get(page))
    assert 'value="Setup"' not in text(olga.post(page, PRICES | {"do": "remove:2"}))
    assert found.prices.count() == 2
    olga.post(page, PRICES | {"name": "Europe 2099", "starts": "2099-01-01", "rows": "1"})
    found.refresh_from_db()
    assert (found.name, found.starts, found.prices.count()) == ("Europe 2099", date(2099, 1, 1), 1)
    assert "Does not hold today" in text(olga.get("/setup/prices/"))
    olga.post(f"{page}delete/")
    assert olga.get(page).status_code == 404


def test_a_letterhead_that_cannot_stand_says_why_and_keeps_what_was_typed():
    olga = signed_in("olga")
    shown = text(
        olga.post("/setup/prices/letterhead/", LETTER | {"name": "", "email": "nobody", "days": "0"}), 422
    )
    for said in (
        "Write the name that stands on top",
        "is no e-mail address",
        "A quote is valid for 1 to 730 days",
    ):
        assert said in shown
    assert 'value="nobody"' in shown
    assert "Days a quote is valid: “soon” is no number" in text(
        olga.post("/setup/prices/letterhead/", LETTER | {"days": "soon"}), 422
    )


def test_the_records_behind_a_number_name_the_quote():
    tess = signed_in("tess")
    sent(tess)
    month = f"{datetime.now(UTC):%Y-%m}"
    shown = text(tess.get(f"/reps/{world.person('Tess').uid}/metrics/proposals_sent/{month}/"))
    assert "Q-0001" in shown
    assert "row 0" not in shown


def test_what_is_made_here_is_no_import_and_tells_nothing_of_how_fresh_the_data_are():
    sent(signed_in("tess"))
    olga = signed_in("olga")
    for address in ("/data/", "/quotes/"):
        assert 'translate="no">Upswing</span>' not in text(olga.get(address))


def test_a_quote_that_comes_to_more_than_can_be_kept_says_so():
    tess = signed_in("tess")
    page = begin(tess)
    answer = tess.post(page, LINE | {"price-1": "999999999999", "quantity-1": "900"})
    assert "The quote comes to more than can be kept." in text(answer, 422)
