"""The one client for calls out: it resolves a name, checks every address, and connects to the checked one."""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpcore2
import httpx2

from upswing.connectors.connector import Unreadable

CONNECT, READ, TOTAL = 5.0, 30.0, 120.0
"""Seconds."""
MOST = 50 << 20
REDIRECTS = 3
TYPES = ("text/csv", "text/plain", "text/tab-separated-values", "application/octet-stream", "application/csv",
         "application/vnd.openxmlformats-officedocument.spreadsheetml", "application/vnd.ms-excel",
         "application/vnd.oasis.opendocument.spreadsheet", "application/zip", "application/gzip")  # fmt: skip
CLOSED = tuple(
    ipaddress.ip_network(block)
    for block in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "fec0::/10",
        "::/96",
        "192.0.0.0/24",
    )
)
"""Addresses that lead elsewhere than they say, though some Pythons call them global."""
SHEET = re.compile(r"/spreadsheets/(?:u/\d+/)?d/(?P<id>[\w-]+)(?:/.*)?")
PUBLISHED = re.compile(r"/spreadsheets/(?:u/\d+/)?d/e/(?P<id>[\w-]+)(?:/.*)?")

Resolve = Callable[[str, int], Iterable[str]]
"""The addresses of a host and port."""


class Guarded(httpcore2.SyncBackend):
    """Connects to public addresses only, except on hosts that are allowed."""

    def __init__(self, allowed: Collection[str] = (), resolve: Resolve | None = None) -> None:
        self._allowed, self._resolve = allowed, resolve or resolved

    def connect_tcp(self, host: str, port: int, *given: Any, **more: Any) -> httpcore2.NetworkStream:
        """A connection to the first address; none at all where any address of the name is not public."""
        addresses = list(self._resolve(host, port))
        if not addresses:
            raise httpcore2.ConnectError(f"no address is known for {host}")
        if host not in self._allowed:
            closed = [address for address in addresses if not is_public(address)]
            if closed:
                raise Unreadable(f"“{host}” leads to {closed[0]}, which is not on the public internet.")
        return super().connect_tcp(addresses[0], port, *given, **more)

    def connect_unix_socket(self, *given: Any, **more: Any) -> httpcore2.NetworkStream:
        """Never."""
        raise Unreadable("A local socket is no address of a file.")


def resolved(host: str, port: int) -> list[str]:
    """What the system's resolver says; nothing for a name it does not know."""
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []


def is_public(address: str) -> bool:
    """Whether an address is on the public internet, whatever it is wrapped in."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if any(found in block for block in CLOSED if block.version == found.version):
        return False
    return found.is_global and not found.is_multicast


def client(allowed: Collection[str] = (), resolve: Resolve | None = None) -> httpx2.Client:
    """A client that obeys the rules for calls out: guarded, no proxy, few redirects, limited waiting."""
    transport = httpx2.HTTPTransport(trust_env=False, retries=0)
    transport._pool = httpcore2.ConnectionPool(
        ssl_context=httpx2.create_ssl_context(trust_env=False), network_backend=Guarded(allowed, resolve)
    )
    return httpx2.Client(
        transport=transport,
        trust_env=False,
        follow_redirects=True,
        max_redirects=REDIRECTS,
        timeout=httpx2.Timeout(READ, connect=CONNECT),
        headers={"accept-encoding": "identity", "user-agent": "Upswing"},
        event_hooks={"request": [lambda request: _check(request.url, allowed)]},
    )


def fetch(
    address: str, into: Path, allowed: Collection[str] = (), resolve: Resolve | None = None, most: int = MOST
) -> Path:
    """The file at a web address, kept at `into`; a link to a Google Sheet brings the sheet as CSV.

    `allowed` are hosts that may be private or without encryption. Raises Unreadable with a sentence.
    """
    until = time.monotonic() + TOTAL
    try:
        with client(allowed, resolve) as http, http.stream("GET", sheet_address(address)) as answer:
            _check_answer(answer, address)
            with into.open("wb") as file:
                for block in answer.iter_raw(1 << 16):
                    file.write(block)
                    if file.tell() > most:
                        raise Unreadable(f"{address} answers with more than {most >> 20} MB.")
                    if time.monotonic() > until:
                        raise Unreadable(f"{address} takes more than {TOTAL:.0f} seconds.")
    except httpx2.TooManyRedirects:
        raise Unreadable(f"{address} leads on more than {REDIRECTS} times.") from None
    except httpx2.TimeoutException:
        raise Unreadable(f"{address} does not answer in time. Try again later.") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
        raise Unreadable(f"{address} cannot be reached: {error}.") from None
    return into


def _check(url: httpx2.URL, allowed: Collection[str]) -> None:
    """Every address on the way, redirects too."""
    if url.userinfo:
        raise Unreadable("An address with a password in it is not fetched.")
    if url.scheme != "https" and not (url.scheme == "http" and url.host in allowed):
        raise Unreadable(f"“{url.scheme}://{url.host}” is not fetched: the address must begin with https://.")


def _check_answer(answer: httpx2.Response, address: str) -> None:
    kind = answer.headers.get("content-type", "application/octet-stream").casefold()
    if not answer.is_success:
        raise Unreadable(
            f"{address} answers {answer.status_code}. Is it shared with everybody who has the link?"
        )
    if not kind.startswith(TYPES):
        raise Unreadable(
            f"{address} answers with {kind.partition(';')[0]}, not with a table. "
            "In Google Sheets, choose File › Share › Publish to web, and CSV."
        )


def sheet_address(address: str) -> str:
    """The address of a Google Sheet as CSV, from a link to edit, share or publish it; others stay as they are."""
    try:
        found = urlsplit(address)
    except ValueError:
        return address
    if found.hostname != "docs.google.com":
        return address
    asked = {
        key: values[0] for part in (found.query, found.fragment) for key, values in parse_qs(part).items()
    }
    sheet = {"gid": asked["gid"]} if asked.get("gid", "").isdigit() else {}
    if published := PUBLISHED.fullmatch(found.path):
        query = urlencode({"output": "csv", **sheet, **({"single": "true"} if sheet else {})})
        return f"https://docs.google.com/spreadsheets/d/e/{published['id']}/pub?{query}"
    if shared := SHEET.fullmatch(found.path):
        query = urlencode({"format": "csv", **sheet})
        return f"https://docs.google.com/spreadsheets/d/{shared['id']}/export?{query}"
    return address
