"""Change records in the book, and post what everything that depends on them settles into afterwards."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from django.db.models import Model

from upswing.actions.affected import affected
from upswing.actions.bulk import prefer_indexes
from upswing.actions.crediting import ATTRIBUTION, credit
from upswing.actions.posting import Posting, reps_of
from upswing.actions.settling import SETTLERS
from upswing.ledger.counting import NOBODY, lock
from upswing.ledger.kinds import INVOICE


@contextmanager
def touching(model: type[Model], records: Collection[int], people: Mapping[str, int]) -> Iterator[None]:
    """What happens inside to these records is posted after it; call in a transaction. `people` is key → internal id."""
    prefer_indexes()
    touched = affected(model, records)
    held = {rep for kind, numbers in touched.items() for rep in reps_of(kind, numbers)}
    lock({ATTRIBUTION, *(held or [NOBODY])})
    yield
    for kind, numbers in affected(model, records).items():
        touched[kind] = touched.get(kind, set()) | numbers
    touched[INVOICE] = touched.get(INVOICE, set()) | credit(touched.get(INVOICE, ()))
    made = {
        kind: dict.fromkeys(numbers, ()) | dict(SETTLERS[kind][2](numbers))
        for kind, numbers in touched.items()
    }
    lock({people[fact.rep] for facts in made.values() for found in facts.values() for fact in found} - held)
    posting = Posting(people.__getitem__)
    for kind, facts in made.items():
        posting.put(kind, facts)
    posting.close()
