"""The past of a run as the debrief reads it: seasons, what stood at the end of each, and what moved in them.

Answers nothing about a season of its own; never changes anything. Single ratings are in no season that it hands out.
Source: the rulebook's "Where the rules come from" (last column) and "Who sees what" (all but single ratings opens).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TypeVar

import attrs

from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.ecosystem.table.ratings import Figures, Rating
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR
from makersphere_rules.entity import Entity, Key
from makersphere_rules.ledger import Account, Posting, account_sort
from makersphere_rules.run_history import Posted
from makersphere_rules.state import CurrentRun, State

__all__ = ["Past", "Plain", "number_of"]

E = TypeVar("E", bound=Entity)
Plain = int | str | Mapping[int, "Plain"] | Mapping[str, "Plain"]


def number_of(account: str) -> int:
    """Return the number of a seat or venture in an account's name; the world's have 0, and so has one with a word."""
    number = account.partition(":")[2]
    return int(number) if number.isdecimal() else 0


@attrs.frozen(eq=False, slots=False)
class Past:
    """The run that is over, or its seasons so far."""

    state: State

    @property
    def postings(self) -> list[Posted]:
        """Return all postings of the run with their season and phase, in order."""
        return self.state.history.postings

    def posted(self, season: int) -> list[tuple[str, Posting]]:
        """Return the postings of a season with their phase, in order."""
        return self._by_season.get(season, [])

    @cached_property
    def _by_season(self) -> dict[int, list[tuple[str, Posting]]]:
        found: dict[int, list[tuple[str, Posting]]] = {}
        for season, phase, posting in self.postings:
            found.setdefault(season, []).append((phase, posting))
        return found

    @cached_property
    def counted(self) -> list[int]:
        """Return the seasons that were counted, in order."""
        return list(self.state.history.seasons)

    @cached_property
    def first(self) -> int:
        """Return the number of the run's first season."""
        run = self.state.find(CurrentRun)
        return run.first_season if run else 1

    @cached_property
    def seasons(self) -> list[int]:
        """Return the seasons that were begun, in order; the last may have been cut short."""
        return list(range(self.first, self.state.game.season + 1))

    def all(self, cls: type[E], season: int) -> Mapping[Key, E]:
        """Return the entities of a kind as a season left them; if it was cut short, as they stand now."""
        if cls is Rating:
            raise AssertionError("single ratings are no part of a debrief")
        kinds = self.state.history.seasons.get(season)
        return self.state.all(cls) if kinds is None else kinds.get(cls, {})

    @cached_property
    def ventures(self) -> Mapping[Key, Venture]:
        """Return all ventures of the run as they are in the end; closed ones stay."""
        return self.state.all(Venture)

    @cached_property
    def deals(self) -> list[Deal]:
        """Return all deals of the run as they were carried out."""
        return list(self.state.all(Deal).values())

    def figures(self, season: int) -> dict[str, int]:
        """Return all figures of a season by name, also those that open at the end; none if it was cut short."""
        found = self.state.find(Figures, season)
        return {**found.values, **found.opened} if found else {}

    def balance(self, account: str, season: int) -> int:
        """Return the credits of an account when a season was over."""
        found = self.all(Account, season).get(account)
        return found.balance if found else 0

    def balances(self, season: int) -> dict[str, int]:
        """Return the credits of makers, investors (escrow is theirs), operators and ventures when a season was over."""
        found = dict.fromkeys((MAKER, INVESTOR, OPERATOR, "venture"), 0)
        for account in self.all(Account, season).values():
            sort = self.holder_of(account.name)
            sort = INVESTOR if sort == "escrow" else sort
            if sort in found:
                found[sort] += account.balance
        return found

    def holder_of(self, account: str) -> str:
        """Return the sort of an account; of one that a module has declared, whose credits it holds."""
        sort = account_sort(account)
        return self.state.scenario.accounts.get(sort, sort)

    def venture_of(self, maker: int, season: int) -> Venture | None:
        """Return the venture that a maker led in a season, the last of several."""
        led = [
            venture
            for venture in self.ventures.values()
            if venture.lead == maker and venture.founded <= season <= (venture.closed_season or season)
        ]
        return led[-1] if led else None
