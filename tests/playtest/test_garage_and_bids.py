"""How founders in the garage fare, and how many bid for a venture: measured of a game, and held against targets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean

import pytest

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, Entry, Result, play
from makersphere_playtest.games.series import game_seed
from makersphere_playtest.measured.garage_and_bids import garage_and_bids
from makersphere_playtest.measured.rulebook_targets import Target, targets
from makersphere_playtest.measured.tally import Tally
from makersphere_rules import shipped
from makersphere_rules.ecosystem.table.agreements import Deal, Sheet
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR
from makersphere_rules.engine import ROOM, Order
from makersphere_rules.events import ChoiceMade, Event, PhaseOpened
from makersphere_rules.modules.admission import Admission
from makersphere_rules.modules.admission.events import VentureFounded, VentureMoved
from makersphere_rules.modules.negotiation.events import TermsSent
from tests.playtest.made_up_games import Row, games
from tests.rules.table import given, investor, maker, space, venture

SEED, GAMES = 990007, 150
ANN, BO, CHEN, IVY, MAX, MIA, OLGA = range(1, 8)


def played(events: Sequence[Event], deals: Iterable[Deal] = ()) -> dict[str, float]:
    """Return what is measured of a game of three makers, two angels and a fund in which this happened."""
    seats = [maker(ANN), maker(BO), maker(CHEN), investor(IVY), investor(MAX), investor(MIA, "fund"), space(OLGA)]
    state = given(*seats, *deals, modules=[Admission()], phase="admission").state
    log: tuple[Entry, ...] = ((ROOM, Order("close"), tuple(events)),)
    roles = (*[MAKER] * 3, *[INVESTOR] * 3, OPERATOR)
    scores = (90, 60, 30, 100, 100, 100, 300)
    return dict(garage_and_bids(Result(roles, scores, 2, 1, 1, (), {}, 0, 0.0, 0.0, log=log, state=state)))


def offered(investor_: int, number: int, by: str = INVESTOR) -> TermsSent:
    """Return that a sheet of 60 credits was sent about a venture of Ann's."""
    return TermsSent(Sheet(investor_ * 10 + number, number, ANN, investor_, by, credits=60), 0, 8, ())


def ranked(seat: int, *ventures: int) -> ChoiceMade:
    """Return that an investor ranked ventures for its hours."""
    return ChoiceMade(seat, "rank", "", {"ventures": [*ventures]})


def test_founders_are_counted_by_where_they_were_when_the_first_exchange_began() -> None:
    """Ann got a desk at once, Bo only later, Chen never: Bo and Chen are of the garage."""
    founded = [VentureFounded(venture(number, seat)) for number, seat in ((1, ANN), (2, BO), (3, CHEN))]
    at_once = [VentureMoved(1, OLGA), PhaseOpened(1, "exchange", 3)]
    found = played([*founded, *at_once, VentureMoved(2, OLGA)])
    assert (found["founders_desk"], found["founders_garage"]) == (90, 45)
    assert "founders_desk" not in played(founded[1:])


def test_makers_without_a_deal_are_counted_in_per_cent() -> None:
    """Of three makers Ann alone had one."""
    assert played([], [Deal(1, 1, IVY, 1, ANN, credits=60)])["no_deal"] == pytest.approx(200 / 3)


def test_a_bid_is_a_sheet_a_rank_within_reach_or_a_deal() -> None:
    """One deal that two more wanted; what a maker asks is no bid, and of a list its last and its first places count."""
    events = [
        PhaseOpened(1, "matching", 4),
        *(offered(IVY, 1), offered(IVY, 1), offered(MAX, 1), offered(MIA, 1, MAKER)),
        *(ranked(MIA, 2), ranked(MIA, 1, 3, 4, 5, 6, 2)),
    ]
    deal = Deal(1, 1, IVY, 1, ANN, credits=60)
    found = played(events, [deal])
    reach = 3  # packages of a fund's 12 hours
    assert found["bids_per_deal"] == 2 + reach
    assert found["bids_angel"] == 2
    assert "bids_fund" not in found
    assert played([], [deal])["bids_per_deal"] == 1


def test_rivals_are_two_of_one_kind_that_want_the_same_venture_in_the_same_season() -> None:
    """An angel and a fund are none, nor are two angels one season apart."""
    deal = Deal(1, 1, IVY, 1, ANN, credits=60)
    opened = [PhaseOpened(season, "matching", 4) for season in (1, 2)]
    assert played([opened[0], offered(MAX, 1)], [deal])["rivals"] == 1
    assert played([opened[0], offered(MIA, 1)], [deal])["rivals"] == 0
    assert played([opened[1], offered(MAX, 1)], [deal])["rivals"] == 0


def told(**outcomes: float) -> dict[str, Target]:
    """Return the targets of 40 made-up games of twelve seats with these outcomes beside."""
    rows: list[Row] = [{**row, "outcomes": {**row["outcomes"], **outcomes}} for row in games(40, 7)]
    tally = Tally.like(rows[0])
    for row in rows:
        tally.add(row)
    return {one.name: one for one in targets(tally, (), ())}


def test_garage_and_bids_are_held_against_the_targets() -> None:
    """Within 25 per cent, under 15, at least 1.3 and in half of the games; nothing is asked that was not measured."""
    good = told(founders_desk=100, founders_garage=80, no_deal=2, bids_per_deal=1.4, rivals=2)
    bad = told(founders_desk=100, founders_garage=70, no_deal=40, bids_per_deal=1.2, rivals=1)
    names = ("garage", "no_deal", "bids", "rivals")
    assert [good[name].verdict for name in names] == ["met"] * 4
    assert not [name for name in names if bad[name].verdict in ("met", "likely")]
    assert not {*names} & {*told()}


def test_garage_founders_of_quickstart_keep_up() -> None:
    """Their mean is within a quarter of that of founders at a desk."""
    scenario = shipped.scenario("quickstart")
    found = [
        garage_and_bids(play(scenario, 8, game_seed(SEED, game), {ANY: policy("standard")}, keep=True))
        for game in range(GAMES)
    ]
    garage, desk = (fmean(one[at] for one in found if at in one) for at in ("founders_garage", "founders_desk"))
    assert garage >= 0.75 * desk
