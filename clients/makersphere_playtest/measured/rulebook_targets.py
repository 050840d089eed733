"""The rulebook's targets for `seminar`, each compared with what was measured.

A target about games with a swapped seat is there only where such games were played. All targets are asked alike of the
whole interval (`certainty.py`): *met* where all of it is within the bounds, *missed* where it is outside although it is
widened for the number of all that a report says, *likely* where an interval of 80 % is within, else open: it takes more
games to tell. Games of two seasons have only the targets that need no course of seasons: nothing is a product yet then,
and half-time is the first season. How often the lead changes is asked of four seasons.

Where a seat was bound to forgo its role's main act, to press buttons only, or to a naive policy, the target is on its
score beside that of the standard bot in the same seats and games: nobody wins by not playing, and no single idea wins
by much. Where all seats are hard bots, each command should be sent in some of the games.

Source: the rulebook's "Targets for tuning".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from makersphere_bots.catalogue import RESTRICTED
from makersphere_bots.naive import NAIVE
from makersphere_playtest.measured.certainty import Claim, outside, verdict
from makersphere_playtest.measured.intervals import Estimate, Moments, Share, Sums
from makersphere_playtest.measured.pairs import Pair, Ratio
from makersphere_playtest.measured.tally import Tally

__all__ = ["NO_PATH", "PATHS", "Swapped", "Target", "targets"]

_OPEN: Final = float("inf")
_COURSE: Final = 3  # seasons from which on a game has a course
_CHANGING: Final = 4  # likewise, for the lead to change
_AWAY: Final = 8  # per cent
_FIRST: Final = 100 / 3  # per cent of the games, of each of three roles
_RIVALS: Final = {"maker": 7, "investor": 4}  # in a room of twelve, for which the rulebook's 35 to 65 % are meant
_KEPT: Final = (25, 65)  # per cent of the games, in other rooms
_FEWEST: Final = 3  # rivals of whom that is asked; of two, the one ahead wins
_LARGE: Final = 18  # seats above which it is asked of any two rivals instead
_AHEAD_IF_LARGE: Final = (62, 80)
# what those mean for any two rivals in a room of any size: 50 + 100 arcsin r / pi (Kruskal 1958), r the correlation of
# normal scores at half-time and at the end with which the leader of so many wins in 35 or 65 % of the games
_AHEAD: Final = {"maker": (67, 84), "investor": (58, 79)}
PATHS: Final = ("only-community", "only-resources", "only-integration")
NO_PATH: Final = "standard-levels"
_BUTTONS: Final = {"ready": 66.6, "yellow": 85.0}  # the most that who only presses them may have, of the standard score
_CAPITAL: Final = "standard-capital"
_WITHOUT_CAPITAL: Final = {2: 90.0, 3: 85.0}  # the most of the standard score, by seasons
_WITHOUT_CAPITAL_LONG: Final = 80.0  # from four seasons on
_NAIVE: Final = 110.0  # the most, of the standard score
_GARAGE: Final = (75, 125)  # per cent of the founders at a desk
_NO_DEAL: Final = 15  # per cent of makers
_BIDS: Final = 1.3  # for each deal
_RIVALS_FROM: Final = 12  # seats from which on investors compete; fewer have two or three of them
_USED: Final = 5  # per cent of the games in which the hard bots send a command


@attrs.frozen
class Swapped:
    """The scores of one seat that another policy played, and of the same seat in the same games where nobody did.

    Attributes:
        role: of the seat.
        policy: that played it.
        scores: the other policy's scores, and the usual ones.
        over_none: for an operator on one path alone, its scores and those of one that builds no level.
    """

    role: str
    policy: str
    scores: Pair = attrs.field(factory=Pair)
    over_none: Pair = attrs.field(factory=Pair)


@attrs.frozen
class Target:
    """One target with what was measured.

    Attributes:
        name: the key of its text.
        of: whom or what it is about, where there are several.
        lo: the least that is wanted, None: any.
        hi: the most.
        sums: of which it was measured.
        is_missed: whether it is sure, for all that a report says together, that it is missed.
    """

    name: str
    of: str
    measured: Estimate
    lo: float | None
    hi: float | None
    sums: Sums = attrs.field(factory=Moments, repr=False)
    is_missed: bool = False

    @property
    def verdict(self) -> str:
        """Return whether it is met: `met`, `likely`, `open` (more games are needed to tell) or `missed`."""
        return verdict(self.measured, *self._bounds, is_missed=self.is_missed)

    @property
    def misses(self) -> Claim:
        """Return the claim that it is missed."""
        return outside(self.sums, *self._bounds)

    @property
    def _bounds(self) -> tuple[float, float]:
        return -_OPEN if self.lo is None else self.lo, _OPEN if self.hi is None else self.hi


def _target(name: str, sums: Sums, lo: float | None = None, hi: float | None = None, of: str = "") -> Target:
    return Target(name, of, sums.estimate(), lo, hi, sums)


def targets(
    tally: Tally, groups: Iterable[tuple[str, Sums]], swapped: Iterable[Swapped], *, is_hard: bool = False
) -> Iterator[Target]:
    """Yield the targets that can be told from what was played.

    Args:
        tally: of the scenario as it is.
        groups: how far each background, kind and seat is from its role's mean, in per cent.
        swapped: what seats that played otherwise made of it.
        is_hard: whether all seats were hard bots, which should use every command.
    """
    if is_hard:
        for name in sorted(tally.offered | tally.sent.keys()):
            yield _target("used", Share(tally.games, tally.sent[name]), _USED, of=name)
    outcomes, happened = tally.outcomes.all(), tally.happened.all()
    if "born" not in outcomes:
        return
    yield _target("born", outcomes["born"], 40, 70)
    yield _target("receivership", happened["receivership"], hi=10)
    if tally.seasons >= _COURSE:
        yield _target("product", outcomes["product"], 10, 35)
        yield from (_target(name, sums, 50) for name, sums in happened.items() if name.startswith("exit_"))
        yield from _contests(tally)
    yield from _garage_and_bids(tally)
    for role in dict.fromkeys(tally.roles):
        if (first := outcomes.get(f"first_{role}")) is not None:
            yield _target("first", first, round(_FIRST - _AWAY, 1), round(_FIRST + _AWAY, 1), role)
    for name, sums in groups:
        yield _target("fair", sums, -_AWAY, _AWAY, name)
    yield from _idle(tally)
    yield from _swapped([one for one in swapped if one.scores.one.count], tally.seasons)


def _garage_and_bids(tally: Tally) -> Iterator[Target]:
    """Yield how founders in the garage fare, who never has a deal, and how many bid for a venture."""
    outcomes, happened = tally.outcomes.all(), tally.happened.all()
    if tally.garage.one.count:
        yield _target("garage", Ratio(tally.garage, 100), *_GARAGE)
    if (without := outcomes.get("no_deal")) is not None:
        yield _target("no_deal", without, hi=_NO_DEAL)
    if len(tally.roles) >= _RIVALS_FROM and (rivals := happened.get("rivals")) is not None:
        yield _target("bids", outcomes["bids_per_deal"], _BIDS)
        yield _target("rivals", rivals, 50)


def _contests(tally: Tally) -> Iterator[Target]:
    """Yield how open the contest is: of the leader in a room of up to eighteen, and of any two."""
    outcomes, shares, happened = tally.outcomes.all(), tally.shares.all(), tally.happened.all()
    is_large = len(tally.roles) > _LARGE
    for role, in_small in _AHEAD.items():
        if (kept := shares.get(f"kept_{role}")) is None:
            continue
        rivals = tally.roles.count(role)
        if rivals >= _FEWEST and not is_large:
            yield _target("kept", kept, *((35, 65) if rivals == _RIVALS[role] else _KEPT), role)
        if (ahead := outcomes.get(f"ahead_{role}")) is not None:
            yield _target("ahead", ahead, *(_AHEAD_IF_LARGE if is_large else in_small), role)
        if tally.seasons >= _CHANGING:
            yield _target("changes_role", happened[f"changes_{role}"], 50, of=role)
    if tally.seasons >= _CHANGING:
        yield _target("changes", happened["changes"], 50)


def _idle(tally: Tally) -> Iterator[Target]:
    """Yield, for each phase but *policy*, how idle the idlest seat is: the one with the fewest seasons to decide in."""
    busy = tally.busy.all()
    for phase, seats in tally.phases.items():
        if phase != "policy" and seats:
            least = min((busy[f"{phase} {seat}"] for seat in seats), key=lambda sums: sums.mean)
            yield _target("busy", least, 80, of=phase)


def _swapped(found: Iterable[Swapped], seasons: int) -> Iterator[Target]:
    alone: dict[str, Swapped] = {}
    for one in found:
        if one.policy in PATHS:
            alone[one.policy] = one
        elif one.policy == "random" and one.scores.one.mean:
            yield _target("skill", Ratio(one.scores.swapped()), 1.25, of=one.role)
        elif one.policy == "lookahead":
            yield _target("foresight", one.scores.difference(), 0, of=one.role)
        elif one.policy in RESTRICTED:
            yield _target("forbidden", one.scores.difference(), hi=0, of=f"{one.role}: {one.policy}")
        if one.scores.other.mean > 0:
            yield from _of_standard(one, seasons)
    if len(alone) == len(PATHS) and all(one.over_none.one.count for one in alone.values()):
        yield from (_target("path", alone[path].over_none.difference(), 0, of=path) for path in PATHS)
        best = max(alone.values(), key=lambda one: one.scores.one.mean)
        yield _target("mix", Ratio(best.scores.swapped()), hi=1.2)


def _of_standard(one: Swapped, seasons: int) -> Iterator[Target]:
    """Yield what is asked of a policy's score in per cent of the standard bot's."""
    ratio = Ratio(one.scores, 100)
    if one.policy in _BUTTONS:
        yield _target(one.policy, ratio, hi=_BUTTONS[one.policy], of=one.role)
    elif one.policy == _CAPITAL:
        yield _target("capital", ratio, hi=_WITHOUT_CAPITAL.get(seasons, _WITHOUT_CAPITAL_LONG), of=one.role)
    elif one.policy in NAIVE:
        yield _target("naive", ratio, hi=_NAIVE, of=f"{one.role}: {one.policy}")
