"""What every chunk of an import needs: the batch, and what names and ids in its records stand for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model

from upswing.actions.known import Among
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

    `people` maps keys to internal ids; `newer` are batches of this source whose files were made later: what they
    brought stays. `among` is all that the records can refer to, where that is known before. `zones` are of the people
    held; the books of references are read when first asked for, and kept up by `learn`.
    """

    batch: Batch
    people: Mapping[str, int]
    newer: Collection[int] = ()
    among: Among | None = None
    zones: dict[int, tzinfo] = field(default_factory=dict)
    _books: dict[Referred, dict[str, int]] = field(default_factory=dict)
    _called: dict[str, int] = field(default_factory=dict)
    _sights: dict[str, date | None] = field(default_factory=dict)

    def look_again(self, people: Collection[int]) -> None:
        """Know these people's time zones as they are now that nobody else can change them."""
        if people:
            clock, held = clocks(), everybodys(Person).filter(id__in=people)
            self.zones |= {person: clock(zone) for person, zone in held.values_list("id", "zone")}

    @property
    def seen(self) -> date:
        """The day the files were made, else that of the import."""
        return sight_of(self.batch)

    def seen_before(self, file: str) -> date | None:
        """The day of the sight before: that of the last import of this source that read a file of this name."""
        if file not in self._sights:
            earlier = Batch.objects.filter(
                source=self.batch.source_id, files__name=file, undone=None, pk__lt=self.batch.pk
            )
            last = earlier.order_by("-pk").first()
            self._sights[file] = sight_of(last) if last else None
        return self._sights[file]

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
        """This source's own by their id alone; others' also with their source."""
        mine, others = dict[str, int](), dict[str, int]()
        meant = self.among.of(everybodys(model).all()) if self.among else everybodys(model)
        rows = meant.values_list("external_id", "id", "source_id", "source__key")
        for external, internal, source, key in rows.iterator():
            if source == self.batch.source_id:
                mine[external] = internal
            else:
                others[external] = others[reference(key, external)] = internal
        others.update(mine)
        return others


def sight_of(batch: Batch) -> date:
    """The day a batch shows."""
    return batch.read_on or batch.started.date()


def everybodys(model: type[Model]) -> Any:
    """All rows of a model, guarded or not: an import refers to anything, and facts are made of everything."""
    manager = model._default_manager
    return (
        manager.unscoped("imports and facts concern everybody") if hasattr(manager, "unscoped") else manager
    )


def people_ids() -> dict[str, int]:
    """Key → internal id, of everybody."""
    return dict(everybodys(Person).values_list("key", "id"))


def clocks() -> Callable[[str], tzinfo]:
    """The time zone of a person from what they have of their own: that, else the organisation's."""
    common = zone_called(organisation().time_zone)
    return lambda own: zone_called(own) if own else common
