"""What operators try who look for an easy win: rent, bars, the order of levels, gifts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from makersphere_bots.naive.bends import Bend, Legal, choices, fill_out, within, without
from makersphere_bots.policy import Args, Move, View
from makersphere_bots.standard.balances import own_credits
from makersphere_bots.standard.printed_values import PATHS, printed_of
from makersphere_bots.standard.venture_worth import seasons_left

__all__ = ["OPERATORS", "sets"]

_TERMS: Final = ("rent", "maker_bar", "investor_bar", "weights", "appraisal_bar")
_RESERVE: Final = 20  # credits that stay in the treasury
_GIFT: Final = 20
_MOST: Final = 1000  # over any bound, within which it is brought
_MEASURES: Final = ("served", "growth", "rating", "competition")
_ALL: Final = 10  # what the weights add up to


def sets(*, is_last_only: bool = False, **terms: int | list[int | str]) -> Bend:
    """Return a bend that always announces some terms; the others are the standard bot's, or as they stand."""

    def bend(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
        if "set_terms" not in legal or (is_last_only and seasons_left(view.table) > 1):
            return moves
        space = view.table["space"][str(view.seat)]
        meant: Args = {name: space[name] for name in _TERMS}
        for name, args in moves:
            if name == "set_terms":
                meant |= args
        set_: Args = {
            name: within(legal, "set_terms", name, value) if isinstance(value, int) else value
            for name, value in terms.items()
        }
        return fill_out(legal, "set_terms", moves, [("set_terms", {**meant, **set_})])

    return bend


def _weights(measure: str) -> Bend:
    """Return a bend that appraises by one measure alone."""
    weights: list[int | str] = [_ALL if name == measure else 0 for name in _MEASURES]
    return sets(weights=weights)


def _buys(order: Sequence[str]) -> Bend:
    """Return a bend that buys levels in this order, as long as the treasury keeps what the season may cost."""

    def bend(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
        if "buy_level" not in legal or f"{view.seat}:set_terms:" in view.hand.get("choice", {}):
            return without(moves, "buy_level")
        space, price = view.hand["space"][str(view.seat)], printed_of(view).level
        levels, purse = {path: int(space[path]) for path in PATHS}, own_credits(view) - _RESERVE
        wanted = dict.fromkeys(PATHS, 0)
        bought: list[Move] = []
        for path in order:
            wanted[path] += 1
            if wanted[path] <= levels[path]:
                continue
            if price * wanted[path] > purse:
                break
            purse -= price * wanted[path]
            bought.append(("buy_level", {"path": path}))
        return fill_out(legal, "buy_level", moves, bought)

    return bend


def _grant_all(view: View, legal: Legal, moves: list[Move]) -> list[Move]:
    """Give each tenant the largest grant, as long as the treasury lasts."""
    gift = within(legal, "grant", "credits", _GIFT)
    most = max(0, own_credits(view) - _RESERVE) // gift if gift else 0
    tenants = choices(legal, "grant", "venture")[:most]
    return fill_out(legal, "grant", moves, [("grant", {"venture": one, "credits": gift}) for one in tenants])


def _never(command: str) -> Bend:
    """Return a bend that never sends a command."""
    return lambda _, __, moves: without(moves, command)


_COMMUNITY, _RESOURCES, _INTEGRATION = PATHS[0], PATHS[1], PATHS[2]

OPERATORS: Final[Mapping[str, Bend]] = {
    **{f"rent-{rent}": sets(rent=rent) for rent in (0, 10, 24, 26, 28, 30)},
    "rent-30-last": sets(is_last_only=True, rent=30),
    **{f"maker-bar-{bar}": sets(maker_bar=bar) for bar in (0, 20, 45)},
    "investor-bar-0": sets(investor_bar=0),
    **{f"appraisal-bar-{bar}": sets(appraisal_bar=bar) for bar in (0, 15, 70)},
    "maker-bar-most": sets(maker_bar=_MOST),
    "investor-bar-most": sets(investor_bar=_MOST),
    "appraisal-bar-most": sets(appraisal_bar=_MOST),
    **{f"weights-{measure}": _weights(measure) for measure in _MEASURES},
    "community-first": _buys((*(_COMMUNITY,) * 3, *(_RESOURCES,) * 2, *(_INTEGRATION,) * 2)),
    "integration-first": _buys((*(_INTEGRATION,) * 3, *(_RESOURCES,) * 2, *(_COMMUNITY,) * 2)),
    "resources-4": _buys((*(_RESOURCES,) * 4, *(_INTEGRATION,) * 2, *(_COMMUNITY,) * 2)),
    "no-grants": _never("grant"),
    "grants-all": _grant_all,
}
