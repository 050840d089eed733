"""Board control: who sets price and reserve, whatever the cap table, and who cannot."""

from __future__ import annotations

from itertools import product

import attrs
import pytest

from makersphere_rules.ecosystem.table.cap_table import board, issue, move
from makersphere_rules.ecosystem.table.entities import Sector, Venture
from makersphere_rules.entity import Entity
from makersphere_rules.modules.appraisal import Appraisal
from makersphere_rules.modules.market import Market
from tests.rules.kit.hostile import refuses, refuses_bad_values
from tests.rules.table import Table, given, investor, maker, space, venture

LEAD, MATE, RIVAL, FUND, ANGEL, OLGA = 1, 2, 3, 4, 5, 6
PARTS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)


def owned(shares: dict[int, int], *, cofounders: tuple[int, ...] = (), stage: int = 3) -> Venture:
    """Return a product with a cap table; who holds nothing is not in it."""
    held = {seat: count for seat, count in shares.items() if count}
    return venture(1, LEAD, space=OLGA, stage=stage, born=True, shares=held, cofounders=cofounders)


def lay(found: Venture, *more: Entity) -> Table:
    """Lay a table around one venture."""
    return given(
        maker(LEAD),
        maker(MATE),
        maker(RIVAL),
        investor(FUND, "fund"),
        investor(ANGEL),
        space(OLGA),
        Sector("health", 250, 250),
        found,
        *more,
        modules=[Market()],
    )


@pytest.mark.parametrize("cofounders", [(), (MATE,)])
def test_every_cap_table_has_one_board(cofounders: tuple[int, ...]) -> None:
    """All tables of four in steps of 1,000: the lead while its team has 5,000, else the one largest outside it."""
    seen = 0
    for parts in product(PARTS, repeat=4):
        if sum(parts) != 10:
            continue
        shares = {seat: 1000 * part for seat, part in zip((LEAD, MATE, FUND, ANGEL), parts, strict=True)}
        team = {LEAD, *cofounders}
        outside = sorted((count for seat, count in shares.items() if seat not in team), reverse=True)
        chair = board(owned(shares, cofounders=cofounders))
        if sum(shares[seat] for seat in team) >= 5000 or outside[0] == outside[1]:
            assert chair == LEAD
        else:
            assert (chair not in team, shares[chair]) == (True, outside[0])
        seen += 1
    assert seen == 286


@pytest.mark.parametrize(("team", "chair"), [(4999, FUND), (5000, LEAD), (5001, LEAD)])
def test_half_is_enough_to_keep_the_board(team: int, chair: int) -> None:
    """One share decides."""
    assert board(owned({LEAD: team, FUND: 10_000 - team})) == chair


def test_a_co_founders_shares_count_for_the_team_and_its_chair_is_the_lead() -> None:
    """The lead holds 1 share, its co-founder 5,000: the lead sets the price, the co-founder may not."""
    table = lay(owned({LEAD: 1, MATE: 5000, FUND: 4999}, cofounders=(MATE,)))
    refuses(table, MATE, "set_price", {"price": "high"}, "rule")
    table.when(LEAD, "set_price", price="high").close()
    assert table.one(Venture, 1).price == "high"


def test_a_rival_maker_that_holds_most_is_the_board() -> None:
    """Shares that were swapped carry the board with them, to whoever holds them."""
    table = lay(owned({LEAD: 3000, RIVAL: 4000, FUND: 3000}))
    refuses(table, LEAD, "set_price", {"price": "low"}, "rule", "not_board")
    table.when(RIVAL, "set_price", price="low").when(RIVAL, "set_reserve", reserve=80).close()
    assert (table.one(Venture, 1).price, table.one(Venture, 1).reserve) == ("low", 80)


def test_two_in_league_do_not_add_up_outside() -> None:
    """3,000 each outside the team: no single largest, so the lead keeps the board, however they agree."""
    assert board(owned({LEAD: 4000, FUND: 3000, ANGEL: 3000})) == LEAD
    assert board(owned({LEAD: 4000, FUND: 3001, ANGEL: 2999})) == FUND


def test_only_dilution_and_own_consent_move_shares() -> None:
    """After a birth for 3,500 a lead keeps half through two packages of 1,000, and loses it with the third."""
    shares = issue({LEAD: 10_000}, FUND, 3500)
    held = []
    for _ in range(3):
        shares = issue(shares, ANGEL, 1000)
        held.append(shares[LEAD])
    assert held == [5850, 5265, 4739]
    assert board(owned(shares)) == ANGEL
    assert board(owned(move(shares, ANGEL, FUND, 100))) == FUND


def test_a_board_sets_what_is_on_the_market_alone() -> None:
    """Nothing to set for an idea or a prototype, whoever holds it."""
    for stage in (0, 1):
        table = lay(owned({LEAD: 1000, FUND: 9000}, stage=stage))
        refuses(table, FUND, "set_price", {"price": "low"}, "rule", "not_now")
        refuses(table, LEAD, "set_price", {"price": "low"}, "rule")


def test_bad_prices_and_reserves_change_nothing() -> None:
    """Wrong types, out of range, unknown fields, strangers, a stranger's venture."""
    other = attrs.evolve(venture(2, RIVAL, space=OLGA, stage=3, born=True), sector="food")
    table = lay(owned({LEAD: 10_000}), other)
    refuses_bad_values(table, LEAD, "set_price", {"venture": 1, "price": "high"})
    refuses_bad_values(table, LEAD, "set_reserve", {"venture": 1, "reserve": 40})
    for reserve in (-1, 81):
        refuses(table, LEAD, "set_reserve", {"reserve": reserve}, "bad_args")
    assert refuses(table, LEAD, "set_price", {"venture": 2, "price": "high"}, "bad_args").field == "venture"
    assert refuses(table, LEAD, "set_price", {"venture": 1}, "bad_args").field == "price"
    refuses(table, MATE, "set_price", {"venture": 1, "price": "high"}, "rule", "not_now")
    refuses(table, FUND, "set_reserve", {"venture": 1, "reserve": 10}, "rule", "not_now")
    refuses(table, OLGA, "set_price", {"venture": 1, "price": "high"}, "not_your_role")


def test_said_twice_the_last_stands() -> None:
    """A board may think again until the close."""
    table = lay(owned({LEAD: 10_000}))
    table.when(LEAD, "set_price", price="low").when(LEAD, "set_price", price="high")
    table.when(LEAD, "set_reserve", reserve=0).when(LEAD, "set_reserve", reserve=80).close()
    assert (table.one(Venture, 1).price, table.one(Venture, 1).reserve) == ("high", 80)


def test_out_of_its_phase_a_price_is_unknown() -> None:
    """An appraisal sets no price."""
    table = given(maker(LEAD), space(OLGA), owned({LEAD: 10_000}), modules=[Appraisal()])
    refuses(table, LEAD, "set_price", {"price": "high"}, "unknown_command")
