"""What both auctions share: leads call for bids, investors bid under seal, and the bids for one venture are opened.

One venture at a time, in order of lots. The lowest ask wins, equal ones by lot; the winner gets what it asked, or
what the second-lowest asked, or the reserve where nobody else bid. Then the next venture is up: a bid of whoever
has nothing left to give does not count. Every bid that wins nothing is a lost bid.
Source: the rulebook's "4. Matching" (auction); Vickrey 1961, section II (sealed bids at the second price).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, Final

import attrs

from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.formulas.costs import search_cost
from makersphere_rules.ecosystem.shared_steps import matching
from makersphere_rules.ecosystem.shared_steps.contracts import most_shares, signed
from makersphere_rules.ecosystem.shared_steps.goods import Good, Package
from makersphere_rules.ecosystem.shared_steps.matching import GRANT, LOOK, Matching, MatchingParams
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.accounts import investor_account
from makersphere_rules.ecosystem.table.agreements import Pair, pair_key
from makersphere_rules.ecosystem.table.entities import Investor, Venture
from makersphere_rules.ecosystem.table.param_checks import above, printed
from makersphere_rules.ecosystem.table.vocabulary import ANY, GARAGE, INVESTOR, MAKER, WHOLE
from makersphere_rules.entity import Entity, changed
from makersphere_rules.events import Event, Line
from makersphere_rules.forms import Args, Domain, Form, OneOf, Whole, whole
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import SUPPLIERS, Posting
from makersphere_rules.mistakes import Mistake
from makersphere_rules.module import Command, Draft, Move
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import Scenario, param
from makersphere_rules.state import Choice, State

__all__ = ["SECOND_PRICE", "AuctionHeld", "AuctionParams", "Bid", "Bidding", "MatchingByBids", "price"]

SECOND_PRICE: Final = 2


@attrs.frozen
class AuctionParams(MatchingParams):
    """The parameters that both auctions have."""

    pricing: int = param(SECOND_PRICE, 1, 2, "What the winner gets: 1 what it asked, 2 what the second-lowest asked.")
    shares_most: int = param(4000, 0, 9000, "The most shares of a bid, and of a reserve.")
    reserve: int = param(3500, 0, 9000, "The most shares that a venture gives whose lead says nothing.")


@frozen
class Bid:
    """A valid bid: who asks how many shares for a package."""

    investor: int
    shares: int


def price(bids: Sequence[Bid], reserve: int, pricing: int) -> int:
    """Return the shares that the winner gets: the first bid is the lowest, none is over the reserve.

    At the second price nobody gains by asking other than what the package is worth to it (Vickrey 1961). That holds for
    a lone bidder too, since the reserve then takes the place of the second bid.
    """
    if pricing != SECOND_PRICE:
        return bids[0].shares
    return bids[1].shares if len(bids) > 1 else reserve


@frozen
class AuctionHeld(Event):
    """Bids for a venture have been opened.

    Attributes:
        venture: what they were for; maker: its lead.
        investor: who won, or 0; shares: what it gets.
        bids: how many counted. It is told to nobody: of a lone bid the shares would be known to be the reserve.
        lost: investors whose bid won nothing.
        postings: the winner's search for the venture, unless the pair has paid it.
    """

    venture: int
    maker: int
    investor: int
    shares: int
    bids: int
    lost: tuple[int, ...]
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Note the lost bids; the winner has paid its search."""
        season = state.game.season
        for investor in self.lost:
            pair = state.find(Pair, pair_key(self.maker, investor)) or Pair(self.maker, investor)
            state.put(changed(pair, lost=season))
        if self.investor:
            pair = state.find(Pair, pair_key(self.maker, self.investor)) or Pair(self.maker, self.investor)
            state.put(changed(pair, searched=season))
        post(state, self.postings)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone of the winner, and the two sides of each lost bid."""
        lost = (Line("bid_lost", {"maker": self.maker, "investor": one}, (self.maker, one)) for one in self.lost)
        if not self.investor:
            return tuple(lost)
        won = {"venture": self.venture, "investor": self.investor, "shares": self.shares}
        return Line("auction_held", won), *lost


def _by_venture(args: Args) -> str:
    return str(args["venture"])


class Bidding:
    """How one good is called for and bid for.

    Attributes:
        good: what is bid for.
        bid: the command of an investor; call: the one of a lead.
        params: the module's parameters.
    """

    def __init__(self, good: Good, bid: str, call: str, params: type[AuctionParams]) -> None:
        """Name what differs."""
        self.good = good
        self.bid = bid
        self.call = call
        self.params = params

    def commands(self) -> tuple[Command, ...]:
        """Return what seats may send."""
        return (
            LOOK,
            Command.sealed(self.bid, self._bid_form, roles=(INVESTOR,), target=_by_venture),
            Command.sealed(self.call, self._call_form, roles=(MAKER,)),
            GRANT,
        )

    def _bid_form(self, state: State, seat: int) -> Form | Refusal:
        investor, good = state.one(Investor, seat), self.good
        if good.by_badge and not investor.badges:
            return refuse("rule", "no_badge")
        ventures = tuple(venture.id for venture in tenancy.living(state) if good.may_meet(venture, investor))
        if not ventures:
            return refuse("rule", "no_such_target")
        if not good.packages(state, investor):
            cost, have = good.size(state), good.left(state, investor)
            return refuse("cannot_afford", "cannot_afford", cost=cost, have=have)
        fields: dict[str, Domain] = {
            "venture": OneOf(ventures, f"{self.bid}_ventures"),
            "shares": Whole(0, state.scenario.params(self.params).shares_most),
        }
        return Form(fields, optional=frozenset({"shares"}))

    def _call_form(self, state: State, seat: int) -> Form | Refusal:
        venture = tenancy.leading(state, seat)
        if isinstance(venture, Refusal):
            return venture
        if self.good.by_badge and venture.space == GARAGE:
            return refuse("rule", "needs_desk")
        most = min(state.scenario.params(self.params).shares_most, most_shares(state, venture))
        return Form({self.good.sort: OneOf((ANY, *self.good.sorts)), "shares": Whole(0, most)})

    def default_call(self, state: State, venture: Venture) -> Args | None:
        """Return the call of a lead that says nothing; None if nobody may bid for its venture."""
        if not self.good.wanted(venture) or (self.good.by_badge and venture.space == GARAGE):
            return None
        params = state.scenario.params(self.params)
        reserve = min(params.reserve, params.shares_most, most_shares(state, venture))
        return {self.good.sort: self.good.wanted_sort(state, venture), "shares": reserve}

    def hold(self, draft: Draft, venture: Venture, bids: Sequence[Bid]) -> None:
        """Open the bids for a venture and let the winner sign.

        Args:
            draft: the close.
            venture: what is up.
            bids: all that were sent for it.
        """
        state = draft.state
        call = state.choice(venture.lead, self.call)
        reserve = min(whole(call, "shares"), most_shares(state, venture)) if call else 0
        valid = [bid for bid in bids if call and bid.shares <= reserve and self._counts(state, venture, bid, call)]
        valid.sort(key=lambda bid: (bid.shares, tenancy.lot(state, bid.investor)))
        winner = valid[0].investor if valid else 0
        shares = price(valid, reserve, state.scenario.params(self.params).pricing) if valid else 0
        lost = tuple(bid.investor for bid in bids if bid.investor != winner)
        search = _search(state, venture, winner) if winner else 0
        paid = (Posting(investor_account(winner), SUPPLIERS, search, "search"),) if search else ()
        draft.emit(AuctionHeld(venture.id, venture.lead, winner, shares, len(valid), lost, paid))
        if winner:
            amount = self.good.amount(state, state.one(Investor, winner))
            deal = self.good.deal(state, Package(venture.id, winner, amount, shares))
            draft.emit(signed(state, deal, shown=True))

    def _counts(self, state: State, venture: Venture, bid: Bid, call: Args) -> bool:
        """Return whether a bidder is of the sort that was called for, and can pay a package and its search."""
        investor, purse = state.one(Investor, bid.investor), state.balance(investor_account(bid.investor))
        if not self.good.is_of(investor, str(call[self.good.sort])) or not self.good.packages(state, investor):
            return False
        credits_, _ = self.good.halves(self.good.size(state))
        return credits_ + _search(state, venture, bid.investor) <= purse


def _search(state: State, venture: Venture, investor: int) -> int:
    """Return the search cost of a pair; nothing if it has paid this season."""
    pair = state.find(Pair, pair_key(venture.lead, investor))
    if pair is not None and pair.searched == state.game.season:
        return 0
    return search_cost(state, venture, investor)


class MatchingByBids(Matching):
    """An auction of one good."""

    bidding: ClassVar[Bidding]
    entities: ClassVar[Sequence[type[Entity]]] = matching.ENTITIES
    events: ClassVar[Sequence[type[Event]]] = (AuctionHeld, *matching.EVENTS)

    def check(self, scenario: Scenario) -> Iterator[Mistake]:
        """What is asked can be given, and a default reserve met."""
        params, free = scenario.params(self.bidding.params), WHOLE - printed(scenario).lead_keeps
        where = f"{self.name}.shares_most"
        yield from above(where, params.shares_most, "10000 - world.lead_keeps", free)
        yield from above(f"{self.name}.reserve", params.reserve, where, params.shares_most)

    def defaults(self, state: State, seat: int) -> Iterable[Move]:
        """A lead calls for what its venture is taken to want; nobody bids unasked."""
        venture = tenancy.led_venture(state, seat) if state.role(seat) == MAKER else None
        call = self.bidding.default_call(state, venture) if venture is not None else None
        if call is not None:
            yield self.bidding.call, call

    def close(self, draft: Draft) -> None:
        """Put up one venture after another, in order of lots."""
        bids = _sent(draft.state, self.bidding.bid)
        for venture in tenancy.by_lot(draft.state, tenancy.living(draft.state)):
            if venture.id in bids:
                self.bidding.hold(draft, draft.state.one(Venture, venture.id), bids[venture.id])


def _sent(state: State, command: str) -> dict[int, list[Bid]]:
    """Return the bids that were sent for each venture, in table order; one without shares was taken back."""
    found: dict[int, list[Bid]] = {}
    for choice in state.all(Choice).values():
        if choice.command == command and "shares" in choice.args:
            bid = Bid(choice.seat, whole(choice.args, "shares"))
            found.setdefault(whole(choice.args, "venture"), []).append(bid)
    for bids in found.values():
        bids.sort(key=lambda bid: bid.investor)
    return found
