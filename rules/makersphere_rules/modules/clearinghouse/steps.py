"""What both clearinghouses do when matching opens and closes: looks at first, stable rounds at the end.

The modules `clearinghouse` and `clearinghouse_capital` add a `Listing` each, which says how one good is posted and
ranked.
Source: the rulebook's "4. Matching" (clearinghouse); Gale and Shapley 1962; Roth 1984.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Iterator
from typing import ClassVar

from makersphere_rules.ecosystem.shared_steps.contracts import signed
from makersphere_rules.ecosystem.shared_steps.matching import Matching
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.accounts import maker_account
from makersphere_rules.ecosystem.table.agreements import Look, look_key
from makersphere_rules.ecosystem.table.entities import Investor
from makersphere_rules.ecosystem.table.looks import HIGHEST, LOWEST, cut, look, look_width
from makersphere_rules.ecosystem.table.vocabulary import GARAGE, INVESTOR, MAKER
from makersphere_rules.events import Event
from makersphere_rules.module import Draft, Move
from makersphere_rules.modules.clearinghouse.answers import answers
from makersphere_rules.modules.clearinghouse.commands import Listing, Terms, first_choice, list_cost
from makersphere_rules.modules.clearinghouse.events import ListLook, ListLooksTaken, ListsAnswered
from makersphere_rules.modules.clearinghouse.rounds import Round, filled, lists_of, places, rounds
from makersphere_rules.state import Choice, State, choice_key

__all__ = ["MatchingByLists"]


class MatchingByLists(Matching):
    """A clearinghouse for one good.

    Attributes:
        listing: how the good is posted and ranked.
        answers_lists: whether it tells what lists came to: only where all see how many packages there were.
    """

    listing: ClassVar[Listing]
    answers_lists: ClassVar[bool] = False

    def open(self, draft: Draft) -> None:
        """Give the looks that come with the lists, once a season."""
        super().open(draft)
        if self.is_first(draft.state, MatchingByLists):
            looks = (*_outdated(draft.state), *_list_looks(draft))
            if looks:
                draft.emit(ListLooksTaken(looks))

    def imagine(self, draft: Draft, seat: int) -> None:
        """Give other investors the looks that come with their lists."""
        if self.is_first(draft.state, MatchingByLists):
            looks = tuple(one for one in _list_looks(draft) if one.seat != seat)
            if looks:
                draft.emit(ListLooksTaken(looks))

    def defaults(self, state: State, seat: int) -> Iterable[Move]:
        """Terms as posted, and a list where there is anybody to rank."""
        listing = self.listing
        if state.role(seat) == INVESTOR:
            yield listing.post, listing.default_post(state, seat)
            if state.choice(seat, listing.rank) is None:
                yield listing.rank, {"ventures": [*listing.default_ventures(state, seat)]}
        elif state.role(seat) == MAKER and state.choice(seat, listing.rank) is None:
            investors = listing.default_investors(state, seat)
            if investors:
                yield listing.rank, {"investors": [*investors]}

    def close(self, draft: Draft) -> None:
        """Settle what lists cost, post cheaper terms, match, sign; dearer terms are for the next matching.

        A list answers the terms that its lead could read. Terms that were sealed since charge nobody more.
        """
        unpaid = [seat for seat in draft.state.seats(MAKER) if not self._settles(draft, seat)]
        asked = dict(self._asked(draft.state))
        for seat, terms in asked.items():
            self._post(draft, seat, terms.unless_dearer(self.listing.terms(draft.state, seat)))
        self._clear(draft, unpaid)
        for seat, terms in asked.items():
            self._post(draft, seat, terms)

    @abstractmethod
    def cleared(self, state: State, found: list[Round], capacities: dict[int, int]) -> Event:
        """Return the fact that all is matched."""

    def _settles(self, draft: Draft, seat: int) -> bool:
        """Charge a default list; give back what a sheet of the same pair has paid since the list was sent.

        Returns whether the list is paid. A default list is not handed in if another list of the same lead has left no
        credits for it.
        """
        state, listing = draft.state, self.listing
        sent, venture = state.find(Choice, choice_key(seat, listing.rank)), tenancy.led_venture(state, seat)
        if sent is None or venture is None or not first_choice(sent.args):
            return True
        first = first_choice(sent.args)
        if list_cost(state, venture, first) - listing.has_paid(state, seat) > state.balance(maker_account(seat)):
            return False
        fact = listing.charge(state, venture, first)
        if fact is not None and fact.postings:
            draft.emit(fact)
        return True

    def _asked(self, state: State) -> Iterator[tuple[int, Terms]]:
        for seat in state.seats(INVESTOR):
            terms = state.choice(seat, self.listing.post)
            if terms is not None:
                yield seat, self.listing.terms_of(terms)

    def _post(self, draft: Draft, seat: int, terms: Terms) -> None:
        if terms != self.listing.terms(draft.state, seat):
            draft.emit(self.listing.posted(seat, terms))

    def _clear(self, draft: Draft, unpaid: Collection[int]) -> None:
        state, listing = draft.state, self.listing
        investors = [state.one(Investor, seat) for seat in state.seats(INVESTOR)]
        capacities = {one.seat: listing.packages(state, one) for one in investors}
        lists = lists_of(state, listing, unpaid)
        found = rounds(state, listing, lists, capacities)
        packages = filled(state, listing, lists, found)
        for package in packages:
            draft.emit(signed(state, listing.good.deal(state, package), shown=True))
        draft.emit(self.cleared(state, found, capacities))
        if self.answers_lists:
            told = tuple(answers(state, lists, packages, capacities, places(state, listing, lists)))
            if told:
                draft.emit(ListsAnswered(told))


def _outdated(state: State) -> Iterator[ListLook]:
    """Yield an empty look for each of last season's."""
    for known in state.all(Look).values():
        if (known.list_lo, known.list_hi) != (LOWEST, HIGHEST):
            yield ListLook(known.seat, known.venture, LOWEST, HIGHEST)


def _list_looks(draft: Draft) -> Iterator[ListLook]:
    state = draft.state
    ventures = tenancy.living(state)
    for investor in state.all(Investor).values():
        for venture in ventures:
            if venture.space in (GARAGE, *investor.badges):
                key = look_key(investor.seat, venture.id)
                known = state.find(Look, key) or Look(investor.seat, venture.id)
                width = look_width(state, venture.space, known.count)
                drawn = look(draft, "list", key, venture.appeal, width)
                yield ListLook(investor.seat, venture.id, *cut((known.lo, known.hi), drawn))
