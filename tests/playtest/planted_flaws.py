"""Copies of the rules, each with one flaw that a hunt has to find, and what it is found by.

Five flaws, each planted in a rule module of `quickstart`: a gift that costs nobody anything, an act without effect, an
option that is worse than no option, a role whose acts do nothing, and a term that serves best at an end of its range.
Games are played in this process, where the copies are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import ClassVar, Final
from unittest.mock import patch

import attrs

from makersphere_playtest.games.worker_pools import cores
from makersphere_playtest.plans.findings import Findings, findings
from makersphere_playtest.plans.playtests import run
from makersphere_playtest.plans.suspects import SUSPECTS, Suspect, at_table
from makersphere_playtest.plans.sweeps import hunting, plan, source_of
from makersphere_rules import shipped
from makersphere_rules.ecosystem.table.accounts import maker_account, treasury_of
from makersphere_rules.ecosystem.table.agreements import Lending
from makersphere_rules.ecosystem.table.entities import Space, Venture
from makersphere_rules.ecosystem.table.vocabulary import OPERATOR
from makersphere_rules.engine import seating
from makersphere_rules.forms import Args
from makersphere_rules.ledger import GOVERNMENT, SUPPLIERS, Posting
from makersphere_rules.module import Command, Draft, RuleModule
from makersphere_rules.modules.exchange import Exchange
from makersphere_rules.modules.policy import Policy
from makersphere_rules.modules.waterfall import DividendsPaid

__all__ = ["FLAWS", "SEATS", "SOUND", "Flaw", "hunt", "named"]

SEATS: Final = 6
_WINDFALL: Final = 400  # credits


class _FreeGift(Exchange):
    """Whoever lends hours loses them, but the government pays whom they are lent to."""

    def close(self, draft: Draft) -> None:
        """Close as ever, then pay."""
        super().close(draft)
        state = draft.state
        for made in state.all(Lending).values():
            if made.season == state.game.season:
                lead = state.one(Venture, made.venture).lead
                posting = Posting(GOVERNMENT, maker_account(lead), _WINDFALL, "subsidy")
                draft.emit(DividendsPaid(made.venture, _WINDFALL, (posting,)))


def _nothing(draft: Draft, seat: int, args: Args) -> None:
    """Let a command through, and let nothing follow from it."""


def _void(command: Command) -> Command:
    return attrs.evolve(command, decide=_nothing)


class _ActWithoutEffect(Exchange):
    """An investor may hold a clinic, and nobody comes."""

    commands: ClassVar = tuple(_void(one) if one.name == "clinic" else one for one in Exchange.commands)


def _pay_for_nothing(draft: Draft, seat: int, args: Args) -> None:
    buy = next(one for one in Policy.commands if one.name == "buy_level")
    if args["path"] != "community":
        assert buy.decide is not None
        buy.decide(draft, seat, args)
        return
    price = draft.state.balance(treasury_of(seat)) // 2
    draft.emit(DividendsPaid(0, price, (Posting(treasury_of(seat), SUPPLIERS, price, "platform"),)))


class _DominatedOption(Policy):
    """A level of community costs half of the treasury and is none."""

    commands: ClassVar = tuple(
        attrs.evolve(one, decide=_pay_for_nothing) if one.name == "buy_level" else one for one in Policy.commands
    )


class _BarAtItsBound(Policy):
    """A space that takes no rent is paid by the government."""

    def close(self, draft: Draft) -> None:
        """Close as ever, then pay."""
        super().close(draft)
        for space in draft.state.all(Space).values():
            if space.rent == 0:
                posting = Posting(GOVERNMENT, treasury_of(space.id), _WINDFALL, "subsidy")
                draft.emit(DividendsPaid(0, _WINDFALL, (posting,)))


def _idle(module: RuleModule) -> RuleModule:
    """Return a copy of a module in which nothing follows from what an operator does."""
    commands = tuple(_void(one) if one.roles == (OPERATOR,) else one for one in module.commands)
    copy: RuleModule = type(type(module).__name__, (type(module),), {"commands": commands})()
    return copy


@attrs.frozen
class Flaw:
    """A copy of the rules.

    Attributes:
        modules: what takes the place of modules, by name.
        found_by: the suspects of whom at least one has to be named, by key.
    """

    modules: Mapping[str, RuleModule]
    found_by: frozenset[str]


FLAWS: Final[Mapping[str, Flaw]] = {
    "a free gift": Flaw({"exchange": _FreeGift()}, frozenset({"plot: free-hours"})),
    "an act without effect": Flaw({"exchange": _ActWithoutEffect()}, frozenset({"investor: standard-clinic"})),
    "a dominated option": Flaw({"policy": _DominatedOption()}, frozenset({"operator: standard-community"})),
    "an idle role": Flaw(
        {name: _idle(module) for name, module in shipped.own_modules().items()},
        frozenset({"operator: standard-levels"}),
    ),
    "a bar at its bound": Flaw({"policy": _BarAtItsBound()}, frozenset({"operator: rent-0"})),
}
SOUND: Final = Flaw({}, frozenset())


@contextmanager
def _copied(flaw: Flaw) -> Iterator[None]:
    there = {**shipped.modules(), **flaw.modules}
    with patch.object(shipped, "modules", lambda: there):
        yield


def hunt(name: str, flaw: Flaw, games: int, seed: int, suspects: frozenset[str] = frozenset()) -> Findings:
    """Return what a hunt finds in a copy of `quickstart`.

    Args:
        name: of the copy.
        flaw: that is planted in it.
        games: of each side.
        seed: of the hunt.
        suspects: who is hunted, by key; nobody: the whole catalogue.
    """
    source = {**source_of(shipped.scenario_source("quickstart")), "name": name}
    source.pop("introduced")  # two seasons would be over before anybody lends an hour
    roles = seating(shipped.scenario("quickstart"), SEATS)
    wanted: list[Suspect] = [one for one in at_table(SUSPECTS, roles) if not suspects or one.key in suspects]
    with _copied(flaw):
        return findings(run(hunting(plan(source, SEATS, games, seed), wanted), cores(1)))


def named(found: Findings) -> set[str]:
    """Return whom a hunt has named, by key."""
    return {one.suspect.key for one in found.hunt if one.is_named}
