"""What a fair deal with a venture would be, and what the terms of a deal come to, as far as one side knows.

Answers for the sheet of an offer and for the one that is about to be signed. A form begins with a fair deal: the
credits that the venture's birth still lacks (a born one: two seasons of materials and rent), for shares that value the
whole a sixth above the default floor, its till and its last profit counted in. No rule rests on it, and no bot.
A lead knows its own venture as it stands. Everybody else knows what the table says, and the deals of their own.
Never knows another's sheet, purse within the phase, or appeal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from makersphere_rules.ecosystem.formulas.costs import materials_cost
from makersphere_rules.ecosystem.shared_steps.contracts import most_shares
from makersphere_rules.ecosystem.table.accounts import venture_account
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.cap_table import issue
from makersphere_rules.ecosystem.table.entities import Space, Venture
from makersphere_rules.ecosystem.table.season_agreements import own_deals
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import GARAGE, WHOLE
from makersphere_rules.entity import changed
from makersphere_rules.ledger import Account
from makersphere_rules.state import State

__all__ = ["Floor", "Known", "fair", "known", "numbers"]

_FAIR: Final = (7, 6)  # of what the default floor values the whole at
_HIGH: Final = (8, 6)  # the most that is usual, after that
_PROFITS: Final = 3  # as in the value at the end
_SEASONS: Final = 2  # of materials and rent, for a venture that is born
_STEP: Final = 50  # shares are offered in half per cents
_TEN: Final = 10


@attrs.frozen
class Floor:
    """The default floor of a lead: so many credits for so many shares; and the least credits of a deal."""

    credits: int
    shares: int
    least: int

    def before(self, rate: tuple[int, int]) -> int:
        """Return what the whole counts as before the money, at a multiple of what the floor says, in credits."""
        times, parts = rate
        return max(0, times * self.credits * WHOLE // (parts * max(self.shares, 1)) - self.credits)


@attrs.frozen
class Known:
    """A venture as one seat knows it in this phase, and what is in its till, in credits."""

    venture: Venture
    till: int

    @property
    def earns(self) -> int:
        """Return what its till and its last profit add to what the whole counts as."""
        return self.till + _PROFITS * max(0, self.venture.profit)


def known(state: State, seat: int, number: int) -> Known:
    """Return what a seat knows of a living venture."""
    venture, account = state.one(Venture, number), venture_account(number)
    if venture.lead == seat:
        return Known(venture, state.balance(account))
    venture, purse = state.as_settled(Venture, number) or venture, state.as_settled(Account, account)
    till = purse.balance if purse else 0
    own = [deal for deal in own_deals(state, seat) if deal.venture == number and _is_new(state, deal)]
    if not own:
        return Known(venture, till)
    capital, shares = dict(venture.capital), venture.shares
    for deal in own:
        till += deal.credits
        capital[seat] = capital.get(seat, 0) + deal.credits
        shares = issue(shares, seat, deal.shares) if deal.shares else shares
    born = venture.born or sum(capital.values()) >= world(state).birth_credits
    return Known(changed(venture, capital=capital, shares=shares, born=born), till)


def _is_new(state: State, deal: Deal) -> bool:
    return state.as_settled(Deal, deal.id) is None


def fair(state: State, side: Known, floor: Floor, most: Mapping[str, int]) -> dict[str, int]:
    """Return the credits and the shares of a fair deal within the most that there may be; empty if there is none."""
    wanted = min(_wanted(state, side.venture, floor), most["credits"])
    if wanted < floor.least:
        return {}
    whole = floor.before(_FAIR) + side.earns + wanted
    shares = (WHOLE * wanted // whole + _STEP // 2) // _STEP * _STEP
    return {"credits": wanted, "shares": min(shares, most["shares"], most_shares(state, side.venture))}


def _wanted(state: State, venture: Venture, floor: Floor) -> int:
    if venture.born:
        needed = _SEASONS * _upkeep(state, venture)
        return max(floor.least, min(-(-needed // _TEN) * _TEN, world(state).birth_credits))
    return max(floor.least, world(state).birth_credits - sum(venture.capital.values()))


def _upkeep(state: State, venture: Venture) -> int:
    """Return what a season costs a venture as it stands: materials and rent."""
    rent = state.one(Space, venture.space).rent if venture.space != GARAGE else 0
    return materials_cost(state, venture) + rent


def numbers(state: State, side: Known, floor: Floor, terms: Mapping[str, int], receiver: int) -> dict[str, int]:
    """Return what some terms come to.

    `till` and `till_after`, in credits; `upkeep`: materials and rent of a season; `buys` and `lasts`: for how many of
    the `left` seasons the credits and the whole till are enough; `keeps` and `keeps_after`: shares of the lead; of an
    unborn venture `lacks`: credits until its birth, and `born`, 1 if the deal is its birth; for credits against shares
    `worth`: what the whole counts as, and between what it usually lies.
    """
    venture, credits_, shares = side.venture, terms["credits"], terms["shares"]
    upkeep, left = _upkeep(state, venture), state.game.seasons - state.game.season + 1
    after = issue(venture.shares, receiver, shares) if shares else venture.shares
    found = {
        "till": side.till,
        "till_after": side.till + credits_,
        "upkeep": upkeep,
        "left": left,
        "buys": min(left, credits_ // upkeep) if upkeep else left,
        "lasts": min(left, (side.till + credits_) // upkeep) if upkeep else left,
        "keeps": venture.shares.get(venture.lead, 0),
        "keeps_after": after.get(venture.lead, 0),
    }
    if not venture.born:
        lacks = max(0, world(state).birth_credits - sum(venture.capital.values()))
        found |= {"lacks": lacks, "born": int(credits_ >= lacks)}
    if credits_ and shares:
        base = side.earns + credits_
        found |= {
            "worth": credits_ * WHOLE // shares,
            "usual_least": (floor.before((1, 1)) + base) // _TEN * _TEN,
            "usual_most": (floor.before(_HIGH) + base) // _TEN * _TEN,
        }
    return found
