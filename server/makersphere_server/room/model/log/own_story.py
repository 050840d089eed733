"""What of a seat's story is somebody's own, who did not have the seat all the time.

Answers with a story as a hand has it: the figures and the money of seasons at whose end they had the seat, what turned
it by choices and results of their time, and what others gave only where they had it all the time. A sentence that says
"you" is never about somebody else's doing, nor a bot's that stood in for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

import attrs

from makersphere_server.room.model.log.phase_closes import NO_SEQ
from makersphere_server.room.model.log.stood_in import NO_BOT, LeftToBots
from makersphere_server.room.model.log.timeline import Start
from makersphere_server.room.model.people.seat_people import SeatPeople

__all__ = ["SeatTenure", "Tenure", "own_part"]

Tree = dict[str, Any]

_OF_A_SEASON: Final = frozenset({"own_fall", "own_fall_by", "own_rise", "own_rise_by"})
_OF_TERMS: Final = frozenset({"own_bar", "own_empty", "own_rent"})  # what came of what an operator set before
_TERMS_SET_IN: Final = "policy"


class Tenure(Protocol):
    """When somebody had a seat."""

    def has_closed(self, season: int, phase: str) -> bool:
        """Return whether they had it when a phase closed, or nobody can say."""
        ...

    def ends(self, season: int) -> bool:
        """Return whether they had it at the end of a season."""
        ...

    def is_whole(self, *seasons: int) -> bool:
        """Return whether they had it in each phase of some seasons."""
        ...


@attrs.frozen
class SeatTenure:
    """When people had a seat who have it still.

    Attributes:
        stays: from which `seq` to which, each time.
        closes: by which `seq` each phase closed, in order.
    """

    stays: Sequence[tuple[int, int]]
    closes: Mapping[Start, int]

    @classmethod
    def of(cls, people: SeatPeople, closes: Mapping[Start, int], seq: int) -> SeatTenure:
        """Return that of a seat's people, who read what was told to any of them.

        Args:
            people: of the seat.
            closes: by which `seq` each phase closed, in order.
            seq: of the room's last record; who sat down at a later one had the seat from its beginning.
        """
        since = people.since if people.since <= seq else 0
        before = [stay for one in people.members for stay in one.stays]
        return cls(((since, NO_SEQ), *before), closes)

    def has_closed(self, season: int, phase: str) -> bool:
        """Return whether they had it when a phase closed; of one that was never open nobody can say."""
        closed = self.closes.get((season, phase))
        return closed is None or any(since < closed <= until for since, until in self.stays)

    def ends(self, season: int) -> bool:
        """Return whether they had it at the end of a season."""
        phases = [phase for at, phase in self.closes if at == season]
        return not phases or self.has_closed(season, phases[-1])

    def is_whole(self, *seasons: int) -> bool:
        """Return whether they had it in each phase of some seasons."""
        return all(self.has_closed(*place) for place in self.closes if place[0] in seasons)


def own_part(story: Tree, time: Tenure, bots: LeftToBots = NO_BOT) -> Tree:
    """Return what of a seat's story is theirs who had the seat at some time.

    Args:
        story: of the seat.
        time: when they had it.
        bots: what a bot has decided in their place: it turned the seat's game, and they did not.
    """
    by_season: Tree = {
        what: {season: told for season, told in story[what].items() if time.ends(int(season))}
        for what in ("seasons", "money")
        if what in story
    }
    turning = {number: told for number, told in story.get("turning", {}).items() if _is_own(told, time, bots)}
    begun = {int(season) for what in ("seasons", "money") for season in story.get(what, {})}
    given = story.get("given", {}) if time.is_whole(*begun) else {}
    return {**story, **by_season, "turning": turning, "given": given}


def _is_own(moment: Tree, time: Tenure, bots: LeftToBots) -> bool:
    """Return whether what turned a seat's game is theirs: what came of a phase is if they had the seat at its end."""
    season, text, phase = moment["season"], moment["text"], moment["phase"]
    if text in _OF_A_SEASON:
        return time.is_whole(season) and time.has_closed(season, phase) and season not in bots.seasons
    decided_in = _TERMS_SET_IN if text in _OF_TERMS else phase
    is_theirs = time.has_closed(season, decided_in) and time.has_closed(season, phase)
    return is_theirs and (season, decided_in) not in bots.phases
