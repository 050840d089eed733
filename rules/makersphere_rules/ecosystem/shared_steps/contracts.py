"""Deals: what a signature brings about, by whichever way the two sides came to sign.

One function, `signed`, turns terms into the fact `deal_signed` with everything that follows: capital, new
shares, birth, thesis points. Sheets, floors and packages all go through it.
Source: the rulebook's "4. Matching" (deal, birth) and "Shares, in one place".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.table.accounts import escrow_of, investor_account, treasury_of, venture_account
from makersphere_rules.ecosystem.table.agreements import Deal, Sheet
from makersphere_rules.ecosystem.table.cap_table import issue
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Venture
from makersphere_rules.ecosystem.table.own_hand import in_hand, number_between
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import GARAGE, INVESTOR, MAKER, SPIRIT_MOST, WHOLE
from makersphere_rules.entity import changed
from makersphere_rules.events import EVERYONE, Event, Line
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import GOVERNMENT, Posting
from makersphere_rules.split import split
from makersphere_rules.state import State

__all__ = [
    "DealSigned",
    "DealsShown",
    "birth_grants",
    "contract",
    "keeps_enough",
    "most_shares",
    "signed",
    "table_after",
]

_THESIS_SECTOR, _THESIS_STAGE = 6, 6


@frozen
class DealSigned(Event):
    """An investor and a lead have signed. The fact holds all that the signature changes.

    Attributes:
        deal: the contract.
        hours_left: the investor's hours that are neither promised nor spent.
        shares: the venture's cap table.
        capital: capital paid in, by investor.
        born: whether the venture is born now.
        birth: whether it was born by this deal.
        spirit: the lead's.
        thesis_points: the investor's.
        postings: capital, its release from escrow first, and in a close the grants for a birth, which would
            tell the operator of a deal that is not on the table yet.
        sheet: the sheet that was signed, or 0.
        withdrawn: sheets of the lead's own that it could no longer keep, in order.
        shown: whether everyone is told at once (in a close).
    """

    deal: Deal
    hours_left: int
    shares: Mapping[int, int]
    capital: Mapping[int, int]
    born: bool
    birth: bool
    spirit: int
    thesis_points: int
    postings: tuple[Posting, ...]
    sheet: int = 0
    withdrawn: tuple[int, ...] = ()
    shown: bool = False

    def apply(self, state: State) -> None:
        """Carry the deal out."""
        deal = self.deal
        state.put(deal, deal.id)
        venture = state.one(Venture, deal.venture)
        state.put(changed(venture, shares=self.shares, capital=self.capital, born=self.born), deal.venture)
        maker = state.one(Maker, deal.maker)
        if maker.spirit != self.spirit:
            state.put(changed(maker, spirit=self.spirit), deal.maker)
        investor = state.one(Investor, deal.investor)
        state.put(changed(investor, hours=self.hours_left, thesis_points=self.thesis_points), deal.investor)
        if self.sheet:
            state.put(changed(state.one(Sheet, self.sheet), status="signed"), self.sheet)
        for number in self.withdrawn:
            state.put(changed(state.one(Sheet, number), status="withdrawn"), number)
        post(state, self.postings)

    def lines(self) -> tuple[Line, ...]:
        """Tell the two sides; in a close tell everyone."""
        sides = (self.deal.maker, self.deal.investor)
        told = [Line("deal_signed", _values(self.deal), sides)]
        if self.shown:
            told = [_deal_line(self.deal)]
        if self.birth:
            birth = {"venture": self.deal.venture, "maker": self.deal.maker}
            told.append(Line("venture_born", birth, EVERYONE if self.shown else sides))
        return tuple(told)


@frozen
class DealsShown(Event):
    """The deals that were signed inside the phase lie on the table."""

    deals: tuple[Deal, ...]
    births: tuple[int, ...]  # ventures

    def apply(self, state: State) -> None:
        """Change nothing: what stands becomes public with the close."""

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        first = {deal.venture: deal for deal in reversed(self.deals)}
        births = (Line("venture_born", {"venture": number, "maker": first[number].maker}) for number in self.births)
        return (*(_deal_line(deal) for deal in self.deals), *births)


def _values(deal: Deal) -> dict[str, int | str]:
    return {
        "deal": deal.id,
        "investor": deal.investor,
        "venture": deal.venture,
        "credits": deal.credits,
        "hours": deal.hours,
        "shares": deal.shares,
        "fee": deal.fee,
    }


def _deal_line(deal: Deal) -> Line:
    return Line("deal", _values(deal))


def keeps_enough(state: State, venture: Venture, investor: int, shares: int) -> bool:
    """Return whether the lead still holds what a lead must keep after new shares went to an investor."""
    return table_after(state, venture, investor, shares) is not None


def table_after(state: State, venture: Venture, investor: int, shares: int) -> Mapping[int, int] | None:
    """Return the cap table after new shares went to an investor; None if the lead would not keep what it must."""
    if shares == 0:
        return venture.shares
    table = issue(venture.shares, investor, shares)
    return table if table.get(venture.lead, 0) >= world(state).lead_keeps else None


def most_shares(state: State, venture: Venture) -> int:
    """Return how many new shares a deal can take while the lead surely keeps what it must; 0 or more.

    The lead's h become at least h x (10,000 - s) div 10,000.
    """
    held, keeps = venture.shares.get(venture.lead, 0), world(state).lead_keeps
    if held == 0:
        return 0
    return max(0, WHOLE - -(-keeps * WHOLE // held))


def contract(state: State, sheet: Sheet, source: str) -> Deal:
    """Return the contract that a sheet becomes when it is signed."""
    return Deal(
        id=number_between(state, Deal, sheet.maker, sheet.investor),
        season=state.game.season,
        investor=sheet.investor,
        venture=sheet.venture,
        maker=sheet.maker,
        credits=sheet.credits,
        hours=sheet.hours,
        shares=sheet.shares,
        fee=sheet.fee,
        source=source,
    )


def signed(state: State, deal: Deal, *, sheet: Sheet | None = None, shown: bool = False) -> DealSigned:
    """Return what a signature brings about.

    Args:
        state: the game before the deal, in which the investor has what it gives, or `sheet` has set it aside.
        deal: what is agreed; the lead would keep enough.
        sheet: the sheet that is signed, if there is one.
        shown: whether everyone is told at once.
    """
    venture, investor = state.one(Venture, deal.venture), state.one(Investor, deal.investor)
    escrowed = sheet is not None and sheet.by == INVESTOR
    capital = dict(venture.capital)
    if deal.credits:
        capital[deal.investor] = capital.get(deal.investor, 0) + deal.credits
    born = venture.born or sum(capital.values()) >= world(state).birth_credits
    birth = born and not venture.born
    shares = issue(venture.shares, deal.investor, deal.shares) if deal.shares else venture.shares
    return DealSigned(
        deal=deal,
        hours_left=investor.hours if escrowed else investor.hours - deal.hours,
        shares=shares,
        capital=capital,
        born=born,
        birth=birth,
        spirit=min(state.one(Maker, deal.maker).spirit + birth, SPIRIT_MOST),
        thesis_points=investor.thesis_points + _thesis_points(state, venture, investor),
        postings=(
            *_postings(deal, escrowed=escrowed),
            *(birth_grants(state, changed(venture, capital=capital)) if birth and shown else ()),
        ),
        sheet=sheet.id if sheet else 0,
        withdrawn=_spoilt(state, deal, shares, sheet),
        shown=shown,
    )


def _postings(deal: Deal, *, escrowed: bool) -> Iterator[Posting]:
    purse = investor_account(deal.investor)
    if escrowed and deal.credits:
        yield Posting(escrow_of(deal.investor), purse, deal.credits, "release")
    if deal.credits:
        yield Posting(purse, venture_account(deal.venture), deal.credits, "capital")


def birth_grants(state: State, venture: Venture) -> Iterator[Posting]:
    """Yield what the government pays for a birth: to the space, and to the backers by what each has paid in."""
    params, backers = world(state), sorted(venture.capital)
    if venture.space != GARAGE:
        yield Posting(GOVERNMENT, treasury_of(venture.space), params.birth_grant, "birth_grant")
    for seat, part in zip(
        backers, split(params.backer_grant, [venture.capital[seat] for seat in backers]), strict=True
    ):
        if part:
            yield Posting(GOVERNMENT, investor_account(seat), part, "backer_grant")


def _thesis_points(state: State, venture: Venture, investor: Investor) -> int:
    """Return the points of the season's first deal with a venture in the thesis: 6, and 6 more at its stage."""
    if venture.sector not in investor.thesis_sectors:
        return 0
    for deal in in_hand(state, investor.seat, Deal):
        if deal.season == state.game.season and state.one(Venture, deal.venture).sector in investor.thesis_sectors:
            return 0
    return _THESIS_SECTOR + (_THESIS_STAGE if venture.stage == investor.thesis_stage else 0)


def _spoilt(state: State, deal: Deal, shares: Mapping[int, int], sheet: Sheet | None) -> tuple[int, ...]:
    """Return the lead's own open sheets that it cannot keep after the deal.

    They are withdrawn with the signature, so that an investor's yes never fails for what it cannot see.
    """
    own = [
        other
        for other in in_hand(state, deal.maker, Sheet)
        if other.status == "open" and other.by == MAKER and other != sheet
    ]
    if not own:
        return ()
    venture = changed(state.one(Venture, deal.venture), shares=shares)
    return tuple(other.id for other in own if not keeps_enough(state, venture, other.investor, other.shares))
