"""What the standard operator does with its wild card: a guest in the first season, then what would go."""

from __future__ import annotations

from functools import cache

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, play
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.ecosystem.table.vocabulary import PILOT
from makersphere_rules.shipped import scenario
from makersphere_rules.state import State

_Sent = list[tuple[int, str, int]]  # by season: what a wild card names, a seat or a venture, and its number


@cache
def _played(name: str, seats: int, game: int) -> tuple[_Sent, State]:
    result = play(scenario(name), seats, f"wild-{game}", {ANY: policy("standard")}, keep=True)
    season = 1
    sent: _Sent = []
    for _, order, _ in result.log:
        season = order.at.season if order.at else season
        if order.name == "wild_card":
            sent += [(season, what, int(str(number))) for what, number in order.args.items()]
    assert result.state is not None
    return sent, result.state


def test_a_wild_card_lets_a_guest_in_while_nothing_is_to_be_spared() -> None:
    """In the first season it names a maker; later nobody at the door."""
    sent, state = _played("classroom", 12, 0)
    assert [season for season, what, _ in sent if what == "seat"] == [1]
    assert state.role(next(number for _, what, number in sent if what == "seat")) == "maker"


def test_a_wild_card_spares_no_venture_that_was_never_funded() -> None:
    """Only pilots and products, which are born, also where the last season is the second."""
    games = [_played("quickstart", 8, game) for game in range(12)] + [
        _played("classroom", 12, game) for game in range(6)
    ]
    spared = [state.one(Venture, number) for sent, state in games for _, what, number in sent if what == "venture"]
    assert spared
    assert all(venture.born and venture.stage >= PILOT for venture in spared)
