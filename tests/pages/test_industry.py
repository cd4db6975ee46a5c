"""The page of industry figures: everybody reads them; a pack is shown before it is taken, and taken whole."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.pages.reading import signed_in, text
from upswing.actions.packs import COLUMNS
from upswing.goals.industry import IndustryFigure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
PAGE = "/setup/industry/"
FIGURE = {
    "metric": "win_rate", "value": "23 %", "source": "A survey of sellers", "published": "2026-03-01", "n": "412",
    "definition": "Deals won of deals closed.", "segment": "Software",
}  # fmt: skip
ROW = 'win_rate,23 %,A survey <b>,2026-03-01,412,"Won, of closed",Software'


def bring(client: Client, *rows: str, name: str = "pack.csv") -> HttpResponse:
    content = "\r\n".join((",".join(COLUMNS), *rows)).encode()
    return client.post(f"{PAGE}pack/", {"pack": SimpleUploadedFile(name, content)})


def test_a_figure_is_entered_read_by_a_rep_and_withdrawn():
    olga, tess = signed_in("olga"), signed_in("tess")
    assert "none is built in" in text(tess.get(PAGE))
    assert olga.post(f"{PAGE}new/", FIGURE)["Location"] == PAGE
    shown = text(tess.get(PAGE))
    for said in ("23%", "A survey of sellers", "1 Mar 2026", "412", "Deals won of deals closed.", "Software"):
        assert said in shown
    assert "<form" not in shown.split("<main")[1]
    card = text(tess.get("/reps/me/scorecard/2026-10/?vs=industry", follow=True))
    assert "A survey of sellers, 2026-03-01: Deals won of deals closed." in card
    assert "(n = 412)" in card
    there = IndustryFigure.objects.get().uid
    assert olga.post(f"{PAGE}{there}/withdraw/").status_code == 302
    assert "Withdrawn by" in text(tess.get(PAGE))
    assert IndustryFigure.objects.count() == 1


def test_everything_wrong_is_said_at_once_and_what_was_typed_stays():
    answer = signed_in("olga").post(f"{PAGE}new/", FIGURE | {"value": "23", "n": "", "source": ""})
    shown = text(answer, 422)
    assert "can be 23 % or 2,300 %" in shown
    assert "Source: " in shown
    assert "N: " in shown
    assert 'value="Deals won of deals closed."' in shown
    assert not IndustryFigure.objects.exists()


def test_a_pack_is_shown_and_then_taken():
    olga = signed_in("olga")
    shown = text(bring(olga, ROW))
    assert "“pack.csv” would add 1 figure." in shown
    assert "A survey &lt;b&gt;" in shown
    assert not IndustryFigure.objects.exists()
    carried = olga.post(
        f"{PAGE}pack/", {"pack": SimpleUploadedFile("pack.csv", f"{','.join(COLUMNS)}\r\n{ROW}".encode())}
    )
    hidden = carried.context["pack"].text
    assert olga.post(f"{PAGE}pack/take/", {"name": "pack.csv", "pack": hidden})["Location"] == PAGE
    assert IndustryFigure.objects.get().definition == "Won, of closed"
    assert "stands already" in text(bring(olga, ROW))


def test_a_pack_with_a_fault_is_not_taken_at_all():
    olga = signed_in("olga")
    bad = "win_rat,23 %,A survey,2026-03-01,412,Won,"
    shown = text(bring(olga, ROW, bad), 422)
    assert "Row 3, metric: no metric is called “win_rat”. Did you mean win_rate" in shown
    assert "Take these figures" not in shown
    content = "\n".join((",".join(COLUMNS), ROW, bad))
    assert "win_rat" in text(olga.post(f"{PAGE}pack/take/", {"name": "pack.csv", "pack": content}), 422)
    assert not IndustryFigure.objects.exists()


def test_no_file_and_no_table_say_what_to_do():
    olga = signed_in("olga")
    assert "Choose a pack first" in text(olga.post(f"{PAGE}pack/"), 422)
    answer = olga.post(f"{PAGE}pack/", {"pack": SimpleUploadedFile("x.csv", b"a,b\n1,2")})
    assert "lacks the columns metric" in text(answer, 422)


def test_the_empty_pack_is_downloaded_and_read_as_having_no_figure():
    olga = signed_in("olga")
    answer = olga.get(f"{PAGE}pack.csv")
    assert answer["Content-Disposition"].startswith("attachment")
    again = olga.post(f"{PAGE}pack/", {"pack": SimpleUploadedFile("pack.csv", answer.content)})
    assert "holds no figure" in text(again, 422)


@pytest.mark.parametrize("who", ["tess", "mona"])
def test_for_others_there_is_nothing_to_send(who: str):
    client = signed_in(who)
    uid = "01900000-0000-7000-8000-000000000000"
    for where in ("new/", "pack/take/", f"{uid}/withdraw/"):
        assert client.post(PAGE + where, FIGURE).status_code == 404
    assert bring(client, ROW).status_code == 404
    assert client.get(PAGE).status_code == 200
    assert not IndustryFigure.objects.exists()


def test_wrong_verbs_are_refused_and_the_list_of_metrics_leads_here():
    client = signed_in("olga")
    assert client.get(f"{PAGE}new/").status_code == 405
    assert client.post(PAGE).status_code == 405
    assert re.search(rf'href="{PAGE}"', text(client.get("/metrics/")))
    assert Client().get(PAGE).status_code == 302
