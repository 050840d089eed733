"""Classes of bots in which one table was played otherwise, or none: does the comparison name it by figures alone?

`ODD` has what a table may be played otherwise by:

- `hours_negotiated`: hours are negotiated like capital, as the scenario's choice says;
- `no_elimination`: nothing is eliminated, at tables where half of the investors deliver none of the hours that they
  promise and one maker draws a wage in somebody's team, at all tables of the class;
- `half_demand`: consumers want half as much;
- `double_rent`: a desk's rent is twice as high, in the rules and in what operators ask.

`trial` plays a class and returns which table the comparison names; what each table was played by it is not told.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from typing import Any, Final

import attrs

from makersphere_bots.catalogue import policy
from makersphere_bots.naive import Bent, Naive
from makersphere_bots.naive.operators import sets
from makersphere_bots.policy import Policy
from makersphere_bots.standard import Standard
from makersphere_playtest.games.headless import ANY, Policies, play
from makersphere_rules import shipped
from makersphere_rules.choices.named import table_of
from makersphere_rules.compared.apart import Named, named
from makersphere_rules.compared.bots_spread import bots_spread
from makersphere_rules.compared.figures import figures_of
from makersphere_rules.ecosystem.table.shared_params import WorldParams
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR
from makersphere_rules.engine import seating
from makersphere_rules.runs import changed_source
from makersphere_rules.scenario_building import build

__all__ = ["ALIKE", "ODD", "Trial", "trial"]

SCENARIO: Final = "classroom"
ALIKE: Final = "alike"
ODD: Final = ("hours_negotiated", "no_elimination", "half_demand", "double_rent")
_LAZY, _RIDER = "standard-deliver", "free-rider"
_ASKED: Final = 20  # credits that the standard operator asks for a desk

Source = Mapping[str, Any]


@attrs.frozen
class Trial:
    """A class that was compared.

    Attributes:
        odd: the place of the table that was played otherwise; -1: none was.
        named: the table that the comparison names, or None.
    """

    odd: int
    named: Named | None

    @property
    def is_right(self) -> bool:
        """Return whether the odd table is named; where none is odd, whether none is."""
        return (-1 if self.named is None else self.named.table) == self.odd


def trial(otherwise: str, number: int, tables: int = 5, seats: int = 30, seed: int = 2111) -> Trial:
    """Play a class of bots and compare its tables.

    Args:
        otherwise: one of `ODD`, by which one table is played, or `ALIKE`.
        number: of the trial; each has dice of its own, and so has each of its tables.
        tables: of the class.
        seats: of each table.
        seed: of all trials.
    """
    place = random.Random(f"{seed}:{otherwise}:{number}").randrange(tables)
    odd = -1 if otherwise == ALIKE else place
    found = []
    for table in range(tables):
        source, policies = _played_by(otherwise, seats, is_odd=table == odd)
        name = f"{seed}:{otherwise}:{number}:{table}"
        state = play(build(source, shipped.modules()), seats, name, policies, keep=True).state
        assert state is not None  # noqa: S101  (it was asked for)
        found.append({figure: one.even for figure, one in figures_of(state).items()})
    spread = bots_spread(SCENARIO)
    assert spread is not None  # noqa: S101  (it ships)
    return Trial(odd, named(found, seats, spread))


def _played_by(otherwise: str, seats: int, *, is_odd: bool) -> tuple[Source, Policies]:
    """Return by which rules and by whom a table is played."""
    source = {name: table for name, table in _source().items() if name != "choices"}
    policies: dict[int | str, Policy] = {ANY: policy("standard")}
    if otherwise == "no_elimination":
        policies = {**policies, **_slackers(source, seats)}
    if not is_odd:
        return source, policies
    match otherwise:
        case "half_demand":
            usual = build(source, shipped.modules()).params(WorldParams).demand_per_maker
            return changed_source(source, {"world": {"demand_per_maker": usual // 2}}), policies
        case "double_rent":
            usual = build(source, shipped.modules()).params(WorldParams).rent
            rules = {"world": {"rent": 2 * usual}, "policy": {"rent_most": 2 * 2 * _ASKED}}
            dear = Bent(Standard(), Naive((OPERATOR,), sets(rent=2 * _ASKED)))
            return changed_source(source, rules), {**policies, OPERATOR: dear}
        case _:
            choices = [one for one in shipped.scenario(SCENARIO).choices if one.name == otherwise]
            return changed_source(source, table_of(choices)), policies


def _source() -> Source:
    return tomllib.loads(shipped.scenario_source(SCENARIO))


def _slackers(source: Source, seats: int) -> dict[int | str, Policy]:
    """Return who of a table does not do their part, and how."""
    roles = seating(build(source, shipped.modules()), seats)
    investors = [seat for seat, role in enumerate(roles, 1) if role == INVESTOR]
    lazy: dict[int | str, Policy] = dict.fromkeys(investors[: len(investors) // 2], policy(_LAZY))
    return {**lazy, roles.index(MAKER) + 1: policy(_RIDER)}
