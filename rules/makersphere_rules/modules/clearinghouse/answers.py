"""Why a list brought hours from some and not from others, as whoever handed it in may know.

Answers from the lists of a seat and from what everybody sees once all is matched: who gives hours to whom, what each
investor has left, how many packages a venture can take. Never tells where somebody stood on another's list.
Source: the rulebook's "4. Matching" (clearinghouse); in a stable matching no two are left who would both gain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import attrs

from makersphere_rules.ecosystem.shared_steps.goods import Package
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.ecosystem.table.verdicts import ELSEWHERE, FREE, FULL, GIVEN, UNASKED, ListAnswer
from makersphere_rules.modules.clearinghouse.rounds import Lists
from makersphere_rules.state import State

__all__ = ["answers"]


def answers(
    state: State,
    lists: Lists,
    packages: Sequence[Package],
    capacities: Mapping[int, int],
    places: Mapping[int, int],
) -> Iterator[ListAnswer]:
    """Yield what each list of a lead or an investor came to, empty lists left out.

    Args:
        state: the game.
        lists: as they were handed in.
        packages: that were signed.
        capacities: how many packages each investor had to give.
        places: how many packages each venture could take, in as many rounds.
    """
    given = {(package.venture, package.investor) for package in packages}
    took, gave = (Counter(pair[side] for pair in given) for side in (0, 1))
    done = _Done(
        given,
        frozenset(seat for seat, capacity in capacities.items() if gave[seat] >= capacity),
        frozenset(number for number, most in places.items() if took[number] >= most),
    )
    season = state.game.season
    for number, investors in lists.ventures.items():
        if investors:
            yield ListAnswer(state.one(Venture, number).lead, season, number, done.of_venture(number, investors))
    for seat, ventures in lists.investors.items():
        if ventures:
            yield ListAnswer(seat, season, 0, done.of_investor(seat, ventures))


@attrs.frozen
class _Done:
    """What is matched: the pairs (venture, investor), who has no package left, which ventures took all they could."""

    given: set[tuple[int, int]]
    spent: frozenset[int]
    full: frozenset[int]

    def of_venture(self, number: int, investors: Sequence[int]) -> dict[int, str]:
        """Return by investor what became of a lead's list."""
        last = max((at for at, seat in enumerate(investors) if (number, seat) in self.given), default=-1)
        found = {}
        for at, seat in enumerate(investors):
            if (number, seat) in self.given:
                found[seat] = GIVEN
            elif at > last and number in self.full:
                found[seat] = UNASKED
            else:
                found[seat] = FULL if seat in self.spent else FREE
        return found

    def of_investor(self, seat: int, ventures: Sequence[int]) -> dict[int, str]:
        """Return by venture what became of an investor's list."""
        last = max((at for at, number in enumerate(ventures) if (number, seat) in self.given), default=-1)
        found = {}
        for at, number in enumerate(ventures):
            if (number, seat) in self.given:
                found[number] = GIVEN
            elif number in self.full:
                found[number] = ELSEWHERE
            else:  # hours that went to one further down were there for this one
                found[number] = FULL if seat in self.spent and at > last else FREE
        return found
