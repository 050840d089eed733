"""The catalogue of the hunt: policies of one seat and plots of two that may pay more than is sound, each with a bound.

Whoever knows a trick adds it to `makersphere_bots.naive` or `makersphere_bots.plots`, of which all are hunted, or adds
a line here. A policy or plot of one's own is hunted without: `--swap ROLE=package.module:Class`, `--plot
package.module:NAME`.

The bounds are the rulebook's: no naive policy beats the standard bot by 10 %, what a seat forgoes costs it something,
who is only ready keeps two thirds of a score at most and who only presses the main button 85 %, a term at an end of its
range costs 5 %, and no plot of two seats raises how often the friend wins by more than 8 points. Says nothing of how a
suspect plays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

import attrs

from makersphere_bots import naive
from makersphere_bots.plots import PLOTS
from makersphere_bots.policy import INVESTOR, MAKER, OPERATOR
from makersphere_playtest.games.policies_by_name import plot
from makersphere_playtest.plans.places import places_of_two

__all__ = ["GAIN", "SUSPECTS", "WINS", "Suspect", "at_table", "of_plot"]

GAIN: Final = 10.0  # per cent that a naive policy may have more than the standard bot
WINS: Final = 8.0  # games of a hundred that a friend may win more often by a plot
_FREE: Final = -1.0  # per cent: an act that costs less to forgo is without effect
_READY: Final = -100 / 3
_YELLOW: Final = -15.0
_END: Final = -5.0


@attrs.frozen
class Suspect:
    """A policy that one seat of a role plays, or a plot.

    Attributes:
        name: of the policy or plot.
        role: of the seat; "": a plot.
        most: what it may bring: a policy in per cent of the standard bot's score in the same seat, a plot in games of a
            hundred that the friend wins more often.
    """

    name: str
    role: str
    most: float

    @property
    def key(self) -> str:
        """Return the key of the side on which it is played."""
        return f"{self.role or 'plot'}: {self.name}"

    @property
    def term(self) -> str:
        """Return the term that it always sets, as a scenario writes it; "": none."""
        names = (name for name in _TERMS if self.role == OPERATOR and self.name.startswith(f"{name}-"))
        return next((f"set_terms.{name.replace('-', '_')}" for name in names), "")

    @property
    def beside(self) -> Suspect | None:
        """Return the honest deal that a plot is held against; None: the game without any plot."""
        return of_plot(name) if not self.role and (name := plot(self.name).beside) else None


def _of(role: str, most: float, *names: str) -> Iterator[Suspect]:
    return (Suspect(name, role, most) for name in names)


def of_plot(name: str) -> Suspect:
    """Return a plot as a suspect."""
    return Suspect(name, "", WINS)


_PATHS: Final = ("community", "resources", "integration")
_BARS: Final = ("maker-bar", "investor-bar", "appraisal-bar")
_ENDS: Final = ("rent-0", "rent-30", *(f"{bar}-{end}" for bar in _BARS for end in (0, "most")))
_TERMS: Final = ("rent", *_BARS, "weights")  # what a name of a policy of an operator begins with that always sets it
_HABITS: Final = ("cautious", "greedy")  # in any role
_ROLES: Final = (MAKER, INVESTOR, OPERATOR)

SUSPECTS: Final[tuple[Suspect, ...]] = (
    # a seat that does not play
    *(one for role in _ROLES for one in (*_of(role, _READY, "ready"), *_of(role, _YELLOW, "yellow"))),
    # a seat that forgoes an act, or an option
    *_of(MAKER, _FREE, "standard-deals", "standard-exchange", "standard-rate", "standard-ask"),
    *_of(INVESTOR, _FREE, "standard-capital", "standard-hours", "standard-deliver", "standard-clinic"),
    *_of(INVESTOR, _FREE, "standard-see", "standard-rate"),
    *_of(OPERATOR, _FREE, "standard-levels", "standard-gate", *(f"standard-{path}" for path in _PATHS)),
    *_of(OPERATOR, _FREE, *(f"standard-{act}" for act in ("introduce", "workshop", "grant", "wild-card"))),
    # terms at an end of their range
    *_of(OPERATOR, _END, *_ENDS),
    # naive ways to play
    *(one for role in _ROLES for one in _of(role, GAIN, *_HABITS)),
    *(Suspect(name, role, GAIN) for role, name in naive.swaps(_ROLES) if name not in _ENDS),
    # plots
    *map(of_plot, PLOTS),
)


def at_table(suspects: Sequence[Suspect], roles: Sequence[str], never: Collection[str] = ()) -> list[Suspect]:
    """Return the suspects that can be played with these seats; a friend needs a rival beside the giver.

    Args:
        suspects: who may be hunted.
        roles: of the seats.
        never: the terms that come after the last season; whoever would set one plays like anybody else.
    """
    there = [one for one in suspects if one.term not in never]
    return [one for one in there if (one.role in roles if one.role else _is_open(one.name, roles))]


def _is_open(name: str, roles: Sequence[str]) -> bool:
    two = plot(name)
    rivals = roles.count(two.friend) - 1 - (two.giver == two.friend)
    return places_of_two(roles, two.giver, two.friend, 0) is not None and rivals > 0
