"""Bringing data in, page by page: dropped, mapped, tried out, imported; wrong things said at their place."""

from __future__ import annotations

import re
import tomllib
from html.parser import HTMLParser
from io import BytesIO

import pytest
from django.test import Client

from tests import world
from upswing.book.models import Deal
from upswing.intake.models import Batch, Draft, SavedMapping
from upswing.jobs import tasks
from upswing.people.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True)

DEALS = """Deal ID,Deal owner,Deal stage,Create date,Close date,Amount,Note
D1,Tess Lund,Won,2026-08-01,2026-09-02,1200,a
D2,Stan Holm,Open,2026-08-03,,700,b
D3,Tess Lund,Lost,2026-08-03,2026-08-20,300,=c
"""
TWICE = """Deal ID;Deal owner;Deal stage;Create date;Close date;Amount
D1;Tess Lund;Won;03/04/2026;05/04/2026;1.200
D2;Stan Holm;Lost;01/02/2026;03/04/2026;2.500
"""
WAYS = ("import_map", "import_preview", "import_run", "import_refused", "import_toml")


class Fields(HTMLParser):
    """What a browser would post of the form that stands at an id: every control with its value."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form, self.inside, self.select, self.fields = form, False, "", {}  # type: ignore[var-annotated]
        self.chosen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form":
            self.inside = told.get("id") == self.form
        elif not self.inside:
            return
        elif (
            tag == "input"
            and told.get("name")
            and (told.get("type") not in {"radio", "checkbox"} or "checked" in told)
        ):
            self.fields.setdefault(str(told["name"]), []).append(told.get("value") or "")
        elif tag == "select":
            self.select, self.chosen = str(told["name"]), []
        elif tag == "option" and self.select:
            self.chosen = [told.get("value") or ""] if "selected" in told or not self.chosen else self.chosen

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select" and self.inside:
            self.fields.setdefault(self.select, []).extend(self.chosen[:1])
            self.select = ""


def form_of(text: str, form: str = "mapping") -> dict[str, list[str]]:
    reader = Fields(form)
    reader.feed(text)
    return reader.fields


def olga() -> Client:
    if not world.User.objects.filter(email="olga@example.com").exists():
        from upswing.actions.people import set_user
        from upswing.core.people import AccessRole

        set_user(world.operator(), "olga@example.com", AccessRole.REVENUE_OPERATIONS, None, world.PASSWORD)
    client = Client(headers={"Accept-Language": "de-DE"})
    client.force_login(world.user("olga"))
    return client


def given(text: str, name: str = "deals.csv") -> BytesIO:
    file = BytesIO(text.encode())
    file.name = name
    return file


def dropped(client: Client, *files: BytesIO) -> str:
    answer = client.post("/data/imports/", {"files": list(files)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_files_become_an_import_that_is_seen_before_it_is_done_and_taken_back_after():
    client = olga()
    address = dropped(client, given(DEALS))
    answer = client.post(address, form_of(shown(client, address)))
    assert answer.status_code == 302, answer.content.decode()
    preview = shown(client, answer["Location"])
    assert "5 new, 0 changed, 0 refused." in preview
    assert "€1,200.00" in preview
    assert not Deal.objects.unscoped("test").exists()
    done = client.post(answer["Location"])
    text = shown(client, done["Location"])
    assert "Your data are in: 5 new, 0 changed" in text
    assert Deal.objects.unscoped("test").count() == 3
    undo = re.search(r"/data/batches/[0-9a-f-]+/undo/", text).group()  # type: ignore[union-attr]
    assert "5 records go." in shown(client, undo)
    back = client.post(undo)
    assert "This import was taken back." in shown(client, back["Location"])
    assert not Deal.objects.unscoped("test").exists()


def test_the_same_files_again_are_nothing_to_do():
    client = olga()
    for _ in range(2):
        address = dropped(client, given(DEALS))
        preview = client.post(address, form_of(shown(client, address)))["Location"]
        text = shown(client, preview)
        client.post(preview)
    assert "there is nothing to do" in text
    assert "Import<" not in re.sub(r"<header.*?</header>", "", text, flags=re.DOTALL)


def test_a_file_of_rates_alone_says_how_many_come_and_which_go_when_it_is_taken_back():
    client = olga()
    address = dropped(client, given(DEALS))
    client.post(client.post(address, form_of(shown(client, address)))["Location"])
    rates = "currency,day,rate\nUSD,2026-08-01,0.9125\nDKK,2026-08-01,0.134\n"
    address = dropped(client, given(rates, "rates.csv"))
    preview = client.post(address, form_of(shown(client, address)))["Location"]
    assert "2 new, 0 changed, 0 refused." in shown(client, preview)
    text = shown(client, client.post(preview)["Location"])
    assert "Your data are in: 2 new, 0 changed." in text
    assert "2 exchange rates are among what is new." in text
    undo = re.search(r"/data/batches/[0-9a-f-]+/undo/", text).group()  # type: ignore[union-attr]
    for page in (undo, undo.removesuffix("undo/")):
        text = shown(client, page)
        assert text.index("1 DKK is 0.134 EUR, from 1 Aug 2026 on") < text.index("1 USD is 0.9125 EUR")
    assert "2 records go." in shown(client, undo)
    back = client.post(undo)
    assert "1 USD" not in shown(client, back["Location"])


def test_the_first_import_makes_the_organisation_as_was_said():
    client = olga()
    address = dropped(client, given(DEALS))
    form = form_of(shown(client, address)) | {
        "organisation": ["Nordlys"], "currency": ["dkk"], "time_zone": ["Europe/Copenhagen"],
    }  # fmt: skip
    client.post(client.post(address, form)["Location"])
    found = Organisation.objects.get()
    assert (found.name, found.currency, found.time_zone) == ("Nordlys", "DKK", "Europe/Copenhagen")
    assert "organisation’s name" not in shown(client, dropped(client, given(DEALS)))


def test_a_question_is_never_answered_beforehand_and_has_to_be():
    client = olga()
    address = dropped(client, given(TWICE))
    text = shown(client, address)
    assert "Only you can know this" in text
    assert " checked" not in text
    form = form_of(text)
    refused = client.post(address, form)
    assert refused.status_code == 422
    assert "“Create date” can be read in 2 ways. Choose the right one." in refused.content.decode()
    for question, answer in (("days", "%d/%m/%Y"), ("numbers", ",")):
        form[f"answer:deals.csv:{question}"] = [answer]
    answer = client.post(address, form)
    assert answer.status_code == 302
    told = tomllib.loads(Draft.objects.get().toml)
    assert (told["date"], told["thousands"]) == ("%d/%m/%Y", ".")


def test_a_column_that_was_corrected_is_what_was_chosen():
    client = olga()
    address = dropped(client, given(DEALS))
    form = form_of(shown(client, address))
    place = form["0.header"].index("Note")
    form["0.field"][place] = "name"
    assert client.post(address, form).status_code == 302
    assert tomllib.loads(Draft.objects.get().toml)["deals"]["columns"]["name"] == "Note"


def test_another_kind_offers_its_own_fields_and_says_what_it_lacks():
    client = olga()
    address = dropped(client, given(DEALS))
    form = form_of(shown(client, address)) | {"0.kind": ["activities"]}
    again = client.post(address, form | {"do": ["again"]})
    assert again.status_code == 200
    assert "When it was booked" in again.content.decode()
    refused = client.post(address, form_of(again.content.decode()))
    assert refused.status_code == 422
    assert "Activities need" in refused.content.decode()


def test_what_a_word_means_can_be_corrected():
    client = olga()
    address = dropped(client, given(DEALS.replace("Open", "Verbal yes")))
    form = form_of(shown(client, address))
    form["0.meant"][form["0.word"].index("stage:Verbal yes")] = "won"
    client.post(address, form)
    assert tomllib.loads(Draft.objects.get().toml)["deals"]["stages"]["Verbal yes"] == "won"


def test_a_wrong_entry_is_said_beside_it_and_everything_else_is_kept():
    client = olga()
    address = dropped(client, given(DEALS))
    form = form_of(shown(client, address)) | {
        "currency": ["EURO"],
        "name": ["My CRM"],
        "read_on": ["3026-01-01"],
    }
    answer = client.post(address, form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "“EURO” is no ISO code" in text
    assert "still to come" in text
    assert form_of(text)["name"] == ["My CRM"]


def test_a_mapping_is_saved_and_offered_for_the_next_files():
    client = olga()
    address = dropped(client, given(DEALS))
    form = form_of(shown(client, address)) | {"do": ["save"], "save_as": ["Our CRM"]}
    assert "Saved as “Our CRM”" in client.post(address, form).content.decode()
    assert SavedMapping.objects.get().name == "Our CRM"
    text = shown(client, dropped(client, given(DEALS + "D4,Tess Lund,Won,2026-08-01,2026-09-02,5,d\n")))
    assert 'These look like files of <span translate="no">Our CRM</span>.' in text


def test_refused_rows_come_as_a_file_that_imports_once_mended():
    client = olga()
    world.bring(*world.roster())
    address = dropped(client, given(DEALS.replace("Stan Holm", "Tess").replace("Tess Lund", "Tes")))
    preview = client.post(address, form_of(shown(client, address)))["Location"]
    assert "2 refused" in shown(client, preview)
    rows = client.get(preview.replace("preview", "refused"))
    lines = rows.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Deal ID,Deal owner,Deal stage,Create date,Close date,Amount,Note,Why refused (deals)"
    assert [line.split(",")[0] for line in lines[1:]] == ["D1", "D3"]
    assert ",'=c," in lines[2]
    client.post(preview)
    batch = Batch.objects.order_by("pk").last()
    kept = client.get(f"/data/batches/{batch.uid}/refused/").content
    assert kept == rows.content
    mended = kept.decode("utf-8-sig").replace("Tes,", "Tess,")
    again = dropped(client, given(mended))
    assert "2 new" in shown(client, client.post(again, form_of(shown(client, again)))["Location"])


def test_whatever_is_no_table_is_refused_with_what_to_bring():
    client = olga()
    nothing = client.post("/data/imports/", {})
    assert nothing.status_code == 422
    assert "There is no file to read" in nothing.content.decode()
    address = dropped(client, given("%PDF-1.7 nonsense", "report.pdf"))
    answer = client.get(address)
    assert answer.status_code == 422
    assert "is a PDF" in answer.content.decode()
    left = client.post(address.replace("map", "files"), {"leave_out": "report.pdf"})
    assert left.status_code == 302


def test_pasted_rows_are_a_file():
    client = olga()
    address = client.post("/data/imports/", {"pasted": DEALS})["Location"]
    assert "pasted.csv" in shown(client, address)


def test_a_running_job_shows_how_far_it_is_and_asks_again(monkeypatch: pytest.MonkeyPatch):
    client = olga()
    address = dropped(client, given(DEALS))
    monkeypatch.setattr(tasks, "JOBS", {"trial": Idle(), "import": Idle()})
    preview = client.post(address, form_of(shown(client, address)))["Location"]
    Draft.objects.update(done=300, expected=1200)
    text = shown(client, preview)
    assert 'aria-valuenow="25"' in text
    assert "300 of about 1,200 rows" in text
    fragment = client.get(preview, headers={"HX-Request": "true"})
    assert fragment.content.decode().strip().startswith("<section")
    assert "HX-Retarget" not in fragment.headers
    Draft.objects.update(job="", failure="“deals.csv” has no column “Amont”.")
    ended = client.get(preview, headers={"HX-Request": "true"})
    assert ended["HX-Retarget"] == "#content"
    assert "no column “Amont”" in ended.content.decode()


class Idle:
    """A job that nobody does."""

    def enqueue(self, *given: object) -> None:
        """Nothing."""


@pytest.mark.parametrize("who", ["tess", "mona", "ada"])
def test_for_others_the_pages_do_not_exist(who: str):
    client = olga()
    address = dropped(client, given(DEALS))
    world.settle_in()
    world.give_sign_ins()
    stranger = Client()
    stranger.force_login(world.user(who))
    for page in ("/data/", "/data/batches/", "/data/imports/", "/data/invoices/", "/data/owners/", address):
        assert stranger.get(page).status_code == 404
        assert stranger.post(page).status_code in {404, 405}
    for step in ("preview", "run", "refused"):
        assert stranger.get(address.replace("map", step)).status_code == 404
    for step in ("files", "discard"):
        assert stranger.post(address.replace("map", step)).status_code == 404
    assert Draft.objects.exists()
