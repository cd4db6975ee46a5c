"""The typed records, each knowing where it came from."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q

from upswing.core.attribution import Rule
from upswing.core.records import (
    ActivityKind,
    Capture,
    Disposition,
    Happened,
    InvoiceKind,
    Outcome,
    QuoteStatus,
)
from upswing.core.rubrics import Level
from upswing.intake.models import Batch, Provenance, Source
from upswing.people.guarded import GuardedQuerySet
from upswing.people.identity import uuid7
from upswing.people.models import Person


def _choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Account(Provenance):
    """A company that buys."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    industry = models.CharField(max_length=200, blank=True, default="")
    country = models.CharField(max_length=200, blank=True, default="")


class Product(Provenance):
    """What is sold. The list price is in minor units of the organisation's currency."""

    name = models.CharField(max_length=200)
    family = models.CharField(max_length=200, blank=True, default="")
    list_price_minor = models.BigIntegerField(null=True, blank=True)


class Contact(Provenance):
    """A person at a company; `zone` is the time zone of their clock."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts"
    )
    role = models.CharField(max_length=200, blank=True, default="")
    zone = models.CharField(max_length=200, blank=True, default="")


class Lead(Provenance):
    """Someone who might buy, and what became of it. `lead_source` is how it was found."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leads")
    created = models.DateTimeField()
    lead_source = models.CharField(max_length=200, blank=True, default="")
    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="leads"
    )
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="leads"
    )
    disposition = models.CharField(max_length=16, choices=_choices(Disposition), blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")
    decided = models.DateField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    person_path = "person"


class Deal(Provenance):
    """A chance to sell; who is credited stands in its credits, how it moved in its moves.

    `pipeline` is the source's name for the path whose stages these are, `reason` why it was won or lost.

    Amounts are in the organisation's currency; `stated` is what the source wrote in `currency`, if that is another.
    """

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200, blank=True, default="")
    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="deals"
    )
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.PROTECT, related_name="deals"
    )
    stage = models.CharField(max_length=100)
    outcome = models.CharField(max_length=8, choices=_choices(Outcome))
    lead = models.ForeignKey(Lead, null=True, blank=True, on_delete=models.PROTECT, related_name="deals")
    lead_source = models.CharField(max_length=200, blank=True, default="")
    created = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True)
    observed = models.DateField(null=True, blank=True)
    amount_minor = models.BigIntegerField(null=True, blank=True)
    expected_minor = models.BigIntegerField(null=True, blank=True)
    expected_close = models.DateField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    stated = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    pipeline = models.CharField(max_length=200, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")

    objects = GuardedQuerySet.as_manager()
    person_path = "credits__person"

    class Meta(Provenance.Meta):
        constraints: ClassVar = [
            *Provenance.Meta.constraints,
            models.CheckConstraint(
                condition=Q(created=None) | Q(closed=None) | Q(closed__gte=models.F("created")),
                name="deal_closes_after_it_was_created",
            ),
        ]


class Credit(models.Model):
    """A person's weight in the credit of a deal; `since` is the day of the files that first told it so."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="credits")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="credits")
    weight = models.PositiveIntegerField()
    since = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deal", "person"], name="one_credit_a_person")
        ]


class FormerCredit(models.Model):
    """A person's weight in the credit of a deal until the day before `until`, when it was handed over."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="former_credits")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="former_credits")
    weight = models.PositiveIntegerField()
    until = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deal", "until", "person"], name="one_former_credit_a_person")
        ]


class StageMove(models.Model):
    """A deal entered a stage on a day; `outcome` says whether that stage is an open one.

    With `after` nobody told the day: the deal was not there yet at the close of that day, and stood there on `day`.
    """

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="moves")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=100)
    day = models.DateField()
    outcome = models.CharField(max_length=8, choices=_choices(Outcome), default=Outcome.OPEN.value)
    after = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["deal", "number"], name="one_move_a_number")]


class AmountChange(models.Model):
    """The open amount of a deal changed to `amount_minor` on a day."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="amounts")
    number = models.PositiveSmallIntegerField()
    day = models.DateField()
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deal", "number"], name="one_amount_a_number")
        ]


class CloseChange(models.Model):
    """On `day` the deal was expected to close on `expected_close`."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="closes")
    number = models.PositiveSmallIntegerField()
    day = models.DateField()
    expected_close = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["deal", "number"], name="one_expectation_a_number")
        ]


class Activity(Provenance):
    """Something a rep did. There are many: only what is looked up has an index, only whom it concerns is checked."""

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    batch = models.ForeignKey(
        Batch, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="activities", db_index=False)
    kind = models.CharField(max_length=8, choices=_choices(ActivityKind))
    at = models.DateTimeField()
    outcome = models.CharField(max_length=16, choices=_choices(Happened), blank=True, default="")
    seconds = models.PositiveIntegerField(null=True, blank=True)
    lead = models.ForeignKey(
        Lead, null=True, blank=True, on_delete=models.PROTECT, related_name="activities", db_index=False
    )
    deal = models.ForeignKey(
        Deal, null=True, blank=True, on_delete=models.PROTECT, related_name="activities", db_index=False
    )
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="activities", db_index=False
    )
    channel = models.CharField(max_length=8, blank=True, default="")
    booked = models.DateTimeField(null=True, blank=True)
    entered = models.DateTimeField(null=True, blank=True)
    capture = models.CharField(max_length=8, choices=_choices(Capture), blank=True, default="")

    objects = GuardedQuerySet.as_manager()
    person_path = "person"

    class Meta(Provenance.Meta):
        indexes: ClassVar = [
            models.Index(fields=["person", "at"], name="activities_of_a_rep"),
            models.Index(fields=["lead"], name="activities_of_a_lead", condition=Q(lead__isnull=False)),
            models.Index(fields=["deal"], name="activities_of_a_deal", condition=Q(deal__isnull=False)),
        ]


class Quote(Provenance):
    """One revision of what was offered for a deal, without tax; `sent` is empty while it is a draft.

    `deal_key` is the deal's id as the source writes it: the deal itself may come later.
    """

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    deal = models.ForeignKey(Deal, null=True, blank=True, on_delete=models.SET_NULL, related_name="quotes")
    deal_key = models.CharField(max_length=200, blank=True, default="")
    revision = models.PositiveIntegerField()
    sent = models.DateField(null=True, blank=True)
    amount_minor = models.BigIntegerField(null=True, blank=True)
    status = models.CharField(max_length=8, choices=_choices(QuoteStatus))
    reason = models.CharField(max_length=200, blank=True, default="")
    currency = models.CharField(max_length=3, blank=True, default="")
    stated = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    person_path = "deal__credits__person"

    class Meta(Provenance.Meta):
        indexes: ClassVar = [
            models.Index(fields=["deal_key"], name="quotes_that_wait", condition=Q(deal=None))
        ]


class QuoteLine(models.Model):
    """One line of a quote; the price is for the whole line."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=24, decimal_places=4)
    price_minor = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quote", "number"], name="one_line_a_number")
        ]


class Invoice(Provenance):
    """What accounting booked, without tax: an invoice, or a credit note (also 0 or more) that takes it back.

    `person` is the rep accounting names; `deal_key`, `quote_key` and `account_key` (the account's name, folded) are
    what it calls the rest, which may come later. `rule` is what decided whose it is, its shares say whose, and `deal`
    is the one it belongs to.
    """

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12, choices=_choices(InvoiceKind))
    day = models.DateField()
    net_minor = models.BigIntegerField(null=True, blank=True)
    tax_minor = models.BigIntegerField(null=True, blank=True)
    account_name = models.CharField(max_length=200, blank=True, default="")
    account_key = models.CharField(max_length=200, blank=True, default="")
    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="invoices"
    )
    deal_key = models.CharField(max_length=200, blank=True, default="")
    quote_key = models.CharField(max_length=200, blank=True, default="")
    deal = models.ForeignKey(Deal, null=True, blank=True, on_delete=models.SET_NULL, related_name="invoices")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=9, choices=_choices(Rule), db_default=Rule.WAITING.value)
    corrects = models.CharField(max_length=200, blank=True, default="")
    due = models.DateField(null=True, blank=True)
    paid = models.DateField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    stated = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    person_path = "shares__person"

    class Meta(Provenance.Meta):
        indexes: ClassVar = [
            models.Index(fields=["deal_key"], name="invoices_by_deal_key"),
            models.Index(fields=["quote_key"], name="invoices_by_quote_key"),
            models.Index(fields=["account_key", "kind", "day"], name="invoices_of_an_account"),
            models.Index(fields=["corrects"], name="invoices_by_corrected"),
            models.Index(fields=["day"], name="invoices_by_day"),
            models.Index(fields=["day"], name="invoices_that_wait", condition=Q(rule=Rule.WAITING.value)),
        ]


class InvoiceShare(models.Model):
    """A person's weight in an invoice."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="shares")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invoice_shares")
    weight = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "person"], name="one_share_a_person")
        ]


class InvoiceDecision(models.Model):
    """Somebody decided whose an invoice is, and why; without shares it is nobody's.

    It is of the invoice's natural key, so that it outlives an import that is taken back and made again. One that was
    taken back stays on record.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=200)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    taken_back_by = models.CharField(max_length=200, blank=True, default="")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["external_id", "source"],
                condition=Q(taken_back_at=None),
                name="one_decision_an_invoice",
            )
        ]


class DecisionShare(models.Model):
    """A person's weight in what was decided."""

    decision = models.ForeignKey(InvoiceDecision, on_delete=models.CASCADE, related_name="shares")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "person"], name="one_decided_share_a_person")
        ]


class AccountOwner(Provenance):
    """A source says that somebody owns an account from `starts` until the day before `ends`.

    No `starts`: since before the data began. No `ends`: still.
    """

    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="owners"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="owned_accounts")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    person_path = "person"


class RememberedOwner(models.Model):
    """Somebody said by hand who owns an account from a day on."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "since"], name="one_remembered_owner_a_day")
        ]


class TimeEntry(Provenance):
    """Minutes a rep spent on a day prospecting."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="time_entries")
    day = models.DateField()
    minutes = models.PositiveIntegerField()
    activity = models.CharField(max_length=200, blank=True, default="")
    lead_source = models.CharField(max_length=200, blank=True, default="")

    objects = GuardedQuerySet.as_manager()
    person_path = "person"

    class Meta(Provenance.Meta):
        constraints: ClassVar = [
            *Provenance.Meta.constraints,
            models.CheckConstraint(condition=Q(minutes__lte=24 * 60), name="a_day_has_24_hours"),
        ]


class Tally(Provenance):
    """What a rep counted of a day, without single activities."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tallies")
    day = models.DateField()
    calls = models.PositiveSmallIntegerField(default=0)
    connects = models.PositiveSmallIntegerField(default=0)
    conversations = models.PositiveSmallIntegerField(default=0)
    emails = models.PositiveSmallIntegerField(default=0)
    visits = models.PositiveSmallIntegerField(default=0)
    social = models.PositiveSmallIntegerField(default=0)
    meetings_booked = models.PositiveSmallIntegerField(default=0)
    meetings_held = models.PositiveSmallIntegerField(default=0)
    positive_meetings = models.PositiveSmallIntegerField(default=0)

    objects = GuardedQuerySet.as_manager()
    person_path = "person"


class Login(Provenance):
    """A rep signed in to their tools."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="logins")
    at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()
    person_path = "person"


class Course(Provenance):
    """A course that a rep finished; `minutes` None where nobody knows how long it took."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="courses")
    day = models.DateField()
    course = models.CharField(max_length=200)
    minutes = models.PositiveIntegerField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    person_path = "person"


class Assessment(Provenance):
    """What somebody saw a rep do, and the level it reached of a standard or one of its criteria."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessments")
    day = models.DateField()
    standard = models.CharField(max_length=200)
    level = models.CharField(max_length=8, choices=_choices(Level))
    by = models.CharField(max_length=200, blank=True, default="")

    objects = GuardedQuerySet.as_manager()
    person_path = "person"


from upswing.book import evidence as evidence  # noqa: E402, PLC0414  (these refer to deals)
from upswing.book import offered as offered  # noqa: E402, PLC0414  (Django finds models here; these refer to quotes)
from upswing.book import rates as rates  # noqa: E402, PLC0414  (these refer to deals, quotes and invoices)
