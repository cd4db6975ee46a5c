"""Every language says everything: no text is missing, gone, or has lost a value on the way."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.template.base import Lexer, TokenType

import messages

TAGS = {"da": 2, "zh_Hans": 1, "ko": 1}
"""How many forms a counted text has."""
AFTER_A_VALUE = re.compile(r"(?:\{\w+\}|%\(\w+\)s)[”\"]?(?:은|는|이|가|을|를|와|과|으로|로)(?![가-힣])")
"""Korean particles that depend on the last sound of the word before them."""


@pytest.fixture(scope="module")
def wanted() -> dict[object, object]:
    return {(found.id, found.context): found for found in messages.template() if found.id}


def values(text: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{(\w+)\}|%\((\w+)\)s", text))  # type: ignore[arg-type]


def tags(text: str) -> list[str]:
    return sorted(re.findall(r"</?\w+", text))


def spoken(language: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Context, the English forms and those of the language, of every text."""
    return [
        (
            found.context or "",
            tuple(found.id) if isinstance(found.id, tuple | list) else (found.id,),
            tuple(found.string) if isinstance(found.string, tuple | list) else (found.string,),
        )
        for found in messages.catalogue(language)
        if found.id
    ]


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_catalogue_has_every_text_and_no_other(language: str, wanted: dict[object, object]) -> None:
    kept = {(found.id, found.context) for found in messages.catalogue(language) if found.id}
    assert kept == wanted.keys(), "run `make messages` and translate what is new"
    assert not [found for found in messages.catalogue(language) if found.fuzzy and found.id]
    assert [english for _, english, said in spoken(language) if not all(said)] == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_translation_keeps_every_value_and_tag(language: str) -> None:
    lost = []
    for _, english, said in spoken(language):
        if len(english) > 1:
            assert len(said) == TAGS[language], english
        known = set().union(*map(values, english))
        for place, text in enumerate(said):
            needed = values(english[place] if len(said) == len(english) else english[-1])
            if needed - values(text) or values(text) - known or tags(text) != tags(english[-1]):
                lost.append((english, text))
    assert lost == []


def test_no_korean_particle_depends_on_a_value() -> None:
    assert [text for _, _, said in spoken("ko") for text in said if AFTER_A_VALUE.search(text)] == []


@pytest.mark.parametrize(
    "path", sorted((messages.SOURCES / "web").rglob("*.html")), ids=lambda path: path.stem
)
def test_a_template_holds_no_text_that_is_not_marked(path: object) -> None:
    assert bare(path.read_text("utf-8")) == []  # type: ignore[attr-defined]


SILENT = {"code", "pre", "script", "style", "textarea"}


class Bare(HTMLParser):
    """The words of a page's own text and of what is read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        self.found += [
            text
            for name, text in attrs
            if text and name in {"aria-label", "placeholder", "alt"} and not self.silent
        ]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def bare(template: str) -> list[str]:
    """What stands between the tags of a template, outside any that is translated."""
    text, within = "", False
    for token in Lexer(template).tokenize():
        if token.token_type is TokenType.BLOCK:
            name = token.contents.split()[0]
            within = name == "blocktranslate" if name in {"blocktranslate", "endblocktranslate"} else within
        elif token.token_type is TokenType.TEXT and not within:
            text += token.contents
        elif not within:
            text += "0"
    read = Bare()
    read.feed(text)
    return [
        said.strip()
        for said in read.found
        if re.search(r"[A-Za-z]{3}", re.sub(r"Upswing|\bwide$|https?://\S+|&\w+;", "", said))
    ]
