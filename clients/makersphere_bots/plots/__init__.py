"""Plots of two seats by name: who gives, who is the friend, and what each does otherwise than an honest player.

Anybody may add one: a line here, or a `Plot` in a module of one's own, which `makersphere playtest --plot
package.module:NAME` plays. What a plot brings is measured in playtests; nothing here says that it pays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import attrs

from makersphere_bots.plots import favours, gifts, teams
from makersphere_bots.plots.plotter import Bend, Plotter
from makersphere_bots.policy import INVESTOR, MAKER, OPERATOR, Policy

__all__ = ["CHOSEN", "PLOTS", "RANKED", "Plot", "bent"]

Knowing = Callable[[int], Policy]  # the policy of a seat that knows which seat is its friend's


def _bent(bends: Sequence[Bend], friend: int) -> Policy:
    return Plotter((friend,), bends)


def bent(*bends: Bend) -> Knowing:
    """Return the policy of one who plays honestly but for some bends."""
    return partial(_bent, bends)


@attrs.frozen
class Plot:
    """Two seats that know each other.

    Attributes:
        giver: the role of the one who gives.
        friend: the role of the one who is to win; of the same role they are two seats.
        gives: how the giver plays, given the friend's seat.
        takes: how the friend plays, given the giver's seat.
        beside: an honest deal of the same two, which the gift is held against: the name of that plot; "": they deal
            like anybody else.
    """

    giver: str
    friend: str
    gives: Knowing
    takes: Knowing
    beside: str = ""


_SHARES: Final = 3000  # for a place in a team
_FIVES: Final = (gifts.rate_five, gifts.rank_first)
_ONES: Final = (gifts.rate_ones, *_FIVES)
_FAVOURS: Final = (favours.grant, favours.spare, favours.workshop_for, gifts.rate_five)

_TAKES: Final = bent(gifts.accept, gifts.rank_first)

# whom an investor chooses is its own: funded first, and for no gift
CHOSEN: Final = Plot(INVESTOR, MAKER, bent(gifts.fund_birth, gifts.rank_first), _TAKES)
# and so is whom a list names first
RANKED: Final = Plot(MAKER, INVESTOR, bent(gifts.rank_first), bent(gifts.rank_first))
_BESIDE_RANKED: Final = "makersphere_bots.plots:RANKED"
PLOTS: Final[dict[str, Plot]] = {
    # money
    "early-gift": Plot(
        INVESTOR,
        MAKER,
        bent(gifts.give_birth, gifts.rank_first, gifts.give_money),
        _TAKES,
        beside="makersphere_bots.plots:CHOSEN",
    ),
    "late-gift": Plot(INVESTOR, MAKER, bent(gifts.give_money), bent(gifts.accept)),
    "bought-hour": Plot(MAKER, MAKER, bent(gifts.accept), bent(gifts.lend_dear)),
    # hours
    "all-hours": Plot(INVESTOR, MAKER, bent(gifts.promise_all), bent(gifts.accept)),
    "hours-for-shares": Plot(MAKER, MAKER, bent(gifts.accept), bent(gifts.lend_for_shares)),
    "free-hours": Plot(MAKER, MAKER, bent(gifts.lend), bent(gifts.accept)),
    # shares
    "swap-all": Plot(MAKER, MAKER, bent(gifts.swap_all), bent(gifts.accept_swaps)),
    "cheap-shares": Plot(MAKER, INVESTOR, bent(gifts.accept), bent(gifts.ask_shares)),
    "dear-hours": Plot(MAKER, INVESTOR, bent(gifts.accept), bent(gifts.ask_shares_for_hours)),
    "dear-package": Plot(
        MAKER,
        INVESTOR,
        bent(gifts.accept, gifts.rank_first),
        bent(gifts.post_dear, gifts.rank_first),
        beside=_BESIDE_RANKED,
    ),
    "take-in": Plot(MAKER, MAKER, bent(teams.take_in(_SHARES)), bent(teams.join_early)),
    # favour
    "favour": Plot(OPERATOR, MAKER, bent(*_FAVOURS), bent()),
    "favour-badge": Plot(OPERATOR, INVESTOR, bent(favours.spare, gifts.rate_five), bent(gifts.rate_five)),
    "squeeze": Plot(OPERATOR, MAKER, bent(favours.squeeze), bent()),
    "shut-door": Plot(OPERATOR, MAKER, bent(favours.shut_door, favours.spare), bent()),
    "shut-door-to-investors": Plot(OPERATOR, INVESTOR, bent(favours.shut_door_to_investors, favours.spare), bent()),
    "purge": Plot(OPERATOR, INVESTOR, bent(favours.purge, favours.spare, gifts.rate_five), bent()),
    # room and ratings
    "give-way": Plot(MAKER, MAKER, bent(gifts.give_way), bent()),
    "tutor": Plot(MAKER, MAKER, bent(gifts.teach_only), bent()),
    "stand-aside": Plot(INVESTOR, INVESTOR, bent(gifts.stand_aside), bent()),
    "fives": Plot(MAKER, INVESTOR, bent(*_FIVES), bent(*_FIVES), beside=_BESIDE_RANKED),
    "ones": Plot(MAKER, INVESTOR, bent(*_ONES), bent(*_ONES), beside=_BESIDE_RANKED),
}
