"""What an operator does for a friend: money, hours, a spared venture, a door that is shut to all others.

Each function is a bend of `plotter.py`.
"""

from __future__ import annotations

from typing import Final

from makersphere_bots.legal import bounds, options
from makersphere_bots.lookahead.operators import beside_workshop
from makersphere_bots.naive.bends import Legal, choices, without
from makersphere_bots.naive.operators import sets
from makersphere_bots.plots.plotter import venture_of
from makersphere_bots.policy import Move, View
from makersphere_bots.standard.printed_values import TRACKS, needs, printed_of

__all__ = ["grant", "purge", "shut_door", "shut_door_to_investors", "spare", "squeeze", "workshop_for"]

_MOST: Final = 1000  # over any bound, within which it is brought
_HIGHEST_RENT: Final = sets(is_last_only=True, rent=_MOST)
_HIGHEST_MAKER_BAR: Final = sets(maker_bar=_MOST)
_HIGHEST_INVESTOR_BAR: Final = sets(investor_bar=_MOST)
_HIGHEST_APPRAISAL_BAR: Final = sets(appraisal_bar=_MOST)


def grant(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Give the friend's venture the largest grant there is."""
    form, venture = legal.get("grant"), venture_of(view, friend)
    if form is None or venture not in options(form.fields["venture"]):
        return moves
    most = bounds(form.fields["credits"])[1]
    return [("grant", {"venture": venture, "credits": most}), *without(moves, "grant")]


def spare(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Keep the wild card for the friend: at the door, and in the appraisal."""
    honest, venture = without(moves, "wild_card"), venture_of(view, friend)
    if friend in choices(legal, "wild_card", "seat"):
        return [("wild_card", {"seat": friend}), *honest]
    if venture in choices(legal, "wild_card", "venture"):
        return [("wild_card", {"venture": venture}), *honest]
    return honest


def workshop_for(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Give the friend as many workshop hours as may be where its venture lacks most, and the others what is left."""
    form, venture = legal.get("workshop"), venture_of(view, friend)
    if form is None or venture not in options(form.fields["venture"]):
        return moves
    lacking = needs(printed_of(view), view.table["venture"][str(venture)])
    track = TRACKS[lacking.index(max(lacking))]
    hours = bounds(form.fields["hours"])[1]
    given: Move = ("workshop", {"venture": venture, "track": track, "hours": hours})
    return [given, *beside_workshop(view, moves, given)]


def squeeze(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """In the last season take the highest rent from everybody."""
    return _HIGHEST_RENT(view, legal, moves)


def shut_door(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Set the maker bar where nobody reaches it: the friend comes in by the wild card."""
    return _HIGHEST_MAKER_BAR(view, legal, moves)


def shut_door_to_investors(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Set the investor bar where nobody reaches it: the friend comes in by the wild card."""
    return _HIGHEST_INVESTOR_BAR(view, legal, moves)


def purge(view: View, legal: Legal, friend: int, moves: list[Move]) -> list[Move]:
    """Set the appraisal bar where nobody reaches it: the friend keeps its badge by the wild card."""
    return _HIGHEST_APPRAISAL_BAR(view, legal, moves)
