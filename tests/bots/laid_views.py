"""Views that are laid out by hand, for tests of what the standard policy decides."""

from __future__ import annotations

from typing import Any

from makersphere_bots.legal import WireForm
from makersphere_bots.policy import Move, WholeView
from makersphere_bots.random_stream import Stream
from makersphere_bots.standard import Standard

__all__ = ["Tree", "a_table", "a_venture", "as_lead", "chosen"]

Tree = dict[str, Any]


def a_venture(number: int, lead: int, **changes: Any) -> Tree:  # noqa: ANN401  (fields of a view)
    """Return a venture as the table has it; `changes` are its other fields."""
    fields = {
        "id": number,
        "lead": lead,
        "cofounders": [],
        "space": 6,
        "sector": "health",
        "difficulty": 7,
        "founded": 1,
        "stage": 1,
        "born": False,
        "tracks": [10, 6, 4],
        "misses": 0,
        "closed": "",
        "shares": {str(lead): 10_000},
        "capital": {},
        "price": "fair",
        "reserve": 30,
        "sales": 0,
        "materials": 0,
        "moved_up": False,
        "lo": 2,
        "hi": 5,
    }
    return {**fields, **changes}


def a_table(phase: str, *ventures: Tree) -> Tree:
    """Return a table of three makers, an investor and a space."""
    maker = {"skills": [4, 4, 4], "spirit": 5, "ties": [], "venture": 0}
    return {
        "game": {"season": 1, "seasons": 4, "phase": phase},
        "world": {"effect": "quiet", "tax": 10, "lots": [1, 2, 3, 4, 5, 6, 7]},
        "sector": {"health": {"name": "health", "walk": 616, "demand": 616}},
        "space": {
            "6": {
                "id": 6,
                "rent": 12,
                "community": 0,
                "resources": 0,
                "integration": 0,
                "stations": 5,
                "spirit_bonus": 0,
            }
        },
        "maker": {str(seat): {**maker, "seat": seat} for seat in (1, 2, 3)},
        "investor": {
            "4": {"seat": 4, "type": "angel", "speciality": "customers", "badges": [6], "fee": 0, "shares": 300}
        },
        "account": {name: {"name": name, "balance": 100} for name in ("maker:1", "investor:4", "venture:1")},
        "venture": {str(venture["id"]): venture for venture in ventures},
    }


def as_lead(phase: str, venture: Tree, **hand: Tree) -> WholeView:
    """Return what the lead of a venture sees, with more in its hand."""
    mine = {"1": {"venture": 1, "hours": 10, "exchanges": 0, "skills": [4, 4, 4]}}
    accounts = {"maker:1": {"balance": 100}, "venture:1": {"balance": 0}}
    return WholeView(
        1, "maker", a_table(phase, venture), {"maker": mine, "account": accounts, "venture": {"1": venture}, **hand}
    )


def chosen(view: WholeView, **legal: WireForm) -> list[Move]:
    """Return what the standard bot does."""
    return Standard().choose(view, legal, Stream("test"))
