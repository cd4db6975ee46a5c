"""Writers at once: the tiers equal the facts at the end, because the reps are locked before anything changes."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from tests import world
from tests.world import deal, person
from upswing.actions.desk import Desk
from upswing.actions.rebuild import check
from upswing.actions.shelf import take
from upswing.actions.shelves.deals import Deals
from upswing.core.records import DealRecord
from upswing.intake.models import Batch
from upswing.ledger import counting
from upswing.ledger.models import RepDay

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, EACH = 4, 12
DAY = "2026-10-07"


def desk() -> Desk:
    return Desk(Batch.objects.get(), {name.lower(): person(name).id for name in world.CAST})


def book(shared: Desk, deals: list[DealRecord]) -> None:
    list(take(shared, Deals(), deals))


def at_once(work: Callable[[int], None]) -> list[BaseException]:
    """Run the work in as many threads as there are writers, started together; what they raised."""
    start, raised = threading.Barrier(WRITERS), []

    def run(number: int) -> None:
        try:
            start.wait()
            work(number)
        except BaseException as error:  # noqa: BLE001  (whatever a thread raises belongs to the test)
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_writers_on_one_rep_and_day_lose_nothing():
    world.bring(*world.roster())
    shared = desk()

    def write(writer: int) -> None:
        for number in range(EACH):
            book(shared, [deal(f"W{writer}-{number}", "Tess", DAY, DAY, "won", 10)])

    assert at_once(write) == []
    assert RepDay.objects.get(rep=person("Tess"), day=DAY).won_value == WRITERS * EACH * 1000
    assert check(world.operator()) == []


def test_writers_on_shared_deals_in_any_order_of_reps_do_not_block_each_other_for_good():
    world.bring(*world.roster())
    shared, names = desk(), list(world.CAST)

    def write(writer: int) -> None:
        order = names if writer % 2 else names[::-1]
        for number in range(EACH):
            credit = ((order[0], 1), (order[-1], 1))
            book(shared, [deal(f"S{writer}-{number}", order[0], DAY, DAY, "won", 10, credit=credit)])

    assert at_once(write) == []
    assert check(world.operator()) == []


def test_a_second_writer_waits_for_the_first():
    """The first holds its rep until it commits; only then does the second get past the lock."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer by its own lock; the advisory lock is PostgreSQL's")
    world.bring(*world.roster())
    rep, order = person("Tess").id, []
    held, tried = threading.Event(), threading.Event()

    def second() -> None:
        held.wait(5)
        with transaction.atomic():
            tried.set()
            counting.lock([rep])
            order.append("second")
        connection.close()

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic():
        counting.lock([rep])
        held.set()
        assert tried.wait(5)
        thread.join(0.3)
        order.append("first")
    thread.join(5)
    assert order == ["first", "second"]
