"""What every chunk of an import needs: the batch, and what names and ids in its records stand for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from django.db.models import Model

from upswing.connectors.connector import folded, reference
from upswing.intake.models import Batch
from upswing.people.models import Person
from upswing.queries.organisation import organisation

Referred = type[Model]
"""Account, Contact, Product, Lead or Deal: what records refer to by id."""

zone_called = cache(ZoneInfo)


@dataclass(slots=True)
class Desk:
    """One import at work. Ids are internal ones; what is not known is None.

    `zones` are of people; `newer` are batches of this source whose files were made
    later: what they brought stays. The books of references are read when first asked for,
    and kept up by `learn`.
    """

    batch: Batch
    people: Mapping[str, int]
    zones: dict[int, tzinfo]
    newer: Collection[int] = ()
    _books: dict[Referred, dict[str, int]] = field(default_factory=dict)
    _called: dict[str, int] = field(default_factory=dict)

    @classmethod
    def open(cls, batch: Batch, people: Mapping[str, int]) -> Desk:
        """The desk of a batch; `people` maps keys to internal ids."""
        later = (
            Batch.objects.filter(source=batch.source_id, read_on__gt=batch.read_on) if batch.read_on else ()
        )
        return cls(batch, people, zones(), {found.pk for found in later})

    def look_again(self, people: Collection[int]) -> None:
        """Know these people's time zones as they are now that nobody else can change them."""
        self.zones |= zones(people)

    def person(self, name: str) -> int:
        """The person of that name, whatever the case; KeyError when there is none."""
        found = self._called.get(name)
        if found is None:
            found = self._called[name] = self.people[folded(name)]
        return found

    def find(self, model: Referred, written: str) -> int | None:
        """What a record's reference stands for: this source's own first, else whoever has that id."""
        return self.book(model).get(written) if written else None

    def book(self, model: Referred) -> dict[str, int]:
        """Reference → internal id."""
        if model not in self._books:
            self._books[model] = self._read(model)
        return self._books[model]

    def learn(self, model: Referred, written: str, internal: int) -> None:
        """Take note of a record that this import has just put in place."""
        self.book(model)[written] = internal

    def _read(self, model: Referred) -> dict[str, int]:
        rows = list(_open(model).values_list("external_id", "id", "source_id", "source__key"))
        found = {external: internal for external, internal, *_ in rows}
        found |= {reference(key, external): internal for external, internal, _, key in rows}
        mine = {
            external: internal for external, internal, source, _ in rows if source == self.batch.source_id
        }
        return found | mine


def _open(model: Referred):  # type: ignore[no-untyped-def]  # a manager, guarded or not
    manager = model._default_manager
    return manager.unscoped("an import refers to anything") if hasattr(manager, "unscoped") else manager


def zones(only: Collection[int] | None = None) -> dict[int, tzinfo]:
    """The time zone of everybody, or of these people: their own, else the organisation's."""
    common = zone_called(organisation().time_zone)
    people = Person.objects.unscoped("facts fall on the days of anybody's zone")
    wanted = people if only is None else people.filter(id__in=only)
    return {
        person: zone_called(zone) if zone else common for person, zone in wanted.values_list("id", "zone")
    }
