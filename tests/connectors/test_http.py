"""Calls out reach public addresses only, however they are written, renamed or redirected."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpcore2
import pytest

from upswing.connectors.connector import Unreadable
from upswing.connectors.http import Guarded, fetch, is_public, sheet_address

PRIVATE = [
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",  # noqa: S104
    "192.0.0.8", "224.0.0.1", "255.255.255.255", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0",
    "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1", "2002:7f00:1::", "2001:0:4136:e378::", "nonsense",
]  # fmt: skip
PUBLIC = ["93.184.216.34", "1.1.1.1", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_on_the_public_internet_is_not_connected_to(address: str, tmp_path: Path):
    assert not is_public(address)
    with pytest.raises(Unreadable, match=r"“data.example” leads to .*, which is not on the public internet."):
        fetch(
            "https://data.example/a.csv",
            tmp_path / "a",
            resolve=lambda host, port: ["93.184.216.34", address],
        )


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_public(address: str):
    assert is_public(address)


def test_the_address_that_was_checked_is_the_one_connected_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """A name that leads elsewhere when it is asked again gains nothing: it is asked once."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    tried: list[str] = []

    def connect(self: object, host: str, port: int, **more: object) -> httpcore2.NetworkStream:
        tried.append(host)
        raise httpcore2.ConnectError("far away")

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)
    with pytest.raises(Unreadable, match="cannot be reached: far away"):
        fetch("https://data.example/a.csv", tmp_path / "a", resolve=lambda host, port: next(answers))
    assert tried == ["93.184.216.34"]


PAGES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/a.csv": (200, {"content-type": "text/csv; charset=utf-8"}, b"Name\nTess\n"),
    "/page": (200, {"content-type": "text/html"}, b"<html>Sign in</html>"),
    "/nobody": (403, {"content-type": "text/csv"}, b""),
    "/big": (200, {"content-type": "text/csv"}, b"x" * 3_000_000),
    "/inward": (302, {"location": "https://localhost.example/a.csv"}, b""),
    "/plain": (302, {"location": "http://data.example/a.csv"}, b""),
    "/file": (302, {"location": "file:///etc/passwd"}, b""),
    "/round": (302, {"location": "/round"}, b""),
    "/once": (302, {"location": "/a.csv"}, b""),
}


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = PAGES[self.path]
        self.send_response(status)
        for name, value in {**headers, "content-length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *given: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("page", ["/a.csv", "/once"])
def test_a_file_is_brought_from_a_host_that_is_allowed(site: str, tmp_path: Path, page: str):
    assert fetch(f"{site}{page}", tmp_path / "a", allowed=["127.0.0.1"]).read_bytes() == b"Name\nTess\n"


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("/page", "answers with text/html, not with a table. In Google Sheets, choose File"),
        ("/nobody", "answers 403. Is it shared with everybody who has the link?"),
        ("/big", "answers with more than 1 MB."),
        ("/inward", "“localhost.example” leads to 127.0.0.1, which is not on the public internet."),
        ("/plain", "“http://data.example” is not fetched: the address must begin with https://."),
        ("/file", "“file://127.0.0.1” is not fetched"),
        ("/round", "leads on more than 3 times."),
    ],
)
def test_what_is_no_table_or_leads_elsewhere_is_refused(site: str, tmp_path: Path, page: str, sentence: str):
    with pytest.raises(Unreadable) as refused:
        fetch(
            f"{site}{page}", tmp_path / "a", allowed=["127.0.0.1"], resolve=lambda host, port: ["127.0.0.1"], most=1 << 20
        )  # fmt: skip
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://data.example/a", "file:///etc/passwd", "http://data.example/a", "https://me:secret@data.example/a",
        "https://", "nonsense", "https://[::1", "https://exa mple/", "https://nowhere.invalid/a.csv", "",
    ],
)  # fmt: skip
def test_other_addresses_are_refused_in_a_sentence(address: str, tmp_path: Path):
    with pytest.raises(Unreadable):
        fetch(address, tmp_path / "a", resolve=lambda host, port: [])


def test_no_local_socket_is_opened():
    with pytest.raises(Unreadable):
        Guarded().connect_unix_socket("/run/docker.sock")


@pytest.mark.parametrize(
    ("link", "csv"),
    [
        ("https://docs.google.com/spreadsheets/d/1aB-c_9/edit#gid=77", "d/1aB-c_9/export?format=csv&gid=77"),
        ("https://docs.google.com/spreadsheets/d/1aB-c_9/edit?gid=5#gid=5", "d/1aB-c_9/export?format=csv&gid=5"),
        ("https://docs.google.com/spreadsheets/d/1aB-c_9/edit?usp=sharing", "d/1aB-c_9/export?format=csv"),
        ("https://docs.google.com/spreadsheets/u/0/d/1aB-c_9", "d/1aB-c_9/export?format=csv"),
        ("https://docs.google.com/spreadsheets/d/e/2PACX-1v/pubhtml?gid=3&single=true", "d/e/2PACX-1v/pub?output=csv&gid=3&single=true"),
        ("https://docs.google.com/spreadsheets/d/e/2PACX-1v/pub?output=csv", "d/e/2PACX-1v/pub?output=csv"),
    ],
)  # fmt: skip
def test_a_link_to_a_sheet_becomes_its_csv(link: str, csv: str):
    assert sheet_address(link) == f"https://docs.google.com/spreadsheets/{csv}"
    assert sheet_address(sheet_address(link)) == sheet_address(link)


@pytest.mark.parametrize(
    "link", ["https://data.example/spreadsheets/d/1/edit", "https://docs.google.com/document/d/1"]
)
def test_other_links_stay_as_they_are(link: str):
    assert sheet_address(link) == link
