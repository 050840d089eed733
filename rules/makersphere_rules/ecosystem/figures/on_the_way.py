"""How many offers are on their way and how many deals are signed, in the whole room, while the negotiation is open.

Answers what everybody may know of sheets that only their two sides see: how many there are in all, and nothing of any
one of them. One and two are told as a word, since they could tell a single bidder; nothing is told by space, role or
kind. Each deal has an investor and a lead. While fewer than three of either can still deal, one of them could tell what
another did, so no number is told at all, not even none: whoever is ready is public, so each change would be the act of
those who are not. It is worked out when it is shown and stands in no state.

Source: the design of the wall, "Matching".
"""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.agreements import Deal, Sheet
from makersphere_rules.state import Seat, State

__all__ = ["NO_NUMBERS", "SOME", "is_negotiated", "numbers", "on_the_way", "too_few_deal"]

SOME: Final = "some"
NO_NUMBERS: Final = {"open": SOME, "signed": SOME}
_FEWEST: Final = 3  # that are told as a number
_FEWEST_A_SIDE: Final = 3  # investors, and leads: beside each of them are two others who may have done it
_NEGOTIATION: Final = "negotiation"


def on_the_way(state: State, away: Container[int] = ()) -> dict[str, int | str]:
    """Return the two counts, each a number or "some"; nothing where no negotiation is open.

    Args:
        state: the game.
        away: seats that nobody plays at the moment.
    """
    if not is_negotiated(state):
        return {}
    return dict(NO_NUMBERS) if too_few_deal(state, away) else numbers(state)


def numbers(state: State) -> dict[str, int | str]:
    """Return the two counts where they may be told, one and two as "some"."""
    are_open = sum(sheet.status == "open" for sheet in state.all(Sheet).values())
    signed = sum(deal.season == state.game.season for deal in state.all(Deal).values())
    return {"open": _told(are_open), "signed": _told(signed)}


def too_few_deal(state: State, away: Container[int] = ()) -> bool:
    """Return whether so few of one side are neither ready nor away that a change would tell who it was."""
    seats = state.all(Seat)
    sides = (tenancy.investors(state), [venture.lead for venture in tenancy.living(state)])
    return any(sum(not seats[seat].ready and seat not in away for seat in side) < _FEWEST_A_SIDE for side in sides)


def is_negotiated(state: State) -> bool:
    """Return whether a negotiation is open."""
    game = state.game
    if game.status != "running":
        return False
    return any(module.name == _NEGOTIATION for module in state.scenario.phase(game.phase).modules)


def _told(count: int) -> int | str:
    return count if count == 0 or count >= _FEWEST else SOME
