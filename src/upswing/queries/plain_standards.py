"""Standards and card templates as plain values for JSON, without what is for us alone."""

from __future__ import annotations

from upswing.queries.card_setup import PinsShown
from upswing.queries.card_templates import Published as PublishedCard
from upswing.queries.plain import Plain, plain, plain_cell, plain_record
from upswing.queries.published import Published
from upswing.queries.standards import Row, VersionShown


def plain_row(row: Row) -> Plain:
    """A version that holds or will."""
    told = plain_record(row)
    return told | {"version": _issue(row.version), "open_questions": told.pop("open_objections")}


def plain_version(shown: VersionShown) -> Plain:
    """One version in full."""
    text, told = shown.version.text, plain_record(shown)
    meant = text.audience
    teams = [shown.teams.get(team, "") for team in meant.teams]
    for name in ("changes", "teams", "may_draft"):
        del told[name]
    return told | {
        "version": _issue(shown.version),
        "purpose": text.purpose,
        "what": text.what,
        "example": text.example,
        "audience": {"roles": list(meant.roles), "levels": list(meant.levels), "teams": teams},
        "criteria": plain_cell(text.criteria),
        "others": [each.number for each in shown.others],
        "questions": told.pop("objections"),
    }


def plain_card(shown: PinsShown) -> Plain:
    """What a person's card is made of."""
    card = shown.person.card
    return {
        "rep": shown.person.name,
        "rep_id": str(shown.person.id),
        "template": _template(card.version) if card.version else None,
        "lines": plain_cell(card.lines),
        "pins": plain_cell(card.pins),
        "to_come": plain_cell(shown.to_come),
    }


def _issue(version: Published) -> Plain:
    told = {
        name: plain_cell(getattr(version, name))
        for name in ("standard", "key", "number", "effective", "note")
    }
    return told | {
        "name": version.text.name, "published": version.published.isoformat(), "publisher": version.publisher,
    }  # fmt: skip


def _template(version: PublishedCard) -> Plain:
    names = ("template", "number", "effective", "note", "published", "publisher")
    card = version.card
    return {name: plain_cell(getattr(version, name)) for name in names} | {
        "name": card.name, "period": card.period.value, "support": plain(card.support),
        "outstanding": plain(card.outstanding),
    }  # fmt: skip
