"""The fact of the deal: everything that lies on the table before the first season."""

from __future__ import annotations

from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.table.entities import Deck, Investor, Maker, Sector, Space, World
from makersphere_rules.events import Event
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import Account, Posting
from makersphere_rules.state import State

__all__ = ["Dealt"]


@frozen
class Dealt(Event):
    """The game has been dealt: boards, seats and decks, and the credits that everybody begins with."""

    sectors: tuple[Sector, ...]
    spaces: tuple[Space, ...]
    makers: tuple[Maker, ...]
    investors: tuple[Investor, ...]
    decks: tuple[Deck, ...]
    accounts: tuple[Account, ...]
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Lay everything out."""
        state.put(World())
        for group in (self.sectors, self.spaces, self.makers, self.investors, self.decks, self.accounts):
            for entity in group:
                state.put(entity)
        post(state, self.postings)
        state.settle()
