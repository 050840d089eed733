"""The ways of matching: those that a room plays, money before hours, and the commands by which a seat takes part.

Answers from the modules that the table names and from what is legal; knows no rule of any of them.
"""

from __future__ import annotations

from typing import Final

import attrs

from makersphere_clients.terminal.view import View

__all__ = ["Way", "open_ways", "ways"]


@attrs.frozen
class Way:
    """A module of matching, the good that it is for, and the commands by which a maker and an investor take part."""

    module: str
    good: str
    maker: str
    investor: str

    def command(self, role: str) -> str:
        """Return the command by which a role takes part."""
        return self.investor if role == "investor" else self.maker


_ALL: Final = (
    Way("negotiation", "money", "set_floor", "send_terms"),  # for both goods where nothing else is for hours
    Way("clearinghouse_capital", "money", "rank_capital", "rank_capital"),
    Way("auction", "money", "call_auction", "bid"),
    Way("planner_capital", "money", "take_part_capital", "take_part_capital"),
    Way("clearinghouse", "hours", "rank", "rank"),
    Way("auction_hours", "hours", "call_auction_hours", "bid_hours"),
    Way("planner", "hours", "take_part", "take_part"),
)
_OF_NEGOTIATION: Final = frozenset({"answer_terms", "send_terms", "set_floor"})


def ways(view: View) -> list[Way]:
    """Return the ways that the room plays."""
    played = view.modules("matching")
    return [way for way in _ALL if way.module in played]


def open_ways(view: View) -> list[Way]:
    """Return the first way for each good in which this seat can do something now."""
    found: dict[str, Way] = {}
    for way in ways(view):
        commands = _OF_NEGOTIATION if way.module == "negotiation" else {way.command(view.role)}
        if not commands.isdisjoint(view.legal):
            found.setdefault(way.good, way)
    return list(found.values())
