"""Who owns which account, dated."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from upswing.actions.crediting import ATTRIBUTION, concerned, credit_and_post, link
from upswing.actions.desk import Desk
from upswing.actions.posting import Posting
from upswing.actions.shelf import Shelf, short
from upswing.book.models import Account, AccountOwner
from upswing.core.records import AccountOwnerRecord, DealRecord


class AccountOwners(Shelf[AccountOwnerRecord]):
    """Owners of accounts, one from each day on; invoices that nothing stronger decides are theirs."""

    model = AccountOwner
    columns = ("account", "person", "starts", "ends")
    links = ("account",)
    chunk = 500

    def key(self, record: AccountOwnerRecord) -> str:
        """An owner has no id of its own."""
        return short(f"{record.account}|{record.start or ''}")

    def values(self, desk: Desk, record: AccountOwnerRecord) -> tuple[Any, ...]:
        """Account and person are looked up."""
        return desk.find(Account, record.account), desk.person(record.rep), record.start, record.end

    def holders(self, desk: Desk, records: Iterable[AccountOwnerRecord]) -> set[int]:
        """Whom it gives invoices shows when they are decided."""
        return {ATTRIBUTION}

    def settle(
        self,
        desk: Desk,
        posting: Posting,
        written: Mapping[int, AccountOwnerRecord],
        fresh: Collection[int],
    ) -> None:
        """The invoices of these accounts."""
        link(accounts_of(desk, written.values()))
        credit_and_post(posting, concerned(AccountOwner, written.keys()))


def accounts_of(desk: Desk, records: Iterable[AccountOwnerRecord | DealRecord]) -> set[int]:
    """The accounts of those that have one."""
    found = {desk.find(Account, record.account) for record in records}
    return {account for account in found if account is not None}
