"""The memorable cast: who they are, and what is particular about them. Tests share their names."""

from __future__ import annotations

from dataclasses import dataclass

DOMAIN = "demo.upswing.example"


@dataclass(frozen=True, slots=True)
class Story:
    """What is particular about a rep; factors are 1 and log-odds 0 for an ordinary one, days are before the anchor.

    `effort` is on calls, `book` added to the log-odds of booking a meeting, `stages` to those of passing each
    stage. `spread`: sigma of their amounts. `joined`: hired so many days before the anchor. `leave`: away from so
    many days before the anchor until long after. `stalls`, `pads`: since so many days before it the pipeline
    stalls, the log is padded. `coached`: a coaching round that long before, worth `lift` log-odds on Demo.
    """

    words: str
    effort: float = 1
    book: float = 0
    stages: tuple[float, float, float, float] = (0, 0, 0, 0)
    size: float = 1
    spread: float | None = None
    joined: int | None = None
    leave: int | None = None
    stalls: int | None = None
    pads: int | None = None
    coached: int | None = None
    lift: float = 0


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast, in the order in which reps are numbered."""

    name: str
    team: str
    manager: str
    role: str
    story: Story


FULL, SDR, AE = "full cycle", "SDR", "AE"
_STALLING = (-0.35, -0.35, -0.35, -0.35)
_TOP = (0.30, 0.30, 0.30, 0.30)
_ORDINARY = Story("An ordinary rep.")

CAST = (
    Member("Tess Lund", "Nordics", "Mona Berg", FULL, Story(
        "Steady top rep: won value and meetings held clearly above what is asked.", effort=1.2, book=0.50,
        stages=_TOP, spread=0.40,
    )),
    Member("Stan Weber", "Nordics", "Mona Berg", FULL, Story(
        "Stalled pipeline: many old silent deals stand open.", stages=_STALLING, size=1.15, spread=0.5, stalls=400,
    )),
    Member("Rami Haddad", "Nordics", "Mona Berg", FULL, Story("Ramping hire.", joined=45)),
    Member("Jonas Kim", "Nordics", "Mona Berg", FULL, Story("On leave since before the quarter.", leave=21)),
    Member("Nadia Petrova", "Nordics", "Mona Berg", FULL, Story(
        "Ordinary; Mona's coaching on the Demo step shows.", stages=(0, -0.45, 0, 0), spread=0.4, coached=190,
        lift=1.1,
    )),
    Member("Nina Aalto", "Baltics", "Otto Lindqvist", FULL, Story(
        "Plenty of calls and conversations, few proposals.", effort=1.2, stages=(0, -2.0, 0, 0),
    )),
    Member("Pavel Novak", "Baltics", "Otto Lindqvist", FULL, Story("Padded log.", effort=0.85, pads=120)),
    Member("Aisha Bello", "Baltics", "Otto Lindqvist", FULL, _ORDINARY),
    Member("Lars Eklund", "Baltics", "Otto Lindqvist", FULL, _ORDINARY),
    Member("Chloe Martin", "Alpine", "Priya Raman", FULL, Story("Full cycle beside a pod.")),
    Member("Diego Ramos", "Alpine", "Priya Raman", SDR, Story("Opens deals that Hana Sato closes.")),
    Member("Hana Sato", "Alpine", "Priya Raman", AE, Story("Closes what Diego Ramos opens.")),
)  # fmt: skip


def address(name: str) -> str:
    """Somebody's address for signing in: their name at the demo's domain; nothing is ever sent there."""
    return f"{name.lower().replace(' ', '.')}@{DOMAIN}"
