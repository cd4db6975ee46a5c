"""Organisation, people, teams and who belongs where, dated."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from upswing.core.people import AccessRole
from upswing.people.guarded import GuardedQuerySet
from upswing.people.identity import uuid7


class Organisation(models.Model):
    """The one organisation of this installation."""

    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3, default="EUR")
    time_zone = models.CharField(max_length=64, default="UTC")
    fiscal_start = models.PositiveSmallIntegerField(default=1)
    locale = models.CharField(max_length=16, default="en_GB")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="one_organisation"),
            models.CheckConstraint(condition=Q(fiscal_start__range=(1, 12)), name="fiscal_start_is_a_month"),
        ]


class Person(models.Model):
    """Somebody the organisation knows: a rep, a manager, somebody in revenue operations.

    `key` is what sources call them, case folded. Facts are credited to people, on the days of their time zone (the
    organisation's, where none is known).
    """

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    key = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True, default="")
    sells = models.BooleanField(default=False)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    zone = models.CharField(max_length=64, blank=True, default="")

    objects = GuardedQuerySet.as_manager()
    person_path = "id"

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A group of people; a team may belong to a larger one."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person belongs to a team, or leads it, from `starts` until the day before `ends`.

    No `starts`: since before the data began. No `ends`: still. Role, level and territory hold as long.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    leads = models.BooleanField(default=False)
    role = models.CharField(max_length=200, blank=True, default="")
    level = models.CharField(max_length=200, blank=True, default="")
    territory = models.CharField(max_length=200, blank=True, default="")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "team", "leads", "starts"], name="one_membership_a_start"
            ),
            models.UniqueConstraint(
                fields=["person", "team", "leads"],
                condition=Q(starts=None),
                name="one_membership_from_the_first",
            ),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gt=models.F("starts")),
                name="membership_has_days",
            ),
        ]


class TimeOff(models.Model):
    """A day on which a person is not available; it lowers the target."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="time_off")
    day = models.DateField()
    kind = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "day"], name="one_day_off_a_day")]


class Holiday(models.Model):
    """A day on which nobody is expected to work."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=200, blank=True, default="")


class HolidayCalendar(models.Model):
    """The public holidays of a country, or of one of its regions ("" for none), by their ISO codes."""

    country = models.CharField(max_length=2)
    region = models.CharField(max_length=16, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["country", "region"], name="one_calendar_a_region")
        ]


class PublicHoliday(models.Model):
    """A day off for everybody under a calendar. `source` names the library it is from; "" for a day of our own."""

    calendar = models.ForeignKey(HolidayCalendar, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    name = models.CharField(max_length=200, blank=True, default="")
    source = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["calendar", "day"], name="one_public_holiday_a_day")
        ]


class HolidayChoice(models.Model):
    """Under which calendar a person, a team, or the organisation (neither) works, from a day on.

    No calendar: under that of the team, or the organisation, again. Never changed, never deleted; of two from the same
    day, the one made later counts.
    """

    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="holiday_choices"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.CASCADE, related_name="holiday_choices"
    )
    calendar = models.ForeignKey(
        HolidayCalendar, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts = models.DateField()
    by = models.CharField(max_length=254)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(person=None) | Q(team=None), name="one_chooser_of_holidays")
        ]


class PartTime(models.Model):
    """How much of full time a person works, from a day on: an exact fraction as text; "1" for full time again.

    `weekdays` are their own working weekdays as digits, Monday 0; "" for the organisation's. `lowers` says that quotas
    of theirs are of full time, and lowered to the share. Never changed, never deleted; of two from the same day, the
    one made later counts.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="part_time")
    starts = models.DateField()
    share = models.CharField(max_length=24)
    weekdays = models.CharField(max_length=7, blank=True, default="")
    lowers = models.BooleanField(default=False)
    by = models.CharField(max_length=254)
    at = models.DateTimeField()


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """A user; without a password nobody can sign in as them."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person's sign-in, with the role that decides what they may see; `language` is empty until they choose one."""

    email = models.EmailField(unique=True)
    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="user"
    )
    role = models.CharField(
        max_length=32, choices=[(role.value, role.value) for role in AccessRole], default=AccessRole.REP
    )
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=16, blank=True, default="")
    joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    objects = UserManager()


class Token(models.Model):
    """A program's sign-in as its user: it may do what its scopes say, and never more than the user may.

    `mark` stands in the token and finds it; of its secret only the SHA-256 is kept. `scopes` are separated by spaces.
    """

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    mark = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.CharField(max_length=200)
    made = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)


class Answered(models.Model):
    """What a request with an idempotency key was answered, to answer it again. `digest` is the SHA-256 of its body."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=500)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_a_key")]
        indexes: ClassVar = [models.Index(fields=["at"], name="answers_by_age")]


class Look(models.Model):
    """Somebody looked at a person's figures: who, at what, through which door; once a day, at the first look of it.

    `by` is a name rather than a user, so that it is still told when the sign-in is gone.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="looks")
    by = models.CharField(max_length=254)
    what = models.CharField(max_length=16)
    via = models.CharField(max_length=16)
    day = models.DateField()
    first = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()
    person_path = "person"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "day", "by", "what", "via"], name="one_look_a_day")
        ]
