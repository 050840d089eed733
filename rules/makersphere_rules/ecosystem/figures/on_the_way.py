"""How many offers are on their way and how many deals are signed, in the whole room, while the negotiation is open.

Answers what everybody may know of sheets that only their two sides see: how many there are in all, and nothing of any
one of them. Under three no number is told, since it could tell a single bidder; nothing is told by space, role or kind.
It is worked out when it is shown and stands in no state.

Source: the design of the wall, "Matching".
"""

from __future__ import annotations

from typing import Final

from makersphere_rules.ecosystem.table.agreements import Deal, Sheet
from makersphere_rules.state import State

__all__ = ["SOME", "on_the_way"]

SOME: Final = "some"
_FEWEST: Final = 3  # that are told as a number
_NEGOTIATION: Final = "negotiation"


def on_the_way(state: State) -> dict[str, int | str]:
    """Return the two counts, each a number or "some"; nothing where no negotiation is open."""
    game = state.game
    if game.status != "running":
        return {}
    if all(module.name != _NEGOTIATION for module in state.scenario.phase(game.phase).modules):
        return {}
    are_open = sum(sheet.status == "open" for sheet in state.all(Sheet).values())
    signed = sum(deal.season == game.season for deal in state.all(Deal).values())
    return {"open": _told(are_open), "signed": _told(signed)}


def _told(count: int) -> int | str:
    return count if count == 0 or count >= _FEWEST else SOME
