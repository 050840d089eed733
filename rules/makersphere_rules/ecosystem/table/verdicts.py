"""What was decided about a seat, and by which numbers: facts for its own hand, told again from the events.

Answers, until the next decision of the same sort: what a pitch scored at which bar, how an application was judged, what
a list for hours came to, what a venture sold and where that went, which measures made an appraisal, by how much a
venture is in danger, what a standing is made of. No event follows from these kinds, so no hash is taken of them, and
logs from before they were told replay as they did; no form reads them either.

A fact holds what is its owner's to know, and besides only what all may know or follows from it: never who else was
turned away, never what another would have scored. Source: the rulebook's "Who sees what".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from makersphere_rules.entity import Entity, owner
from makersphere_rules.frozen import frozen

__all__ = [
    "BELOW",
    "ELSEWHERE",
    "ENOUGH",
    "FREE",
    "FULL",
    "GIVEN",
    "UNASKED",
    "UNPAID",
    "WILD_CARD",
    "Application",
    "BadgeAppraisal",
    "Credential",
    "Danger",
    "ListAnswer",
    "Payout",
    "Pitch",
    "StandingParts",
]

GIVEN: Final = "given"  # a desk or a badge
WILD_CARD: Final = "wild_card"  # the same, below the bar
BELOW: Final = "below"  # the bar was not reached
FULL: Final = "full"  # it was, and better pitches took the free desks; or an investor's hours went to others
ENOUGH: Final = "enough"  # it was, by an investor with as many badges as one may hold
UNPAID: Final = "unpaid"  # it was, by an investor that could not pay for the badge
FREE: Final = "free"  # there were hours left, or a place for them, and not for this one
ELSEWHERE: Final = "elsewhere"  # a venture took what it could from others
UNASKED: Final = "unasked"  # it was not asked, since those above had been enough


@frozen
class Pitch(Entity, retold=True):
    """How a maker's last pitch was judged. The maker and the operator of that door know it.

    `desks` were free when the door opened; `ahead` are those that took them before a pitch that reached the bar, in
    order of seat: who they are everybody sees.
    """

    maker: int = owner(key=True, owner=True)
    space: int = owner(owner=True)
    season: int = owner()
    venture: int = owner()
    score: int = owner()
    bar: int = owner()
    desks: int = owner()
    outcome: str = owner()  # given, wild_card, below, full
    ahead: tuple[int, ...] = owner(())


@frozen
class Credential(Entity, retold=True):
    """What an investor is judged by at this admission, and the bar of each space that it may ask."""

    investor: int = owner(key=True, owner=True)
    season: int = owner()
    score: int = owner()  # the printed credential and what past appraisals add to it
    bars: Mapping[int, int] = owner(factory=dict)  # space -> bar, with what is added to it after a loss


@frozen
class Application(Entity, retold=True, keeps_owners=True):
    """How an investor's last application at a space was judged. The investor and that space's operator know it."""

    investor: int = owner(key=True, owner=True)
    space: int = owner(key=True, owner=True)
    season: int = owner()
    score: int = owner()
    bar: int = owner()
    outcome: str = owner()  # given, wild_card, below, enough, unpaid


@frozen
class BadgeAppraisal(Entity, kind="appraisal", retold=True):
    """What made the last appraisal of a badge: four measures of 0 to 100, and the space's weights, in tenths.

    `rating` is left out where one lead alone has rated: what is shown of ratings are means of two or more. Without
    ratings it is the middle. `bar` is left out where badges are not lost by one.
    """

    investor: int = owner(key=True, owner=True)
    space: int = owner(key=True)
    season: int = owner()
    served: int = owner()
    growth: int = owner()
    rating: int | None = owner()
    competition: int = owner()
    weights: tuple[int, ...] = owner()
    score: int = owner()
    bar: int | None = owner(None)
    lost: bool = owner(default=False)


@frozen
class Danger(Entity, retold=True):
    """How a living venture stands when appraisal opens: told to its team, its shareholders and its space's operator.

    `bar` is left out where it need not sell so much; `seasons_left` is how many appraisals an unborn venture has after
    this one, and is left out where being unborn closes none.
    """

    venture: int = owner(key=True)
    seats: tuple[int, ...] = owner()  # to whom it is told, in order
    space: int = owner()  # 0: the garage
    season: int = owner()
    sold: int = owner()
    bar: int | None = owner(None)
    seasons_left: int | None = owner(None)
    reason: str = owner("")  # for which it goes unless it is spared; "": none

    @property
    def owners(self) -> tuple[int, ...]:
        """Return the seats that know it."""
        return self.seats


@frozen
class ListAnswer(Entity, retold=True):
    """What a lead's or an investor's last list for hours came to: by investor, or by venture.

    It follows from who gives hours to whom, which all see: never where somebody stood on another's list.
    """

    seat: int = owner(key=True, owner=True)
    season: int = owner()
    venture: int = owner()  # whose list it was; 0: an investor's
    answers: Mapping[int, str] = owner(factory=dict)  # given, full, free, elsewhere, unasked


@frozen
class Payout(Entity, retold=True):
    """What a venture last brought to market, and what became of the money: told to its team and its shareholders.

    `spent` is what consumers spent on its sector and stage, with other ventures and the world outside. `steps` are
    credits by reason, `holders` each one's part of the profit, in credits by seat.
    """

    venture: int = owner(key=True)
    seats: tuple[int, ...] = owner()  # to whom it is told, in order
    season: int = owner()
    price: str = owner()
    sales: int = owner()
    spent: int = owner()
    steps: Mapping[str, int] = owner(factory=dict)  # goods, wage, fee, rent, tax, reserve, dividend
    holders: Mapping[int, int] = owner(factory=dict)

    @property
    def owners(self) -> tuple[int, ...]:
        """Return the seats that know it."""
        return self.seats


@frozen
class StandingParts(Entity, kind="standing", retold=True):
    """What a seat's last standing is the sum of."""

    seat: int = owner(key=True, owner=True)
    season: int = owner()
    parts: Mapping[str, int] = owner(factory=dict)
