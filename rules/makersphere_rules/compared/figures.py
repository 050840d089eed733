"""The figures by which finished tables are compared: each table's on one scale, whatever its size and its seasons.

`figures_of` returns them by name, in the order in which they are shown:

- `born` and `products` (per cent of the ventures founded), `eliminated` (per cent of ventures founded and badges
  gained: ventures that the rule has closed and badges that it has taken), `deals` (for each maker and season);
- `hours_taken` (per cent of the hours that investors offered), `search` (credits for each deal), `efficiency` (per
  cent of the best match value, mean over the seasons; it opens at the end);
- `rent` (credits for each desk and season), `demand` and `sales` (what consumers wanted and paid, credits for each
  maker and season), `energy` (credits from the world for each seat and season);
- `ties` and `trust` (for each maker, at the end), `spirit` (tenths, at the end), `gini_makers` and `gini_investors`
  (per cent, at the end), `community`, `resources`, `integration`, `vitality` (1 to 100, means of spaces and seasons).

`BOUNDS` has between which values each can lie: nothing of it is ever below zero.

Each has a value as people read it, and an even one: the same on a scale where it spreads about as far wherever it lies.
That is the square root of a count out of many, as sqrt(k) + sqrt(k + 1), and of a sum of many small incomes (Bartlett
1936; Freeman and Tukey 1950), the logarithm of a price, and the value itself for what has two ends.
Figures of the last run count, where a game has several, and its seasons that were counted; a table without any has
none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import inf, log, sqrt
from typing import Final

import attrs

from makersphere_rules.ecosystem.table.entities import Sector
from makersphere_rules.ecosystem.table.ratings import Figures
from makersphere_rules.ecosystem.table.vocabulary import KINDS, MAKER, SPIRIT_MOST
from makersphere_rules.ledger import Flow
from makersphere_rules.state import Seat, State

__all__ = ["BOUNDS", "COMPARED", "Reading", "figures_of"]

COMPARED: Final = (
    *("born", "products", "eliminated", "deals", "hours_taken", "search", "efficiency"),
    *("rent", "demand", "sales", "energy", "ties", "trust", "spirit", "gini_makers", "gini_investors"),
    *("community", "resources", "integration", "vitality"),
)
_AT_THE_END: Final = ("gini_makers", "gini_investors")
_OF_SPACES: Final = ("community", "resources", "integration", "vitality")
_PER_CENT: Final = ("born", "products", "eliminated", "hours_taken", "efficiency", *_AT_THE_END)
BOUNDS: Final[Mapping[str, tuple[float, float]]] = {
    **dict.fromkeys(COMPARED, (0.0, inf)),
    **dict.fromkeys(_PER_CENT, (0.0, 100.0)),
    **dict.fromkeys(_OF_SPACES, (1.0, 100.0)),
    "spirit": (0.0, float(SPIRIT_MOST)),
}
_BY_RULE: Final = ("exits_unfunded", "exits_unsold", "exits_bottom", "badges_lost")

Seasons = list[Mapping[str, int]]


@attrs.frozen
class Reading:
    """A figure of a table.

    Attributes:
        value: as people read it.
        even: the same on the scale by which tables are told apart.
    """

    value: float
    even: float


def figures_of(state: State) -> dict[str, Reading]:
    """Return the figures of a finished table by name, in order; none where no season was counted."""
    counted: Seasons = [{**found.values, **found.opened} for found in state.all(Figures).values()]
    if not counted or "deals" not in counted[-1]:
        return {}
    roles = [seat.role for seat in state.all(Seat).values()]
    makers = max(roles.count(MAKER), 1)
    found = {
        **_lived(counted),
        **_matched(counted, makers),
        **_paid(state, counted, makers, len(roles)),
        **_ended(counted, makers),
    }
    return {name: found[name] for name in COMPARED}


def _lived(counted: Seasons) -> dict[str, Reading]:
    """Return what became of ventures and badges."""
    founded = _sum(counted, "founded")
    gone = sum(_sum(counted, name) for name in _BY_RULE)
    return {
        "born": _plain(100 * _ratio(_sum(counted, "births"), founded)),
        "products": _count(_sum(counted, "products"), founded),
        "eliminated": _count(gone, founded + _sum(counted, "badges_won")),
    }


def _matched(counted: Seasons, makers: int) -> dict[str, Reading]:
    """Return how makers and resources found each other."""
    deals = _sum(counted, "deals")
    offered, used = (sum(_sum(counted, f"hours_{what}_{kind}") for kind in KINDS) for what in ("offered", "used"))
    best = [season["integration_efficiency"] for season in counted if season.get("integration_best")]
    return {
        "deals": _plain(deals / makers / len(counted)),
        "hours_taken": _plain(100 * _ratio(used, offered)),
        "search": _price(_ratio(_sum(counted, "search_credits"), deals)),
        "efficiency": _plain(_mean(best)),
    }


def _paid(state: State, counted: Seasons, makers: int, seats: int) -> dict[str, Reading]:
    """Return what was paid for desks, wanted and paid by consumers, and what came in from the world."""
    flows = state.all(Flow).values()
    rent, sales = (sum(flow.amount for flow in flows if flow.reason == reason) for reason in ("rent", "sales"))
    return {
        "rent": _price(_ratio(rent, _sum(counted, "stations_used"))),
        "demand": _price(_mean(_demands(state)) / makers),
        "sales": _income(sales / makers / len(counted)),
        "energy": _income(_sum(counted, "energy_in") / seats / len(counted)),
    }


def _demands(state: State) -> Iterator[int]:
    """Yield what consumers wanted of all sectors together, season by season."""
    for kinds in state.history.seasons.values():
        yield sum(sector.demand for sector in kinds.get(Sector, {}).values())


def _ended(counted: Seasons, makers: int) -> dict[str, Reading]:
    """Return how the community stood at the end, and the indices of its spaces."""
    last = counted[-1]
    return {
        "ties": _plain(last["ties"] / makers),
        "trust": _plain(last["trust"] / makers),
        "spirit": _plain(last["spirit"] / 10),
        **{name: _plain(float(last[name])) for name in _AT_THE_END},
        **{name: _plain(_mean(_of_spaces(counted, name))) for name in _OF_SPACES},
    }


def _of_spaces(counted: Seasons, index: str) -> Iterator[int]:
    for season in counted:
        for name, value in season.items():
            stem, _, seat = name.rpartition("_")
            if stem == index and seat.isdigit():
                yield value


def _sum(counted: Seasons, name: str) -> int:
    return sum(season.get(name, 0) for season in counted)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def _plain(value: float) -> Reading:
    return Reading(value, value)


def _price(value: float) -> Reading:
    return Reading(value, log(1 + max(value, 0.0)))


def _income(value: float) -> Reading:
    return Reading(value, sqrt(max(value, 0.0)))


def _count(count: int, among: int) -> Reading:
    return Reading(100 * _ratio(count, among), (sqrt(count) + sqrt(count + 1)) / sqrt(max(among, 1)))
