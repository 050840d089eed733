"""What is printed on the cards and boards, as far as the standard policy counts with it.

The view shows the table, not the rules; a person reads the rest in the rulebook, and this is the policy's copy
of it. A scenario that changes a printed value makes the policy count a little wrong, never play illegally: what it
sends is kept within the legal bounds.

Source: the rulebook's "Things on the table", "Search cost", "Materials" and "Market and payout".
"""

from __future__ import annotations

from typing import Final

from makersphere_bots.policy import Tree

__all__ = [
    "BIRTH",
    "GARAGE",
    "PACKAGE",
    "PATHS",
    "PILOT",
    "PRODUCT",
    "PROTOTYPE",
    "SKILLS",
    "TRACKS",
    "WHOLE",
    "fit",
    "greatest",
    "known",
    "materials",
    "needs",
    "search_cost",
]

TRACKS: Final = ("technology", "customers", "business")
SKILLS: Final = ("technology", "network", "business")
PATHS: Final = ("community", "resources", "integration")
PROTOTYPE, PILOT, PRODUCT = 1, 2, 3
GARAGE: Final = 0
WHOLE: Final = 10_000
BIRTH: Final = 60
PACKAGE: Final = 4  # hours

_REQUIREMENTS: Final = ((10, 6, 4), (24, 19, 14), (42, 38, 34), (0, 0, 0))
_MATERIALS: Final = (4, 10, 18, 8)

Triple = tuple[int, int, int]


def needs(venture: Tree) -> Triple:
    """Return what each track lacks for the next stage, not under 0."""
    wanted, tracks = _REQUIREMENTS[venture["stage"]], venture["tracks"]
    technology, customers, business = wanted[0] - tracks[0], wanted[1] - tracks[1], wanted[2] - tracks[2]
    return max(technology, 0), max(customers, 0), max(business, 0)


def greatest(lacking: Triple) -> int:
    """Return the track (0 to 2) that lacks most, the first of equals."""
    return lacking.index(max(lacking))


def fit(lacking: Triple, speciality: str) -> int:
    """Return how well hours of a speciality fit: 2 a mentor's; else 0 no need, 4 the greatest need, 1 otherwise."""
    if speciality == "any":
        return 2
    need = lacking[TRACKS.index(speciality)]
    if need == 0:
        return 0
    return 4 if need == max(lacking) else 1


def materials(table: Tree, venture: Tree) -> int:
    """Return a venture's materials this season, in credits."""
    space = venture["space"]
    level = table["space"][str(space)]["resources"] if space != GARAGE else 0
    cost: int = _MATERIALS[venture["stage"]] * (100 - 10 * level) // 100
    return cost // 2 if table["world"]["effect"] == "voucher" else cost


def known(table: Tree, maker: int, investor: int) -> bool:
    """Return whether trust or this season's introduction halves the pair's search cost, as far as the table says."""
    pair = table.get("pair", {}).get(f"{maker}:{investor}")
    return pair is not None and (pair["trust"] or pair["introduced"] == table["game"]["season"])


def search_cost(table: Tree, venture: Tree, investor: int) -> int:
    """Return the search cost of a venture's lead and an investor, in credits."""
    share = 50 if known(table, venture["lead"], investor) else 100
    space = venture["space"]
    if space == GARAGE or space not in table["investor"][str(investor)]["badges"]:
        return 10 * share // 100 * 3
    level = table["space"][str(space)]["integration"]
    return max(1, int(10 * (100 - 16 * level) * share // 10_000))
