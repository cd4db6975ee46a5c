"""Files to take along and targets to bring back: who may, what one gets, and what happens on the way."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import world
from tests.exports.books import TARGET, edited
from tests.exports.recalculated import opened
from upswing.goals.models import Quota
from upswing.intake.models import Batch
from upswing.people.models import Look, Team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

AT = "?at=2026-10-15"
EVERYBODY = ("tess", "stan", "mona", "otto", "olga", "ada")
BRING, AGREE = "/targets/workbook/", "/targets/workbook/agreed/"


def client_of(who: str) -> Client:
    client = Client()
    client.force_login(world.user(who))
    return client


def address(file: str = "workbook.xlsx") -> str:
    return f"/teams/all/2026-10/{file}{AT}"


def of_tess() -> str:
    return f"/reps/{world.person('Tess').uid}/scorecard/2026-10/workbook.xlsx{AT}"


def brought(client: Client, content: bytes) -> str:
    answer = client.post(BRING, {"workbook": SimpleUploadedFile("team.xlsx", content)})
    return answer.content.decode()


def raised(value: object = 30_000):
    def edit(rows: list[list[object]]) -> None:
        next(row for row in rows if row[1:3] == ["Tess", "won_value"])[TARGET] = value

    return edit


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_workbook_of_tess_opens_for_whoever_may_see_her(who: str):
    answer = client_of(who).get(of_tess())
    assert answer.status_code == (200 if who in {"tess", "mona", "olga"} else 404)
    if answer.status_code == 200:
        assert "Tess 2026-10.xlsx" in answer["Content-Disposition"]
        assert next(iter(opened(answer.content).cells)) == "Tess"


@pytest.mark.parametrize(
    ("who", "seen"),
    [("mona", {"Rami", "Stan", "Tess"}), ("otto", {"Nina"}), ("olga", {"Nina", "Rami", "Stan", "Tess"})],
)
def test_a_board_takes_along_only_whom_one_sees(who: str, seen: set[str]):
    client = client_of(who)
    book = opened(client.get(address()).content)
    assert set(book.cells) - {"Team", "Targets", "Definitions", "About"} == seen
    hidden = set(world.CAST) - seen
    assert not any(name in text for name in hidden for text in book.parts.values())
    text = client.get(address("cards.csv")).content.decode("utf-8-sig")
    assert {line.split(",")[0] for line in text.splitlines()[1:]} == seen


@pytest.mark.parametrize("file", ["workbook.xlsx", "cards.csv"])
def test_a_rep_and_a_stranger_find_no_board(file: str):
    assert client_of("tess").get(address(file)).status_code == 404
    monas = Team.objects.get(memberships__person=world.person("Tess")).uid
    assert client_of("otto").get(f"/teams/{monas}/2026-10/{file}").status_code == 404
    assert client_of("mona").get(f"/teams/{monas}/2026-10/{file}").status_code == 200
    assert Client().get(address(file)).status_code == 302


@pytest.mark.parametrize("verb", ["post", "put", "delete"])
def test_files_are_only_read(verb: str):
    for one in (address(), address("cards.csv"), of_tess()):
        assert getattr(client_of("mona"), verb)(one).status_code == 405


def test_taking_somebody_along_is_looking_at_them():
    client_of("mona").get(of_tess())
    look = Look.objects.unscoped("test").get(person=world.person("Tess"))
    assert (look.by, look.what) == (world.viewer("mona").person_name, "scorecard")


@pytest.mark.parametrize("who", ["tess", "mona", "ada"])
def test_targets_are_brought_back_by_revenue_operations_alone(who: str):
    assert client_of(who).get(BRING).status_code == 404
    assert client_of(who).post(BRING).status_code == 404
    assert client_of(who).post(AGREE, {"agreed": "x"}).status_code == 404


def test_a_target_is_edited_shown_agreed_to_and_stands_among_the_imports():
    world.bring(world.quota("Tess", "2099-12", 20_000))
    client = client_of("olga")
    assert "Edit targets in Excel" in client.get(BRING).content.decode()
    content = client.get(address().replace("2026-10", "2099-12", 1)).content
    assert "No target changes." in brought(client, content)
    text = brought(client, edited(content, raised()))
    assert "1 target changes if you agree." in text
    assert "€20,000.00" in text
    assert "€30,000.00" in text
    agreed = re.search(r'name="agreed" value="([^"]+)"', text)
    assert agreed
    answer = client.post(AGREE, {"agreed": agreed.group(1)})
    batch = Batch.objects.get(source__key="targets-workbook")
    assert answer["Location"] == f"/data/batches/{batch.uid}/"
    assert client.get(answer["Location"]).status_code == 200
    raised_to = Quota.objects.unscoped("test").get(person=world.person("Tess"), starts="2099-12-01").value
    assert raised_to == 3_000_000
    again = client.post(AGREE, {"agreed": agreed.group(1)})
    assert again.status_code == 422
    assert "was changed meanwhile" in again.content.decode()


def test_a_cell_that_cannot_be_a_target_is_told_beside_the_others():
    client = client_of("olga")
    text = brought(client, edited(client.get(address()).content, raised("<b>much</b>")))
    assert "1 cell cannot be a target and is left as before." in text
    assert "says “&lt;b&gt;much&lt;/b&gt;”, which is no number" in text
    assert 'name="agreed"' not in text


@pytest.mark.parametrize(
    ("given", "said"),
    [({}, "No workbook was chosen."), ({"workbook": SimpleUploadedFile("x.xlsx", b"nothing")}, "x.xlsx")],
)
def test_what_is_no_workbook_is_said_beside_the_field(given: dict[str, object], said: str):
    answer = client_of("olga").post(BRING, given)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_what_was_not_shown_is_not_agreed_to():
    answer = client_of("olga").post(AGREE, {"agreed": "made up"})
    assert answer.status_code == 422
    assert "Bring the workbook again." in answer.content.decode()


def test_everybody_prints_on_a_page_of_their_own_with_lines_to_sign():
    text = client_of("mona").get(f"/teams/all/2026-10/print/{AT}").content.decode()
    assert text.count('<article class="sheet"') == 3
    for name in ("Rami", "Tess", "Stan"):
        assert f'translate="no">{name}</h2>' in text
        assert (
            f'<p class="signature"><span translate="no">{name}</span><span translate="no">Mona</span></p>'
            in text
        )
    assert "as of 15 Oct 2026" in text
    assert "Nina" not in text
    ids = re.findall(r' id="([^"]+)"', text)
    assert sorted(set(ids)) == sorted(ids)


def test_a_page_to_print_is_a_look_at_each_scorecard():
    client_of("mona").get(f"/teams/all/2026-10/print/{AT}")
    looks = Look.objects.unscoped("test").filter(what="scorecard").values_list("person__name", flat=True)
    assert {"Tess", "Stan"} <= set(looks)


@pytest.mark.parametrize(("who", "status"), [("tess", 404), ("ada", 200), ("otto", 200)])
def test_who_may_not_see_a_board_may_not_print_it(who: str, status: int):
    answer = client_of(who).get(f"/teams/all/2026-10/print/{AT}")
    assert answer.status_code == status
    assert "Tess</h2>" not in answer.content.decode()


def test_the_board_and_the_scorecard_lead_to_their_files():
    client = client_of("mona")
    board = client.get(f"/teams/all/2026-10/{AT}").content.decode()
    assert f'href="print/{AT}"' in board
    assert f'href="workbook.xlsx{AT}"' in board
    card = client.get(of_tess().replace("workbook.xlsx", "")).content.decode()
    assert f'href="workbook.xlsx{AT}"' in card
